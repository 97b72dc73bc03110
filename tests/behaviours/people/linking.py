"""An assistant that links addresses, and channels that say codes, in memory."""

from __future__ import annotations

from contextlib import asynccontextmanager
from uuid import uuid4

from behaviours.dialogue.send_chat import SendChat
from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.request import RequestResponder, request
from behaviours.people.issue_code import IssueCodeOnRequest, Issuing, LinkAddressOnRequest
from behaviours.people.keep_addresses import MarkAddressOnRequest, UnlinkAddressOnRequest
from behaviours.people.redeem_code import RedeemCodeOnRequest
from behaviours.people.tell_person import TellPerson
from ontology.acl import Failed
from ontology.notifications.acts import NOTIFICATIONS, CannotReach, SayText, TextSaid
from ontology.people.acts import PEOPLE
from ontology.people.concepts import Person
from tests.behaviours.duties import on_duty
from tests.conversing import Platform
from tests.fakes.chat import FakeChat
from tests.fakes.clock import FakeClock
from tests.fakes.codes import FakeCodes
from tests.fakes.dialogue import FakeOutbox
from tests.fakes.ledger import FakeLedger
from tests.fakes.people import FakePeople

KEY = b"for tests only"


class Postman(RequestResponder[SayText, TextSaid]):
    """An agent of a channel: says each key once, as channels do."""

    vocabulary = NOTIFICATIONS
    action = SayText

    def __init__(self):
        self.said = {}
        self.refuses = False

    async def perform(self, action, asker):
        if self.refuses:
            raise Failed(CannotReach())
        self.said.setdefault(action.key, action)
        return TextSaid()

    @property
    def codes(self):
        return [action.text[:6] for action in self.said.values()]


class NearToAll:
    def is_here(self, address):
        return True

    def nearness(self, address):
        return 1


class Desk:
    """The assistant's roles, and a directory that knows who serves which channel."""

    def __init__(self, channels):
        self.clock = FakeClock()
        self.people = FakePeople(now=self.clock)
        self.codes = FakeCodes(self.clock)
        self.chat = FakeChat()
        self.sending = SendChat(FakeOutbox(self.clock), self.chat)
        self.postman = Postman()
        self.platform = Platform()
        self.platform.agent("channel@localhost", self.postman)
        self.asking = self.platform.agent("planner@localhost")
        self.channels = channels
        self.begin()

    def begin(self):
        """Begin a life of the assistant: what it did not keep is gone."""
        known = _Knowing(self.channels)
        voice = self.platform.agent("speaking@localhost")
        telling = TellPerson(self.people, self.sending, NearToAll())
        proving = (self.people, self.codes, KEY)
        issuing = Issuing(*proving, voice, known)
        self.platform.agent(
            "assistant@localhost",
            LinkAddressOnRequest(issuing),
            IssueCodeOnRequest(issuing),
            RedeemCodeOnRequest(*proving, telling),
            UnlinkAddressOnRequest(self.people, FakeLedger()),
            MarkAddressOnRequest(self.people, telling),
        )

    async def somebody(self, name="Ada"):
        person = Person(id=uuid4(), name=name, zone="UTC")
        await self.people.add(person, f"{person.id}@localhost")
        return person

    async def ask(self, action, conversation=None):
        return await request(
            self.asking,
            PEOPLE,
            action,
            to="assistant@localhost",
            conversation=conversation or uuid4().hex,
            within=60,
        )

    @property
    def told(self):
        return [body for _, body in self.chat.taken]


class _Knowing(Acquaintances):
    def __init__(self, channels):
        super().__init__()
        self.channels = channels

    async def known(self, voice, service):
        return ("channel@localhost",) if service in self.channels else ()


@asynccontextmanager
async def desk(*channels):
    made = Desk(channels)
    async with on_duty(made.sending):
        await made.sending.recover()
        yield made
    await made.platform.close()
