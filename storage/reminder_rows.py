"""Rows of reminders and occurrences, read as what they mean."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, case, exists, func, or_, select

from ontology.notifications.concepts import Channel, Outcome
from ontology.reminders.concepts import Occurrence, OccurrenceState, Reminder
from ontology.time.concepts import Schedule
from storage.schema import attempts, now, occurrences, reminders

AnyRow = Row[*tuple[Any, ...]]

WITHIN: Final = timedelta(hours=1)
"""What is being told is to be claimed again well within this: leases and pauses are seconds.

It lets an index find what is being told among all that lies ahead.
"""

ARRIVED: Final = tuple(outcome.value for outcome in Outcome if outcome.arrived)
"""Outcomes of attempts that the person's side has."""

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


def sent_at() -> ScalarSelect[datetime]:
    """Return when the notifier noted that the occurrence in the query around was sent."""
    return (
        select(func.min(attempts.c.ended_at))
        .where(*_its_attempts(), attempts.c.outcome.in_(ARRIVED))
        .correlate(occurrences)
        .scalar_subquery()
    )


def _perhaps_read() -> ColumnElement[bool]:
    return exists().where(*_its_attempts(), attempts.c.outcome != Outcome.FAILED.value)


def came_back() -> ColumnElement[bool]:
    """Return the condition for an occurrence that was told somewhere, and came back from there.

    Not from chat, where nothing is said twice; and only if it arrived nowhere else.
    """
    failed = exists().where(
        *_its_attempts(),
        attempts.c.outcome == Outcome.FAILED.value,
        attempts.c.channel != Channel.CHAT.value,
    )
    return failed & ~exists().where(*_its_attempts(), attempts.c.outcome.in_(ARRIVED))


def _its_attempts() -> tuple[ColumnElement[bool], ...]:
    return (
        attempts.c.notification_id == occurrences.c.id,
        attempts.c.person_id == occurrences.c.person_id,
    )


def being_told() -> ColumnElement[bool]:
    """Return the condition for an occurrence that the person may have read already.

    It was sent, or is being sent: the notifier writes an attempt down before it makes it. Those
    who note what became of it may have died, or not have come to it yet.
    """
    begun = occurrences.c.state.in_((OccurrenceState.DUE, OccurrenceState.OFFERED))
    soon = occurrences.c.ready_at <= now() + WITHIN
    return soon & begun & occurrences.c.told_at.is_(None) & _perhaps_read()


def untold() -> ColumnElement[bool]:
    """Return the condition for an occurrence that will still fire."""
    ready = occurrences.c.ready_at.is_not(None) & occurrences.c.told_at.is_(None)
    return ready & or_(occurrences.c.state == OccurrenceState.SCHEDULED, ~_perhaps_read())


def told_since(moment: ColumnElement[datetime]) -> ColumnElement[bool]:
    """Return the condition for an occurrence that the person may have read after ``moment``."""
    sent_since = func.coalesce(sent_at(), now()) > moment
    return or_(occurrences.c.told_at > moment, being_told() & sent_since)


def fires_at() -> ColumnElement[datetime]:
    """Return when an untold occurrence will be told: when due, or when its rule lets it go."""
    held = and_(occurrences.c.held_by.is_not(None), occurrences.c.claim.is_(None))
    later = func.greatest(occurrences.c.due_at, occurrences.c.ready_at)
    return case((held, later), else_=occurrences.c.due_at)


def next_due() -> ScalarSelect[datetime]:
    """Return, of the reminder in the query around, the instant it will fire next."""
    return (
        select(func.min(fires_at()))
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
