"""The database of a running installation: its clock to drive, its rows to count."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import asyncpg

from config.home import Home
from storage.embedded_postgres import EmbeddedPostgres
from tests.acceptance.installation import Installation

CLOCK = """
CREATE OR REPLACE FUNCTION steward_now() RETURNS timestamptz
LANGUAGE sql VOLATILE AS 'SELECT clock_timestamp() + interval ''{seconds:.6f} seconds'''
"""
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
BERLIN = ZoneInfo("Europe/Berlin")


def address(installation: Installation) -> str:
    """Where the installation's own PostgreSQL is, as asyncpg reads it. Holds a password."""
    home = Home(installation.home)
    url = EmbeddedPostgres(home.postgres, home.secret("postgres")).url
    return url.replace("postgresql+asyncpg", "postgresql", 1)


class RunningDatabase:
    """One connection beside those of the agents."""

    def __init__(self, connection: asyncpg.Connection) -> None:
        self.connection = connection

    @classmethod
    async def open(cls, installation: Installation) -> RunningDatabase:
        return cls(await asyncpg.connect(address(installation), timeout=10))

    async def close(self) -> None:
        await self.connection.close(timeout=5)

    async def value(self, query: str, *arguments: object) -> Any:
        return await self.connection.fetchval(query, *arguments)

    async def rows(self, query: str, *arguments: object) -> list[Any]:
        return await self.connection.fetch(query, *arguments)

    async def reminders_of(self, jid: str) -> int:
        """How many reminders are stored for a person, whatever became of them."""
        query = "SELECT count(*) FROM reminders NATURAL JOIN addresses WHERE address = $1"
        return int(await self.value(query, jid))

    # -- the clock ---------------------------------------------------------------------------

    async def now(self) -> datetime:
        at = await self.value("SELECT steward_now()")
        assert isinstance(at, datetime)
        return at

    async def set_clock(self, at: datetime) -> datetime:
        """Let it be this time now, from where time goes on."""
        real = await self.value("SELECT clock_timestamp()")
        await self.connection.execute(CLOCK.format(seconds=(at - real).total_seconds()))
        await self.connection.execute("NOTIFY steward_due")
        return at

    async def advance(self, **by: float) -> datetime:
        """Let time pass at once."""
        return await self.set_clock(await self.now() + timedelta(**by))

    async def go_to(self, weekday: str, hour: int, minute: int = 0) -> datetime:
        """Let it be the next such weekday and local time in Berlin, never going back."""
        now = (await self.now()).astimezone(BERLIN)
        days = (WEEKDAYS.index(weekday) - now.weekday()) % 7
        at = datetime.combine(now.date() + timedelta(days), time(hour, minute), BERLIN)
        if at <= now:
            at += timedelta(days=7)
        return await self.set_clock(at)
