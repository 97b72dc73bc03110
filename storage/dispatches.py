"""What leaves by channels that cannot deduplicate."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import Channel, Outcome
from ontology.notifications.ports import Dispatch
from storage.database import Repository, reads, writes, writes_at_once
from storage.schema import dispatches, now


class PostgresDispatches(Repository):
    """Implements :class:`ontology.notifications.ports.Dispatches`.

    If the server dies while it commits a beginning, the call is repeated and must know its own
    row: its name stands in ``reference`` until the dispatch ends.
    """

    async def begin(self, key: UUID, channel: Channel, person_id: UUID) -> Dispatch | None:
        return await self._begin(f"call {uuid4()}", key, channel, person_id)

    @writes
    async def _begin(
        self,
        connection: AsyncConnection,
        call: str,
        key: UUID,
        channel: Channel,
        person_id: UUID,
    ) -> Dispatch | None:
        beginning = insert(dispatches).values(
            key=key,
            channel=channel,
            person_id=person_id,
            outcome=Outcome.ATTEMPTING.value,
            reference=call,
        )
        await connection.execute(beginning.on_conflict_do_nothing())
        stands = select(
            dispatches.c.outcome,
            dispatches.c.reference,
            dispatches.c.why,
        ).where(*_this(key, channel), dispatches.c.person_id == person_id)
        row = (await connection.execute(stands)).one_or_none()
        if row is None:
            return Dispatch(Outcome.FAILED, why="another person's")
        if row.reference == call:
            return None
        outcome = Outcome(row.outcome)
        if outcome is Outcome.ATTEMPTING:
            return Dispatch(Outcome.UNKNOWN)
        return Dispatch(outcome, row.reference, row.why)

    @writes_at_once
    async def end(
        self, connection: AsyncConnection, key: UUID, channel: Channel, dispatch: Dispatch
    ) -> None:
        await connection.execute(
            update(dispatches)
            .where(*_this(key, channel), dispatches.c.ended_at.is_(None))
            .values(
                outcome=dispatch.outcome.value,
                reference=dispatch.reference,
                why=dispatch.why,
                ended_at=now(),
            )
        )

    @writes_at_once
    async def forget(self, connection: AsyncConnection, key: UUID, channel: Channel) -> None:
        await connection.execute(
            delete(dispatches).where(*_this(key, channel), dispatches.c.ended_at.is_(None))
        )

    @reads
    async def referred(
        self, connection: AsyncConnection, reference: str, channel: Channel
    ) -> tuple[UUID, UUID] | None:
        query = select(dispatches.c.key, dispatches.c.person_id).where(
            dispatches.c.reference == reference,
            dispatches.c.channel == channel,
            dispatches.c.ended_at.is_not(None),
        )
        row = (await connection.execute(query.limit(1))).one_or_none()
        return None if row is None else (row.key, row.person_id)


def _this(key: UUID, channel: Channel) -> tuple[ColumnElement[bool], ...]:
    return (dispatches.c.key == key, dispatches.c.channel == channel)
