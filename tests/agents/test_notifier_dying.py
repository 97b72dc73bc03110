"""The notifier is killed at every step: each provider is asked once for each key, nothing lost.

Real Prosody and PostgreSQL; the notifier in a process of its own, everybody else in this one.
The channels keep what they hand over as those of Steward do, and count what leaves the house.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from agents.reminder import ReminderAgent
from behaviours.fipa.contract_net import Participant
from behaviours.fipa.query import QueryResponder
from behaviours.fipa.request import RequestResponder
from ontology.acl import Refused
from ontology.notifications import acts
from ontology.notifications.acts import NOTIFICATIONS
from ontology.notifications.concepts import (
    Acknowledgement,
    Attempted,
    Channel,
    Outcome,
    attempt_key,
)
from ontology.notifications.ports import Dispatch
from ontology.people.concepts import Person
from ontology.permissions import AgentName
from ontology.policy.acts import POLICY, PlansDecided, WhichPlans
from ontology.policy.concepts import Notice, Plan, Step
from ontology.reminders.concepts import OccurrenceState
from ontology.time.concepts import Schedule
from storage.alarm import PostgresAlarm
from storage.chains import PostgresChains
from storage.deliveries import PostgresDeliveries
from storage.dispatches import PostgresDispatches
from storage.due import PostgresDueOccurrences
from storage.journal import PostgresJournal
from storage.ledger import PostgresLedger
from storage.people import PostgresPeople
from storage.reminders import PostgresReminderBook
from storage.retention import PostgresRetention
from tests.clients.waiting import eventually

CHAT, TELEGRAM, CALL = Channel.CHAT, Channel.TELEGRAM, Channel.CALL
STEPS = (CHAT, TELEGRAM, CALL)
WAIT = timedelta(seconds=1.5)
SOON = 60.0
AGENTS = {CHAT: AgentName.ASSISTANT, TELEGRAM: AgentName.TELEGRAM, CALL: AgentName.PHONE}


class Deliver(Participant[Any, Any, Any, Any]):
    """Hands each key over once, as far as it knows, and counts what leaves the house."""

    vocabulary = NOTIFICATIONS
    call = acts.CallForDelivery

    def __init__(self, channel, dispatches):
        self._channel, self._dispatches = channel, dispatches
        self.outside: Counter[UUID] = Counter()

    async def bid(self, call):
        if self._channel not in call.channels:
            raise Refused(acts.CannotReach())
        return acts.DeliveryBid(
            channel=self._channel, reachable_now=True, expected_delay=1.0, cost=0.0
        )

    async def perform(self, work):
        outcomes = [await self._hand_over(item, work.step) for item in work.notifications]
        return acts.MessagesDelivered(channel=self._channel, outcomes=tuple(outcomes))

    async def _hand_over(self, item, step):
        key = attempt_key(item.id, step)
        known = await self._dispatches.begin(key, self._channel, item.person_id)
        if known is None:
            self.outside[key] += 1
            known = Dispatch(Outcome.SENT, reference=f"{self._channel} {step}")
            await self._dispatches.end(key, self._channel, known)
        return Attempted(id=item.id, outcome=known.outcome, reference=known.reference)


class Close(RequestResponder[Any, Any]):
    vocabulary = NOTIFICATIONS
    action = acts.CloseDelivery

    def __init__(self):
        self.heard = []

    async def perform(self, action, asker):
        self.heard.append((action.channel, action.step, action.words, action.reference))
        return acts.DeliveryClosed()


class Say(RequestResponder[Any, Any]):
    vocabulary = NOTIFICATIONS
    action = acts.SayText

    def __init__(self):
        self.said = {}

    async def perform(self, action, asker):
        self.said.setdefault(action.key, action.text)
        return acts.TextSaid()


class Decide(QueryResponder[Any, Any]):
    vocabulary = POLICY
    question = WhichPlans

    async def tell(self, question, asker):
        steps = tuple(Step(channels=(channel,), wait=WAIT) for channel in STEPS)
        notice = Notice(at=question.now, steps=steps, reasons=("a VIP",))
        plans = (Plan(notices=(notice,)),)
        return PlansDecided(plans=plans, of=(0,) * len(question.matters))


class Town:
    """Everybody but the notifier, at work."""

    def __init__(self, house, database, url):
        self.house, self.database, self._url = house, database, url
        self.people, self.book = PostgresPeople(database), PostgresReminderBook(database)
        self.deliveries, self.chains = PostgresDeliveries(database), PostgresChains(database)
        self.delivering = {c: Deliver(c, PostgresDispatches(database)) for c in STEPS}
        self.closing, self.saying = Close(), Say()
        self.alarm = PostgresAlarm(database)

    async def open(self):
        await self.house.start(await self.house.directory())
        decides = await self.house.speaker(AgentName.POLICY, Decide(), services=("policy",))
        await self.house.start(decides)
        for channel, name in AGENTS.items():
            roles = [self.delivering[channel], self.saying if channel is CHAT else self.closing]
            services = ("delivery", channel.value)
            agent = await self.house.speaker(name, *roles, services=services)
            await self.house.start(agent)
            if channel is CALL:
                self.phone = agent
        await self.house.start(await self._reminder())

    async def close(self):
        """Stop everybody while the database is there."""
        await self.house.close()
        self.house._started.clear()
        await self.alarm.close()

    async def _reminder(self):
        return ReminderAgent(
            await self.house.account("reminder"),
            journal=self.house.minutes,
            kept_journal=PostgresJournal(self.database),
            book=self.book,
            ledger=PostgresLedger(self.database),
            due=PostgresDueOccurrences(self.database),
            alarm=self.alarm,
            retention=PostgresRetention(self.database),
        )

    @asynccontextmanager
    async def notifier(self, point=""):
        """Run a notifier until the block ends, or it dies by itself."""
        account = asdict(await self.house.account("notifier"))
        given = {
            "database_url": self._url,
            "account": account | {"ca_file": str(account["ca_file"])},
            "point": point,
        }
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "tests.agents.dying_notifier"),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(json.dumps(given).encode() + b"\n")
        try:
            assert await asyncio.wait_for(process.stdout.readline(), SOON) == b"ready\n"
            yield process
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()

    async def remind(self, text="pills"):
        person = Person(id=uuid4(), name="Somebody", zone="UTC")
        await self.people.add(person, f"{person.id}@localhost")
        schedule = Schedule.once(await self.book.now(), "UTC")
        await self.book.create(person.id, text, schedule, schedule.first)
        return person

    async def tried(self, person):
        """Return what was tried for the person's reminder, once it fell due."""
        due, _ = await self.book.unacknowledged(person.id, timedelta(days=1), 9)
        made = await self.deliveries.made(person.id, [each.id for each in due])
        return [(attempt.channel, attempt.step, attempt.outcome) for attempt in made]

    async def occurrence(self, person):
        (only,), _ = await self.book.unacknowledged(person.id, timedelta(days=1), 1)
        return only

    async def reached(self, person, channel):
        """Wait until this channel has told them."""
        told = (channel, STEPS.index(channel), Outcome.SENT)

        async def look():
            return told in await self.tried(person)

        await eventually(look, f"told by {channel}", SOON)

    async def answer(self, person, occurrence):
        """Press 1 on the phone, again and again until somebody hears it."""
        said = acts.AcknowledgeNotification(
            id=occurrence.id,
            person_id=person.id,
            channel=CALL,
            answer=Acknowledgement.DONE,
            said_at=datetime(2026, 3, 2, tzinfo=UTC),
        )
        return await self.phone.request(NOTIFICATIONS, said, AgentName.NOTIFIER)

    async def ended(self):
        async def look():
            return await self.chains.due_in() is None

        await eventually(look, "the chain has ended", SOON)

    def asked_once(self):
        outside: Counter[tuple[Channel, UUID]] = Counter()
        for channel, role in self.delivering.items():
            outside.update({(channel, key): n for key, n in role.outside.items()})
        return outside


