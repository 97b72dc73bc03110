"""The composition root: the one place where agents meet their plumbing."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import structlog

from config.home import Home
from config.settings import Settings
from ontology.errors import AddressTaken
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import lacking, say_lacking
from ontology.permissions import AgentName

if TYPE_CHECKING:
    from agents.base import BaseAgent
    from agents.operator import OperatorAgent
    from agents.servers import Account, Addresses
    from behaviours.journal import WriteJournal
    from behaviours.xmpp.stream import Account as Login
    from gateways.http.inspected import Served
    from gateways.http.webhooks import Webhook
    from ontology.dialogue.ports import IntentClassifier, Interpreter
    from ontology.journal import Journal
    from ontology.links import LinkKeys
    from ontology.mail.ports import MailServer
    from storage.database import Database
    from storage.depths import Depths

log = structlog.get_logger(__name__)

AGENTS: tuple[AgentName, ...] = (
    AgentName.DIRECTORY,
    AgentName.ASSISTANT,
    AgentName.PLANNER,
    AgentName.REMINDER,
    AgentName.NOTIFIER,
    AgentName.POLICY,
    AgentName.WEB,
    AgentName.MAIL,
    AgentName.PHONE,
    AgentName.TELEGRAM,
)
"""The agents of a platform, the directory first: the others register with it."""

REACHES: dict[AgentName, tuple[Channel, ...]] = {
    AgentName.MAIL: (Channel.EMAIL,),
    AgentName.PHONE: (Channel.CALL, Channel.SMS, Channel.WHATSAPP),
    AgentName.TELEGRAM: (Channel.TELEGRAM,),
}
"""The agents that have nothing to do until a channel of theirs is set up."""

OWNER = "owner"


@dataclass(frozen=True)
class Platform:
    """What runs: the agents of this process, what it serves, and how its owner logs in."""

    agents: Sequence[BaseAgent]
    served: Served
    owner: Account
    addresses: Addresses


def agents_of(settings: Settings) -> tuple[AgentName, ...]:
    """Return the agents of this installation: those of channels only where one is set up."""
    return tuple(
        name
        for name in AGENTS
        if name not in REACHES
        or any(not lacking(channel, settings.given) for channel in REACHES[name])
    )


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


def interpreter() -> Interpreter:
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


def link_keys(home: Home) -> LinkKeys:
    """Return the keys that sign links; ``secrets/links-earlier`` may hold earlier ones."""
    from ontology.links import LinkKeys

    earlier = home.secret_file("links-earlier")
    lines = earlier.read_text(encoding="utf-8").split() if earlier.exists() else []
    return LinkKeys.of(home.secret("links"), *lines)


@dataclass(frozen=True)
class Plumbing:
    """What the agents of this process share. Makers add the ``webhooks`` that are served."""

    settings: Settings
    home: Home
    database: Database
    journal: WriteJournal
    stack: AsyncExitStack
    webhooks: list[Webhook] = field(default_factory=list)


Maker = Callable[["Login", Plumbing], "BaseAgent"]


def _directory(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.directory import DirectoryAgent

    return DirectoryAgent(login, journal=plumbing.journal)


def _assistant(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.assistant import AssistantAgent
    from storage.codes import PostgresCodes
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
        codes=PostgresCodes(database),
        code_key=plumbing.home.secret("codes").encode(),
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
    from storage.chains import PostgresChains
    from storage.deliveries import PostgresDeliveries

    return NotifierAgent(
        login,
        journal=plumbing.journal,
        deliveries=PostgresDeliveries(plumbing.database),
        chains=PostgresChains(plumbing.database),
    )


def _policy(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.policy import PolicyAgent
    from storage.ledger import PostgresLedger
    from storage.preferences import PostgresPreferenceBook

    return PolicyAgent(
        login,
        journal=plumbing.journal,
        preferences=PostgresPreferenceBook(plumbing.database),
        ledger=PostgresLedger(plumbing.database),
    )


def _web(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.web import WebAgent
    from gateways.http import action_pages
    from storage.arrivals import PostgresArrivals

    agent = WebAgent(
        login, journal=plumbing.journal, arrivals=PostgresArrivals(plumbing.database)
    )
    keys = link_keys(plumbing.home)
    plumbing.webhooks.extend(action_pages.webhooks(keys, agent.colleagues, agent.intake))
    if plumbing.settings.twilio_token is not None:
        from gateways.twilio.webhooks import webhooks as of_twilio

        token = plumbing.settings.twilio_token.get_secret_value()
        plumbing.webhooks.extend(of_twilio(token, agent.colleagues, agent.intake))
    if plumbing.settings.sendgrid_event_key is not None:
        from gateways.sendgrid import webhooks as of_sendgrid

        key = plumbing.settings.sendgrid_event_key
        plumbing.webhooks.extend(of_sendgrid(key, agent.colleagues, agent.intake))
    return agent


def _mail(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.mail import MailAgent
    from gateways.mail import MailComposer
    from storage.dispatches import PostgresDispatches
    from storage.people import PostgresPeople

    database, settings = plumbing.database, plumbing.settings
    sender = settings.mail_from or ""
    return MailAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(database),
        dispatches=PostgresDispatches(database),
        composer=MailComposer(sender, settings.public_url, link_keys(plumbing.home)),
        server=_mail_server(settings, sender),
    )


def _mail_server(settings: Settings, sender: str) -> MailServer:
    """Return what takes mails over: SendGrid where there is a key, else one's own server."""
    if settings.sendgrid_key is not None:
        from gateways.sendgrid import SendGrid

        key = settings.sendgrid_key.get_secret_value()
        return SendGrid(key, settings.sendgrid_url, sender)
    from gateways.smtp import SmtpServer
    from gateways.smtp.address import SmtpAddress

    url = settings.smtp_url.get_secret_value() if settings.smtp_url else ""
    return SmtpServer(SmtpAddress.of(url), sender)


