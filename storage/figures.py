"""How deliveries went lately."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.figures import QUANTILES, Figures
from storage.database import Repository, reads
from storage.schema import attempts, now, occurrences

LATELY: Final = timedelta(hours=24)


class PostgresFigures(Repository):
    """Implements :class:`ontology.figures.KeepFigures`."""

    @reads
    async def figures(self, connection: AsyncConnection) -> Figures:
        tried = (
            select(attempts.c.channel, attempts.c.outcome, func.count().label("number"))
            .where(attempts.c.began_at > now() - LATELY)
            .group_by(attempts.c.channel, attempts.c.outcome)
        )
        late = func.extract("epoch", occurrences.c.told_at - occurrences.c.due_at)
        told = select(
            func.count(),
            *(func.percentile_cont(quantile).within_group(late) for quantile in QUANTILES),
        ).where(
            # An old due time told lately is rare, and the index is by due time.
            occurrences.c.due_at > now() - 2 * LATELY,
            occurrences.c.told_at > now() - LATELY,
        )
        number, *seconds = (await connection.execute(told)).one()
        return Figures(
            attempts={
                (row.channel, row.outcome): row.number
                for row in await connection.execute(tried)
            },
            lateness={
                quantile: float(each)
                for quantile, each in zip(QUANTILES, seconds, strict=True)
                if each is not None
            },
            told=number,
        )

    @reads
    async def now(self, connection: AsyncConnection) -> datetime:
        at: datetime = (await connection.execute(select(func.now()))).scalar_one()
        return at.astimezone(UTC)
