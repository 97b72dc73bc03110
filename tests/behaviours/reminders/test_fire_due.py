from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import pytest

from behaviours.reminders.fire_due import LARGEST_OFFER, LEASE, OFFER_WITHIN, FireDue, parts
from behaviours.xmpp.stanzas import acl_stanza
from ontology.acl import Agreed, Envelope, Performative, Unexpected
from ontology.notifications.acts import NOTIFICATIONS, NotifyPeople, PeopleNotified
from ontology.notifications.concepts import Attempted, Notification, Outcome
from ontology.reminders.concepts import OccurrenceState as S
from ontology.time.concepts import Schedule
from tests.behaviours.duties import on_duty
from tests.conversing import Oracle, Providers
from tests.fakes.due import FakeAlarm, FakeDueOccurrences
from tests.fakes.reminders import FakeReminderBook

STANZA_LIMIT = 1024 * 1024
"""Bytes, as prosody.cfg.lua has it."""

pytestmark = pytest.mark.usefixtures("virtual_time")

PERSON = uuid4()


def tells(said):
    """A notifier that reaches everybody."""
    return sent(said, *(item.id for item in said.content.notifications))


def sent(said, *ids):
    outcomes = tuple(
        Attempted(id=item.id, outcome=Outcome.SENT if item.id in ids else Outcome.UNKNOWN)
        for item in said.content.notifications
    )
    return [
        (Performative.AGREE, Agreed()),
        (Performative.INFORM, PeopleNotified(outcomes=outcomes)),
    ]


class Fire:
    """The loop under test, over a book whose clock is that of the test's own loop."""

    def __init__(self, virtual_time, answer):
        self.book = FakeReminderBook()
        began = self.book.clock.at
        self.book.clock = lambda: began + timedelta(seconds=virtual_time.passed)
        self.due = FakeDueOccurrences(self.book)
        self.answer = answer
        self.voice = Oracle(self._answer, "reminder@localhost")
        self.known = Providers(notifications="notifier@localhost")
        self.loop = FireDue(self.due, FakeAlarm(self.book), self.voice, self.known)

    def _answer(self, said):
        return self.answer(said)

    async def remind(self, seconds, text="stretch", person=PERSON, rule=None):
        at = Schedule.once(self.book.clock() + timedelta(seconds=seconds), "UTC")
        schedule = at.model_copy(update={"rule": rule})
        return await self.book.create(person, text, schedule, at.first)

    @property
    def offers(self):
        return self.voice.asked

    @property
    def told(self):
        return [item.text for each in self.offers for item in each.content.notifications]

    @property
    def states(self):
        return [row.it.state for row in self.book.rows.values()]


@pytest.fixture
async def fire(virtual_time):
    @asynccontextmanager
    async def burning(answer=tells):
        made = Fire(virtual_time, answer)
        async with on_duty(made.loop):
            yield made

    return burning


async def test_what_falls_due_is_offered_at_its_time_and_delivered(fire, virtual_time):
    async with fire() as loop:
        await loop.remind(100)
        await asyncio.sleep(99)
        assert loop.told == []

        await asyncio.sleep(1.5)

        assert loop.told == ["stretch"]
        assert loop.states == [S.DELIVERED]


async def test_what_falls_due_together_is_offered_together(fire):
    async with fire() as loop:
        for n in range(50):
            await loop.remind(60, f"{n}")
        await asyncio.sleep(70)

        assert len(loop.offers) == 1
        assert sorted(loop.told) == sorted(f"{n}" for n in range(50))
        assert set(loop.states) == {S.DELIVERED}


async def test_an_earlier_time_written_meanwhile_wakes_the_loop(fire):
    async with fire() as loop:
        await loop.remind(3_600, "late")
        await asyncio.sleep(1)
        await loop.remind(1, "soon")
        await asyncio.sleep(2)

        assert loop.told == ["soon"]


