"""Rows of reminders and occurrences, read as what they mean."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Row, ScalarSelect, func, select

from ontology.reminders.concepts import Occurrence, OccurrenceState, Reminder
from ontology.time.concepts import Schedule
from storage.schema import occurrences, reminders

AnyRow = Row[*tuple[Any, ...]]

SCHEDULE: Final = (reminders.c.zone, reminders.c.start, reminders.c.fold, reminders.c.rule)
REMINDER: Final = (
    reminders.c.id,
    reminders.c.person_id,
    reminders.c.number,
    reminders.c.text,
    reminders.c.revision,
    *SCHEDULE,
)
OCCURRENCE: Final = tuple(occurrences.c[name] for name in Occurrence.model_fields)


def untold() -> ColumnElement[bool]:
    """Return the condition for an occurrence that will still fire."""
    return occurrences.c.ready_at.is_not(None) & occurrences.c.told_at.is_(None)


def told_and_open() -> ColumnElement[bool]:
    """Return the condition for an occurrence that was told and not answered."""
    open_states = (OccurrenceState.OFFERED, OccurrenceState.DELIVERED)
    return occurrences.c.told_at.is_not(None) & occurrences.c.state.in_(open_states)


def next_due() -> ScalarSelect[datetime]:
    """Return, of the reminder in the query around, the instant it will fire next."""
    return (
        select(func.min(occurrences.c.due_at))
        .where(occurrences.c.reminder_id == reminders.c.id)
        .where(occurrences.c.person_id == reminders.c.person_id)
        .where(untold())
        .correlate(reminders)
        .scalar_subquery()
    )


def reminder_of(row: AnyRow, next_due: datetime | None) -> Reminder:
    """Return the reminder of a row of :data:`REMINDER`."""
    return Reminder(
        id=row.id,
        person_id=row.person_id,
        number=row.number,
        text=row.text,
        schedule=schedule_of(row),
        next_due=next_due,
    )


def schedule_of(row: AnyRow) -> Schedule:
    """Return the schedule of a row of :data:`SCHEDULE`."""
    return Schedule(zone=row.zone, start=row.start, fold=row.fold, rule=row.rule)


def occurrence_of(row: AnyRow) -> Occurrence:
    """Return the occurrence of a row of :data:`OCCURRENCE`."""
    return Occurrence(**{name: getattr(row, name) for name in Occurrence.model_fields})


def occurrence_id(reminder_id: UUID, revision: int, due_at: datetime) -> UUID:
    """Return the id of what a reminder's schedule lets fall due at an instant.

    It is the same for whoever works it out, so that it is written once. ``revision`` counts
    the changes of the reminder: changed to and fro it may fall due at one instant twice.
    """
    return uuid5(reminder_id, f"{revision} {due_at.timestamp()}")
