"""Speech acts of the ``reminders`` ontology."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from pydantic import AwareDatetime

from ontology.acl import Action, Content, Question, Reason
from ontology.reminders.concepts import Change, Occurrence, Place, Reminder, Target
from ontology.time.concepts import Given, Schedule
from ontology.vocabulary import Vocabulary

PAGE: Final = 20
"""Reminders in one answer: what a person reads in chat without scrolling back."""


class _OfReminder(Content):
    reminder: Reminder

    def about(self) -> tuple[str, ...]:
        """The reminder."""
        return (str(self.reminder.id),)


class _OfOccurrence(Content):
    occurrence: Occurrence

    def about(self) -> tuple[str, ...]:
        """The occurrence and its reminder."""
        return (str(self.occurrence.id), str(self.occurrence.reminder_id))


class ReminderCreated(_OfReminder):
    """The reminder is kept and will fire."""

    act: Literal["reminder-created"] = "reminder-created"


class CreateReminder(Action[ReminderCreated]):
    """Keep a reminder. ``said_at`` is when the person asked; what is past then is refused."""

    act: Literal["create-reminder"] = "create-reminder"
    person_id: UUID
    text: str
    schedule: Schedule
    said_at: AwareDatetime
    utterance_id: UUID

    def about(self) -> tuple[str, ...]:
        """The utterance that asked for it."""
        return (str(self.utterance_id),)


class ReminderCancelled(_OfReminder):
    """The reminder will not fire any more."""

    act: Literal["reminder-cancelled"] = "reminder-cancelled"


class CancelReminder(Action[ReminderCancelled]):
    """Let a reminder go; "it" is the latest made or changed."""

    act: Literal["cancel-reminder"] = "cancel-reminder"
    person_id: UUID
    target: Target = Target()


class ReminderChanged(_OfReminder):
    """The reminder now stands like this; ``before`` is how it stood."""

    act: Literal["reminder-changed"] = "reminder-changed"
    before: Reminder


class ChangeReminder(Action[ReminderChanged]):
    """Give a reminder another text or time; parts of ``schedule`` not given stay.

    With ``bare_hour`` the hour was said without am or pm: it is the one nearer to the old.
    """

    act: Literal["change-reminder"] = "change-reminder"
    person_id: UUID
    said_at: AwareDatetime
    target: Target = Target()
    text: str | None = None
    schedule: Schedule | None = None
    given: frozenset[Given] = frozenset()
    bare_hour: bool = False


class Snoozed(_OfOccurrence):
    """The occurrence comes again; ``occurrence`` is the new one, in place of another."""

    act: Literal["snoozed"] = "snoozed"
    in_place_of: UUID | None = None


class Snooze(Action[Snoozed]):
    """Let what had fired by ``said_at`` come again at ``until``."""

    act: Literal["snooze"] = "snooze"
    person_id: UUID
    said_at: AwareDatetime
    until: AwareDatetime
    target: Target = Target()


class Completed(_OfOccurrence):
    """The occurrence is done with."""

    act: Literal["completed"] = "completed"


class Complete(Action[Completed]):
    """Acknowledge what had fired by ``said_at`` (or, named, what was still to fire)."""

    act: Literal["complete"] = "complete"
    person_id: UUID
    said_at: AwareDatetime
    target: Target = Target()


class Undone(Content):
    """The person's last change is taken back; ``what`` was that change, in one word.

    ``reminder`` is how it stands again; where the person had moved, ``zone`` is where they are
    back. Where what they prefer was changed it is neither, and stands as it did before.
    """

    act: Literal["undone"] = "undone"
    what: Change
    reminder: Reminder | None = None
    zone: str | None = None

    def about(self) -> tuple[str, ...]:
        """The reminder, if it was one."""
        return () if self.reminder is None else (str(self.reminder.id),)


class UndoLast(Action[Undone]):
    """Take back the person's last change.

    With ``by``, only if this utterance made it, or one that corrected it.
    """

    act: Literal["undo-last"] = "undo-last"
    person_id: UUID
    by: UUID | None = None


class ReminderList(Content):
    """Reminders that will still fire, the next first; ``total`` counts all asked of."""

    act: Literal["reminder-list"] = "reminder-list"
    reminders: tuple[Reminder, ...]
    total: int


class WhichReminders(Question[ReminderList]):
    """Ask which reminders will still fire: the next ``limit``, or those ``after`` a place."""

    act: Literal["which-reminders"] = "which-reminders"
    person_id: UUID
    limit: int = PAGE
    after: Place | None = None


class OccurrenceList(Content):
    """Occurrences nobody acknowledged, the latest first; ``total`` counts all asked of."""

    act: Literal["occurrence-list"] = "occurrence-list"
    occurrences: tuple[Occurrence, ...]
    total: int


class WhichMissed(Question[OccurrenceList]):
    """Ask what fell due in the last seven days and was not acknowledged, ``after`` a place."""

    act: Literal["which-missed"] = "which-missed"
    person_id: UUID
    limit: int = PAGE
    after: Place | None = None


class OccurrenceFound(_OfOccurrence):
    """The occurrence as it stands."""

    act: Literal["occurrence-found"] = "occurrence-found"


class WhichOccurrence(Question[OccurrenceFound]):
    """Ask what one occurrence of the person's is about, when it was due and where it stands."""

    act: Literal["which-occurrence"] = "which-occurrence"
    person_id: UUID
    id: UUID

    def about(self) -> tuple[str, ...]:
        """The occurrence."""
        return (str(self.id),)


