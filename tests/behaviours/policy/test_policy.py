"""The roles of the policy agent, asked as the notifier and the planner ask."""

from __future__ import annotations

from uuid import uuid4

import pytest

from behaviours.policy.change_preferences import ChangePreferencesOnRequest
from behaviours.policy.tell_plans import TellPlansOnQuery
from behaviours.policy.tell_preferences import TellPreferencesOnQuery
from ontology.notifications.concepts import Channel
from ontology.people.concepts import Person
from ontology.policy.acts import (
    ChangePreferences,
    NoSuchRule,
    PreferencesTold,
    UnknownPerson,
    WhichPlans,
    WhichPreferences,
)
from ontology.policy.changes import AddQuiet, ChangeWords, OrderChannels, SetWeekend
from ontology.policy.concepts import Preferences, WeekendRule
from tests.conversing import ask
from tests.fakes.ledger import FakeLedger
from tests.fakes.people import FakePeople
from tests.fakes.preferences import FakePreferenceBook
from tests.ontology.policy.situations import NIGHT, NOON, at, reminder

PERSON = Person(id=uuid4(), name="Somebody", zone="Europe/Madrid")


@pytest.fixture
async def book():
    people = FakePeople()
    await people.add(PERSON, "somebody@localhost")
    return FakePreferenceBook(people)


@pytest.fixture
def change(book):
    """Ask for a change, in a conversation of its own."""
    role = ChangePreferencesOnRequest(book, FakeLedger())

    async def changed(change, person=PERSON.id, conversation=None):
        action = ChangePreferences(person_id=person, change=change)
        (answer,) = await ask(role, action, conversation=conversation or uuid4().hex)
        return answer

    return changed


async def plans_of(book, *matters, now=NOON):
    asked = WhichPlans(person_id=PERSON.id, matters=matters, now=now)
    ((performative, told),) = await ask(TellPlansOnQuery(book), asked)
    assert performative == "inform"
    return told


async def test_what_is_due_is_told_now_by_chat(book):
    told = await plans_of(book, reminder("pills"), reminder("stretch"))

    assert told.of == (0, 0)
    (notice,) = told.plans[0].notices
    assert notice.at == NOON
    assert [step.channels for step in notice.steps] == [(Channel.CHAT,)]
    assert notice.held_by is None


async def test_a_persons_rules_decide_from_the_moment_they_are_set(book, change):
    late = at("2026-11-20 23:00")
    await change(AddQuiet(range=NIGHT))
    await change(ChangeWords(list="ring_anyway", words=("hospital",)))

    matters = reminder("pills", late), reminder("the hospital", late)
    told = await plans_of(book, *matters, now=late)

    held, ringing = (told.plans[of].notices[0] for of in told.of)
    assert (held.at, held.held_by) == (
        at("2026-11-21 07:00"),
        "your quiet hours 22:00–07:00 daily",
    )
    assert ringing.at == late
    assert "you let “hospital” ring anyway" in ringing.reasons[1]


async def test_no_matters_are_no_plans(book):
    told = await plans_of(book)

    assert (told.plans, told.of) == ((), ())


async def test_a_change_is_told_with_what_was_before(change):
    performative, changed = await change(AddQuiet(range=NIGHT))

    assert performative == "inform"
    assert (changed.before, changed.after) == (Preferences(), Preferences(quiet=(NIGHT,)))


async def test_asked_for_twice_in_one_conversation_it_is_changed_once(book, change):
    first = await change(AddQuiet(range=NIGHT), conversation="u1:1")
    await change(OrderChannels(channels=(Channel.CHAT,)))

    assert await change(AddQuiet(range=NIGHT), conversation="u1:1") == first
    assert len(book.people.changes[PERSON.id]) == 2


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (OrderChannels(channels=()), "One channel has to stay"),
        (
            AddQuiet(range=NIGHT.model_copy(update={"start": NIGHT.end})),
            "no minute of the week",
        ),
    ],
)
async def test_what_cannot_be_fails_in_words_and_changes_nothing(
    book, change, wrong, complaint
):
    performative, reason = await change(wrong)

    assert performative == "failure"
    assert isinstance(reason, NoSuchRule)
    assert complaint in reason.complaint
    assert book.preferences == {}


async def test_public_holidays_are_those_of_the_persons_locale(book, change):
    await book.people.add(
        foreign := PERSON.model_copy(update={"id": uuid4(), "locale": "xx"}), "b@c"
    )

    _, reason = await change(SetWeekend(rule=WeekendRule.SILENT, holidays=True), foreign.id)

    assert "no public holidays of your locale, xx" in reason.complaint


async def test_what_is_preferred_is_told_with_the_channels_that_can_be_used(book, change):
    await book.people.link(PERSON.id, "telegram:7")
    await change(AddQuiet(range=NIGHT))

    answers = await ask(TellPreferencesOnQuery(book), WhichPreferences(person_id=PERSON.id))

    told = PreferencesTold(
        preferences=Preferences(quiet=(NIGHT,)),
        reachable_by=(Channel.CHAT, Channel.TELEGRAM),
    )
    assert answers == [("inform", told)]


async def test_nobody_has_no_preferences(book, change):
    nobody = uuid4()
    plans = WhichPlans(person_id=nobody, matters=(), now=NOON)

    failed = [("failure", UnknownPerson())]
    assert await ask(TellPlansOnQuery(book), plans) == failed
    assert await ask(TellPreferencesOnQuery(book), WhichPreferences(person_id=nobody)) == failed
    assert await change(AddQuiet(range=NIGHT), nobody) == failed[0]