async def test_what_nobody_answers_is_offered_again_until_it_is_told(fire):
    async with fire(lambda _: None) as loop:
        reminder = await loop.remind(1)
        await asyncio.sleep(300)
        assert S.DELIVERED not in loop.states

        loop.answer = tells
        await asyncio.sleep(120)

        assert loop.states == [S.DELIVERED]
        first, *_, last = (offer.content.notifications[0] for offer in loop.offers)
        assert first.id == last.id
        assert first.reminder_id == reminder.id


@pytest.mark.parametrize(
    "no", [Performative.REFUSE, Performative.FAILURE], ids=["refused", "failed"]
)
async def test_an_offer_that_is_declined_is_made_again_later_and_not_in_haste(fire, no):
    async with fire(lambda _: (no, Unexpected())) as loop:
        await loop.remind(1)
        await asyncio.sleep(600)
        assert 5 < len(loop.offers) < 60

        loop.answer = tells
        await asyncio.sleep(60)
        assert loop.states == [S.DELIVERED]


async def test_of_an_offer_only_what_was_not_told_is_offered_again(fire):
    async with fire(lambda said: sent(said)) as loop:
        for text in ("one", "two"):
            await loop.remind(1, text)
        loop.answer = lambda said: sent(
            said, *(item.id for item in said.content.notifications if item.text == "one")
        )
        await asyncio.sleep(1.2)
        assert loop.states.count(S.DELIVERED) == 1

        loop.answer = tells
        await asyncio.sleep(60)

        assert loop.told.count("one") == 1
        assert loop.told.count("two") >= 2
        assert loop.states == [S.DELIVERED, S.DELIVERED]


async def test_what_nobody_wants_to_hear_any_more_is_not_offered_again(fire):
    def withdrawn(said):
        (item,) = said.content.notifications
        outcomes = (Attempted(id=item.id, outcome=Outcome.WITHDRAWN),)
        return [
            (Performative.AGREE, Agreed()),
            (Performative.INFORM, PeopleNotified(outcomes=outcomes)),
        ]

    async with fire(withdrawn) as loop:
        await loop.remind(1)
        await asyncio.sleep(100)

        assert loop.told == ["stretch"]


def until(said, outcome, at, why=None):
    outcomes = tuple(
        Attempted(id=item.id, outcome=outcome, until=at, why=why)
        for item in said.content.notifications
    )
    return [
        (Performative.AGREE, Agreed()),
        (Performative.INFORM, PeopleNotified(outcomes=outcomes)),
    ]


async def test_what_a_rule_holds_back_is_offered_again_at_its_time_with_the_rule(fire):
    async with fire() as loop:
        morning = loop.book.clock() + timedelta(hours=8)
        loop.answer = lambda said: until(said, Outcome.HELD, morning, "your quiet hours")
        await loop.remind(1)
        await loop.remind(60, "other")
        await asyncio.sleep(4 * 3_600)
        assert loop.told == ["stretch", "other"]
        assert set(loop.states) == {S.OFFERED}

        loop.answer = tells
        await asyncio.sleep(4 * 3_600 + 60)

        offered = [item for each in loop.offers for item in each.content.notifications]
        assert [item.held_by for item in offered] == [None, None, *["your quiet hours"] * 2]
        assert set(loop.states) == {S.DELIVERED}


async def test_what_a_chain_carries_on_is_asked_for_again_in_its_time_and_holds_up_nobody(fire):
    async with fire() as loop:
        again = loop.book.clock() + timedelta(minutes=1)
        loop.answer = lambda said: until(said, Outcome.UNKNOWN, again)
        await loop.remind(1)
        await asyncio.sleep(30)
        assert loop.told == ["stretch"]

        loop.answer = tells
        await asyncio.sleep(35)

        (_, item) = [item for each in loop.offers for item in each.content.notifications]
        assert item.held_by is None
        assert loop.states == [S.DELIVERED]


