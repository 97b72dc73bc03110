"""What is said arrives once, whatever happens to the connection, which comes back."""

from __future__ import annotations

import asyncio
import signal
import time
from random import Random

import pytest

from behaviours.xmpp import connection
from behaviours.xmpp.stanzas import acl_stanza, chat_stanza, metadata_of
from behaviours.xmpp.stream import Unsettled
from ontology.acl import Envelope, Performative
from ontology.reminders.acts import REMINDERS, NothingFound
from tests.behaviours.xmpp.impostor import Quitter
from tests.behaviours.xmpp.listening import Listener, login
from tests.chaos.proxy import Proxy, Wire
from tests.clients.waiting import eventually
from tests.servers import unique

BACK_WITHIN = 10.0


def the_wire(proxy: Proxy) -> Wire:
    """The one connection that stands."""
    wire = proxy.pick(Random(0))
    assert wire is not None
    return wire


async def test_a_message_said_once_is_settled_when_the_server_has_it(two):
    agent, person = two
    async with Listener(agent) as saying, Listener(person) as hearing:
        keys = [await saying.say_once(person.jid, f"message {n}") for n in range(20)]

        await hearing.hears_all(20)
        assert [message.message_id for message in hearing.heard] == keys


async def test_a_message_said_once_without_a_session_is_unsettled(two):
    agent, person = two
    saying = Listener(agent)

    with pytest.raises(Unsettled):
        await saying.say_once(person.jid, "into the void")


async def test_what_is_said_before_there_is_a_session_goes_out_in_order_later(two):
    agent, person = two
    async with Listener(person) as hearing:
        saying = Listener(agent)
        said = [f"message {n}" for n in range(20)]
        for body in said:
            saying.say(person.jid, body)

        async with saying:
            assert await hearing.hears_all(20) == said


async def test_what_is_said_while_the_stream_is_cut_goes_out_when_it_is_back(two, proxy):
    agent, person = two
    async with Listener(person) as hearing, Listener(agent, port=proxy.port) as saying:
        saying.say(person.jid, "before")
        the_wire(proxy).cut()
        saying.say(person.jid, "in between")
        await saying.until(lambda: not saying.stream.online or None, "the cut", 5)
        saying.say(person.jid, "after")

        assert await hearing.hears_all(3) == ["before", "in between", "after"]


