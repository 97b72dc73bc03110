from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from agents.confinement import confinement
from config.ports import free_port
from gateways.prosody import EmbeddedProsody, Options
from tests.chaos.proxy import Proxy
from tests.servers import LOOPBACK, ProsodyForTests, unique


@pytest.fixture
async def proxy(prosody: ProsodyForTests) -> AsyncIterator[Proxy]:
    """A wire to the server that can be cut, and can fall silent."""
    between = await Proxy(prosody.host, prosody.port).start()
    yield between
    await between.stop()


class OwnProsody(ProsodyForTests):
    """A server of one test's own, which may be killed and started again."""

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

    async def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        assert self._process is not None
        self._process.send_signal(how)
        await asyncio.wait_for(self._process.wait(), 60)


@pytest.fixture
async def own_prosody(prosody: ProsodyForTests, tmp_path: Path) -> AsyncIterator[OwnProsody]:
    """A server that this test alone uses, and may kill."""
    confined = await confinement()
    rooms = tmp_path / "data", tmp_path / "certificates"
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
    yield server
    await server.stop(signal.SIGKILL)


@pytest.fixture
async def two(prosody: ProsodyForTests):
    """Accounts of an agent and of somebody who writes to it."""
    return await prosody.accounts(unique("agent"), unique("writer"))
