"""What is asked about a person's reminders and occurrences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    Subquery,
    UnaryExpression,
    and_,
    desc,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.reminders.concepts import Occurrence, OccurrenceState, Place, Reminder
from ontology.reminders.matching import number_in, words_of
from storage.database import Repository, reads
from storage.reminder_rows import (
    OCCURRENCE,
    REMINDER,
    being_told,
    fires_at,
    next_due,
    occurrence_of,
    reminder_of,
    sent_at,
    untold,
)
from storage.schema import now, occurrences, reminders

_OPEN = (OccurrenceState.DUE, OccurrenceState.OFFERED, OccurrenceState.DELIVERED)
_ANSWERED = (
    OccurrenceState.ACKNOWLEDGED,
    OccurrenceState.SNOOZED,
    OccurrenceState.CANCELLED,
)


class ReminderQueries(Repository):
    """The questions of :class:`ontology.reminders.ports.ReminderBook`."""

    @reads
    async def now(self, connection: AsyncConnection) -> datetime:
        return (await connection.execute(select(now()))).scalar_one()

    @reads
    async def upcoming(
        self,
        connection: AsyncConnection,
        person_id: UUID,
        limit: int,
        after: Place | None = None,
    ) -> tuple[Sequence[Reminder], int]:
        shown = _to_fire(person_id, after)
        query = shown.order_by("next_due", reminders.c.number).limit(limit)
        rows = (await connection.execute(query)).all()
        return [reminder_of(row, row.next_due) for row in rows], rows[0].total if rows else 0

    @reads
    async def matching(
        self, connection: AsyncConnection, person_id: UUID, words: str, limit: int
    ) -> Sequence[Reminder]:
        meant, exactly = _meant_by(words)
        query = _to_fire(person_id).add_columns(exactly.label("exactly")).where(meant)
        ordered = query.order_by(exactly.desc(), "next_due", reminders.c.number).limit(limit)
        rows = (await connection.execute(ordered)).all()
        alone = [row for row in rows if row.exactly]
        return [reminder_of(row, row.next_due) for row in alone or rows]

    @reads
    async def reminder(
        self, connection: AsyncConnection, person_id: UUID, reminder_id: UUID
    ) -> Reminder | None:
        query = _reminder(person_id, reminder_id)
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else reminder_of(row, row.next_due)

    @reads
    async def latest(self, connection: AsyncConnection, person_id: UUID) -> Reminder | None:
        ahead = next_due()
        query = (
            select(*REMINDER, ahead.label("next_due"))
            .where(reminders.c.person_id == person_id)
            .order_by(reminders.c.changed_at.desc(), reminders.c.number.desc())
            .limit(1)
        )
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else reminder_of(row, row.next_due)

    @reads
    async def fired(
        self,
        connection: AsyncConnection,
        person_id: UUID,
        words: str | None,
        limit: int,
        *,
        due_by: datetime | None = None,
    ) -> Sequence[Occurrence]:
        due = true() if due_by is None else occurrences.c.due_at <= due_by
        query = _told(person_id, words, limit, occurrences.c.state.in_(_OPEN), due)
        rows = (await connection.execute(query)).all()
        return [occurrence_of(row) for row in [r for r in rows if r.exactly] or rows]

    @reads
    async def occurrence(
        self, connection: AsyncConnection, person_id: UUID, occurrence_id: UUID
    ) -> Occurrence | None:
        query = _occurrence(person_id, occurrence_id)
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else occurrence_of(row)

    @reads
    async def last_told(
        self, connection: AsyncConnection, person_id: UUID, words: str | None = None
    ) -> Occurrence | None:
        row = (await connection.execute(_told(person_id, words, 1))).one_or_none()
        return None if row is None else occurrence_of(row)

    @reads
    async def unacknowledged(
        self,
        connection: AsyncConnection,
        person_id: UUID,
        since: timedelta,
        limit: int,
        after: Place | None = None,
    ) -> tuple[Sequence[Occurrence], int]:
        query = (
            select(*OCCURRENCE, func.count().over().label("total"))
            .where(occurrences.c.person_id == person_id)
            .where(occurrences.c.due_at.between(now() - since, now()))
            .where(occurrences.c.state.not_in(_ANSWERED), *_earlier(after))
            .order_by(occurrences.c.due_at.desc(), occurrences.c.id)
            .limit(limit)
        )
        rows = (await connection.execute(query)).all()
        return [occurrence_of(row) for row in rows], rows[0].total if rows else 0


async def find_reminder(
    connection: AsyncConnection, person_id: UUID, reminder_id: UUID
) -> Reminder:
    """Return a person's reminder as it stands, within the connection's transaction."""
    row = (await connection.execute(_reminder(person_id, reminder_id))).one()
    return reminder_of(row, row.next_due)


async def find_occurrence(
    connection: AsyncConnection, person_id: UUID, occurrence_id: UUID
) -> Occurrence:
    """Return a person's occurrence as it stands, within the connection's transaction."""
    return occurrence_of(
        (await connection.execute(_occurrence(person_id, occurrence_id))).one()
    )


def _reminder(person_id: UUID, reminder_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(*REMINDER, next_due().label("next_due")).where(
        reminders.c.person_id == person_id, reminders.c.id == reminder_id
    )


def _occurrence(person_id: UUID, occurrence_id: UUID) -> Select[*tuple[Any, ...]]:
    return select(*OCCURRENCE).where(
        occurrences.c.person_id == person_id, occurrences.c.id == occurrence_id
    )


_LATEST: Final[Sequence[UnaryExpression[Any]]] = (
    desc("exactly"),
    desc("told_at"),
    desc("due_at"),
)


def _told(
    person_id: UUID, words: str | None, limit: int, *those: ColumnElement[bool]
) -> Select[*tuple[Any, ...]]:
    """Return the query for what a person was told or is being told, which comes first.

    Each of the two is read through an index of its own.
    """
    meant, exactly = (true(), false()) if words is None else _meant_by(words)
    others = [column for column in OCCURRENCE if column is not occurrences.c.told_at]

    def latest(told_at: ColumnElement[datetime], condition: ColumnElement[bool]) -> Subquery:
        query = (
            select(*others, told_at.label("told_at"), exactly.label("exactly"))
            .join(reminders, reminders.c.id == occurrences.c.reminder_id)
            .where(occurrences.c.person_id == person_id, reminders.c.person_id == person_id)
            .where(condition, meant, *those)
        )
        return query.order_by(*_LATEST).limit(limit).subquery()

    being = latest(sent_at(), being_told())
    noted = latest(occurrences.c.told_at, occurrences.c.told_at.is_not(None))
    told = union_all(select(being), select(noted)).subquery()
    return select(told).order_by(*_LATEST).limit(limit)


def _earlier(after: Place | None) -> Iterator[ColumnElement[bool]]:
    """Yield the condition for what comes behind this place, the latest first."""
    if after is not None:
        together = occurrences.c.due_at == after.due
        later_id = occurrences.c.id > after.among
        yield or_(occurrences.c.due_at < after.due, and_(together, later_id))


def _to_fire(person_id: UUID, after: Place | None = None) -> Select[*tuple[Any, ...]]:
    ahead = (
        select(occurrences.c.reminder_id, func.min(fires_at()).label("due"))
        .where(occurrences.c.person_id == person_id, untold())
        .group_by(occurrences.c.reminder_id)
        .subquery("ahead")
    )
    to_fire = (
        select(*REMINDER, ahead.c.due.label("next_due"), func.count().over().label("total"))
        .join(ahead, ahead.c.reminder_id == reminders.c.id)
        .where(reminders.c.person_id == person_id)
    )
    if after is None:
        return to_fire
    together = and_(ahead.c.due == after.due, reminders.c.number > after.among)
    return to_fire.where(or_(ahead.c.due > after.due, together))


def _meant_by(words: str) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions for a reminder meant by these words, and for one named exactly."""
    said, number = words_of(words), number_in(words)
    exactly = reminders.c.words == " ".join(("", *said))
    if number is not None:
        exactly = or_(exactly, reminders.c.number == number)
    begun = [func.strpos(reminders.c.words, f" {word}") > 0 for word in said]
    return or_(exactly, and_(*begun) if begun else false()), exactly
