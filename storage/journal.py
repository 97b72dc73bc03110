"""Every ACL message that was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.acl import Performative
from ontology.journal import JournalEntry
from storage.database import Repository, reads, writes_at_once
from storage.rows import given
from storage.schema import journal


class PostgresJournal(Repository):
    """Implements :class:`ontology.journal.Journal`."""

    @writes_at_once
    async def write(self, connection: AsyncConnection, entries: Sequence[JournalEntry]) -> None:
        rows = given(journal.c, map(asdict, entries))
        names = [column.name for column in journal.c]
        await connection.execute(
            insert(journal)
            .from_select(names, select(*(rows.c[name] for name in names)))
            .on_conflict_do_nothing()
        )

    @reads
    async def about(
        self, connection: AsyncConnection, *ids: str, limit: int = 200
    ) -> Sequence[JournalEntry]:
        query = select(journal).where(journal.c.about.overlap(list(ids)))
        return await _entries(connection, query.order_by(journal.c.said_at).limit(limit))

    @reads
    async def latest(self, connection: AsyncConnection, limit: int) -> Sequence[JournalEntry]:
        query = select(journal).order_by(journal.c.said_at.desc()).limit(limit)
        return await _entries(connection, query)


async def _entries(connection: AsyncConnection, query: Select[Any]) -> list[JournalEntry]:
    rows = (await connection.execute(query)).mappings()
    return [
        JournalEntry(
            **{
                **row,
                "performative": Performative(row["performative"]),
                "about": tuple(row["about"]),
            }
        )
        for row in rows
    ]
