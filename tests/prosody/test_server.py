"""What the one Prosody configuration promises, seen by a client."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
import time
from contextlib import asynccontextmanager
from xml.etree import ElementTree

import pytest
import slixmpp

from gateways.prosody_lists import ITEM_END
from tests.clients.slixmpp_client import SlixmppClient
from tests.servers import unique

STREAM = (
    "<stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' "
    "version='1.0' to='{domain}'>"
)
BURST = 10_000


@asynccontextmanager
async def greeted(prosody, domain=None):
    """Open a stream in the clear; yield what the server offers, and the connection."""
    reader, writer = await asyncio.open_connection(prosody.host, prosody.port)
    writer.write(STREAM.format(domain=domain or prosody.domain).encode())
    try:
        async with asyncio.timeout(10):
            try:
                offered = await reader.readuntil(b"</stream:features>")
            except asyncio.IncompleteReadError as error:
                offered = error.partial
        yield offered.decode(), reader, writer
    finally:
        writer.transport.abort()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def two_clients(prosody, *, names=("alice", "bob")):
    accounts = await prosody.accounts(*(unique(name) for name in names))
    first, second = accounts
    return SlixmppClient(first, second.jid), SlixmppClient(second, first.jid)


async def test_nothing_but_encryption_is_offered_in_the_clear(prosody):
    async with greeted(prosody) as (offered, _, _):
        assert "<required/>" in offered
        assert "mechanism" not in offered


async def test_nobody_can_make_an_account_over_the_network(prosody):
    async with greeted(prosody) as (_, reader, writer):
        writer.write(b"<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
        await reader.readuntil(b"/>")
        context = ssl.create_default_context(cafile=prosody.ca_file)
        await writer.start_tls(context, server_hostname=prosody.domain)
        writer.write(STREAM.format(domain=prosody.domain).encode())
        offered = (await reader.readuntil(b"</stream:features>")).decode()

    assert "SCRAM-SHA-1" in offered
    assert "register" not in offered


async def test_a_wrong_password_is_refused(prosody):
    account = await prosody.account(unique("alice"))
    client = slixmpp.ClientXMPP(account.jid, "guessed")
    client.ca_certs = prosody.ca_file
    client.enable_direct_tls = False
    refused = asyncio.get_running_loop().create_future()
    client.add_event_handler("failed_all_auth", lambda _: refused.set_result(True))
    client.connect(account.host, account.port)

    assert await asyncio.wait_for(refused, 10)
    await client.disconnect(wait=1)


async def test_making_an_account_again_changes_its_password(prosody):
    name = unique("alice")
    before = await prosody.account(name)
    await prosody._server.register({name: "another secret"})
    after = before.__class__(
        before.jid, "another secret", before.host, before.port, before.ca_file
    )

    async with SlixmppClient(after, before.jid) as client:
        assert client.is_live


async def test_ten_thousand_messages_at_once_are_neither_lost_nor_held_up(prosody):
    sender, receiver = await two_clients(prosody)
    async with sender, receiver:
        began = time.monotonic()
        for number in range(BURST):
            message = sender.xmpp.make_message(
                mto=receiver.jid, mbody=str(number), mtype="chat"
            )
            message.send()
        await receiver.until(lambda: len(receiver.heard) >= BURST or None, "all", 60)

    assert [int(message.body) for message in receiver.heard] == list(range(BURST))
    # Debian's own limit of 10 kB/s would take minutes.
    assert time.monotonic() - began < 30


async def test_messages_wait_for_who_is_away(prosody):
    sender, receiver = await two_clients(prosody)
    async with sender:
        sender.say("remember the milk")
        await sender.sent()

    async with receiver:
        heard = await receiver.hears("milk")

    assert heard.delayed_since is not None


async def test_a_cut_connection_resumes_and_hears_what_was_said_meanwhile(prosody):
    sender, receiver = await two_clients(prosody)
    async with sender, receiver:
        receiver.cut()
        sender.say("while you were away")

        await receiver.hears("while you were away")

    assert receiver.sessions == 1


async def test_a_message_of_a_hundred_kilobytes_passes(prosody):
    sender, receiver = await two_clients(prosody)
    async with sender, receiver:
        sender.say("x" * 100_000)

        heard = await receiver.hears("xxx")

    assert len(heard.body) == 100_000


async def archive_everything(client):
    """Say that all messages of this account are to be archived (XEP-0313, section 7)."""
    request = client.xmpp.make_iq_set()
    request.append(ElementTree.fromstring("<prefs xmlns='urn:xmpp:mam:2' default='always'/>"))
    await request.send(timeout=10)


async def archive_of(client):
    answer = await client.xmpp.plugin["xep_0313"].retrieve(rsm={"max": 50})
    return [
        result["mam_result"]["forwarded"]["stanza"]["body"]
        for result in answer["mam"]["results"]
    ]


async def test_only_who_asks_for_an_archive_has_one(prosody):
    person, assistant = await two_clients(prosody, names=("person", "assistant"))
    async with person, assistant:
        person.say("before")
        await assistant.hears("before")
        await archive_everything(assistant)

        person.say("after")
        heard = await assistant.hears("after")
        assistant.say("yes")
        await person.hears("yes")

        assert heard.stanza_id is not None
        assert await archive_of(assistant) == ["after", "yes"]
        assert await archive_of(person) == []


async def test_a_preference_for_an_archive_outlives_the_session(prosody):
    person, assistant = await two_clients(prosody, names=("person", "assistant"))
    async with assistant:
        await archive_everything(assistant)
    async with person:
        person.say("while you were away")
        await person.sent()

    async with SlixmppClient(assistant.account, person.jid) as again:
        assert await archive_of(again) == ["while you were away"]


async def test_other_servers_are_not_talked_to(prosody):
    client, _ = await two_clients(prosody)
    async with client:
        client.say("hello", to="somebody@elsewhere.example")
        await client.until(lambda: client.refusals or None, "refusal", 10)

    assert client.refusals == ["not-allowed"]


@pytest.mark.parametrize("domain", ["elsewhere.example", "conference.localhost"])
async def test_only_one_domain_is_served(prosody, domain):
    async with greeted(prosody, domain) as (offered, _, _):
        assert "host-unknown" in offered


async def test_prosody_ends_an_item_of_a_list_as_we_take_it(prosody):
    sender, receiver = await two_clients(prosody)
    async with sender:
        sender.say("first);\nsecond")
        await sender.sent()

    name = receiver.account.jid.partition("@")[0].replace("-", "%2d")
    stored = prosody.file(f"localhost/offline/{name}.list").read_bytes()

    assert stored.count(ITEM_END) == 1
    assert stored.endswith(ITEM_END)
