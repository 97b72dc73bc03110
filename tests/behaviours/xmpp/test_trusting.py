"""Nothing is told to a server that cannot prove who it is, and no password is tried in vain."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from behaviours.xmpp.stream import Account, Stream
from gateways.certificates import Certificates
from ontology.errors import ServerError
from tests.behaviours.xmpp.impostor import Impostor, impostor
from tests.behaviours.xmpp.listening import login
from tests.conversing import gone

DOMAIN = "localhost"


def certificates(directory: Path, domain: str) -> Certificates:
    directory.mkdir()
    made = Certificates(directory, domain)
    made.renew()
    return made


async def tries_to_log_in(server: Impostor, ca_file: Path | None) -> None:
    """Try until the server has seen what it can see."""
    account = Account(f"agent@{DOMAIN}/steward", "secret", "127.0.0.1", server.port, ca_file)
    stream = Stream(account)
    opening = asyncio.create_task(stream.open())
    async with asyncio.timeout(20):
        await server.seen_through.wait()
    await gone(opening)
    await stream.close()


async def test_a_server_that_proves_its_name_is_told_who_we_are(tmp_path):
    ours = certificates(tmp_path / "ours", DOMAIN)
    async with impostor(ours) as server:
        await tries_to_log_in(server, ours.ca_file)

    assert b"<stream:stream" in server.told


async def test_a_server_of_an_unknown_authority_is_told_nothing(tmp_path):
    ours, theirs = (certificates(tmp_path / who, DOMAIN) for who in ("ours", "theirs"))
    async with impostor(theirs) as server:
        await tries_to_log_in(server, ours.ca_file)

    assert server.told == b""


async def test_why_a_server_is_not_trusted_is_told(tmp_path):
    ours, theirs = (certificates(tmp_path / who, DOMAIN) for who in ("ours", "theirs"))
    async with impostor(theirs) as server:
        account = Account(
            f"agent@{DOMAIN}/steward", "secret", "127.0.0.1", server.port, ours.ca_file
        )
        with pytest.raises(ServerError, match="certificate"):
            await Stream(account).open(within=2)


async def test_a_server_with_a_good_certificate_for_another_name_is_told_nothing(tmp_path):
    elsewhere = certificates(tmp_path / "elsewhere", "elsewhere.example")
    async with impostor(elsewhere) as server:
        await tries_to_log_in(server, elsewhere.ca_file)

    assert server.told == b""


async def test_an_authority_of_our_own_is_not_known_to_the_world(tmp_path):
    ours = certificates(tmp_path / "ours", DOMAIN)
    async with impostor(ours) as server:
        await tries_to_log_in(server, None)

    assert server.told == b""


async def test_a_server_that_offers_no_encryption_is_told_no_password(tmp_path):
    async with impostor(None) as server:
        await tries_to_log_in(server, certificates(tmp_path / "ours", DOMAIN).ca_file)

    assert b"<auth" not in server.told
    assert b"secret" not in server.told


async def test_a_wrong_password_is_told_at_once(prosody, two):
    account = replace(login(two[0]), password="wrong")

    async with asyncio.timeout(10):
        with pytest.raises(ServerError, match="refused our password"):
            await Stream(account).open(within=30)


async def test_an_account_that_does_not_exist_is_told_at_once(two):
    account = replace(login(two[0]), jid="nobody-at-all@localhost/steward")

    async with asyncio.timeout(10):
        with pytest.raises(ServerError, match="refused our password"):
            await Stream(account).open(within=30)


async def test_a_server_that_is_not_there_is_told_in_the_end(unused_tcp_port, two):
    account = replace(login(two[0]), port=unused_tcp_port)

    with pytest.raises(
        ServerError, match=f"the XMPP server at 127.0.0.1:{unused_tcp_port} did not answer"
    ):
        await Stream(account).open(within=0.5)


async def test_a_stream_that_was_not_opened_leaves_nothing_behind(two, unused_tcp_port):
    before = asyncio.all_tasks()

    with pytest.raises(ServerError):
        await Stream(replace(login(two[0]), port=unused_tcp_port)).open(within=0.5)

    await asyncio.wait(asyncio.all_tasks() - before - {asyncio.current_task()}, timeout=2)
    assert asyncio.all_tasks() == before
