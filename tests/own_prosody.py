"""A Prosody of one test's own, which may be killed and started again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from agents.confinement import confinement
from config.ports import free_port
from gateways.prosody import EmbeddedProsody, Options
from tests.clients.hearing import Account
from tests.servers import LOOPBACK, ProsodyForTests


class OwnProsody(ProsodyForTests):
    """Nobody else has accounts on it."""

    def __init__(self, server: EmbeddedProsody, domain: str, prefix: tuple[str, ...]) -> None:
        super().__init__(server, domain)
        self._prefix = prefix
        self._process: asyncio.subprocess.Process | None = None

    async def start(self) -> None:
        await self._server.prepare()
        self._process = await asyncio.create_subprocess_exec(
            *self._prefix,
            *("setpriv", "--pdeathsig", "KILL", "--"),
            *self._server.command(),
            env=self._server.environment(),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
        )
        await asyncio.wait_for(self._server.ready(), 60)

    def forget(self, account: Account) -> None:
        """Let there be no such account."""
        name = account.jid.partition("@")[0].replace("-", "%2d")
        (self._server._directory / "localhost" / "accounts" / f"{name}.dat").unlink()

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        await asyncio.wait_for(self._process.wait(), 60)


@asynccontextmanager
async def prosody_of_its_own(directory: Path) -> AsyncIterator[OwnProsody]:
    """Run a server for as long as the block lasts; ``directory`` is empty."""
    confined = await confinement()
    rooms = directory / "data", directory / "certificates"
    for room in rooms:
        room.mkdir(mode=0o700)
    options = Options(LOOPBACK, free_port(LOOPBACK), "localhost")
    server = OwnProsody(
        EmbeddedProsody(*rooms, options, prefix=confined.prefix),
        options.domain,
        confined.prefix,
    )
    confined.own(rooms[0])
    await server.start()
    try:
        yield server
    finally:
        await server.stop(signal.SIGKILL)
