"""A loopback TCP proxy whose connections can be cut, or fall silent, at will."""

from __future__ import annotations

import asyncio
import contextlib
from random import Random

from tests.clients.waiting import eventually

CHUNK = 1 << 16


class Wire:
    """One connection through the proxy."""

    def __init__(self, near: asyncio.StreamWriter, far: asyncio.StreamWriter) -> None:
        self.near = near
        self.far = far
        self.speaks = asyncio.Event()
        self.speaks.set()

    def cut(self) -> None:
        """Both ends learn that the connection is gone; what was under way is lost."""
        for writer in (self.near, self.far):
            writer.transport.abort()

    def fall_silent(self) -> None:
        """Nothing gets through any more and nobody is told."""
        self.speaks.clear()


class Proxy:
    """Listens on a port of its own and passes everything on to another."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._wires: list[Wire] = []
        self._server: asyncio.Server | None = None

    async def start(self) -> Proxy:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        return self

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
        for wire in list(self._wires):
            wire.cut()
            wire.speaks.set()
        await eventually(lambda: not self._wires, "the end of all connections", 5.0)

    def pick(self, chance: Random) -> Wire | None:
        """Return one of the connections that stand, if there are any."""
        standing = [wire for wire in self._wires if wire.speaks.is_set()]
        return chance.choice(standing) if standing else None

    async def _connected(
        self, reader: asyncio.StreamReader, near: asyncio.StreamWriter
    ) -> None:
        try:
            answers, far = await asyncio.open_connection(self._host, self._port)
        except OSError:
            near.transport.abort()
            return
        wire = Wire(near, far)
        self._wires.append(wire)
        ways = [
            asyncio.ensure_future(_pass_on(reader, far, wire)),
            asyncio.ensure_future(_pass_on(answers, near, wire)),
        ]
        try:
            await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
            # What the other end had said before it left still arrives.
            await asyncio.wait(ways, timeout=0.2)
        finally:
            for way in ways:
                way.cancel()
            wire.cut()
            self._wires.remove(wire)


async def _pass_on(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, wire: Wire
) -> None:
    with contextlib.suppress(OSError):
        while said := await reader.read(CHUNK):
            await wire.speaks.wait()
            writer.write(said)
            await writer.drain()
        with contextlib.suppress(OSError, RuntimeError):
            writer.write_eof()
