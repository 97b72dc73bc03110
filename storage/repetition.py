"""What follows when an occurrence of a recurring reminder is claimed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from sqlalchemy import TableValuedAlias, and_, exists, null, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.errors import TimeError
from ontology.reminders.concepts import OccurrenceState
from ontology.time.concepts import Schedule
from ontology.time.recurrence import missed_between, next_after
from storage.reminder_rows import AnyRow, occurrence_id, untold
from storage.rows import given
from storage.schema import now, occurrences

_S = OccurrenceState

MOST_SKIPPED: Final = 1_000
"""Where counting what was skipped stops."""

_NEXT = tuple(
    occurrences.c[name]
    for name in (
        *("id", "reminder_id", "person_id", "revision", "text", "zone"),
        *("due_at", "state", "ready_at"),
    )
)


async def repeat(
    connection: AsyncConnection, token: UUID, claimed: Sequence[AnyRow]
) -> tuple[Mapping[UUID, int], frozenset[UUID]]:
    """Write the next occurrence of each claimed one's reminder, the first that lies ahead.

    What fell due between counts as skipped. An occurrence whose predecessor still waits to be
    told is passed over: it is missed, and the predecessor stands for it. Return how many more
    each occurrence stands for, and those that were passed over.
    """
    if not claimed:
        return {}, frozenset()
    following = [(row, *_following(row)) for row in claimed]
    await _write_next(connection, [(row, due) for row, due, _ in following if due is not None])
    heirs = await _still_waiting(connection, token, claimed)
    skipped: Counter[UUID] = Counter()
    for row, _, missed in following:
        if row.id in heirs:
            skipped[heirs[row.id]] += missed + 1
        elif missed:
            skipped[row.id] += missed
    await _count(connection, claimed, skipped)
    await _pass_over(connection, [row for row in claimed if row.id in heirs])
    return skipped, frozenset(heirs)


def _following(row: AnyRow) -> tuple[datetime | None, int]:
    try:
        schedule = Schedule(zone=row.rule_zone, start=row.start, fold=row.fold, rule=row.rule)
        missed = missed_between(schedule, row.due_at, row.now, MOST_SKIPPED)
        return next_after(schedule, max(row.now, row.due_at)), missed
    except (TimeError, ValueError):
        # A rule or a zone that was there once and is no more ends here, and holds up nobody.
        return None, 0


async def _write_next(
    connection: AsyncConnection, following: Sequence[tuple[AnyRow, datetime]]
) -> None:
    rows = given(
        _NEXT,
        [
            {
                "id": occurrence_id(row.reminder_id, row.revision, due_at),
                "reminder_id": row.reminder_id,
                "person_id": row.person_id,
                "revision": row.revision,
                "text": row.reminder_text,
                "zone": row.rule_zone,
                "due_at": due_at,
                "state": _S.SCHEDULED.value,
                "ready_at": due_at,
            }
            for row, due_at in following
        ],
    )
    already = (
        exists()
        .where(occurrences.c.person_id == rows.c.person_id)
        .where(occurrences.c.reminder_id == rows.c.reminder_id)
        .where(occurrences.c.state == _S.SCHEDULED.value)
        .where(occurrences.c.follows.is_(None))
    )
    names = [column.name for column in _NEXT]
    await connection.execute(
        insert(occurrences)
        .from_select(names, select(*(rows.c[name] for name in names)).where(~already))
        .on_conflict_do_nothing()
    )


async def _still_waiting(
    connection: AsyncConnection, token: UUID, claimed: Sequence[AnyRow]
) -> Mapping[UUID, UUID]:
    """Return, for those claimed, the earlier occurrence that nobody was told yet."""
    rows = _named(claimed)
    nobody_tells = or_(
        occurrences.c.claim.is_(None),
        occurrences.c.claim == token,
        occurrences.c.ready_at <= now(),
    )
    earlier = (
        select(rows.c.id.label("later"), occurrences.c.id)
        .join(
            occurrences,
            and_(
                occurrences.c.person_id == rows.c.person_id,
                occurrences.c.reminder_id == rows.c.reminder_id,
                occurrences.c.due_at < rows.c.due_at,
            ),
        )
        .where(occurrences.c.follows.is_(None), untold())
        .where(occurrences.c.state.in_((_S.DUE, _S.OFFERED)), nobody_tells)
        .order_by(occurrences.c.due_at.desc())
        .with_for_update(of=occurrences, skip_locked=True)
    )
    return {row.later: row.id for row in (await connection.execute(earlier)).all()}


async def _count(
    connection: AsyncConnection, claimed: Sequence[AnyRow], skipped: Mapping[UUID, int]
) -> None:
    if not skipped:
        return
    rows = given(
        (occurrences.c.id, occurrences.c.skipped),
        [{"id": key, "skipped": count} for key, count in skipped.items()],
    )
    await connection.execute(
        update(occurrences)
        .where(occurrences.c.id == rows.c.id)
        .where(occurrences.c.person_id.in_({row.person_id for row in claimed}))
        .values(skipped=occurrences.c.skipped + rows.c.skipped)
    )


async def _pass_over(connection: AsyncConnection, later: Sequence[AnyRow]) -> None:
    if not later:
        return
    rows = _named(later)
    await connection.execute(
        update(occurrences)
        .where(occurrences.c.id == rows.c.id, occurrences.c.person_id == rows.c.person_id)
        .where(occurrences.c.state == _S.DUE.value)
        .values(state=_S.MISSED.value, ready_at=null(), claim=null())
    )


def _named(claimed: Sequence[AnyRow]) -> TableValuedAlias:
    columns = ("id", "person_id", "reminder_id", "due_at")
    return given(
        [occurrences.c[name] for name in columns],
        [{name: getattr(row, name) for name in columns} for row in claimed],
    )
