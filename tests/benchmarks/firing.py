"""(c) The firing loop's storage alone, against the plainest loop on the same server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

import asyncpg

from behaviours.reminders.fire_due import BATCH, CLAIMS_AT_ONCE, LEASE
from storage.database import Database
from storage.due import PostgresDueOccurrences
from tests.acceptance.database import RunningDatabase, address
from tests.acceptance.household import settle_in
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.stage import empty_home
from tests.benchmarks.stock import write

TITLE = "(c) firing loop alone: claim, offer and close 10,000 due at one instant"
COUNT = 10_000
PEOPLE = 20
LEAD = timedelta(seconds=4)
WITHIN = 120.0
DESIGN_JOBS = 43_700.0
DESIGN_LATENESS = 0.23
PLAIN_TABLE = """
CREATE TABLE plain (id integer PRIMARY KEY, due_at timestamptz NOT NULL, done_at timestamptz);
INSERT INTO plain SELECT n, clock_timestamp() FROM generate_series(1, 10000) n;
CREATE INDEX ON plain (due_at) WHERE done_at IS NULL;
ANALYZE plain
"""
PLAIN_CLAIM = """
UPDATE plain SET done_at = clock_timestamp() WHERE id IN (
    SELECT id FROM plain WHERE done_at IS NULL AND due_at <= clock_timestamp()
    ORDER BY due_at LIMIT $1 FOR UPDATE SKIP LOCKED
) RETURNING id
"""


async def measure() -> list[Figure]:
    with empty_home() as home:
        servers = home.start("postgres", "prosody", name="servers")
        servers.ready()
        people = await settle_in(home, [f"person{n}" for n in range(PEOPLE)])
        database = await RunningDatabase.open(home)
        due = await database.now() + LEAD
        for person in people:
            await write(database, person.jid, COUNT // PEOPLE, due)
        await database.connection.execute("ANALYZE")
        wait = (due - await database.now()).total_seconds()
        assert wait > 0, "they were due before all were written"
        await asyncio.sleep(wait)
        lateness = await _ours(home_url := address(home), due.timestamp())
        plain = await _plain(home_url)
        await database.close()
    ours = COUNT / max(lateness)
    elsewhere = "DESIGN 3.3, measured elsewhere"
    return [
        Figure("closed a second", ours, "/s", baseline=COUNT / plain,
               against="plain UPDATE … SKIP LOCKED, /s",
               note="the plain loop writes each row once and keeps no lease, share or offer"),
        Figure("closed a second", ours, "/s", baseline=DESIGN_JOBS, against=elsewhere),
        Figure("lateness p50", percentile(lateness, 0.5), "s"),
        Figure("lateness p99", percentile(lateness, 0.99), "s", baseline=DESIGN_LATENESS,
               against=elsewhere),
    ]  # fmt: skip


async def _ours(url: str, due: float) -> list[float]:
    """Return how late each was closed, in seconds."""
    database = await Database.open(url, connections=CLAIMS_AT_ONCE)
    store = PostgresDueOccurrences(database)
    closed: list[float] = []

    async def claimant() -> None:
        while (claim := await store.claim(BATCH, LEASE)).notifications:
            await store.offered(claim)
            await store.close(claim, [each.id for each in claim.notifications], LEASE)
            closed.extend([time.time() - due] * len(claim.notifications))

    await _at_once(claimant)
    await database.close()
    assert len(closed) == COUNT, f"{len(closed)} of {COUNT} closed"
    return closed


async def _plain(url: str) -> float:
    """Return the seconds the plain loop takes, with as many workers and the same batches."""
    pool = await asyncpg.create_pool(url, min_size=CLAIMS_AT_ONCE, max_size=CLAIMS_AT_ONCE)
    await pool.execute(PLAIN_TABLE)
    done = 0

    async def worker() -> None:
        nonlocal done
        while rows := await pool.fetch(PLAIN_CLAIM, BATCH):
            done += len(rows)

    began = time.perf_counter()
    await _at_once(worker)
    took = time.perf_counter() - began
    await pool.close()
    assert done == COUNT
    return took


async def _at_once(work: Callable[[], Awaitable[None]]) -> None:
    async with asyncio.timeout(WITHIN):
        await asyncio.gather(*(work() for _ in range(CLAIMS_AT_ONCE)))
