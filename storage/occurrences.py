"""How occurrences are written: scheduled, closed, put back. Steps follow ``STEPS``.

All functions work on the caller's connection, within a transaction that holds the reminder
(:func:`hold`); the firing loop passes a held reminder by.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Text,
    Update,
    and_,
    case,
    exists,
    func,
    null,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.reminders.concepts import STEPS, OccurrenceState
from ontology.time.recurrence import next_after
from storage.reminder_rows import (
    REMINDER,
    AnyRow,
    being_told,
    occurrence_id,
    schedule_of,
    sent_at,
)
from storage.rows import given
from storage.schema import now, occurrences, people, reminders

CHANNEL: Final = "steward_due"
"""What a transaction notifies that wrote an occurrence; the alarm listens to it."""

READY_STATES: Final = (
    OccurrenceState.SCHEDULED,
    OccurrenceState.DUE,
    OccurrenceState.OFFERED,
)
"""States of what will be claimed, now or later: ``ready_at`` says when."""


def ringing() -> Select[str]:
    """Return the statement that wakes the firing loop once the transaction is committed."""
    return select(func.pg_notify(CHANNEL, "", type_=Text))


def looking_again(person_id: UUID) -> Update:
    """Return the statement that lets what a rule holds back be asked of again, at once."""
    return (
        update(occurrences)
        .where(occurrences.c.person_id == person_id, occurrences.c.held_by.is_not(None))
        .where(occurrences.c.claim.is_(None), occurrences.c.ready_at > now())
        .values(ready_at=now())
    )


async def hold(connection: AsyncConnection, person_id: UUID, reminder_id: UUID) -> AnyRow:
    """Lock the person, then the reminder, until the transaction ends; return the reminder."""
    query = (
        select(*REMINDER)
        .select_from(people.join(reminders))
        .where(people.c.id == person_id)
        .where(reminders.c.person_id == person_id)
        .where(reminders.c.id == reminder_id)
    )
    return (await connection.execute(query.with_for_update(key_share=True))).one()


async def schedule(
    connection: AsyncConnection,
    reminder: AnyRow,
    due_at: datetime,
    *,
    follows: UUID | None = None,
) -> UUID:
    """Write an occurrence that falls due at an instant; ``follows`` names the snoozed one."""
    by_rule = occurrence_id(reminder.id, reminder.revision, due_at)
    new_id = by_rule if follows is None else uuid4()
    new = scheduling(
        id=new_id,
        reminder_id=reminder.id,
        person_id=reminder.person_id,
        revision=reminder.revision,
        follows=follows,
        text=reminder.text,
        zone=reminder.zone,
        due_at=due_at,
    )
    await connection.execute(new)
    return new_id


def scheduling(*, due_at: datetime, **values: object) -> Insert:
    """Return the statement that writes an occurrence, once."""
    state = OccurrenceState.SCHEDULED.value
    new = insert(occurrences).values(**values, due_at=due_at, ready_at=due_at, state=state)
    return new.on_conflict_do_nothing()


async def go_on(
    connection: AsyncConnection, reminder: AnyRow, closed: UUID
) -> tuple[UUID, ...]:
    """Write what the rule lets follow the closed occurrence, unless that is written already."""
    last = (
        select(occurrences.c.due_at)
        .where(occurrences.c.person_id == reminder.person_id, occurrences.c.id == closed)
        .where(occurrences.c.follows.is_(None))
        .where(~_scheduled_by_rule(reminder.person_id, reminder.id))
    )
    if (due_at := await connection.scalar(last)) is None:
        return ()
    following = next_after(schedule_of(reminder), due_at)
    return () if following is None else (await schedule(connection, reminder, following),)


async def close(
    connection: AsyncConnection,
    person_id: UUID,
    chosen: ColumnElement[bool],
    state: OccurrenceState,
) -> dict[UUID, OccurrenceState]:
    """Move the chosen occurrences to a last state; return where those that moved had stood.

    Those for which ``STEPS`` has no such step stay as they are. What was being told counts as
    told: the person may have read it.
    """
    await _note_told(connection, person_id, chosen)
    legal = [before for before, after in STEPS.items() if state in after]
    before = (
        select(occurrences.c.id, occurrences.c.state)
        .where(occurrences.c.person_id == person_id, chosen, occurrences.c.state.in_(legal))
        .with_for_update()
        .cte("before")
    )
    moved = (
        update(occurrences)
        .where(occurrences.c.person_id == person_id, occurrences.c.id == before.c.id)
        .values(state=state.value, ready_at=null(), claim=null())
        .returning(before.c.id, before.c.state)
    )
    rows = await connection.execute(moved)
    return {row.id: OccurrenceState(row.state) for row in rows}


async def _note_told(
    connection: AsyncConnection, person_id: UUID, chosen: ColumnElement[bool]
) -> None:
    # The person may have read it, and ask afterwards why they were told.
    read = (
        update(occurrences)
        .where(occurrences.c.person_id == person_id, chosen, being_told())
        .values(told_at=func.coalesce(sent_at(), now()))
    )
    await connection.execute(read)


async def put_back(
    connection: AsyncConnection, person_id: UUID, states: Mapping[UUID, OccurrenceState]
) -> None:
    """Return occurrences to where they stood; what the rule has passed by is now missed."""
    rows = given(
        (occurrences.c.id, occurrences.c.state),
        [{"id": key, "state": state.value} for key, state in states.items()],
    )
    passed_by = and_(
        rows.c.state == OccurrenceState.SCHEDULED.value,
        occurrences.c.follows.is_(None),
        _scheduled_by_rule(person_id, occurrences.c.reminder_id),
    )
    ready = and_(rows.c.state.in_(READY_STATES), ~passed_by)
    await connection.execute(
        update(occurrences)
        .where(occurrences.c.person_id == person_id, occurrences.c.id == rows.c.id)
        .values(
            state=case((passed_by, OccurrenceState.MISSED.value), else_=rows.c.state),
            ready_at=case((ready, occurrences.c.due_at)),
        )
    )


def _scheduled_by_rule(
    person_id: UUID, reminder_id: UUID | Column[object]
) -> ColumnElement[bool]:
    other = occurrences.alias("other")
    return (
        exists()
        .where(other.c.person_id == person_id)
        .where(other.c.reminder_id == reminder_id)
        .where(other.c.state == OccurrenceState.SCHEDULED.value)
        .where(other.c.follows.is_(None))
    )
