"""What came in from outside, each by its own id once."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Text, any_, literal, select, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.arrivals import Arrival
from storage.database import Repository, reads, writes, writes_at_once
from storage.schema import arrivals, now

_ARRIVAL = (
    *(arrivals.c.source, arrivals.c.id, arrivals.c.body, arrivals.c.answer),
    arrivals.c.settled_at.is_not(None).label("settled"),
)


class PostgresArrivals(Repository):
    """Implements :class:`ontology.arrivals.Arrivals`."""

    @writes
    async def keep(
        self, connection: AsyncConnection, coming: Sequence[Arrival]
    ) -> Sequence[Arrival]:
        new = []
        for one in coming:
            row = insert(arrivals).values(source=one.source, id=one.id, body=one.body)
            kept = await connection.execute(
                row.on_conflict_do_nothing().returning(arrivals.c.id)
            )
            if kept.one_or_none() is not None:
                new.append(one)
        return new

    @reads
    async def kept(self, connection: AsyncConnection, source: str, id_: str) -> Arrival | None:
        query = select(*_ARRIVAL).where(arrivals.c.source == source, arrivals.c.id == id_)
        row = (await connection.execute(query)).mappings().one_or_none()
        return None if row is None else Arrival(**row)

    @reads
    async def unsettled(
        self, connection: AsyncConnection, source: str, limit: int = 100
    ) -> Sequence[Arrival]:
        query = (
            select(*_ARRIVAL)
            .where(arrivals.c.source == source, arrivals.c.settled_at.is_(None))
            .order_by(arrivals.c.seq)
            .limit(limit)
        )
        return [Arrival(**row) for row in (await connection.execute(query)).mappings()]

    @writes_at_once
    async def settle(
        self,
        connection: AsyncConnection,
        source: str,
        ids: Sequence[str],
        answer: str | None = None,
    ) -> None:
        await connection.execute(
            update(arrivals)
            .where(arrivals.c.source == source)
            .where(arrivals.c.id == any_(literal(list(ids), ARRAY(Text))))
            .where(arrivals.c.settled_at.is_(None))
            .values(settled_at=now(), answer=answer)
        )

    @reads
    async def latest(self, connection: AsyncConnection, source: str) -> str | None:
        query = select(arrivals.c.id).where(arrivals.c.source == source)
        return await connection.scalar(query.order_by(arrivals.c.seq.desc()).limit(1))
