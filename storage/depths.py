"""How much is waiting, for ``steward status``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Table, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Repository, reads
from storage.schema import attempts, chat_messages, journal, now, occurrences, utterances


@dataclass(frozen=True, slots=True)
class Depths:
    """Rows that wait: utterances for an answer, chat messages for the server's word,
    due occurrences for being told, attempts for an outcome. And the journal's size.
    """

    unanswered: int
    unsettled: int
    untold: int
    attempting: int
    journal: int


class PostgresDepths(Repository):
    """Counts what waits, over all people."""

    @reads
    async def read(self, connection: AsyncConnection) -> Depths:
        """Count everything at one moment."""
        # What is claimed or waits for another try is ready again within the day.
        utc = text("'UTC'")
        soon = func.timezone(utc, occurrences.c.ready_at) <= func.timezone(
            utc, now() + timedelta(days=1)
        )
        counts = select(
            _count(utterances, utterances.c.answered_at.is_(None)),
            _count(chat_messages, chat_messages.c.settled_at.is_(None)),
            _count(
                occurrences,
                occurrences.c.ready_at.is_not(None),
                soon,
                occurrences.c.due_at <= now(),
            ),
            _count(attempts, attempts.c.ended_at.is_(None)),
            _count(journal),
        )
        return Depths(*(await connection.execute(counts)).one())


def _count(table: Table, *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(table).where(*conditions).scalar_subquery()
