"""Named points of a transaction at which a process can be stopped, to be killed there.

A trigger lets a statement of one person wait for a lock that the test holds. Nothing of it is
in the program: it stands wherever it happens to write.
"""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from tests.acceptance.channels import Channels
from tests.acceptance.somebody import SOON
from tests.clients.waiting import eventually

_numbers = itertools.count(7_000)

WAITS_FOR_LOCK = """
CREATE OR REPLACE FUNCTION wait_at_gate() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN PERFORM pg_advisory_xact_lock_shared(TG_ARGV[0]::bigint); RETURN NEW; END $$
"""


class Gates:
    """The gates of one test, all shut until they are opened together."""

    def __init__(self, channels: Channels) -> None:
        self._database = channels.database
        self._made: dict[int, str] = {}

    async def shut(self, event: str, table: str, person_id: UUID, when: str = "true") -> None:
        """Let whoever does this (``INSERT``, ``UPDATE``) for a person stand still there.

        ``when`` is a condition on the new row, NEW.
        """
        number = next(_numbers)
        await self._run(WAITS_FOR_LOCK)
        await self._run(f"SELECT pg_advisory_lock({number})")
        await self._run(
            f"CREATE TRIGGER gate_{number} BEFORE {event} ON {table} FOR EACH ROW"
            f" WHEN (NEW.person_id = '{person_id}' AND {when})"
            f" EXECUTE FUNCTION wait_at_gate({number})"
        )
        self._made[number] = table

    async def are_reached(self) -> None:
        """Wait until somebody stands before each of them."""
        waiting = """SELECT count(DISTINCT objid) FROM pg_locks
            WHERE locktype = 'advisory' AND NOT granted AND objid = ANY($1::bigint[])"""

        async def reached() -> Any:
            here = await self._database.value(waiting, list(self._made))
            return here == len(self._made)

        await eventually(reached, f"somebody before the gates of {self._made}", SOON)

    async def open(self) -> None:
        """Let everybody go on, those whose process is gone to their end; take them away."""
        made, self._made = self._made, {}
        for number in made:
            await self._run(f"SELECT pg_advisory_unlock({number})")
        for number, table in made.items():
            await self._run(f"DROP TRIGGER gate_{number} ON {table}")

    async def _run(self, statement: str) -> None:
        await self._database.connection.execute(statement)


@asynccontextmanager
async def gates_of(channels: Channels) -> AsyncIterator[Gates]:
    gates = Gates(channels)
    try:
        yield gates
    finally:
        await gates.open()
