"""The proxy cuts and silences as it says, and leaves alone what it is not told to touch."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from random import Random

import pytest

from tests.chaos.faults import KINDS, draw
from tests.chaos.proxy import Proxy

Ends = tuple[asyncio.StreamReader, asyncio.StreamWriter]


@asynccontextmanager
async def echo_behind_a_proxy() -> AsyncIterator[tuple[Proxy, Ends]]:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()

    server = await asyncio.start_server(echo, "127.0.0.1", 0)
    proxy = await Proxy("127.0.0.1", server.sockets[0].getsockname()[1]).start()
    ends = await asyncio.open_connection("127.0.0.1", proxy.port)
    try:
        yield proxy, ends
    finally:
        ends[1].close()
        await proxy.stop()
        server.close()


async def said(ends: Ends, line: bytes) -> bytes:
    ends[1].write(line)
    return await asyncio.wait_for(ends[0].readline(), 5)


async def test_what_is_said_passes():
    async with echo_behind_a_proxy() as (_, ends):
        assert await said(ends, b"hello\n") == b"hello\n"


async def test_a_cut_is_noticed_at_once():
    async with echo_behind_a_proxy() as (proxy, ends):
        await said(ends, b"hello\n")
        wire = proxy.pick(Random(1))
        assert wire is not None
        wire.cut()
        with pytest.raises((ConnectionResetError, AssertionError)):
            assert await said(ends, b"hello?\n")


async def test_a_silent_connection_says_nothing_and_is_not_picked_again():
    async with echo_behind_a_proxy() as (proxy, ends):
        await said(ends, b"hello\n")
        wire = proxy.pick(Random(1))
        assert wire is not None
        wire.fall_silent()
        ends[1].write(b"hello?\n")
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(ends[0].readline(), 0.3)
        assert proxy.pick(Random(1)) is None


def test_one_seed_draws_the_same_faults_and_every_kind_comes_up():
    drawn = draw(60, Random(5))
    assert drawn == draw(60, Random(5))
    assert set(drawn) == set(KINDS)
    assert len(drawn) == 60
