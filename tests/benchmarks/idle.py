"""(d) A million reminders to come: what waiting for them costs."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta

from behaviours.reminders.fire_due import BATCH, LEASE
from storage.database import Database
from storage.due import PostgresDueOccurrences
from tests.acceptance.database import RunningDatabase, address
from tests.acceptance.household import settle_in
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.raw import RawClient
from tests.benchmarks.stage import cpu_seconds, running_home
from tests.benchmarks.stock import write

TITLE = "(d) 1,000,000 reminders to come"
COUNT = 1_000_000
PEOPLE = 10
WATCHED = 40.0
SETTLING = 15.0
CALLS = 300


async def measure() -> list[Figure]:
    with running_home() as home:
        people = await settle_in(home, [f"person{n}" for n in range(PEOPLE)])
        database = await RunningDatabase.open(home)
        before = await _idle(home.home)
        soon = await database.now() + timedelta(days=2)
        for person in people:
            await write(database, person.jid, COUNT // PEOPLE, soon, "20 seconds")
        for table in ("reminders", "occurrences"):
            await database.connection.execute(f"VACUUM ANALYZE {table}", timeout=300)
        await database.connection.execute("CHECKPOINT", timeout=120)
        total = await database.value("SELECT count(*) FROM occurrences")
        assert total == COUNT, total
        cpu = await _idle(home.home)
        store = await Database.open(address(home), connections=1)
        due = PostgresDueOccurrences(store)
        claims = await _timed(lambda: due.claim(BATCH, LEASE))
        looks = await _timed(due.due_in)
        await store.close()
        async with RawClient(people[0], "raw") as client:
            answer = await client.round_trip(home.assistant, "what's next?")
        await database.close()
    return [
        Figure("idle CPU of all processes", cpu, "% of a core", baseline=before or None,
               against="without reminders, %", aim=1.0,
               note=f"over {WATCHED:g} s, from /proc/*/stat"),
        Figure("claim with nothing due, p50", percentile(claims, 0.5), "ms", aim=1.0),
        Figure("claim with nothing due, p99", percentile(claims, 0.99), "ms"),
        Figure("time to the next due, p50", percentile(looks, 0.5), "ms"),
        Figure("“what's next?” until answered", answer * 1000, "ms"),
    ]  # fmt: skip


async def _idle(home) -> float:
    """Return the share of one core that all processes of a home use, in per cent."""
    await asyncio.sleep(SETTLING)
    before, began = cpu_seconds(home), time.monotonic()
    await asyncio.sleep(WATCHED)
    after, took = cpu_seconds(home), time.monotonic() - began
    used = sum(seconds - before.get(pid, 0.0) for pid, seconds in after.items())
    return 100 * used / took


async def _timed(call: Callable[[], Awaitable[object]]) -> list[float]:
    """Return how long each of many calls took, in milliseconds."""
    took = []
    for _ in range(CALLS):
        began = time.perf_counter()
        await call()
        took.append((time.perf_counter() - began) * 1000)
    return took
