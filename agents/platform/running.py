"""Starting the agents of a process over what they need, and stopping them in reverse."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from agents.platform import channels, core
from agents.platform.plumbing import Maker, Plumbing
from agents.platform.roster import AGENTS
from config.home import Home
from config.settings import Settings
from ontology.errors import AddressTaken
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import say_lacking
from ontology.permissions import AgentName

if TYPE_CHECKING:
    from agents.base import BaseAgent
    from agents.operator import OperatorAgent
    from agents.servers import Account, Addresses
    from behaviours.xmpp.stream import Account as Login
    from gateways.http.inspected import Served
    from ontology.journal import Journal
    from storage.database import Database
    from storage.depths import Depths

log = structlog.get_logger(__name__)

OWNER = "owner"

_MAKERS: dict[AgentName, Maker] = {
    AgentName.DIRECTORY: core.directory,
    AgentName.ASSISTANT: core.assistant,
    AgentName.PLANNER: core.planner,
    AgentName.REMINDER: core.reminder,
    AgentName.NOTIFIER: core.notifier,
    AgentName.POLICY: core.policy,
    AgentName.WEB: channels.web,
    AgentName.MAIL: channels.mail,
    AgentName.PHONE: channels.phone,
    AgentName.TELEGRAM: channels.telegram,
}


@dataclass(frozen=True)
class Platform:
    """What runs: the agents of this process, what it serves, and how its owner logs in."""

    agents: Sequence[BaseAgent]
    served: Served
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
        plumbing = Plumbing(settings, home, database, WriteJournal(journal), stack)
        agents = [
            _MAKERS[name](_login(addresses, accounts[name]), plumbing) for name in ordered
        ]
        for agent in agents:
            stack.push_async_callback(agent.stop)
        await asyncio.gather(*(agent.start() for agent in agents))
        served = _served(settings, plumbing, agents, journal)
        yield Platform(agents, served, accounts[OWNER], addresses)


def _served(
    settings: Settings, plumbing: Plumbing, agents: Sequence[BaseAgent], journal: Journal
) -> Served:
    from gateways.http.inspected import Served
    from storage.figures import PostgresFigures

    return Served(
        agents=agents,
        journal=journal,
        webhooks=plumbing.webhooks,
        figures=PostgresFigures(plumbing.database),
        channels={str(each): say_lacking(each, settings.given) for each in Channel},
        # Others reach us by one port: that of the process whose agent answers them.
        main=any(agent.name_on_platform is AgentName.WEB for agent in agents),
    )


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
