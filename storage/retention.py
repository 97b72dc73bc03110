"""What is over and done with is forgotten in time; nothing that waits or will fire is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Delete, bindparam, delete, exists, func, select
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Repository, writes
from storage.schema import (
    answers,
    attempts,
    chat_messages,
    journal,
    notifications,
    now,
    occurrences,
    reminders,
    utterances,
)

_LONG_AGO = now() - bindparam("age", type_=INTERVAL)

# The newest one is kept whatever its age: catching up with the archive begins after it.
_LAST_ARCHIVED = (
    select(func.max(utterances.c.seq))
    .where(utterances.c.archived_as.is_not(None))
    .scalar_subquery()
)

_HAS_OCCURRENCES = exists().where(
    occurrences.c.reminder_id == reminders.c.id,
    occurrences.c.person_id == reminders.c.person_id,
)

STEPS: Final[tuple[Delete, ...]] = (
    delete(journal).where(journal.c.said_at < _LONG_AGO),
    delete(answers).where(answers.c.answered_at < _LONG_AGO),
    delete(chat_messages).where(chat_messages.c.settled_at < _LONG_AGO),
    delete(utterances).where(
        utterances.c.answered_at < _LONG_AGO, utterances.c.seq < _LAST_ARCHIVED
    ),
    delete(attempts).where(attempts.c.ended_at < _LONG_AGO),
    delete(notifications).where(notifications.c.sent_at < _LONG_AGO),
    delete(occurrences).where(
        occurrences.c.due_at < _LONG_AGO, occurrences.c.ready_at.is_(None)
    ),
    delete(reminders).where(reminders.c.changed_at < _LONG_AGO, ~_HAS_OCCURRENCES),
)
"""In this order: a reminder goes when its last occurrence has gone."""


class PostgresRetention(Repository):
    """Implements :class:`ontology.retention.Retention`, table by table."""

    @writes
    async def forget_before(self, connection: AsyncConnection, days: int) -> int:
        """Delete what was finished more than ``days`` ago and return how many rows went."""
        age = {"age": timedelta(days=days)}
        return sum([(await connection.execute(step, age)).rowcount for step in STEPS])
