"""A PostgreSQL that is killed and started again."""

from __future__ import annotations

import asyncio
import subprocess
from pathlib import Path

from agents.confinement import Confinement, confinement
from storage.embedded_postgres import EmbeddedPostgres


class DyingPostgres:
    """A server of one test. Killed without a word, and back when :meth:`start` returns."""

    def __init__(self, directory: Path, confined: Confinement) -> None:
        self._confined = confined
        self._server = EmbeddedPostgres(directory, "for tests only", prefix=confined.prefix)
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    async def made_in(cls, directory: Path) -> DyingPostgres:
        confined = await confinement()
        confined.own(directory)
        server = cls(directory, confined)
        await server.start()
        return server

    @property
    def url(self) -> str:
        return self._server.url

    async def start(self) -> None:
        ready = asyncio.create_task(self._server.ready())
        while not ready.done():
            # A killed server's own processes may hold the data for a moment longer.
            if self._process is None or self._process.poll() is not None:
                await self._server.prepare()
                self._process = self._spawn()
            await asyncio.wait({ready}, timeout=0.05)

    def kill(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()

    async def die(self) -> None:
        self.kill()
        await self.start()

    def _spawn(self) -> subprocess.Popen[bytes]:
        command = ["setpriv", "--pdeathsig", "KILL", "--", *self._server.command()]
        return subprocess.Popen(
            [*self._confined.prefix, *command],
            env=self._server.environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
