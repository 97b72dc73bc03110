"""What the reminder agent needs kept. The database's clock is the only clock that decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple, Protocol
from uuid import UUID

from ontology.notifications.concepts import Notification
from ontology.reminders.concepts import Change, Occurrence, Place, Reminder
from ontology.time.concepts import Schedule


class TakenBack(NamedTuple):
    """A change that was taken back, and what it was of: a reminder, or the person's zone.

    Neither where it was of how the person wants to be told.
    """

    what: Change
    reminder: Reminder | None = None
    zone: str | None = None


class ReminderBook(Protocol):
    """Reminders and occurrences of people. Every call names the person whose they are.

    Calls made within :meth:`ontology.ledger.Ledger.once` join its transaction. Each change
    keeps what it replaced, so that :meth:`undo` can put it back; at most 50 a person.
    """

    async def now(self) -> datetime:
        """Return the database's time, in UTC."""
        ...

    async def create(
        self, person_id: UUID, text: str, schedule: Schedule, next_due: datetime
    ) -> Reminder:
        """Keep a reminder under the person's next number, and its first occurrence."""
        ...

    async def upcoming(
        self, person_id: UUID, limit: int, after: Place | None = None
    ) -> tuple[Sequence[Reminder], int]:
        """Return the reminders that will still fire, the next first, and how many there are.

        With ``after``, only those that come behind that place are returned and counted.
        """
        ...

    async def matching(self, person_id: UUID, words: str, limit: int) -> Sequence[Reminder]:
        """Return reminders still to fire whose number is ``words`` or whose text has them all.

        Case and word order do not matter; an exact text comes alone.
        """
        ...

    async def reminder(self, person_id: UUID, reminder_id: UUID) -> Reminder | None: ...

    async def latest(self, person_id: UUID) -> Reminder | None:
        """Return the reminder made or changed last, whether or not it will fire again."""
        ...

    async def cancel(self, reminder: Reminder) -> None:
        """Let a reminder and its open occurrences go."""
        ...

    async def change(
        self, reminder: Reminder, text: str, schedule: Schedule, next_due: datetime
    ) -> Reminder:
        """Give a reminder another text and schedule, and return it as it stands now."""
        ...

    async def reword(self, reminder: Reminder, text: str) -> Reminder | None:
        """Give a reminder, and what of it is still to be told, another text.

        What was told, or is being told, stays as it was: a text alone makes nothing fire
        again. Returns the reminder as it stands now; None, and nothing is changed, if nothing
        of it is still to be told.
        """
        ...

    async def fired(
        self,
        person_id: UUID,
        words: str | None,
        limit: int,
        *,
        due_by: datetime | None = None,
    ) -> Sequence[Occurrence]:
        """Return occurrences told to the person and still open, the latest told first.

        What is being told counts, and comes first: the person may have read it before anybody
        could note so, and ``told_at`` is None until then. What the notifier has agreed to tell
        and has not yet tried to does not count. ``words`` narrows them as in :meth:`matching`,
        ``due_by`` to those that were due by then.
        """
        ...

    async def occurrence(self, person_id: UUID, occurrence_id: UUID) -> Occurrence | None: ...

    async def last_told(self, person_id: UUID, words: str | None = None) -> Occurrence | None:
        """Return the occurrence told last, open or not; ``words`` narrows it too."""
        ...

    async def acknowledge(self, occurrence: Occurrence) -> Occurrence:
        """Close an occurrence as done; other open ones of the same reminder told before too."""
        ...

    async def complete(self, reminder: Reminder) -> Occurrence | None:
        """Close the next occurrence, still to come, as done; a recurring reminder goes on."""
        ...

    async def snooze(self, occurrence: Occurrence, until: datetime) -> Occurrence:
        """Close an occurrence as snoozed and return the new one that falls due at ``until``.

        One that is done or cancelled by then stays so, and is returned itself.
        """
        ...

    async def unacknowledged(
        self, person_id: UUID, since: timedelta, limit: int, after: Place | None = None
    ) -> tuple[Sequence[Occurrence], int]:
        """Return what fell due within ``since`` of now and is still open or missed.

        The latest comes first; with ``after``, only those that come behind that place.
        """
        ...

    async def undo(self, person_id: UUID, by: UUID | None = None) -> TakenBack | None:
        """Put back what the person's last change replaced; None when no change is left.

        A move to another zone (:meth:`ontology.people.ports.People.move_to_zone`) is one of
        the changes, and counts among the 50. With ``by``, also None if the last change was not
        made in a conversation about this utterance (``{utterance}:{n}``, see
        :func:`ontology.ledger.conversation_now`) or about one that corrected it.
        """
        ...

    async def changed_since(self, person_id: UUID, utterance: UUID) -> bool:
        """Tell whether a change stands that was made by this utterance or by a later one."""
        ...


@dataclass(frozen=True, slots=True)
class Claim:
    """Occurrences that fell due, held by one claimant until the lease runs out."""

    token: UUID
    notifications: tuple[Notification, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """Occurrences that are to be offered again at a time of their own, not before.

    ``by`` is the rule of the person's own that keeps them back until then, if it was one.
    """

    ids: tuple[UUID, ...]
    until: datetime
    by: str | None = None


class DueOccurrences(Protocol):
    """The occurrences that fall due, claimed with FOR UPDATE SKIP LOCKED under a lease.

    An occurrence has one claimant at a time; one whose lease ran out is claimed again.
    """

    async def claim(self, limit: int, lease: timedelta) -> Claim:
        """Claim what is due, fairly per person, the longest overdue first; maybe nothing.

        In the same transaction the next occurrence of each recurring reminder is written;
        those of its occurrences that fell due meanwhile are counted as skipped.
        """
        ...

    async def release(self) -> None:
        """End all claims: whoever held them is gone, and what they held is due again.

        A claimant that still lives loses nothing: an occurrence offered twice is told once.
        """
        ...

    async def offered(self, claim: Claim) -> None:
        """Commit that the notifier has agreed to tell what the claim's token still holds.

        Nobody was told yet: that is known from the notifier's attempts, and from :meth:`close`.
        """
        ...

    async def close(
        self,
        claim: Claim,
        told: Sequence[UUID],
        retry_in: timedelta,
        held: Sequence[Held] = (),
    ) -> None:
        """Commit as delivered what was told; the rest falls due again after ``retry_in``.

        What is ``held`` falls due again at its own time, and is then claimed with the rule
        that held it.
        """
        ...

    async def due_in(self) -> timedelta | None:
        """Return how long until the next can be claimed (zero or less: now), None if none."""
        ...


class Alarm(Protocol):
    """Wakes the firing loop when somebody wrote an earlier due time."""

    async def rung(self, within: timedelta) -> None:
        """Return when the alarm rings, or after ``within`` at the latest."""
        ...
