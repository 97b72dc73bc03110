"""The notifier's roles and duties, among a policy, channels and a keeper that do as told."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from behaviours.directory.find_providers import Acquaintances
from behaviours.notifications.acknowledge import AcknowledgeOnRequest
from behaviours.notifications.ask_policy import AskPolicy
from behaviours.notifications.award_delivery import AwardDelivery
from behaviours.notifications.carry_on import CarryOnChains
from behaviours.notifications.note_outcome import NoteOutcomeOnRequest
from behaviours.notifications.notify_people import NotifyPeopleOnRequest
from behaviours.notifications.take_back import TakeBack
from behaviours.notifications.withdraw import WithdrawOnRequest
from behaviours.reminders.close_occurrence import CompleteOnRequest, SnoozeOnRequest
from ontology.acl import Agreed, Performative
from ontology.notifications import acts
from ontology.notifications.concepts import (
    Acknowledgement,
    Attempted,
    Channel,
    Notification,
    Outcome,
    attempt_key,
)
from ontology.policy.acts import PlansDecided, WhichPlans
from ontology.policy.concepts import Notice, Plan, Step
from ontology.time.concepts import Schedule
from tests.conversing import Oracle, ask
from tests.fakes.due import FakeDueOccurrences
from tests.fakes.ledger import FakeLedger
from tests.fakes.notifications import FakeChains, FakeDeliveries
from tests.fakes.reminders import FakeReminderBook

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
CHAT, MAIL, TELEGRAM, CALL = Channel.CHAT, Channel.EMAIL, Channel.TELEGRAM, Channel.CALL
SENT, FAILED, UNKNOWN = Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN
ADDRESSES = {
    CHAT: "assistant@localhost",
    MAIL: "mail@localhost",
    TELEGRAM: "telegram@localhost",
    CALL: "phone@localhost",
}
WAIT = timedelta(minutes=10)


def notification(person=None, text="stretch"):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=person or uuid4(),
        text=text,
        zone="UTC",
        due_at=NOW,
        claimed_at=NOW,
    )


def steps(*channels):
    return tuple(
        Step(channels=each if isinstance(each, tuple) else (each,), wait=WAIT)
        for each in channels
    )


class Known(Acquaintances):
    """Knows the policy, the keeper, every channel, and those of them that deliver."""

    def __init__(self, delivering):
        super().__init__()
        self._delivering = delivering
        self.others = {"policy": "policy@localhost", "reminders": "reminder@localhost"}

    async def offering(self, voice, service):
        if service == "delivery":
            return tuple(ADDRESSES[each] for each in self._delivering)
        return (self.others.get(service) or ADDRESSES[service],)


class Keeping(Oracle):
    """A voice that is answered by roles of the reminder agent too; they take their time."""

    def __init__(self, answer, *roles):
        super().__init__(answer, "notifier@localhost")
        self._roles = {role.opens: role for role in roles}
        self._tasks = set()

    def _answer(self, said, line):
        if (role := self._roles.get(type(said.content))) is None:
            super()._answer(said, line)
            return
        self.asked.append(said)
        task = asyncio.create_task(self._keep(role, said, line))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _keep(self, role, said, line):
        for performative, content in await ask(
            role, said.content, conversation=said.conversation, by=self.name
        ):
            line.tell(Performative(performative), content)


class Notifier:
    """Everything the notifier does, over fakes; ``channels`` are there and do as ``fates`` say.

    A fate is an outcome, or a function of the award that answers it, or None for silence.
    """

    def __init__(self, *channels, plan=(CHAT,), clock=None, starting=0.0):
        self.book = FakeReminderBook(clock)
        self.clock = self.book.clock
        self.deliveries = FakeDeliveries(self.book)
        self.chains = FakeChains(self.deliveries, self.clock)
        self.plan, self.reasons, self.at = steps(*plan), ("as you like it",), NOW
        self.policy = self.decides
        self.fates: dict[Channel, Any] = dict.fromkeys(channels or (CHAT,), SENT)
        self.keys: Counter[tuple[Channel, UUID]] = Counter()
        self.bid: Any = self.offers
        self.said, self.closed = [], []
        self.ledger = FakeLedger()
        self.voice = Keeping(
            self._answer,
            CompleteOnRequest(self.book, self.ledger),
            SnoozeOnRequest(self.book, self.ledger),
        )
        self.known = Known(self.fates)
        heard = self.voice, self.known
        asking, award = AskPolicy(*heard, starting), AwardDelivery(*heard)
        take_back = TakeBack(self.deliveries, *heard)
        self.carry_on = CarryOnChains(self.chains, asking, award, take_back)
        look, end = self.carry_on.look, self.carry_on.end
        self.tells = NotifyPeopleOnRequest(
            self.deliveries, self.chains, asking, award, look, end
        )
        self.notes = NoteOutcomeOnRequest(self.deliveries, self.chains, look)
        self.hears = AcknowledgeOnRequest(self.deliveries, self.chains, *heard, self.carry_on)
        self.withdraws = WithdrawOnRequest(end, look)

    # What the others do.

    def _answer(self, said):
        match said.content:
            case WhichPlans():
                return self.policy(said)
            case acts.CallForDelivery():
                return self.bid(said)
            case acts.DeliverMessages():
                return self._deliver(said)
            case acts.CloseDelivery():
                self.closed.append(
                    (said.content.channel, said.content.step, said.content.words)
                )
                return Performative.INFORM, acts.DeliveryClosed()
            case acts.SayText():
                self.said.append((said.content.key, said.content.text))
                return Performative.INFORM, acts.TextSaid()
        return None

    def decides(self, said):
        notice = Notice(at=self.at, steps=self.plan, reasons=self.reasons)
        of = (0,) * len(said.content.matters)
        return Performative.INFORM, PlansDecided(plans=(Plan(notices=(notice,)),), of=of)

    def offers(self, said, *, here=True):
        channel = next(each for each, jid in ADDRESSES.items() if jid == said.receiver)
        if channel not in said.content.channels or channel not in self.fates:
            return Performative.REFUSE, acts.CannotReach()
        return Performative.PROPOSE, acts.DeliveryBid(
            channel=channel, reachable_now=here, expected_delay=1.0, cost=0.0
        )

    def _deliver(self, said):
        award = said.content
        fate = self.fates[award.channel]
        self.keys.update(
            (award.channel, attempt_key(item.id, award.step)) for item in award.notifications
        )
        if fate is None:
            return None
        return fate(said) if callable(fate) else outcomes(said, fate)

    # What the test does.

    async def notifies(self, *items):
        heard = await ask(self.tells, acts.NotifyPeople(notifications=items))
        assert heard[0] == ("agree", Agreed())
        _, told = heard[1]
        assert isinstance(told, acts.PeopleNotified)
        assert [each.id for each in told.outcomes] == [item.id for item in items]
        return told.outcomes

    async def outcomes(self, *items):
        return [each.outcome for each in await self.notifies(*items)]

    async def answers(self, item, channel, answer=Acknowledgement.DONE, **known):
        said = acts.AcknowledgeNotification(
            id=item.id,
            person_id=item.person_id,
            channel=channel,
            answer=answer,
            said_at=self.clock(),
            **known,
        )
        return (await ask(self.hears, said))[-1]

    def awarded(self, channel=None):
        return [
            [item.id for item in said.content.notifications]
            for said in self.voice.asked
            if type(said.content) is acts.DeliverMessages
            and channel in (None, said.content.channel)
        ]

    def heard_by(self, jid):
        return [said.content for said in self.voice.asked if said.receiver == jid]

    def tries(self, item):
        return [
            (t.channel, t.step, t.outcome) for t in self.deliveries.tries if t.id == item.id
        ]


class Household(Notifier):
    """The same in time that passes, where reminders fall due."""

    def __init__(self, virtual_time, *channels, **options):
        def clock():
            return NOW + timedelta(seconds=virtual_time.passed)

        super().__init__(*channels, clock=clock, **options)
        self.falls_due = FakeDueOccurrences(self.book)

    async def rings(self, text="pills", person=None):
        """Let something fall due now, and have it told; return its notification."""
        schedule = Schedule.once(self.clock(), "UTC")
        await self.book.create(person or uuid4(), text, schedule, schedule.first)
        claim = await self.falls_due.claim(1, timedelta(hours=1))
        await self.falls_due.offered(claim)
        (item,) = claim.notifications
        self.at = item.claimed_at
        await self.notifies(item)
        return item

    async def state(self, item):
        return (await self.book.occurrence(item.person_id, item.id)).state


def outcomes(said, outcome, **known):
    return Performative.INFORM, acts.MessagesDelivered(
        channel=said.content.channel,
        outcomes=tuple(
            Attempted(id=item.id, outcome=outcome, **known)
            for item in said.content.notifications
        ),
    )
