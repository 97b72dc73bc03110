"""Making the agents that every platform has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agents.platform.plumbing import Plumbing
from agents.platform.understanding import interpreter

if TYPE_CHECKING:
    from agents.base import BaseAgent
    from behaviours.xmpp.stream import Account as Login


def directory(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the directory, which keeps nothing that outlives it."""
    from agents.directory import DirectoryAgent

    return DirectoryAgent(login, journal=plumbing.journal)


def assistant(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the assistant over the inbox, the outbox, people and their codes."""
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


def planner(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the planner with what reads words."""
    from agents.planner import PlannerAgent

    return PlannerAgent(login, journal=plumbing.journal, interpreter=interpreter())


def reminder(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the reminder agent over the reminder book."""
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


def notifier(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the notifier over attempts and chains."""
    from agents.notifier import NotifierAgent
    from behaviours.notifications.ask_policy import STARTING
    from storage.chains import PostgresChains
    from storage.deliveries import PostgresDeliveries

    return NotifierAgent(
        login,
        journal=plumbing.journal,
        deliveries=PostgresDeliveries(plumbing.database),
        chains=PostgresChains(plumbing.database),
        starting=STARTING,
    )


def policy(login: Login, plumbing: Plumbing) -> BaseAgent:
    """Return the policy agent over what people prefer."""
    from agents.policy import PolicyAgent
    from storage.ledger import PostgresLedger
    from storage.preferences import PostgresPreferenceBook

    return PolicyAgent(
        login,
        journal=plumbing.journal,
        preferences=PostgresPreferenceBook(plumbing.database),
        ledger=PostgresLedger(plumbing.database),
    )