async def test_cuts_lose_and_double_nothing_in_either_direction(two, proxy):
    agent, person = two
    count = 200
    async with (
        Listener(agent, port=proxy.port) as cut,
        Listener(person) as steady,
    ):
        for n in range(count):
            cut.say(person.jid, f"to {n}")
            steady.say(agent.jid, f"fro {n}")
            if n % 50 == 25:
                await cut.hears_all(n // 2)
                the_wire(proxy).cut()
                await cut.resumed(n // 50 + 1)

        assert await steady.hears_all(count) == [f"to {n}" for n in range(count)]
        assert await cut.hears_all(count) == [f"fro {n}" for n in range(count)]
        await steady.say_once(agent.jid, "last")
        await cut.hears("last")
        assert (len(cut.heard), len(steady.heard)) == (count + 1, count)
        assert cut.sessions == 1


async def test_a_message_said_once_settles_although_the_stream_is_cut_and_resumed(two, proxy):
    agent, person = two
    async with Listener(agent, port=proxy.port) as saying, Listener(person) as hearing:
        wire = the_wire(proxy)
        wire.fall_silent()
        said = asyncio.create_task(saying.say_once(person.jid, "once"))
        await asyncio.sleep(0)
        wire.cut()

        await asyncio.wait_for(said, BACK_WITHIN)
        await hearing.hears("once")
        await saying.say_once(person.jid, "last")
        await hearing.hears("last")
        assert hearing.count("once") == 1


async def test_after_a_silence_the_stream_comes_back_by_itself(two, proxy, monkeypatch):
    assert 2 * connection.HEARTBEAT < BACK_WITHIN
    monkeypatch.setattr(connection, "HEARTBEAT", 0.5)
    agent, person = two
    async with Listener(agent, port=proxy.port) as silenced, Listener(person) as hearing:
        the_wire(proxy).fall_silent()
        silenced.say(person.jid, "into the silence")

        await silenced.resumed(1, within=BACK_WITHIN)
        await hearing.hears("into the silence")
        assert hearing.count("into the silence") == 1


@pytest.mark.parametrize("seed", [0, 1, 3])
async def test_cuts_and_silences_at_any_moment_do_not_keep_it_away(
    two, proxy, seed, monkeypatch
):
    monkeypatch.setattr(connection, "HEARTBEAT", 0.5)
    agent, _ = two
    chance = Random(seed)
    async with Listener(agent, port=proxy.port) as cut:
        for _ in range(12):
            wire = await eventually(lambda: proxy.pick(chance), "another try", BACK_WITHIN)
            if chance.random() < 0.7:
                wire.cut()
            else:
                wire.fall_silent()

        await eventually(lambda: cut.stream.online, "the stream is back", BACK_WITHIN)
        cut.say(agent.jid, "still there?")
        await cut.hears("still there?", within=BACK_WITHIN)


@pytest.mark.parametrize("how", ["closed", "cut", "silent"])
@pytest.mark.parametrize(
    "answers", range(4), ids=["at once", "after its offer", "before TLS", "amid TLS"]
)
async def test_a_connection_that_ends_while_it_begins_is_tried_again(two, answers, how):
    quitter = Quitter(answers, how)
    server = await asyncio.start_server(quitter.answer, "127.0.0.1", 0)
    stubborn = Listener(two[0], port=server.sockets[0].getsockname()[1])
    opening = asyncio.create_task(stubborn.stream.open())
    await asyncio.wait_for(quitter.ended.wait(), BACK_WITHIN)

    stubborn.stream._account = login(two[0])

    await asyncio.wait_for(opening, BACK_WITHIN)
    await stubborn.stream.close()
    server.close()


@pytest.fixture
async def pair(own_prosody):
    """Accounts on a server that may be killed."""
    return await own_prosody.accounts(unique("agent"), unique("person"))


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
async def test_the_stream_is_back_soon_after_the_server(own_prosody, pair, how):
    agent, _ = pair
    async with Listener(agent) as coming_back:
        await own_prosody.stop(how)
        await coming_back.until(
            lambda: not coming_back.stream.online or None, "the end of the session", 10
        )
        await own_prosody.start()
        began = time.monotonic()

        await coming_back.began(2, within=BACK_WITHIN)
        assert time.monotonic() - began < BACK_WITHIN


async def test_a_login_that_is_refused_for_a_while_is_tried_again(own_prosody, pair):
    agent, _ = pair
    refused = asyncio.Event()
    async with Listener(agent) as coming_back:
        coming_back.stream.add_event_handler("failed_all_auth", lambda _: refused.set())
        await own_prosody.stop()
        own_prosody.forget(agent)
        await own_prosody.start()
        await asyncio.wait_for(refused.wait(), 20)

        await own_prosody.account(agent.jid.partition("@")[0])
        await coming_back.began(2)


async def test_what_a_server_that_died_never_got_is_sent_again_in_the_next_session(
    own_prosody, pair
):
    agent, person = pair
    between = await Proxy(own_prosody.host, own_prosody.port).start()
    async with Listener(agent, port=between.port) as saying:
        await saying.say_once(person.jid, "before")
        wire = the_wire(between)
        wire.fall_silent()
        for n in range(5):
            saying.say(person.jid, f"lost {n}")
        await asyncio.sleep(0)
        wire.cut()
        await own_prosody.stop(signal.SIGKILL)
        await own_prosody.start()
        await saying.began(2)
        saying.say(person.jid, "after")

        async with Listener(person) as hearing:
            hearing.stream.send_presence()
            await hearing.hears("after")
            assert [hearing.count(f"lost {n}") for n in range(5)] == [1] * 5
    await between.stop()


async def test_a_message_said_once_is_not_sent_again_from_here_in_another_session(
    own_prosody, pair
):
    agent, person = pair
    between = await Proxy(own_prosody.host, own_prosody.port).start()
    async with Listener(agent, port=between.port) as saying:
        wire = the_wire(between)
        wire.fall_silent()
        said = asyncio.create_task(saying.say_once(person.jid, "once"))
        await asyncio.sleep(0)
        wire.cut()
        await own_prosody.stop(signal.SIGKILL)
        await own_prosody.start()

        with pytest.raises(Unsettled):
            await asyncio.wait_for(said, 20)
        saying.say(person.jid, "after")

        async with Listener(person) as hearing:
            hearing.stream.send_presence()
            await hearing.hears("after")
            assert hearing.count("once") == 0
    await between.stop()


ILLEGAL = "nul \x00, bell \x07, tab \x0b, escape \x1b, no character \ufffe\uffff, half \ud800"


async def test_what_xml_cannot_carry_is_replaced_and_the_stream_lives(two):
    agent, person = two
    async with Listener(agent) as saying, Listener(person) as hearing:
        saying.say(person.jid, ILLEGAL)
        saying.say(person.jid, "<b>&amp;</b> ]]> ' \" tab\tline\nö 💧")

        heard = await hearing.hears_all(2)

        assert heard[0] == (
            "nul \ufffd, bell \ufffd, tab \ufffd, escape \ufffd, "
            "no character \ufffd\ufffd, half \ufffd"
        )
        assert heard[1] == "<b>&amp;</b> ]]> ' \" tab\tline\nö 💧"


async def test_a_message_between_agents_carries_what_xml_cannot_too(two):
    agent, other = two
    envelope = Envelope(
        performative=Performative.FAILURE,
        protocol="fipa-request",
        ontology="reminders",
        conversation="a 'quoted' <conversation> \x00",
        sender=agent.jid,
        receiver=other.jid,
        content=NothingFound(target="nul \x00, no character \uffff"),
    )
    async with Listener(agent) as saying, Listener(other) as hearing:
        body = REMINDERS.encode(envelope.content)
        saying.stream.post(acl_stanza(envelope, body), envelope.message_id)
        await hearing.hears_all(1)

    metadata = metadata_of(hearing.stanzas[0])
    assert metadata is not None
    assert metadata["conversation-id"] == "a 'quoted' <conversation> \ufffd"
    assert metadata["performative"] == "failure"
    assert metadata["reply-with"] == envelope.message_id
    # JSON can carry what XML cannot, as long as it is written as an escape.
    assert REMINDERS.decode(hearing.bodies[0]) == NothingFound(
        target="nul \x00, no character \ufffd"
    )


async def test_deep_nesting_is_dropped_or_passed_on_and_the_stream_lives(two):
    agent, stranger = two
    deep = "<a>" * 5_000 + "</a>" * 5_000
    async with Listener(agent) as hearing, Listener(stranger) as hostile:
        for kind in ("chat", "normal", "headline", "error"):
            hostile.stream.send_raw(
                f"<message to='{agent.jid}' type='{kind}'><body>deep</body>{deep}</message>"
            )
        hostile.say(agent.jid, "still there?")

        await hearing.hears("still there?")
        assert hearing.stream.online
        assert hearing.sessions == 1


async def test_messages_longer_than_any_that_people_type_get_through(two):
    agent, person = two
    async with Listener(agent) as saying, Listener(person) as hearing:
        long = "x" * 200_000
        await saying.say_once(person.jid, long)

        assert await hearing.hears_all(1) == [long]


async def test_a_stream_that_was_closed_stays_closed(two, proxy):
    agent, _ = two
    closed = Listener(agent, port=proxy.port)
    await closed.stream.open()
    await closed.stream.close()

    await eventually(lambda: proxy.pick(Random(0)) is None, "the end of the connection", 5)
    assert not closed.stream.online
    with pytest.raises(Unsettled):
        await closed.say_once(agent.jid, "anybody?")


async def test_what_is_said_to_oneself_comes_back(two):
    async with Listener(two[0]) as alone:
        alone.stream.send_presence()
        alone.stream.post(chat_stanza(alone.jid, "echo", "e1"), "e1")

        await alone.hears("echo")
