"""Having people told: at once, later or step by step, as the policy decides."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from behaviours.notifications.ask_policy import DECIDED_WITHIN, UNDECIDED
from behaviours.notifications.award_delivery import BIDS_WITHIN, DELIVERED_WITHIN, FELL_SILENT
from behaviours.notifications.notify_people import LAST_RESORT
from ontology.acl import Agreed, Performative, Unexpected
from ontology.notifications.acts import CallForDelivery, CannotReach, DeliverMessages
from ontology.notifications.concepts import Outcome
from ontology.policy.acts import PlansDecided, WhichPlans
from ontology.policy.concepts import Notice, Plan
from tests.behaviours.notifications.notifying import (
    ADDRESSES,
    CALL,
    CHAT,
    FAILED,
    MAIL,
    NOW,
    SENT,
    TELEGRAM,
    UNKNOWN,
    Notifier,
    notification,
    outcomes,
    steps,
)

pytestmark = pytest.mark.usefixtures("virtual_time")

HOUR = timedelta(hours=1)


async def test_what_a_channel_has_delivered_is_sent():
    notifier, item = Notifier(), notification()

    assert await notifier.outcomes(item) == [SENT]
    assert notifier.tries(item) == [(CHAT, 0, SENT)]


async def test_what_was_sent_before_is_not_sent_again():
    notifier, item = Notifier(), notification()
    await notifier.notifies(item)

    assert await notifier.outcomes(item) == [SENT]
    assert notifier.awarded() == [[item.id]]


async def test_what_nobody_wants_to_hear_any_more_is_said_to_be_withdrawn():
    person = uuid4()
    notifier, wanted, let_go = Notifier(), notification(person), notification(person)
    notifier.deliveries.withdrawn.add(let_go.id)

    assert await notifier.outcomes(let_go, wanted) == [Outcome.WITHDRAWN, SENT]
    assert notifier.awarded() == [[wanted.id]]


async def test_of_an_offer_only_what_is_not_sent_yet_is_delivered():
    person = uuid4()
    notifier, one, two = Notifier(), notification(person), notification(person)
    await notifier.notifies(one)

    assert await notifier.outcomes(one, two) == [SENT, SENT]
    assert notifier.awarded() == [[one.id], [two.id]]


async def test_what_one_person_is_to_be_told_goes_together_in_order():
    ada, bob = uuid4(), uuid4()
    items = [notification(person) for person in (ada, bob, ada, ada)]
    notifier = Notifier()

    assert await notifier.outcomes(*items) == [SENT] * 4
    assert sorted(map(len, notifier.awarded())) == [1, 3]
    assert [items[0].id, items[2].id, items[3].id] in notifier.awarded()
    heard = notifier.heard_by(ADDRESSES[CHAT])
    calls = [call for call in heard if type(call) is CallForDelivery]
    assert {(call.person_id, call.count) for call in calls} == {(ada, 3), (bob, 1)}


async def test_the_policy_is_asked_once_a_person_with_what_it_is_about_and_when():
    ada, bob = uuid4(), uuid4()
    notifier = Notifier()

    await notifier.notifies(*(notification(person) for person in (ada, bob, ada)))

    asked = notifier.heard_by("policy@localhost")
    assert sorted(len(each.matters) for each in asked) == [1, 2]
    assert {type(each) for each in asked} == {WhichPlans}
    assert {(each.now, each.matters[0].text) for each in asked} == {(NOW, "stretch")}


async def test_what_rules_hold_back_is_not_tried_and_says_until_when_and_why():
    notifier, item = Notifier(), notification()
    notifier.at, notifier.reasons = NOW + HOUR, ("your quiet hours",)

    (told,) = await notifier.notifies(item)

    assert (told.outcome, told.until, told.why) == (
        Outcome.HELD,
        NOW + HOUR,
        "your quiet hours",
    )
    assert notifier.awarded() == []


async def test_what_is_treated_differently_goes_different_ways():
    person = uuid4()
    held, mailed, said = (notification(person) for _ in range(3))
    notifier = Notifier(CHAT, MAIL)

    def decides(_):
        plans = (
            Plan(notices=(Notice(at=NOW + HOUR, steps=steps(CHAT)),)),
            Plan(notices=(Notice(at=NOW, steps=steps(MAIL)),)),
            Plan(notices=()),
        )
        return Performative.INFORM, PlansDecided(plans=plans, of=(0, 1, 2))

    notifier.policy = decides

    assert await notifier.outcomes(held, mailed, said) == [Outcome.HELD, SENT, SENT]
    assert notifier.awarded(MAIL) == [[mailed.id]]
    assert notifier.awarded(CHAT) == [[said.id]]


@pytest.mark.parametrize(
    "policy",
    [
        lambda _: None,
        lambda _: (Performative.FAILURE, Unexpected()),
        lambda _: (Performative.INFORM, PlansDecided(plans=(), of=())),
        lambda _: (Performative.INFORM, PlansDecided(plans=(), of=(3,))),
    ],
    ids=["silent", "broke", "about nothing", "about what there is not"],
)
async def test_without_the_policy_it_is_said_in_chat_and_why_so(policy, virtual_time):
    notifier, item = Notifier(CHAT, CALL, plan=(CALL,)), notification()
    notifier.policy = policy

    assert await notifier.outcomes(item) == [SENT]
    assert notifier.tries(item) == [(CHAT, 0, SENT)]
    (award,) = [a for a in notifier.heard_by(ADDRESSES[CHAT]) if type(a) is DeliverMessages]
    assert award.reasons == (UNDECIDED,)
    assert virtual_time.passed <= DECIDED_WITHIN + 1


async def test_why_it_is_told_so_goes_along_with_the_award():
    notifier = Notifier()
    notifier.reasons = ("you asked for chat",)
    await notifier.notifies(notification())

    award = notifier.heard_by(ADDRESSES[CHAT])[-1]
    assert award.reasons == ("you asked for chat",)


async def test_of_a_step_the_channel_that_the_person_prefers_delivers():
    notifier, item = Notifier(CHAT, TELEGRAM, plan=((TELEGRAM, CHAT),)), notification()

    assert await notifier.outcomes(item) == [SENT]
    assert notifier.tries(item) == [(TELEGRAM, 0, SENT)]
    assert notifier.heard_by(ADDRESSES[CHAT])[-1].act == "not-chosen"


async def test_an_attempt_is_written_down_before_it_is_awarded():
    seen = []

    def deliver(said):
        seen.extend(notifier.tries(item))
        return outcomes(said, SENT)

    notifier, item = Notifier(), notification()
    notifier.fates[CHAT] = deliver
    await notifier.notifies(item)

    assert seen == [(CHAT, 0, Outcome.ATTEMPTING)]


@pytest.mark.parametrize(
    "bid",
    [
        lambda _: (Performative.REFUSE, CannotReach()),
        lambda _: (Performative.REFUSE, Unexpected()),
        lambda _: (Performative.PROPOSE, Agreed()),
        lambda _: None,
    ],
    ids=["cannot reach", "broke", "no bid at all", "silent"],
)
async def test_without_a_bid_nothing_is_tried_and_nobody_is_told_otherwise(bid):
    notifier, item = Notifier(), notification()
    notifier.bid = bid

    assert await notifier.outcomes(item) == [UNKNOWN]
    assert notifier.awarded() == []
    assert notifier.tries(item) == []


@pytest.mark.parametrize(
    "fate",
    [None, lambda _: (Performative.FAILURE, Unexpected())],
    ids=["falls silent", "fails"],
)
async def test_chat_that_does_not_confirm_leaves_an_open_attempt_and_may_be_asked_again(
    fate, virtual_time
):
    notifier, item = Notifier(), notification()
    notifier.fates[CHAT] = fate

    assert await notifier.outcomes(item) == [UNKNOWN]
    assert notifier.tries(item) == [(CHAT, 0, Outcome.ATTEMPTING)]
    assert virtual_time.passed <= DECIDED_WITHIN + BIDS_WITHIN + DELIVERED_WITHIN

    notifier.fates[CHAT] = SENT
    assert await notifier.outcomes(item) == [SENT]
    assert notifier.tries(item) == [(CHAT, 0, SENT)]


async def test_an_honest_failure_of_chat_is_passed_on_and_tried_again():
    notifier, item = Notifier(), notification()
    notifier.fates[CHAT] = FAILED

    assert await notifier.outcomes(item) == [FAILED]
    notifier.fates[CHAT] = SENT
    assert await notifier.outcomes(item) == [SENT]


@pytest.mark.parametrize("fate", [FAILED, UNKNOWN, None])
async def test_what_another_channel_cannot_tell_for_sure_is_said_in_chat_and_not_repeated(fate):
    notifier, item = Notifier(CHAT, MAIL, plan=(MAIL,)), notification()
    notifier.fates[MAIL] = fate

    assert SENT in await notifier.outcomes(item)

    (_, last) = notifier.tries(item)
    assert last == (CHAT, 1, SENT)
    assert len(notifier.awarded(MAIL)) == 1
    assert notifier.heard_by(ADDRESSES[CHAT])[-1].reasons == (LAST_RESORT,)
    assert await notifier.outcomes(item) == [SENT]
    assert set(notifier.keys.values()) == {1}


async def test_without_anybody_to_mail_it_is_said_in_chat():
    notifier, item = Notifier(CHAT, plan=(MAIL,)), notification()

    await notifier.notifies(item)

    assert notifier.tries(item) == [(CHAT, 1, SENT)]


async def test_a_mail_that_an_earlier_life_began_is_asked_for_by_its_key_again():
    notifier, item = Notifier(CHAT, MAIL, plan=(MAIL,)), notification()
    await notifier.deliveries.attempt([item], MAIL)
    notifier.plan = steps(CHAT)

    assert await notifier.outcomes(item) == [SENT]
    assert notifier.tries(item) == [(MAIL, 0, SENT)]


async def test_one_person_whom_nobody_reaches_holds_up_nobody_else():
    ada, bob = notification(), notification()
    notifier = Notifier()
    bids = notifier.bid
    notifier.bid = lambda said: None if said.content.person_id == ada.person_id else bids(said)

    assert await notifier.outcomes(ada, bob) == [UNKNOWN, SENT]


async def test_a_plan_of_one_step_begins_no_chain():
    notifier = Notifier()
    await notifier.notifies(notification())

    assert notifier.chains.rows == {}


async def test_a_plan_of_several_steps_begins_with_the_first_and_a_chain():
    notifier, item = Notifier(CHAT, CALL, plan=(CHAT, CALL)), notification()

    assert await notifier.outcomes(item) == [SENT]
    assert notifier.tries(item) == [(CHAT, 0, SENT)]
    (row,) = notifier.chains.rows.values()
    assert (row.it.notice.steps, row.claim) == (steps(CHAT, CALL), None)
    assert row.ready_at == NOW + timedelta(minutes=10)


@pytest.mark.parametrize("fate", [FAILED, UNKNOWN, None])
async def test_a_first_step_that_does_not_work_leaves_the_rest_to_the_chain_at_once(fate):
    notifier, item = Notifier(CHAT, CALL, plan=(CHAT, CALL)), notification()
    notifier.fates[CHAT] = fate

    (told,) = await notifier.notifies(item)

    assert (told.outcome, told.until) == (UNKNOWN, NOW + timedelta(minutes=1))
    ((_, _, outcome),) = notifier.tries(item)
    assert outcome is (fate or UNKNOWN)
    assert [each.why for each in notifier.deliveries.tries] == [
        FELL_SILENT if fate is None else None
    ]
    (row,) = notifier.chains.rows.values()
    assert (row.ready_at, row.claim) == (NOW, None)


async def test_without_anybody_for_the_first_step_the_chain_begins_with_the_second():
    notifier, item = Notifier(CALL, plan=(CHAT, CALL)), notification()

    assert await notifier.outcomes(item) == [UNKNOWN]

    (row,) = notifier.chains.rows.values()
    assert (row.it.step, row.ready_at) == (1, NOW)
    assert notifier.tries(item) == []


async def test_what_a_chain_carries_on_is_begun_by_nobody_again():
    notifier, item = Notifier(CHAT, CALL, plan=(CHAT, CALL)), notification()
    notifier.fates[CHAT] = FAILED
    await notifier.notifies(item)

    (told,) = await notifier.notifies(item)

    assert (told.outcome, told.until) == (UNKNOWN, NOW + timedelta(minutes=1))
    assert len(notifier.awarded()) == 1
