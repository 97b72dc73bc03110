from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from behaviours.directory.find_providers import Acquaintances
from behaviours.notifications.notify_people import (
    BIDS_WITHIN,
    DELIVERED_WITHIN,
    NotifyPeopleOnRequest,
)
from ontology.acl import Agreed, Performative, Unexpected
from ontology.notifications.acts import (
    CallForDelivery,
    CannotReach,
    DeliverMessages,
    DeliveryBid,
    MessagesDelivered,
    NotifyPeople,
    PeopleNotified,
)
from ontology.notifications.concepts import Attempted, Notification, Outcome
from tests.conversing import Oracle, ask
from tests.fakes.notifications import FakeDeliveries

pytestmark = pytest.mark.usefixtures("virtual_time")

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHAT, MAIL = "assistant@localhost", "mail@localhost"
SENT, FAILED, UNKNOWN = Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN


def notification(person=None):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=person or uuid4(),
        text="stretch",
        zone="UTC",
        due_at=NOW,
        claimed_at=NOW,
    )


class Notifier:
    """The role under test, among channels that bid and deliver as they are told to."""

    def __init__(self, *, channels=(CHAT,), bid=None, deliver=None):
        self.deliveries = FakeDeliveries()
        self.bid = bid or self._bid
        self.deliver = deliver or self._deliver
        self.voice = Oracle(self._answer, "notifier@localhost")
        known = Acquaintances()
        known.learn("delivery", channels)
        self.role = NotifyPeopleOnRequest(self.deliveries, self.voice, known)

    async def notifies(self, *items):
        heard = await ask(self.role, NotifyPeople(notifications=items))
        assert heard[0] == ("agree", Agreed())
        _, told = heard[1]
        assert isinstance(told, PeopleNotified)
        assert [outcome.id for outcome in told.outcomes] == [item.id for item in items]
        return [outcome.outcome for outcome in told.outcomes]

    def said_to(self, channel):
        return [
            envelope.content for envelope in self.voice.asked if envelope.receiver == channel
        ]

    @property
    def awarded(self):
        return [
            [item.id for item in said.content.notifications]
            for said in self.voice.asked
            if type(said.content) is DeliverMessages
        ]

    def _answer(self, said):
        if type(said.content) is CallForDelivery:
            return self.bid(said)
        if type(said.content) is DeliverMessages:
            return self.deliver(said)
        return None

    @staticmethod
    def _bid(said, *, here=True):
        bid = DeliveryBid(
            channel=said.receiver, reachable_now=here, expected_delay=1.0, cost=0.0
        )
        return Performative.PROPOSE, bid

    @staticmethod
    def _deliver(said, outcome=SENT):
        done = MessagesDelivered(
            channel=said.receiver,
            outcomes=tuple(
                Attempted(id=item.id, outcome=outcome) for item in said.content.notifications
            ),
        )
        return Performative.INFORM, done


async def test_what_a_channel_has_delivered_is_sent():
    notifier, item = Notifier(), notification()

    assert await notifier.notifies(item) == [SENT]
    assert notifier.deliveries.attempts == [[item.id, CHAT, SENT]]


async def test_what_was_sent_before_is_not_sent_again():
    notifier, item = Notifier(), notification()
    await notifier.notifies(item)

    assert await notifier.notifies(item) == [SENT]
    assert notifier.awarded == [[item.id]]


async def test_what_nobody_wants_to_hear_any_more_is_said_to_be_withdrawn():
    person = uuid4()
    notifier, wanted, let_go = Notifier(), notification(person), notification(person)
    notifier.deliveries.withdrawn.add(let_go.id)

    assert await notifier.notifies(let_go, wanted) == [Outcome.WITHDRAWN, SENT]
    assert notifier.awarded == [[wanted.id]]


async def test_of_an_offer_only_what_is_not_sent_yet_is_delivered():
    person = uuid4()
    notifier, one, two = Notifier(), notification(person), notification(person)
    await notifier.notifies(one)

    assert await notifier.notifies(one, two) == [SENT, SENT]
    assert notifier.awarded == [[one.id], [two.id]]


async def test_what_one_person_is_to_be_told_goes_together_in_order():
    ada, bob = uuid4(), uuid4()
    items = [notification(person) for person in (ada, bob, ada, ada)]
    notifier = Notifier()

    assert await notifier.notifies(*items) == [SENT] * 4
    assert sorted(map(len, notifier.awarded)) == [1, 3]
    assert [items[0].id, items[2].id, items[3].id] in notifier.awarded
    calls = [call for call in notifier.said_to(CHAT) if type(call) is CallForDelivery]
    assert {(call.person_id, call.count) for call in calls} == {(ada, 3), (bob, 1)}


async def test_the_channel_that_reaches_the_person_now_delivers():
    notifier = Notifier(
        channels=(CHAT, MAIL), bid=lambda said: Notifier._bid(said, here=said.receiver == MAIL)
    )
    item = notification()

    assert await notifier.notifies(item) == [SENT]
    assert notifier.deliveries.attempts == [[item.id, MAIL, SENT]]
    assert [content.act for content in notifier.said_to(CHAT)] == [
        "call-for-delivery",
        "not-chosen",
    ]


async def test_an_attempt_is_written_down_before_it_is_awarded():
    seen = []

    def deliver(said):
        seen.append(list(notifier.deliveries.attempts))
        return Notifier._deliver(said)

    notifier, item = Notifier(deliver=deliver), notification()
    await notifier.notifies(item)

    assert seen[0][0][:2] == [item.id, CHAT]


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
    notifier = Notifier(bid=bid)

    assert await notifier.notifies(notification()) == [UNKNOWN]
    assert notifier.awarded == []
    assert notifier.deliveries.attempts == []


async def test_without_a_channel_nothing_is_tried():
    notifier = Notifier(channels=())

    assert await notifier.notifies(notification()) == [UNKNOWN]


@pytest.mark.parametrize(
    "deliver",
    [lambda _: None, lambda _: (Performative.FAILURE, Unexpected())],
    ids=["falls silent", "fails"],
)
async def test_a_winner_that_does_not_confirm_leaves_an_open_attempt_and_may_be_asked_again(
    deliver, virtual_time
):
    notifier, item = Notifier(deliver=deliver), notification()

    assert await notifier.notifies(item) == [UNKNOWN]
    assert notifier.deliveries.attempts == [[item.id, CHAT, Outcome.ATTEMPTING]]
    assert virtual_time.passed <= BIDS_WITHIN + DELIVERED_WITHIN

    notifier.deliver = Notifier._deliver
    assert await notifier.notifies(item) == [SENT]
    assert notifier.deliveries.attempts == [[item.id, CHAT, SENT]]


async def test_an_honest_failure_of_the_channel_is_passed_on():
    notifier = Notifier(deliver=lambda said: Notifier._deliver(said, FAILED))
    item = notification()

    assert await notifier.notifies(item) == [FAILED]
    assert notifier.deliveries.attempts == [[item.id, CHAT, FAILED]]


async def test_one_person_whom_nobody_reaches_holds_up_nobody_else():
    ada, bob = notification(), notification()

    def bid(said):
        return None if said.content.person_id == ada.person_id else Notifier._bid(said)

    notifier = Notifier(bid=bid)

    assert await notifier.notifies(ada, bob) == [UNKNOWN, SENT]
