"""What pretends to be an XMPP server, up to where a client must see through it."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from gateways.certificates import Certificates

HEADER = (
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "version='1.0' id='1' from='localhost'>"
)
STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>"
PLAIN = (
    "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'><mechanism>PLAIN</mechanism>"
    "<mechanism>SCRAM-SHA-1</mechanism></mechanisms>"
)
PROCEED = "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"


class Impostor:
    """Shows ``certificates``, or offers no encryption at all; keeps what it is told then."""

    def __init__(self, certificates: Certificates | None) -> None:
        self.port = 0
        self.callers = 0
        self.told = b""
        self.seen_through = asyncio.Event()
        self._context: ssl.SSLContext | None = None
        if certificates is not None:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(
                certificates.server_file, certificates.server_key_file
            )

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers += 1
        try:
            async with asyncio.timeout(5):
                await self._pretend(reader, writer)
        except (OSError, EOFError, TimeoutError):
            pass
        finally:
            self.seen_through.set()
            writer.transport.abort()

    async def _pretend(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        await reader.readuntil(b"<stream:stream")
        offer = PLAIN if self._context is None else STARTTLS
        writer.write(f"{HEADER}<stream:features>{offer}</stream:features>".encode())
        if self._context is not None:
            await reader.readuntil(b"<starttls")
            await reader.readuntil(b">")
            writer.write(PROCEED.encode())
            await writer.start_tls(self._context)
        while said := await reader.read(4096):
            self.told += said
            if b"<stream:stream" in self.told or b"<auth" in self.told:
                return


class Quitter:
    """A server that answers so many times while a connection begins, and then ends it.

    ``how`` it ends: "closed", "cut", or "silent" where the caller has to hang up.
    """

    ANSWERS = (
        (b"<stream:stream", f"{HEADER}<stream:features>{STARTTLS}</stream:features>"),
        (b"<starttls", PROCEED),
    )
    """What is waited for, and what is said then."""

    def __init__(self, answers: int, how: str) -> None:
        self.callers = 0
        self.ended = asyncio.Event()
        self._answers = self.ANSWERS[:answers]
        self._reads_on = answers > len(self.ANSWERS)
        self._how = how

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.callers += 1
        with contextlib.suppress(OSError, EOFError, TimeoutError):
            async with asyncio.timeout(5):
                for awaited, said in self._answers:
                    await reader.readuntil(awaited)
                    writer.write(said.encode())
                    await writer.drain()
                if self._reads_on:
                    await reader.read(4096)
        self.ended.set()
        if self._how == "silent":
            with contextlib.suppress(OSError):
                while await reader.read(4096):
                    pass
        if self._how == "closed":
            writer.close()
        else:
            writer.transport.abort()


@asynccontextmanager
async def impostor(certificates: Certificates | None) -> AsyncIterator[Impostor]:
    """Let an impostor answer on a port of its own."""
    pretending = Impostor(certificates)
    server = await asyncio.start_server(pretending.answer, "127.0.0.1", 0)
    pretending.port = server.sockets[0].getsockname()[1]
    try:
        yield pretending
    finally:
        server.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await server.wait_closed()
