"""Reminders and occurrences as people see and change them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import CTE, ColumnElement, and_, func, literal, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.reminders.concepts import FOR_GOOD, Occurrence, OccurrenceState, Reminder
from ontology.reminders.ports import TakenBack
from ontology.time.concepts import Schedule
from storage.changes import (
    Before,
    remember,
    remembering,
    reword,
    take_back,
    values_of,
    was_changed_since,
)
from storage.database import reads, writes, writes_at_once
from storage.occurrences import close, go_on, hold, scheduling
from storage.occurrences import schedule as write_occurrence
from storage.reminder_queries import ReminderQueries, find_occurrence, find_reminder
from storage.reminder_rows import REMINDER, occurrence_id, untold
from storage.schema import now, occurrences, people, reminders

_S = OccurrenceState


class PostgresReminderBook(ReminderQueries):
    """Implements :class:`ontology.reminders.ports.ReminderBook`.

    A change holds the person's row and the reminder's: two changes of one person come one
    after the other, and the firing loop passes by what is being changed.
    """

    @writes_at_once
    async def create(
        self,
        connection: AsyncConnection,
        person_id: UUID,
        text: str,
        schedule: Schedule,
        next_due: datetime,
    ) -> Reminder:
        new_id = uuid4()
        made = _numbered(person_id, new_id, values_of(text, schedule))
        first = scheduling(
            id=occurrence_id(new_id, 0, next_due),
            reminder_id=new_id,
            person_id=person_id,
            revision=0,
            text=text,
            zone=schedule.zone,
            due_at=next_due,
        )
        before = Before(text=text, schedule=schedule, revision=0)
        created = remembering("created", person_id, new_id, before).add_cte(first.cte("first"))
        number = (await connection.execute(created.add_columns(made.c.number))).one().number
        return Reminder(
            id=new_id,
            person_id=person_id,
            number=number,
            text=text,
            schedule=schedule,
            next_due=next_due,
        )

    @writes
    async def cancel(self, connection: AsyncConnection, reminder: Reminder) -> None:
        row = await hold(connection, reminder.person_id, reminder.id)
        closed = await close(connection, row.person_id, _of(reminder.id), _S.CANCELLED)
        await remember(connection, "cancelled", row, closed=closed)

    @writes
    async def change(
        self,
        connection: AsyncConnection,
        reminder: Reminder,
        text: str,
        schedule: Schedule,
        next_due: datetime,
    ) -> Reminder:
        row = await hold(connection, reminder.person_id, reminder.id)
        closed = await close(connection, row.person_id, _of(reminder.id), _S.CANCELLED)
        new = (
            update(reminders)
            .where(reminders.c.person_id == row.person_id, reminders.c.id == row.id)
            .values(
                **values_of(text, schedule),
                revision=reminders.c.revision + 1,
                changed_at=now(),
            )
        )
        after = (await connection.execute(new.returning(*REMINDER))).one()
        made = await write_occurrence(connection, after, next_due)
        await remember(connection, "changed", row, closed=closed, made=(made,))
        return await find_reminder(connection, row.person_id, row.id)

    @writes
    async def reword(
        self, connection: AsyncConnection, reminder: Reminder, text: str
    ) -> Reminder | None:
        row = await hold(connection, reminder.person_id, reminder.id)
        if not await reword(connection, row.person_id, row.id, text):
            return None
        await remember(connection, "reworded", row)
        return await find_reminder(connection, row.person_id, row.id)

    @writes
    async def acknowledge(
        self, connection: AsyncConnection, occurrence: Occurrence
    ) -> Occurrence:
        row = await hold(connection, occurrence.person_id, occurrence.reminder_id)
        this = occurrences.c.id == occurrence.id
        closed = await close(
            connection, row.person_id, or_(this, _told_before(occurrence)), _S.ACKNOWLEDGED
        )
        if closed:
            made = await go_on(connection, row, occurrence.id)
            await remember(connection, "completed", row, closed=closed, made=made)
        return await find_occurrence(connection, row.person_id, occurrence.id)

    @writes
    async def complete(
        self, connection: AsyncConnection, reminder: Reminder
    ) -> Occurrence | None:
        row = await hold(connection, reminder.person_id, reminder.id)
        ahead = (
            select(occurrences.c.id)
            .where(occurrences.c.person_id == row.person_id, _of(row.id), untold())
            .order_by(occurrences.c.due_at)
            .limit(1)
            .with_for_update()
        )
        if (first := (await connection.execute(ahead)).one_or_none()) is None:
            return None
        this = occurrences.c.id == first.id
        closed = await close(connection, row.person_id, this, _S.ACKNOWLEDGED)
        made = await go_on(connection, row, first.id)
        await remember(connection, "completed", row, closed=closed, made=made)
        return await find_occurrence(connection, row.person_id, first.id)

    @writes
    async def snooze(
        self, connection: AsyncConnection, occurrence: Occurrence, until: datetime
    ) -> Occurrence:
        row = await hold(connection, occurrence.person_id, occurrence.reminder_id)
        stands = await find_occurrence(connection, row.person_id, occurrence.id)
        if stands.state in FOR_GOOD:
            return stands
        this = occurrences.c.id == occurrence.id
        closed = await close(connection, row.person_id, this, _S.SNOOZED)
        # What was not told yet, or was snoozed before and waits, gives way as well.
        waiting = and_(or_(this, occurrences.c.follows == occurrence.id), untold())
        closed |= await close(connection, row.person_id, waiting, _S.CANCELLED)
        made = await write_occurrence(connection, row, until, follows=occurrence.id)
        went_on = await go_on(connection, row, occurrence.id) if closed else ()
        await remember(connection, "snoozed", row, closed=closed, made=(made, *went_on))
        return await find_occurrence(connection, row.person_id, made)

    @writes
    async def undo(
        self, connection: AsyncConnection, person_id: UUID, by: UUID | None = None
    ) -> TakenBack | None:
        return await take_back(connection, person_id, by)

    @reads
    async def changed_since(
        self, connection: AsyncConnection, person_id: UUID, utterance: UUID
    ) -> bool:
        return await was_changed_since(connection, person_id, utterance)


def _numbered(person_id: UUID, reminder_id: UUID, values: Mapping[str, object]) -> CTE:
    """Return the insertion of a reminder under the person's next number."""
    counted = (
        update(people)
        .where(people.c.id == person_id)
        .values(reminders_numbered=people.c.reminders_numbered + 1)
        .returning(people.c.reminders_numbered)
        .cte("counted")
    )
    known = {"id": reminder_id, "person_id": person_id, **values}
    row = select(
        counted.c.reminders_numbered,
        *(literal(value, reminders.c[name].type) for name, value in known.items()),
    )
    new = insert(reminders).from_select(["number", *known], row)
    return new.returning(reminders.c.number).cte("made")


def _of(reminder_id: UUID) -> ColumnElement[bool]:
    return occurrences.c.reminder_id == reminder_id


def _told_before(occurrence: Occurrence) -> ColumnElement[bool]:
    """Return the condition for what the person heard of the same reminder until this one."""
    this = occurrences.alias("this")
    told_at = (
        select(func.coalesce(this.c.told_at, this.c.due_at))
        .where(this.c.person_id == occurrence.person_id, this.c.id == occurrence.id)
        .scalar_subquery()
    )
    heard = or_(occurrences.c.told_at.is_not(None), occurrences.c.state == _S.MISSED.value)
    return and_(_of(occurrence.reminder_id), heard, occurrences.c.due_at <= told_at)
