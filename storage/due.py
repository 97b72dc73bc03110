"""The occurrences that fall due: claimed under a lease, offered, closed.

The claim is one statement. It walks the people who have something ready and takes an equal
share of each, through the index on (person, ready_at); rows that another claimant holds, or
whose reminder is being changed, are passed by. ``ready_at`` is when an occurrence may be
claimed: first when it falls due, then when its lease runs out, then when it is to be tried
again; None once it is closed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Update,
    Uuid,
    any_,
    bindparam,
    func,
    literal,
    null,
    text,
    update,
)
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import Notification
from ontology.reminders.concepts import OccurrenceState
from ontology.reminders.ports import Claim, Held
from storage.database import Repository, reads, writes, writes_at_once
from storage.reminder_rows import AnyRow, came_back, sent_at
from storage.repetition import repeat
from storage.schema import now, occurrences

_S = OccurrenceState

_CLAIM: Final = text("""
WITH clock AS MATERIALIZED (
    SELECT steward_now() AS now,
           (SELECT min(ready_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
            FROM occurrences WHERE ready_at IS NOT NULL) AS first
),
waiting AS MATERIALIZED (
    SELECT people.id, count(*) OVER () AS number
    FROM people CROSS JOIN LATERAL (
        SELECT FROM occurrences
        WHERE person_id = people.id AND ready_at <= (SELECT now FROM clock)
        ORDER BY ready_at LIMIT 1
    ) AS something
    WHERE (SELECT first <= now FROM clock)
),
chosen AS MATERIALIZED (
    SELECT share.* FROM waiting CROSS JOIN LATERAL (
        SELECT occurrences.ctid AS place,
               occurrences.state = 'scheduled' AND occurrences.follows IS NULL AS by_rule,
               reminders.text AS reminder_text, reminders.zone AS rule_zone,
               reminders.start, reminders.fold, reminders.rule, reminders.revision
        FROM occurrences JOIN reminders ON reminders.id = occurrences.reminder_id
        WHERE occurrences.person_id = waiting.id
          AND occurrences.ready_at <= (SELECT now FROM clock)
        ORDER BY occurrences.ready_at
        LIMIT (CAST(:most AS integer) + waiting.number - 1) / waiting.number
        FOR UPDATE OF occurrences SKIP LOCKED
        FOR SHARE OF reminders SKIP LOCKED
    ) AS share
    LIMIT :most
)
UPDATE occurrences SET
    state = CASE occurrences.state WHEN 'scheduled' THEN 'due' ELSE occurrences.state END,
    ready_at = clock.now + :lease,
    claim = :token
FROM clock, chosen
WHERE occurrences.ctid = chosen.place
RETURNING occurrences.id, occurrences.reminder_id, occurrences.person_id, occurrences.text,
          occurrences.zone, occurrences.due_at, occurrences.skipped, occurrences.held_by,
          chosen.by_rule,
          chosen.reminder_text, chosen.rule_zone, chosen.start, chosen.fold, chosen.rule,
          chosen.revision, clock.now
""").bindparams(bindparam("lease", type_=INTERVAL), bindparam("token", type_=Uuid))

# In UTC, because that is how the index is written: so written, it can serve no other query,
# and the share of one person is never looked for among everybody's.
_DUE_IN: Final = text("""
SELECT min(ready_at AT TIME ZONE 'UTC') AT TIME ZONE 'UTC' - steward_now()
FROM occurrences WHERE ready_at IS NOT NULL
""")


class PostgresDueOccurrences(Repository):
    """Implements :class:`ontology.reminders.ports.DueOccurrences`."""

    @writes
    async def claim(self, connection: AsyncConnection, limit: int, lease: timedelta) -> Claim:
        token = uuid4()
        held = {"most": limit, "lease": lease, "token": token}
        rows = (await connection.execute(_CLAIM, held)).all()
        recurring = [row for row in rows if row.by_rule and row.rule is not None]
        skipped, passed_over = await repeat(connection, token, recurring)
        told = sorted(
            (row for row in rows if row.id not in passed_over), key=lambda row: row.due_at
        )
        return Claim(
            token=token,
            notifications=tuple(_notification(row, skipped.get(row.id, 0)) for row in told),
        )

    @writes_at_once
    async def release(self, connection: AsyncConnection) -> None:
        await connection.execute(
            update(occurrences)
            .where(occurrences.c.ready_at.is_not(None), occurrences.c.claim.is_not(None))
            .values(ready_at=now(), claim=null())
        )

    @writes_at_once
    async def offered(self, connection: AsyncConnection, claim: Claim) -> None:
        await connection.execute(
            update(occurrences)
            .where(*_held(claim, [item.id for item in claim.notifications]))
            .where(occurrences.c.state.in_((_S.DUE, _S.OFFERED)))
            .values(state=_S.OFFERED.value)
        )

    @writes
    async def close(
        self,
        connection: AsyncConnection,
        claim: Claim,
        told: Sequence[UUID],
        retry_in: timedelta,
        held: Sequence[Held] = (),
    ) -> None:
        known = {*told, *(id_ for each in held for id_ in each.ids)}
        await connection.execute(
            update(occurrences)
            .where(*_held(claim, told))
            # What came back meanwhile is claimed again when the lease runs out.
            .where(occurrences.c.state == _S.OFFERED.value, ~came_back())
            .values(
                state=_S.DELIVERED.value,
                ready_at=null(),
                claim=null(),
                told_at=func.coalesce(occurrences.c.told_at, sent_at(), now()),
            )
        )
        for each in held:
            kept = _putting_off(claim, each.ids)
            by_rule = func.coalesce(each.by, occurrences.c.held_by)
            await connection.execute(kept.values(ready_at=each.until, held_by=by_rule))
        rest = [item.id for item in claim.notifications if item.id not in known]
        if rest:
            again = _putting_off(claim, rest)
            await connection.execute(again.values(ready_at=now() + retry_in))

    @reads
    async def due_in(self, connection: AsyncConnection) -> timedelta | None:
        left: timedelta | None = await connection.scalar(_DUE_IN)
        return left


def _putting_off(claim: Claim, ids: Sequence[UUID]) -> Update:
    """Return the statement that lets go of what was not told, but for when it goes on."""
    return (
        update(occurrences)
        .where(*_held(claim, ids))
        .where(occurrences.c.state.in_((_S.DUE, _S.OFFERED)))
        .values(claim=null())
    )


def _held(claim: Claim, ids: Sequence[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (
        occurrences.c.id == any_(literal(list(ids), ARRAY(Uuid))),
        occurrences.c.claim == claim.token,
    )


def _notification(row: AnyRow, skipped: int) -> Notification:
    # A row of ours needs no checking, and thousands may fall due at once.
    return Notification.model_construct(
        id=row.id,
        reminder_id=row.reminder_id,
        person_id=row.person_id,
        text=row.text,
        zone=row.zone,
        due_at=row.due_at,
        claimed_at=row.now,
        skipped=row.skipped + skipped,
        held_by=row.held_by,
    )
