"""Reminders by the thousand, written straight into the tables."""

from __future__ import annotations

from datetime import datetime

from tests.acceptance.database import RunningDatabase

REMINDERS = """
INSERT INTO reminders (id, person_id, number, text, words, zone, start, fold)
SELECT gen_random_uuid(), $1, offset_ + n, 'do task ' || n, ' do task ' || n, 'UTC',
       ($2::timestamptz + n * $3::interval) AT TIME ZONE 'UTC', 0
FROM generate_series(1, $4::integer) n,
     (SELECT reminders_numbered AS offset_ FROM people WHERE id = $1) p
"""
OCCURRENCES = """
INSERT INTO occurrences
    (id, reminder_id, person_id, revision, text, zone, due_at, state, ready_at)
SELECT gen_random_uuid(), r.id, r.person_id, 0, r.text, 'UTC',
       r.start AT TIME ZONE 'UTC', 'scheduled', r.start AT TIME ZONE 'UTC'
FROM reminders r LEFT JOIN occurrences o ON o.reminder_id = r.id
WHERE r.person_id = $1 AND o.id IS NULL
"""
NUMBERED = "UPDATE people SET reminders_numbered = reminders_numbered + $2 WHERE id = $1"


async def write(
    database: RunningDatabase,
    person: str,
    count: int,
    first: datetime,
    apart: str = "0 seconds",
) -> None:
    """Let a person have so many reminders from ``first`` on, each so much after the other.

    ``person`` is a bare JID. All are committed at once, and the firing loop is told.
    """
    query = "SELECT person_id FROM addresses WHERE address = $1"
    person_id = await database.value(query, person)
    connection = database.connection
    async with connection.transaction():
        gap = await database.value("SELECT $1::text::interval", apart)
        await connection.execute(REMINDERS, person_id, first, gap, count, timeout=300)
        await connection.execute(OCCURRENCES, person_id, timeout=300)
        await connection.execute(NUMBERED, person_id, count)
        await connection.execute("NOTIFY steward_due")
