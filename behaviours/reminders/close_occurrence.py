"""Completing and snoozing what has fired, on request."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from behaviours.reminders.find_target import find_fired, find_reminder
from behaviours.reminders.tell_closed import Closed, TellClosed, nobody
from ontology.acl import Failed, Refused
from ontology.ledger import Ledger
from ontology.reminders.acts import (
    REMINDERS,
    ClosedAlready,
    Complete,
    Completed,
    InThePast,
    NothingFound,
    Snooze,
    Snoozed,
)
from ontology.reminders.ports import ReminderBook
from ontology.reminders.rules import JUST_NOW


class CompleteOnRequest(RequestResponder[Complete, Completed]):
    """Closes what has fired; what is named and still to fire is done early."""

    vocabulary = REMINDERS
    action = Complete

    def __init__(
        self, book: ReminderBook, ledger: Ledger, tell_closed: TellClosed = nobody
    ) -> None:
        self._book = book
        self._tell_closed = tell_closed
        self.ledger = ledger

    async def perform(self, action: Complete, asker: str) -> Completed:
        """Close it."""
        fired = await find_fired(self._book, action)
        if fired is not None:
            return Completed(occurrence=await self._book.acknowledge(fired))
        if action.target.is_it:
            raise Failed(NothingFound())
        reminder = await find_reminder(self._book, action)
        early = await self._book.complete(reminder)
        if early is None:
            raise Failed(NothingFound(target=action.target.words))
        return Completed(occurrence=early)

    def ended(self, action: Complete, result: Completed, asker: str) -> None:
        """Let nobody ring for it any more."""
        self._tell_closed(Closed(action.person_id, asker, "done", (result.occurrence.id,)))


class SnoozeOnRequest(RequestResponder[Snooze, Snoozed]):
    """Lets what has fired come again later."""

    vocabulary = REMINDERS
    action = Snooze

    def __init__(
        self, book: ReminderBook, ledger: Ledger, tell_closed: TellClosed = nobody
    ) -> None:
        self._book = book
        self._tell_closed = tell_closed
        self.ledger = ledger

    async def consider(self, action: Snooze) -> None:
        """Refuse a time that has passed."""
        if action.until < action.said_at - JUST_NOW:
            raise Refused(InThePast(at=action.until))

    async def perform(self, action: Snooze, asker: str) -> Snoozed:
        """Close it as snoozed and schedule it anew."""
        fired = await find_fired(self._book, action)
        if fired is None:
            raise Failed(NothingFound(target=action.target.words))
        again = await self._book.snooze(fired, action.until)
        if again.id == fired.id:
            raise Failed(ClosedAlready(occurrence=again))
        return Snoozed(occurrence=again, in_place_of=fired.id)

    def ended(self, action: Snooze, result: Snoozed, asker: str) -> None:
        """Let nobody ring for the one that was snoozed."""
        ids = (result.in_place_of,) if result.in_place_of else ()
        self._tell_closed(Closed(action.person_id, asker, "snoozed", ids))