async def test_an_offer_is_marked_when_the_notifier_agrees(fire):
    async with fire(lambda _: (Performative.AGREE, Agreed())) as loop:
        await loop.remind(1)
        await asyncio.sleep(2)

        assert loop.states == [S.OFFERED]


async def test_every_try_is_a_conversation_of_its_own_named_for_the_occurrence(fire):
    async with fire(lambda _: (Performative.FAILURE, Unexpected())) as loop:
        await loop.remind(1)
        await asyncio.sleep(60)

        conversations = [offer.conversation for offer in loop.offers]
        (occurrence,) = loop.book.rows
        assert len(set(conversations)) == len(conversations)
        assert all(each.startswith(f"{occurrence}/") for each in conversations)


async def test_an_offer_ends_well_before_its_lease():
    assert timedelta(seconds=OFFER_WITHIN) < LEASE


async def test_a_recurring_reminder_fires_again_and_again(fire):
    async with fire() as loop:
        await loop.remind(60, "pills", rule="FREQ=HOURLY")
        await asyncio.sleep(3 * 3_600 + 120)

        assert loop.told == ["pills"] * 4


async def test_while_nobody_offers_notifications_nothing_is_lost(fire):
    async with fire() as loop:
        providers, loop.known.providers = loop.known.providers, {}
        await loop.remind(1)
        await asyncio.sleep(60)
        assert loop.offers == []

        loop.known.providers = providers
        await asyncio.sleep(60)

        assert loop.told == ["stretch"]


async def test_a_slow_offer_does_not_hold_up_what_falls_due_next(fire):
    async with fire(lambda said: None if "slow" in told_in(said) else tells(said)) as loop:
        await loop.remind(1, "slow")
        await loop.remind(5, "quick")
        await asyncio.sleep(7)

        assert "quick" in loop.told
        assert S.DELIVERED in loop.states


def told_in(said):
    return [item.text for item in said.content.notifications]


async def test_a_database_that_fails_for_a_while_costs_only_time(fire):
    async with fire() as loop:
        claim, broken = loop.due.claim, True

        async def failing(limit, lease):
            if broken:
                raise OSError("no database")
            return await claim(limit, lease)

        loop.due.claim = failing
        await loop.remind(1)
        await asyncio.sleep(60)
        assert loop.told == []

        broken = False
        await asyncio.sleep(10)

        assert loop.told == ["stretch"]


def notification(text):
    at = FakeReminderBook().clock()
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=PERSON,
        text=text,
        zone="UTC",
        due_at=at,
        claimed_at=at,
    )


@pytest.mark.parametrize(
    ("lengths", "cut"),
    [
        ([], []),
        ([1_000], [1]),
        ([1_000] * 10, [10]),
        ([1_000] * 200, [130, 70]),
        ([LARGEST_OFFER * 2], [1]),
        ([LARGEST_OFFER, 10, LARGEST_OFFER], [1, 1, 1]),
    ],
)
def test_a_claim_is_cut_into_offers_of_a_bearable_size(lengths, cut):
    claim = tuple(notification("x" * length) for length in lengths)

    offers = list(parts(claim))

    assert [len(offer) for offer in offers] == cut
    assert tuple(item for offer in offers for item in offer) == claim


@pytest.mark.parametrize("text", ["x" * 40, "&" * 1_000, "\x01" * 1_000, "\u8a9e" * 1_000])
def test_no_offer_is_larger_than_a_stanza_may_be(text):
    for part in parts(tuple(notification(text) for _ in range(500))):
        offer = Envelope(
            performative=Performative.REQUEST,
            protocol="fipa-request",
            ontology="notifications",
            conversation="c",
            sender="reminder@localhost",
            receiver="notifier@localhost",
            content=NotifyPeople(notifications=part),
        )
        stanza = acl_stanza(offer, NOTIFICATIONS.encode(offer.content))
        assert len(stanza.encode()) < STANZA_LIMIT
