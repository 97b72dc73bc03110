"""Keeping, changing and letting go of reminders on request."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from behaviours.reminders.find_target import find_reminder
from behaviours.reminders.tell_closed import Closed, TellClosed, nobody
from ontology.acl import Failed
from ontology.errors import HostileRule
from ontology.ledger import Ledger
from ontology.reminders.acts import (
    REMINDERS,
    CancelReminder,
    ChangedSince,
    ChangeReminder,
    CreateReminder,
    NeverFires,
    NothingAhead,
    NothingToUndo,
    ReminderCancelled,
    ReminderChanged,
    ReminderCreated,
    UndoLast,
    Undone,
)
from ontology.reminders.ports import ReminderBook
from ontology.reminders.rules import changed_schedule, checked_text, first_due
from ontology.time.concepts import Schedule


class CreateReminderOnRequest(RequestResponder[CreateReminder, ReminderCreated]):
    """Keeps a reminder that says something and will fire."""

    vocabulary = REMINDERS
    action = CreateReminder

    def __init__(self, book: ReminderBook, ledger: Ledger) -> None:
        self._book = book
        self.ledger = ledger

    async def consider(self, action: CreateReminder) -> None:
        """Refuse what is empty, too long, past, or would never fire."""
        checked_text(action.text)
        first_due(action.schedule, action.said_at)

    async def perform(self, action: CreateReminder, asker: str) -> ReminderCreated:
        """Keep it."""
        reminder = await self._book.create(
            action.person_id,
            checked_text(action.text),
            action.schedule,
            first_due(action.schedule, action.said_at),
        )
        return ReminderCreated(reminder=reminder)


class ChangeReminderOnRequest(RequestResponder[ChangeReminder, ReminderChanged]):
    """Gives a reminder another text or time."""

    vocabulary = REMINDERS
    action = ChangeReminder

    def __init__(
        self, book: ReminderBook, ledger: Ledger, tell_closed: TellClosed = nobody
    ) -> None:
        self._book = book
        self._tell_closed = tell_closed
        self.ledger = ledger

    def ended(self, action: ChangeReminder, result: ReminderChanged, asker: str) -> None:
        """Let nobody ring for what was closed by it."""
        self._tell_closed(Closed(action.person_id, asker, "changed"))

    async def consider(self, action: ChangeReminder) -> None:
        """Refuse a text that is empty or too long."""
        if action.text is not None:
            checked_text(action.text)

    async def perform(self, action: ChangeReminder, asker: str) -> ReminderChanged:
        """Change it, if it still says something and will fire."""
        before = await find_reminder(self._book, action)
        text = before.text if action.text is None else checked_text(action.text)
        schedule = _changed(before.schedule, action)
        if schedule == before.schedule:
            after = await self._book.reword(before, text)
            if after is None:
                raise Failed(NothingAhead(reminder=before))
        else:
            now = await self._book.now()
            due = first_due(schedule, now if schedule.rule else min(now, action.said_at))
            after = await self._book.change(before, text, schedule, due)
        return ReminderChanged(reminder=after, before=before)


def _changed(schedule: Schedule, action: ChangeReminder) -> Schedule:
    """Return the schedule that is asked for. Raises Failed: one that is too much work."""
    if action.schedule is None:
        return schedule
    try:
        return changed_schedule(
            schedule, action.schedule, action.given, bare_hour=action.bare_hour
        )
    except HostileRule as error:
        raise Failed(NeverFires(complaint=str(error))) from error


class CancelReminderOnRequest(RequestResponder[CancelReminder, ReminderCancelled]):
    """Lets a reminder go."""

    vocabulary = REMINDERS
    action = CancelReminder

    def __init__(
        self, book: ReminderBook, ledger: Ledger, tell_closed: TellClosed = nobody
    ) -> None:
        self._book = book
        self._tell_closed = tell_closed
        self.ledger = ledger

    def ended(self, action: CancelReminder, result: ReminderCancelled, asker: str) -> None:
        """Let nobody ring for what was closed by it."""
        self._tell_closed(Closed(action.person_id, asker, "cancelled"))

    async def perform(self, action: CancelReminder, asker: str) -> ReminderCancelled:
        """Let it go."""
        reminder = await find_reminder(self._book, action)
        await self._book.cancel(reminder)
        return ReminderCancelled(reminder=reminder)


class UndoLastOnRequest(RequestResponder[UndoLast, Undone]):
    """Takes back the person's last change."""

    vocabulary = REMINDERS
    action = UndoLast

    def __init__(
        self, book: ReminderBook, ledger: Ledger, tell_closed: TellClosed = nobody
    ) -> None:
        self._book = book
        self._tell_closed = tell_closed
        self.ledger = ledger

    def ended(self, action: UndoLast, result: Undone, asker: str) -> None:
        """Let nobody ring for what was closed by it."""
        self._tell_closed(Closed(action.person_id, asker, "undone"))

    async def perform(self, action: UndoLast, asker: str) -> Undone:
        """Put back what was before."""
        undone = await self._book.undo(action.person_id, action.by)
        if undone is None:
            by = action.by
            late = by is not None and await self._book.changed_since(action.person_id, by)
            raise Failed(ChangedSince() if late else NothingToUndo())
        return Undone(what=undone.what, reminder=undone.reminder, zone=undone.zone)
