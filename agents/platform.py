"""The composition root: the one place where agents meet their plumbing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from config.home import Home
from config.settings import Settings
from ontology.errors import AddressTaken
from ontology.permissions import AgentName

if TYPE_CHECKING:
    from agents.base import BaseAgent
    from agents.operator import OperatorAgent
    from agents.servers import Account, Addresses
    from behaviours.journal import WriteJournal
    from behaviours.xmpp.stream import Account as Login
    from ontology.dialogue.ports import BatchInterpreter, IntentClassifier
    from ontology.journal import Journal
    from storage.database import Database
    from storage.depths import Depths

log = structlog.get_logger(__name__)

AGENTS: tuple[AgentName, ...] = (
    AgentName.DIRECTORY,
    AgentName.ASSISTANT,
    AgentName.PLANNER,
    AgentName.REMINDER,
    AgentName.NOTIFIER,
)
"""The agents of a platform, the directory first: the others register with it."""

OWNER = "owner"


@dataclass(frozen=True)
class Platform:
    """What runs: the agents of this process, and how their owner logs in."""

    agents: Sequence[BaseAgent]
    journal: Journal
    owner: Account
    addresses: Addresses


@asynccontextmanager
async def platform(
    settings: Settings, home: Home, addresses: Addresses, names: Collection[AgentName]
) -> AsyncIterator[Platform]:
    """Open what the agents of these names need, start them, stop everything in reverse.

    Raises SettingsError when another process of this home runs one of them already, and
    ServerError when a server does not answer.
    """
    from behaviours.journal import WriteJournal
    from storage.database import Database
    from storage.journal import PostgresJournal

    ordered = [name for name in AGENTS if name in names]
    async with AsyncExitStack() as stack:
        for name in ordered:
            stack.enter_context(home.hold(f"agent-{name}"))
        database = await Database.open(addresses.database_url, migrate=True)
        stack.push_async_callback(database.close)
        accounts = await addresses.accounts([OWNER, *ordered])
        await _know_owner(database, accounts[OWNER].jid, settings.timezone)
        journal = PostgresJournal(database)
        plumbing = Plumbing(database, WriteJournal(journal), stack)
        agents = [
            _MAKERS[name](_login(addresses, accounts[name]), plumbing) for name in ordered
        ]
        for agent in agents:
            stack.push_async_callback(agent.stop)
        await asyncio.gather(*(agent.start() for agent in agents))
        yield Platform(agents, journal, accounts[OWNER], addresses)


@asynccontextmanager
async def operator(addresses: Addresses) -> AsyncIterator[OperatorAgent]:
    """Log in as the operator, for as long as it asks. Raises ServerError."""
    from agents.operator import OperatorAgent
    from behaviours.journal import WriteJournal
    from storage.database import Database
    from storage.journal import PostgresJournal

    database = await Database.open(addresses.database_url)
    try:
        account = await addresses.account(AgentName.OPERATOR)
        journal = WriteJournal(PostgresJournal(database))
        agent = OperatorAgent(_login(addresses, account), journal=journal)
        try:
            await agent.start()
            yield agent
        finally:
            await agent.stop()
    finally:
        await database.close()


async def depths(addresses: Addresses) -> Depths:
    """Return what waits in the queues of this home. Raises ServerError."""
    from storage.database import Database
    from storage.depths import PostgresDepths

    database = await Database.open(addresses.database_url)
    try:
        return await PostgresDepths(database).read()
    finally:
        await database.close()


def interpreter() -> BatchInterpreter:
    """Return what reads people's words: the same for the planner and for those who try it."""
    from ontology.dialogue.interpreter import PlainInterpreter

    return PlainInterpreter(classifier())


def classifier() -> IntentClassifier:
    """Return what ranks intents where no rule reads a text.

    What it learns follows from our own utterances only and may be deleted at any time: it is
    kept in the user's cache, for all homes.
    """
    from platformdirs import user_cache_path

    from gateways.intents.classifier import LearntClassifier

    cache = user_cache_path("steward", appauthor=False)
    with suppress(OSError):
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LearntClassifier(cache)


async def _know_owner(database: Database, jid: str, zone: str) -> None:
    """Add the owner on the first run."""
    from uuid import uuid4

    from ontology.people.concepts import Person
    from storage.people import PostgresPeople

    people = PostgresPeople(database)
    if await people.at(jid) is None:
        try:
            await people.add(Person(id=uuid4(), name=OWNER, zone=zone), jid)
        except AddressTaken:
            log.info("another process added the owner at the same time")


def _login(addresses: Addresses, account: Account) -> Login:
    from behaviours.xmpp.stream import Account as Login

    return Login(
        jid=account.jid,
        password=account.password,
        host=addresses.xmpp_host,
        port=addresses.xmpp_port,
        ca_file=addresses.ca_file,
    )


@dataclass(frozen=True)
class Plumbing:
    """What the agents of this process share."""

    database: Database
    journal: WriteJournal
    stack: AsyncExitStack


Maker = Callable[["Login", Plumbing], "BaseAgent"]


def _directory(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.directory import DirectoryAgent

    return DirectoryAgent(login, journal=plumbing.journal)


def _assistant(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.assistant import AssistantAgent
    from storage.inbox import PostgresInbox
    from storage.ledger import PostgresLedger
    from storage.outbox import PostgresOutbox
    from storage.people import PostgresPeople

    database = plumbing.database
    return AssistantAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(database),
        inbox=PostgresInbox(database),
        outbox=PostgresOutbox(database),
        ledger=PostgresLedger(database),
    )


def _planner(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.planner import PlannerAgent

    return PlannerAgent(login, journal=plumbing.journal, interpreter=interpreter())


def _reminder(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.reminder import ReminderAgent
    from storage.alarm import PostgresAlarm
    from storage.due import PostgresDueOccurrences
    from storage.journal import PostgresJournal
    from storage.ledger import PostgresLedger
    from storage.reminders import PostgresReminderBook
    from storage.retention import PostgresRetention

    database = plumbing.database
    alarm = PostgresAlarm(database)
    plumbing.stack.push_async_callback(alarm.close)
    return ReminderAgent(
        login,
        journal=plumbing.journal,
        kept_journal=PostgresJournal(database),
        book=PostgresReminderBook(database),
        ledger=PostgresLedger(database),
        due=PostgresDueOccurrences(database),
        alarm=alarm,
        retention=PostgresRetention(database),
    )


def _notifier(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.notifier import NotifierAgent
    from storage.deliveries import PostgresDeliveries

    deliveries = PostgresDeliveries(plumbing.database)
    return NotifierAgent(login, journal=plumbing.journal, deliveries=deliveries)


_MAKERS: dict[AgentName, Maker] = {
    AgentName.DIRECTORY: _directory,
    AgentName.ASSISTANT: _assistant,
    AgentName.PLANNER: _planner,
    AgentName.REMINDER: _reminder,
    AgentName.NOTIFIER: _notifier,
}
