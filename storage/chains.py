"""Chains of attempts: a plan that goes on until it is answered, cancelled or exhausted.

``step`` is the step under way and ``ready_at`` when the chain goes on: when its lease runs out
while somebody holds it, when the wait for an answer is over while nobody does, None once it has
ended. What became of a step is known from its attempts alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from pydantic import TypeAdapter
from sqlalchemy import (
    Boolean,
    ColumnElement,
    bindparam,
    case,
    exists,
    literal,
    literal_column,
    null,
    or_,
    select,
    text,
    update,
)
from sqlalchemy import Uuid as UuidType
from sqlalchemy.dialects.postgresql import INTERVAL, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import (
    Attempted,
    ChainState,
    Channel,
    Notification,
    Outcome,
)
from ontology.notifications.ports import Attempt, Chain, ChainClaim, ClosedChain
from ontology.policy.concepts import Notice
from ontology.reminders.concepts import OccurrenceState
from storage.attempts import ATTEMPT, CLOSED, among, attempt_of, beginning, settle
from storage.database import Repository, reads, writes, writes_at_once
from storage.reminder_rows import ARRIVED, AnyRow
from storage.rows import given
from storage.schema import attempts, chains, now, occurrences

_NOTICE: Final = TypeAdapter(Notice)
_RUNNING: Final = chains.c.ready_at.is_not(None)
_STEP: Final = chains.c.step.type

_CLAIM: Final = text("""
WITH clock AS MATERIALIZED (SELECT steward_now() AS now),
chosen AS MATERIALIZED (
    SELECT notification_id FROM chains
    WHERE ready_at <= (SELECT now FROM clock)
    ORDER BY ready_at LIMIT :most
    FOR UPDATE SKIP LOCKED
)
UPDATE chains SET
    ready_at = clock.now + :lease,
    claim = :token,
    step = step + CASE WHEN EXISTS (
        SELECT FROM attempts
        WHERE attempts.notification_id = chains.notification_id
          AND attempts.step = chains.step
    ) AND NOT EXISTS (
        SELECT FROM attempts
        WHERE attempts.notification_id = chains.notification_id
          AND attempts.step = chains.step AND attempts.ended_at IS NULL
    ) THEN 1 ELSE 0 END
FROM clock, chosen
WHERE chains.notification_id = chosen.notification_id
RETURNING chains.notification_id, chains.notification, chains.notice, chains.step
""").bindparams(bindparam("lease", type_=INTERVAL), bindparam("token", type_=UuidType))

_RINGS_AGAIN: Final[ColumnElement[bool]] = literal_column(
    """coalesce(
        chains.notice::jsonb #> ARRAY['steps', (chains.step + 1)::text, 'channels']
        = chains.notice::jsonb #> ARRAY['steps', chains.step::text, 'channels'], false)""",
    Boolean,
)
"""Whether the next step is by the channels of this one: then the time between them is kept."""

_DUE_IN: Final = text("""
SELECT min(ready_at) - steward_now() FROM chains WHERE ready_at IS NOT NULL
""")


