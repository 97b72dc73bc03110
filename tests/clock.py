"""Driving time: the clock is a function, which a throw-away database may replace."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import text

from storage.database import Database


async def now(database: Database) -> datetime:
    """Return the database's time."""
    async with database.transaction() as connection:
        return (await connection.execute(text("SELECT steward_now()"))).scalar_one()


async def set_clock(database: Database, at: datetime) -> None:
    """Let it be ``at`` now, and time run on from there; wakes the firing loop."""
    async with database.transaction() as connection:
        real = (await connection.execute(text("SELECT clock_timestamp()"))).scalar_one()
        seconds = (at - real).total_seconds()
        await connection.execute(
            text(
                "CREATE OR REPLACE FUNCTION steward_now() RETURNS timestamptz"
                " LANGUAGE sql VOLATILE AS"
                f" $$SELECT clock_timestamp() + interval '{seconds:.6f} seconds'$$"
            )
        )
        await connection.execute(text("NOTIFY steward_due"))


async def advance(database: Database, by: timedelta) -> None:
    """Let some time pass at once."""
    await set_clock(database, await now(database) + by)