@pytest.fixture
async def town(house, database):
    url = database.engine.url.render_as_string(hide_password=False)
    made = Town(house, database, url)
    await made.open()
    yield made
    await made.close()


def every_step_once(occurrence):
    return {
        (channel, attempt_key(occurrence.id, step)): 1 for step, channel in enumerate(STEPS)
    }


LONG = pytest.mark.long
"""Points that only ``make kills`` tries: each takes a notifier's whole life."""


@pytest.mark.parametrize(
    "point",
    [
        "written:0",
        "answered:2",
        *(
            pytest.param(point, marks=LONG)
            for point in (
                *("written:2", "awarded:0", "awarded:2"),
                *("answered:0", "settled:0", "settled:2"),
            )
        ),
    ],
)
async def test_killed_at_a_step_it_goes_on_and_nobody_is_told_twice(town, point):
    async with town.notifier(point) as doomed:
        person = await town.remind()
        await asyncio.wait_for(doomed.wait(), SOON)
    async with town.notifier():
        await town.reached(person, CALL)
        occurrence = await town.occurrence(person)
        told = await town.answer(person, occurrence)
        await town.ended()

    assert told.words == "Done: “pills”."
    assert town.asked_once() == every_step_once(occurrence)
    closed = await town.book.occurrence(person.id, occurrence.id)
    assert closed.state is OccurrenceState.ACKNOWLEDGED
    assert set(town.closing.heard) == {(TELEGRAM, 1, "done by phone", "telegram 1")}
    assert list(town.saying.said.values()) == ["✓ done by phone: pills"]


