"""What is over and done with is forgotten in time; nothing that waits or will fire is."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import Executable, bindparam, delete, exists, func, select, text
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Repository, writes
from storage.schema import (
    answers,
    arrivals,
    attempts,
    chains,
    chat_messages,
    codes,
    dispatches,
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

# A chain may be held back for a year; without its attempts it would try its first step again.
_IS_CHAINED = exists().where(
    chains.c.notification_id == attempts.c.notification_id,
    chains.c.person_id == attempts.c.person_id,
    chains.c.ended_at.is_(None),
)
_GOES_ON = exists().where(
    chains.c.notification_id == occurrences.c.id,
    chains.c.person_id == occurrences.c.person_id,
    chains.c.ended_at.is_(None),
)

# Why a person was reminded can be asked for as long as there is something to ask about. What
# agents said of an occurrence is kept with it, and what they said of a reminder alone with the
# reminder: of one that has rung for years, how it came about, and not every ring. What the
# person said stands in the conversation; a day's margin, for it is older than what it led to.
_UNEXPLAINING: Final = text("""
WITH spoken AS MATERIALIZED (
    SELECT message_id, split_part(conversation, ':', 1) AS utterance,
           cardinality(about) = 1 AS alone, about.id AS said,
           CASE WHEN about.id ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                THEN CAST(about.id AS uuid) END AS id
    FROM journal CROSS JOIN LATERAL unnest(about) AS about (id)
    WHERE said_at < (SELECT steward_now()) - :age + interval '1 day'
),
explaining AS MATERIALIZED (
    SELECT message_id, utterance FROM spoken JOIN occurrences USING (id)
    UNION
    SELECT message_id, utterance FROM spoken JOIN reminders USING (id) WHERE alone
),
kept AS (
    SELECT message_id FROM explaining
    UNION
    SELECT spoken.message_id FROM spoken JOIN explaining ON explaining.utterance = said
)
DELETE FROM journal
WHERE said_at < (SELECT steward_now()) - :age
  AND NOT EXISTS (SELECT FROM kept WHERE kept.message_id = journal.message_id)
""").bindparams(bindparam("age", type_=INTERVAL))

STEPS: Final[tuple[Executable, ...]] = (
    delete(answers).where(answers.c.answered_at < _LONG_AGO),
    delete(chat_messages).where(chat_messages.c.settled_at < _LONG_AGO),
    delete(utterances).where(
        utterances.c.answered_at < _LONG_AGO, utterances.c.seq < _LAST_ARCHIVED
    ),
    delete(attempts).where(attempts.c.ended_at < _LONG_AGO, ~_IS_CHAINED),
    delete(chains).where(chains.c.ended_at < _LONG_AGO),
    delete(dispatches).where(dispatches.c.began_at < _LONG_AGO),
    delete(arrivals).where(arrivals.c.settled_at < _LONG_AGO),
    delete(codes).where(codes.c.issued_at < _LONG_AGO),
    delete(occurrences).where(
        occurrences.c.due_at < _LONG_AGO, occurrences.c.ready_at.is_(None), ~_GOES_ON
    ),
    delete(reminders).where(reminders.c.changed_at < _LONG_AGO, ~_HAS_OCCURRENCES),
    _UNEXPLAINING,
)
"""In this order: a reminder goes after its last occurrence, and then what was said of it."""


class PostgresRetention(Repository):
    """Implements :class:`ontology.retention.Retention`, table by table."""

    @writes
    async def forget_before(self, connection: AsyncConnection, days: int) -> int:
        """Delete what was finished more than ``days`` ago and return how many rows went."""
        age = {"age": timedelta(days=days)}
        return sum([(await connection.execute(step, age)).rowcount for step in STEPS])
