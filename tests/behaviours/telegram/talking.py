"""A Telegram agent's duties over storage and a bot in memory; the other agents are played."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import uuid4

from behaviours.notifications.dispatch_once import DispatchOnce
from behaviours.telegram.answer_updates import AnswerUpdates, lane_of
from behaviours.telegram.poll_updates import PollUpdates, source_of
from behaviours.telegram.say_on_telegram import SayOnTelegram
from behaviours.web.work_off_arrivals import WorkOffArrivals
from ontology.acl import Failed, Refused
from ontology.dialogue.acts import Stranger, UtteranceAnswered
from ontology.errors import NoAnswer
from ontology.notifications.acts import NotificationAcknowledged
from ontology.notifications.concepts import Channel
from ontology.people.acts import AddressLinked, NoSuchCode
from ontology.people.concepts import Person
from tests.behaviours.duties import on_duty
from tests.fakes.arrivals import FakeArrivals
from tests.fakes.dispatches import FakeDispatches
from tests.fakes.people import FakePeople
from tests.fakes.telegram import FakeBot

ADA = 4711
CODE = "123456"


class OtherAgents:
    """The assistant and the notifier: they know what they answered before."""

    def __init__(self, people):
        self.people = people
        self.heard = []
        self.acknowledged = []
        self.redeemed = []
        self.owner: Any = None
        self.before_hearing = None
        self.is_over = False
        self.words = "✓ done: stretch"
        self.occurrences = {}

    async def hear(self, action):
        self.heard.append(action)
        if self.before_hearing:
            await self.before_hearing(action)
        person = await self.people.at(action.address)
        if person is None:
            first = await self.people.refuse_once(action.address, str(action.utterance_id))
            raise Refused(Stranger(first=first))
        return UtteranceAnswered(person_id=person.id, text=f"you said {action.text}")

    async def acknowledge(self, action, key):
        self.acknowledged.append((action, key))
        if self.is_over:
            raise Failed(NoSuchCode())
        return NotificationAcknowledged(words=self.words)

    async def occurrence(self, person_id, id_):
        if id_ not in self.occurrences:
            raise NoAnswer("nobody")
        return self.occurrences[id_]

    async def redeem(self, action, key):
        self.redeemed.append(action)
        if action.code != CODE:
            raise Failed(NoSuchCode())
        await self.people.link(self.owner.id, action.address)
        return AddressLinked(address=action.address)


class BadAddresses:
    def __init__(self):
        self.reported = []

    async def report(self, address, why):
        self.reported.append((address, why))


class Desk:
    """One life of the agent over what earlier lives have kept."""

    def __init__(self, before=None):
        self.bot = before.bot if before else FakeBot()
        self.people = before.people if before else FakePeople()
        self.arrivals: Any = before.arrivals if before else FakeArrivals()
        self.dispatches: Any = before.dispatches if before else FakeDispatches()
        self.agents = cast(Any, before.agents if before else OtherAgents(self.people))
        self.bad = cast(Any, BadAddresses())
        sending = DispatchOnce(self.dispatches, Channel.TELEGRAM, jitter=lambda: 1.0)
        self.saying = SayOnTelegram(self.bot, sending, self.people, self.bad)
        self.work_off = WorkOffArrivals(self.arrivals)
        answering = AnswerUpdates(self.bot, self.people, self.saying, self.agents)
        self.work_off.source(source_of(self.bot), answering.work, lane=lane_of)
        self.polling = PollUpdates(self.bot, self.arrivals, self.work_off, jitter=lambda: 1.0)

    async def somebody(self, user=ADA):
        person = Person(id=uuid4(), name="Ada", zone="UTC")
        await self.people.add(person, f"{person.id}@localhost")
        if user:
            await self.people.link(person.id, f"telegram:{user}")
        return person


@asynccontextmanager
async def desk(before=None):
    made = Desk(before)
    async with on_duty(made.polling, made.work_off):
        yield made
    for task in list(made.work_off._under_way.values()):
        task.cancel()  # as kill -9 would