def _phone(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.phone import PhoneAgent
    from gateways.twilio.telephone import Account, TwilioTelephone
    from storage.dispatches import PostgresDispatches
    from storage.people import PostgresPeople

    settings = plumbing.settings
    token = settings.twilio_token
    account = Account(
        sid=settings.twilio_account or "",
        token=token.get_secret_value() if token else "",
        number=settings.twilio_number,
        whatsapp=settings.twilio_whatsapp,
        url=settings.twilio_url,
        public_url=settings.public_url,
    )
    return PhoneAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(plumbing.database),
        telephone=TwilioTelephone(account),
        dispatches=PostgresDispatches(plumbing.database),
        channels=_set_up(AgentName.PHONE, settings),
    )


def _set_up(name: AgentName, settings: Settings) -> list[Channel]:
    """Return the channels of an agent that have all they need."""
    return [each for each in REACHES[name] if not lacking(each, settings.given)]


def _telegram(login: Login, plumbing: Plumbing) -> BaseAgent:
    from agents.telegram import TelegramAgent
    from gateways.telegram import TelegramBot
    from storage.arrivals import PostgresArrivals
    from storage.dispatches import PostgresDispatches
    from storage.people import PostgresPeople

    database, settings = plumbing.database, plumbing.settings
    token = settings.telegram_token
    return TelegramAgent(
        login,
        journal=plumbing.journal,
        people=PostgresPeople(database),
        dispatches=PostgresDispatches(database),
        arrivals=PostgresArrivals(database),
        bot=TelegramBot(token.get_secret_value() if token else "", settings.telegram_url),
    )


_MAKERS: dict[AgentName, Maker] = {
    AgentName.DIRECTORY: _directory,
    AgentName.ASSISTANT: _assistant,
    AgentName.PLANNER: _planner,
    AgentName.REMINDER: _reminder,
    AgentName.NOTIFIER: _notifier,
    AgentName.POLICY: _policy,
    AgentName.WEB: _web,
    AgentName.MAIL: _mail,
    AgentName.PHONE: _phone,
    AgentName.TELEGRAM: _telegram,
}
