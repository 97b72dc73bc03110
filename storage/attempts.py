"""How attempts to deliver are written, within the transaction of whoever makes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, CollectionAggregate, Uuid, any_, literal, select, update
from sqlalchemy.dialects.postgresql import Insert, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import Attempted, Channel, Outcome
from ontology.notifications.ports import Attempt
from ontology.reminders.concepts import OccurrenceState
from storage.reminder_rows import AnyRow
from storage.rows import given
from storage.schema import attempts, now

CLOSED: Final = (
    OccurrenceState.CANCELLED.value,
    OccurrenceState.ACKNOWLEDGED.value,
    OccurrenceState.SNOOZED.value,
)
"""States of an occurrence that nobody wants to hear of any more."""

ATTEMPT: Final = (
    attempts.c.notification_id,
    attempts.c.channel,
    attempts.c.step,
    attempts.c.outcome,
    attempts.c.reference,
    attempts.c.why,
)


_End = tuple[str, str | None, str | None]


def attempt_of(row: AnyRow) -> Attempt:
    """Return the attempt of a row of :data:`ATTEMPT`."""
    return Attempt(
        id=row.notification_id,
        channel=Channel(row.channel),
        step=row.step,
        outcome=Outcome(row.outcome),
        reference=row.reference,
        why=row.why,
    )


def among(ids: Iterable[UUID]) -> CollectionAggregate[bool]:
    """Return what an id is to be equal to in order to be one of these."""
    return any_(literal(list(ids), ARRAY(Uuid)))


def beginning(tried: Sequence[tuple[UUID, UUID]], channel: Channel, step: int) -> Insert:
    """Return the statement that opens a try for each notification and person, once."""
    rows = given(
        (attempts.c.notification_id, attempts.c.person_id),
        [{"notification_id": id_, "person_id": person} for id_, person in tried],
    )
    begun = select(
        rows.c.notification_id,
        rows.c.person_id,
        literal(channel),
        literal(Outcome.ATTEMPTING.value),
        literal(step, attempts.c.step.type),
    )
    columns = ["notification_id", "person_id", "channel", "outcome", "step"]
    return insert(attempts).from_select(columns, begun).on_conflict_do_nothing()


async def settle(
    connection: AsyncConnection, attempted: Sequence[Attempted], channel: Channel, step: int
) -> None:
    """Close the open tries, those that ended alike by one statement."""
    for (outcome, reference, why), ids in _alike(attempted).items():
        await connection.execute(
            update(attempts)
            .where(attempts.c.notification_id == among(ids), attempts.c.channel == channel)
            .where(attempts.c.step == step, attempts.c.ended_at.is_(None))
            .values(outcome=outcome, reference=reference, why=why, ended_at=now())
        )


def _alike(attempted: Sequence[Attempted]) -> Mapping[_End, Sequence[UUID]]:
    ids: dict[_End, list[UUID]] = defaultdict(list)
    for each in attempted:
        if each.outcome is not Outcome.ATTEMPTING:
            ids[(each.outcome.value, each.reference, each.why)].append(each.id)
    return ids