@pytest.mark.parametrize(
    "point",
    [
        "acknowledged",
        *(pytest.param(point, marks=LONG) for point in ("closed", "taken back", "ended")),
    ],
)
async def test_killed_while_an_answer_is_heard_it_ends_the_chain_all_the_same(town, point):
    async with town.notifier(point) as doomed:
        person = await town.remind()
        await town.reached(person, CALL)
        occurrence = await town.occurrence(person)
        answering = asyncio.create_task(town.answer(person, occurrence))
        await asyncio.wait_for(doomed.wait(), SOON)
    async with town.notifier():
        told = await answering
        await town.ended()

    assert told.words == "Done: “pills”."
    assert town.asked_once() == every_step_once(occurrence)
    closed = await town.book.occurrence(person.id, occurrence.id)
    assert closed.state is OccurrenceState.ACKNOWLEDGED
    assert (TELEGRAM, 1) in {each[:2] for each in town.closing.heard}


@pytest.mark.parametrize(
    "point",
    [
        "answered:3",
        *(pytest.param(point, marks=LONG) for point in ("written:3", "settled:3")),
    ],
)
async def test_killed_when_all_was_tried_it_tells_so_once(town, point):
    async with town.notifier(point) as doomed:
        person = await town.remind()
        await asyncio.wait_for(doomed.wait(), SOON)
    async with town.notifier():
        await town.ended()

    occurrence = await town.occurrence(person)
    assert town.asked_once() == every_step_once(occurrence)
    (text,) = town.saying.said.values()
    assert text.startswith("⏰ Nobody has answered: pills")
    assert (CHAT, 3, Outcome.SENT) in await town.tried(person)


async def test_two_notifiers_of_one_database_tell_everybody_once(town):
    async with town.notifier():
        people = [await town.remind(f"{n}") for n in range(5)]
        for person in people:
            await town.reached(person, TELEGRAM)
        async with town.notifier():
            for person in people:
                await town.reached(person, CALL)
            await town.ended()

    assert set(town.asked_once().values()) == {1}
    assert len(town.asked_once()) == len(people) * len(STEPS)
    assert len(town.saying.said) == len(people)
