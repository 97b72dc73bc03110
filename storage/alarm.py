"""The alarm of the firing loop: LISTEN on the channel that writers notify.

A notification is only a hint: none is kept for a connection that was cut. So a connection made
anew rings at once, and whoever waits looks at the clock in any case.
"""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Final

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.database import Database
from storage.occurrences import CHANNEL

SHORTEST_PAUSE: Final = 0.2
"""Seconds between two attempts to connect, so that a server that is down costs nothing."""


class PostgresAlarm:
    """Implements :class:`ontology.reminders.ports.Alarm` with a connection of its own."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._bell = asyncio.Event()
        self._connection: AsyncConnection | None = None
        self._is_cut = False
        self._tried_at = float("-inf")

    async def rung(self, within: timedelta) -> None:
        try:
            async with asyncio.timeout(within.total_seconds()):
                await self._listen()
                await self._bell.wait()
        except TimeoutError:
            return
        self._bell.clear()

    async def close(self) -> None:
        """Stop listening."""
        connection, self._connection = self._connection, None
        if connection is not None:
            await connection.invalidate()
            await connection.close()

    async def _listen(self) -> None:
        while self._connection is None or self._is_cut:
            await self.close()
            await self._pause()
            try:
                await self._connect()
            except (asyncpg.PostgresError, asyncpg.InterfaceError, DBAPIError, OSError):
                continue

    async def _pause(self) -> None:
        now = asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._tried_at + SHORTEST_PAUSE - now()))
        self._tried_at = now()

    async def _connect(self) -> None:
        self._connection = await self._database.engine.connect()
        self._is_cut = True
        driver = (await self._connection.get_raw_connection()).driver_connection
        assert driver is not None
        driver.add_termination_listener(lambda _: self._cut())
        await driver.add_listener(CHANNEL, lambda *_: self._bell.set())
        self._is_cut = False
        self._bell.set()

    def _cut(self) -> None:
        self._is_cut = True
        self._bell.set()