class Explanation(Content):
    """How a reminder came to be said, as plain lines from the journal, the oldest first."""

    act: Literal["explanation"] = "explanation"
    occurrence: Occurrence
    lines: tuple[str, ...]


class WhyReminded(Question[Explanation]):
    """Ask why the person was reminded: of the latest occurrence, or of the one named."""

    act: Literal["why-reminded"] = "why-reminded"
    person_id: UUID
    target: Target = Target()


class EmptyText(Reason):
    """There is nothing to be reminded of."""

    act: Literal["empty-text"] = "empty-text"


class TextTooLong(Reason):
    """The text has more characters than a reminder may have."""

    act: Literal["text-too-long"] = "text-too-long"
    length: int
    limit: int


class InThePast(Reason):
    """The time had already passed when it was said."""

    act: Literal["in-the-past"] = "in-the-past"
    at: AwareDatetime


class NeverFires(Reason):
    """The rule has no occurrence ahead, or is not one we keep."""

    act: Literal["never-fires"] = "never-fires"
    complaint: str


class NothingAhead(Reason):
    """Nothing of the reminder is still to be told, so there is no text of it to change."""

    act: Literal["nothing-ahead"] = "nothing-ahead"
    reminder: Reminder


class NothingFound(Reason):
    """No reminder fits the words."""

    act: Literal["nothing-found"] = "nothing-found"
    target: str | None = None


class SeveralFound(Reason):
    """More than one fits; ask again with the id of the one that is chosen.

    With ``more`` there are others still, which more words would tell apart.
    """

    act: Literal["several-found"] = "several-found"
    candidates: tuple[Reminder, ...] = ()
    fired: tuple[Occurrence, ...] = ()
    more: bool = False


class ClosedAlready(Reason):
    """It was done or cancelled meanwhile, so it does not come again."""

    act: Literal["closed-already"] = "closed-already"
    occurrence: Occurrence


class NothingToUndo(Reason):
    """No change is left that could be taken back."""

    act: Literal["nothing-to-undo"] = "nothing-to-undo"


class ChangedSince(Reason):
    """Something was changed after what is to be taken back, or after it was said."""

    act: Literal["changed-since"] = "changed-since"


REMINDERS: Final = Vocabulary(
    "reminders",
    *(CreateReminder, ReminderCreated, CancelReminder, ReminderCancelled),
    *(ChangeReminder, ReminderChanged, Snooze, Snoozed, Complete, Completed, UndoLast, Undone),
    *(WhichReminders, ReminderList, WhichMissed, OccurrenceList, WhyReminded, Explanation),
    *(WhichOccurrence, OccurrenceFound),
    *(EmptyText, TextTooLong, InThePast, NeverFires, NothingAhead),
    *(NothingFound, SeveralFound, ClosedAlready, NothingToUndo, ChangedSince),
)
