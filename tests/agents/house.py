"""The agents of a platform in one process, on a real server, over storage in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from agents.assistant import AssistantAgent
from agents.base import BaseAgent
from agents.directory import DirectoryAgent
from agents.notifier import NotifierAgent
from agents.operator import OperatorAgent
from agents.planner import PlannerAgent
from agents.policy import PolicyAgent
from agents.reminder import ReminderAgent
from behaviours.fipa.exchange import Role
from behaviours.fipa.query import query
from behaviours.fipa.request import request
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from ontology.acl import Action, Question
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.people.concepts import Person
from ontology.permissions import AgentName
from ontology.vocabulary import Vocabulary
from tests.fakes.clock import FakeClock
from tests.fakes.codes import FakeCodes
from tests.fakes.dialogue import FakeInbox, FakeOutbox
from tests.fakes.due import FakeAlarm, FakeDueOccurrences
from tests.fakes.journal import FakeJournal
from tests.fakes.ledger import FakeLedger
from tests.fakes.notifications import FakeChains, FakeDeliveries
from tests.fakes.people import FakePeople
from tests.fakes.preferences import FakePreferenceBook
from tests.fakes.reminders import FakeReminderBook
from tests.fakes.retention import FakeRetention
from tests.servers import ProsodyForTests, unique

WITHIN = 20.0


class Speaker(BaseAgent):
    """Speaks as any agent of the platform, and plays the roles it is given."""

    def __init__(
        self,
        account: Account,
        name: AgentName,
        journal: WriteJournal,
        *roles: Role,
        services: tuple[str, ...] = (),
    ) -> None:
        self.name_on_platform = name
        self.services = services
        super().__init__(account, journal=journal)
        self._roles = roles

    def roles(self) -> Iterator[Role]:
        yield from self._roles

    async def request(self, vocabulary: Vocabulary, action: Action[Any], to: AgentName) -> Any:
        """Ask another agent for an action."""
        return await request(
            self.conversations,
            vocabulary,
            action,
            to=f"{to}@{self.domain}",
            conversation=uuid4().hex,
            within=WITHIN,
        )

    async def query(
        self, vocabulary: Vocabulary, question: Question[Any], to: AgentName
    ) -> Any:
        """Ask another agent a question."""
        return await query(
            self.conversations,
            vocabulary,
            question,
            to=f"{to}@{self.domain}",
            conversation=uuid4().hex,
            within=WITHIN,
        )


class House:
    """Makes agents over one storage in memory, and stops in the end what it has started."""

    assistant_agent: AssistantAgent

    def __init__(self, prosody: ProsodyForTests) -> None:
        self.prosody = prosody
        self.clock = FakeClock()
        self.book = FakeReminderBook(self.clock)
        self.people = FakePeople(changes=self.book.changes)
        self.preferences = FakePreferenceBook(self.people)
        self.codes = FakeCodes(self.clock)
        self.outbox = FakeOutbox(self.clock)
        self.inbox = FakeInbox(self.outbox, self.clock, self.people, self.book)
        self.ledger = FakeLedger()
        self.journal = FakeJournal()
        self.minutes = WriteJournal(self.journal)
        self.due = FakeDueOccurrences(self.book)
        self.alarm = FakeAlarm(self.book)
        self.deliveries = FakeDeliveries(self.book)
        self.chains = FakeChains(self.deliveries, self.clock)
        self.retention = FakeRetention()
        self._started: list[BaseAgent] = []

    async def open(self) -> None:
        """Make the accounts of all agents."""
        await self.prosody.accounts(*AgentName)

    async def close(self) -> None:
        """Stop whoever still runs."""
        for agent in reversed(self._started):
            await agent.stop()

    async def start(self, *agents: BaseAgent) -> None:
        for agent in agents:
            await agent.start()
            self._started.append(agent)

    async def stop(self, agent: BaseAgent) -> None:
        self._started.remove(agent)
        await agent.stop()

    async def account(self, name: str, port: int = 0) -> Account:
        made = await self.prosody.account(name)
        ca_file = Path(made.ca_file)
        return Account(made.jid, made.password, made.host, port or made.port, ca_file)

    async def person(self, name: str = "somebody", zone: str = "UTC") -> tuple[Person, Any]:
        """Add a person with an address of this server; return both."""
        account = await self.prosody.account(unique(name))
        person = Person(id=uuid4(), name=name, zone=zone)
        await self.people.add(person, account.jid)
        return person, account

    # Agents, not started yet.

    async def directory(self) -> DirectoryAgent:
        return DirectoryAgent(await self.account("directory"), journal=self.minutes)

    async def assistant(self, port: int = 0) -> AssistantAgent:
        return AssistantAgent(
            await self.account("assistant", port),
            journal=self.minutes,
            people=self.people,
            inbox=self.inbox,
            outbox=self.outbox,
            ledger=self.ledger,
            codes=self.codes,
            code_key=b"for tests only",
        )

    async def planner(self) -> PlannerAgent:
        return PlannerAgent(
            await self.account("planner"),
            journal=self.minutes,
            interpreter=PlainInterpreter(),
        )

    async def reminder(self) -> ReminderAgent:
        return ReminderAgent(
            await self.account("reminder"),
            journal=self.minutes,
            kept_journal=self.journal,
            book=self.book,
            ledger=self.ledger,
            due=self.due,
            alarm=self.alarm,
            retention=self.retention,
        )

    async def notifier(self) -> NotifierAgent:
        return NotifierAgent(
            await self.account("notifier"),
            journal=self.minutes,
            deliveries=self.deliveries,
            chains=self.chains,
        )

    async def policy(self) -> PolicyAgent:
        return PolicyAgent(
            await self.account("policy"),
            journal=self.minutes,
            preferences=self.preferences,
            ledger=self.ledger,
        )

    async def operator(self) -> OperatorAgent:
        return OperatorAgent(await self.account("operator"), journal=self.minutes)

    async def speaker(
        self, name: AgentName, *roles: Role, services: tuple[str, ...] = ()
    ) -> Speaker:
        """Return somebody who speaks as this agent."""
        account = await self.account(name)
        return Speaker(account, name, self.minutes, *roles, services=services)