class PostgresChains(Repository):
    """Implements :class:`ontology.notifications.ports.Chains`."""

    async def begin(
        self,
        notifications: Sequence[Notification],
        notice: Notice,
        channel: Channel | None,
        lease: timedelta,
    ) -> ChainClaim:
        # The token is made once: if the server dies while it commits, the call is repeated and
        # must know its own rows.
        return await self._begin(uuid4(), notifications, notice, channel, lease)

    @writes
    async def _begin(
        self,
        connection: AsyncConnection,
        token: UUID,
        notifications: Sequence[Notification],
        notice: Notice,
        channel: Channel | None,
        lease: timedelta,
    ) -> ChainClaim:
        rows = given(
            (chains.c.notification_id, chains.c.person_id, chains.c.notification),
            [
                {
                    "notification_id": item.id,
                    "person_id": item.person_id,
                    "notification": item.model_dump_json(exclude_none=True),
                }
                for item in notifications
            ],
        )
        new = select(
            rows.c.notification_id,
            rows.c.person_id,
            rows.c.notification,
            literal(_NOTICE.dump_json(notice).decode()),
            literal(0 if channel else 1, _STEP),
            now() + (lease if channel else timedelta(0)),
            literal(token if channel else None, chains.c.claim.type),
        )
        columns = ["notification_id", "person_id", "notification", "notice"]
        columns += ["step", "ready_at", "claim"]
        await connection.execute(
            insert(chains).from_select(columns, new).on_conflict_do_nothing()
        )
        if channel is None:
            return ChainClaim(token)
        people = {item.person_id for item in notifications}
        mine = select(chains.c.notification_id, chains.c.person_id).where(
            chains.c.person_id.in_(people), *_held(token, (item.id for item in notifications))
        )
        begun = {row.notification_id: row.person_id for row in await connection.execute(mine)}
        await connection.execute(beginning(list(begun.items()), channel, 0))
        return ChainClaim(
            token, tuple(Chain(item, notice, 0) for item in notifications if item.id in begun)
        )

    @writes
    async def claim(
        self, connection: AsyncConnection, limit: int, lease: timedelta
    ) -> ChainClaim:
        token = uuid4()
        held = {"most": limit, "lease": lease, "token": token}
        rows = (await connection.execute(_CLAIM, held)).all()
        opened = await _open_tries(connection, [row.notification_id for row in rows])
        return ChainClaim(token, tuple(_chain(row, opened) for row in rows))

    @writes
    async def attempt(
        self,
        connection: AsyncConnection,
        token: UUID,
        tried: Sequence[Chain],
        channel: Channel,
        lease: timedelta,
    ) -> frozenset[UUID]:
        closed = exists().where(
            occurrences.c.id == chains.c.notification_id,
            occurrences.c.person_id == chains.c.person_id,
            occurrences.c.state.in_(CLOSED),
        )
        held = (
            update(chains)
            .where(*_held(token, _ids(tried)), ~closed)
            .values(ready_at=now() + lease)
            .returning(chains.c.notification_id, chains.c.person_id, chains.c.step)
        )
        rows = (await connection.execute(held)).all()
        for step in {row.step for row in rows}:
            whose = [(row.notification_id, row.person_id) for row in rows if row.step == step]
            await connection.execute(beginning(whose, channel, step))
        return frozenset(row.notification_id for row in rows)

    @writes
    async def settle(
        self,
        connection: AsyncConnection,
        token: UUID,
        attempted: Sequence[Attempted],
        channel: Channel,
        step: int,
        wait: timedelta | None,
    ) -> frozenset[UUID]:
        await settle(connection, attempted, channel, step)
        ids = [each.id for each in attempted]
        held = update(chains).where(*_held(token, ids))
        if wait is None:
            await connection.execute(held.values(**_ended(ChainState.EXHAUSTED)))
            return frozenset()
        arrived = _under_way(attempts.c.outcome.in_(ARRIVED))
        ready_at = case((or_(arrived, _RINGS_AGAIN), now() + wait), else_=now())
        await connection.execute(held.values(ready_at=ready_at, claim=null()))
        over = select(chains.c.notification_id).where(
            chains.c.notification_id == among(ids), ~_RUNNING
        )
        return frozenset((await connection.scalars(over)).all())

    @writes_at_once
    async def pass_by(
        self, connection: AsyncConnection, token: UUID, passed: Sequence[Chain]
    ) -> None:
        await connection.execute(
            update(chains)
            .where(*_held(token, _ids(passed)))
            .values(step=chains.c.step + 1, ready_at=now(), claim=null())
        )

    @writes_at_once
    async def put_off(
        self,
        connection: AsyncConnection,
        token: UUID,
        held: Sequence[Chain],
        until: datetime,
    ) -> None:
        await connection.execute(
            update(chains).where(*_held(token, _ids(held))).values(ready_at=until, claim=null())
        )

    @writes_at_once
    async def hurry(self, connection: AsyncConnection, person_id: UUID, id_: UUID) -> None:
        failed = _under_way(attempts.c.outcome == Outcome.FAILED.value)
        await connection.execute(
            update(chains)
            .where(chains.c.notification_id == id_, chains.c.person_id == person_id)
            .where(_RUNNING, chains.c.claim.is_(None), failed, ~_RINGS_AGAIN)
            .values(ready_at=now())
        )

    @writes_at_once
    async def end(
        self,
        connection: AsyncConnection,
        person_id: UUID,
        ids: Collection[UUID],
        state: ChainState,
    ) -> None:
        await connection.execute(
            update(chains)
            .where(chains.c.notification_id == among(ids), chains.c.person_id == person_id)
            .where(_RUNNING)
            .values(**_ended(state))
        )

    @reads
    async def closed(self, connection: AsyncConnection, limit: int) -> Sequence[ClosedChain]:
        query = (
            select(chains.c.notification, occurrences.c.state)
            .join(
                occurrences,
                (occurrences.c.id == chains.c.notification_id)
                & (occurrences.c.person_id == chains.c.person_id),
            )
            .where(_RUNNING, occurrences.c.state.in_(CLOSED))
            .limit(limit)
        )
        return [
            ClosedChain(
                Notification.model_validate_json(row.notification), OccurrenceState(row.state)
            )
            for row in await connection.execute(query)
        ]

    @writes_at_once
    async def release(self, connection: AsyncConnection) -> None:
        await connection.execute(
            update(chains)
            .where(_RUNNING, chains.c.claim.is_not(None))
            .values(ready_at=now(), claim=null())
        )

    @reads
    async def due_in(self, connection: AsyncConnection) -> timedelta | None:
        left: timedelta | None = await connection.scalar(_DUE_IN)
        return left

    @reads
    async def now(self, connection: AsyncConnection) -> datetime:
        return (await connection.execute(select(now()))).scalar_one()


def _ids(some: Iterable[Chain]) -> list[UUID]:
    return [chain.notification.id for chain in some]


def _held(token: UUID, ids: Iterable[UUID]) -> tuple[ColumnElement[bool], ...]:
    return (chains.c.notification_id == among(ids), chains.c.claim == token)


def _under_way(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Return whether the step under way has a try of which this is true."""
    return exists().where(
        attempts.c.notification_id == chains.c.notification_id,
        attempts.c.person_id == chains.c.person_id,
        attempts.c.step == chains.c.step,
        condition,
    )


def _ended(state: ChainState) -> dict[str, Any]:
    return {"state": state.value, "ready_at": null(), "claim": null(), "ended_at": now()}


async def _open_tries(
    connection: AsyncConnection, ids: Sequence[UUID]
) -> Mapping[tuple[UUID, int], Attempt]:
    if not ids:
        return {}
    query = select(*ATTEMPT).where(
        attempts.c.notification_id == among(ids), attempts.c.ended_at.is_(None)
    )
    tries = [attempt_of(row) for row in await connection.execute(query)]
    return {(each.id, each.step): each for each in tries}


def _chain(row: AnyRow, opened: Mapping[tuple[UUID, int], Attempt]) -> Chain:
    return Chain(
        notification=Notification.model_validate_json(row.notification),
        notice=_NOTICE.validate_json(row.notice),
        step=row.step,
        open=opened.get((row.notification_id, row.step)),
    )
