"""What was heard is acknowledged when it is handled, in order, and not before."""

from __future__ import annotations

import asyncio
import sys
from random import Random

import pytest

from tests.behaviours.xmpp.listening import Listener

EVERYTHING = [f"message {n}" for n in range(80)]


async def test_an_agent_killed_over_its_messages_gets_all_of_them_again(two):
    agent, writer = two
    reading = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.behaviours.xmpp.dying"),
        *(f"{agent.jid}/steward", agent.password, agent.host, str(agent.port), agent.ca_file),
        str(len(EVERYTHING)),
        stdout=asyncio.subprocess.PIPE,
    )
    async with Listener(writer) as writing:
        for body in EVERYTHING:
            writing.say(agent.jid, body)
        assert reading.stdout is not None
        assert await asyncio.wait_for(reading.stdout.readline(), 30) == b"read\n"

        reading.kill()
        await reading.wait()

        async with Listener(agent) as again:
            assert await again.hears_all(len(EVERYTHING)) == EVERYTHING


async def test_only_what_was_not_handled_comes_again(two, proxy):
    agent, writer = two
    async with Listener(writer) as writing:
        first = Listener(agent, port=proxy.port, handles=False)
        await first.stream.open()
        for body in EVERYTHING:
            writing.say(agent.jid, body)
        await first.hears_all(len(EVERYTHING))

        for ticket in first.tickets[:50]:
            ticket.handled()
        # The server is told a moment later.
        await first.stream.plugin["xep_0199"].ping(timeout=5)
        first.management.send_ack()
        await first.stream.plugin["xep_0199"].ping(timeout=5)
        await die(first, proxy)

        async with Listener(agent) as again:
            assert await again.hears_all(30) == EVERYTHING[50:]


async def die(listener, proxy):
    """End a stream as a kill would: without a word, and for good."""
    listener.stream._closing = True
    proxy.pick(Random(0)).cut()
    await listener.until(lambda: not listener.stream.online or None, "the cut", 5)


async def test_what_was_handled_before_a_polite_end_does_not_come_again(two):
    agent, writer = two
    async with Listener(writer) as writing:
        first = Listener(agent)
        await first.stream.open()
        for body in EVERYTHING[:10]:
            writing.say(agent.jid, body)
        await first.hears_all(10)
        await first.stream.close()

        async with Listener(agent) as again:
            writing.say(agent.jid, "the first that is new")
            await again.hears("the first that is new")
            assert again.bodies == ["the first that is new"]


async def test_a_slow_message_holds_back_the_count_until_it_is_handled(two):
    agent, writer = two
    async with Listener(agent, handles=False) as slow, Listener(writer) as writing:
        for body in ("slow", "quick", "quick too"):
            writing.say(agent.jid, body)
        await slow.hears_all(3)
        before = slow.management.handled

        for ticket in slow.tickets[:0:-1]:
            ticket.handled()
        assert slow.management.handled == before

        slow.tickets[0].handled()
        assert slow.management.handled == before + 3


async def test_a_ticket_that_is_used_twice_counts_once(two):
    agent, writer = two
    async with Listener(agent, handles=False) as twice, Listener(writer) as writing:
        for body in ("one", "two"):
            writing.say(agent.jid, body)
        await twice.hears_all(2)
        before = twice.management.handled

        twice.tickets[0].handled()
        twice.tickets[0].handled()

        assert twice.management.handled == before + 1


async def test_a_session_that_is_resumed_repeats_what_was_not_handled_and_nothing_else(
    two, proxy
):
    agent, writer = two
    async with (
        Listener(agent, port=proxy.port, handles=False) as cut,
        Listener(writer) as writing,
    ):
        for body in EVERYTHING[:10]:
            writing.say(agent.jid, body)
        await cut.hears_all(10)
        for ticket in cut.tickets[:4]:
            ticket.handled()
        late = cut.tickets[4:]

        proxy.pick(Random(0)).cut()
        await cut.resumed(1)

        assert (await cut.hears_all(16))[10:] == EVERYTHING[4:10]
        # A ticket of before the cut does not count for what came again.
        before = cut.management.handled
        for ticket in late:
            ticket.handled()
        assert cut.management.handled == before
        for ticket in cut.tickets[10:]:
            ticket.handled()
        assert cut.management.handled == before + 6


DEEP = "<a>" * 5_000 + "</a>" * 5_000
ZOO = [
    "<message to='{to}' type='headline'><body>extra, extra</body></message>",
    "<message to='{to}' type='normal'><body>normal</body></message>",
    "<message to='{to}'><body>without a type</body></message>",
    "<message to='{to}' type='chat'><active xmlns='http://jabber.org/protocol/chatstates'/></message>",
    "<message to='{to}' type='chat'><received xmlns='urn:xmpp:carbons:2'/></message>",
    "<message to='{to}' type='chat'><result xmlns='urn:xmpp:mam:2'/></message>",
    "<message to='{to}' type='error'><body>?</body><error type='cancel'/></message>",
    "<message to='{to}' type='unheard-of'><body>?</body></message>",
    "<iq to='{to}/steward' type='get' id='q1'><query xmlns='urn:nobody:knows'/></iq>",
    "<iq to='{to}/steward' type='result' id='q2'/>",
    "<presence to='{to}' type='subscribe'/>",
    "<presence to='{to}'/>",
    "<presence to='{to}' type='unsubscribe'/>",
]
NESTED = [
    f"<message to='{{to}}' type='headline'>{DEEP}</message>",
    f"<message to='{{to}}' type='chat'>{DEEP}</message>",
    f"<message to='{{to}}' type='chat'><body>deep</body>{DEEP}</message>",
    f"<iq to='{{to}}/steward' type='set' id='q3'>{DEEP}</iq>",
    f"<presence to='{{to}}' type='subscribed'>{DEEP}</presence>",
]


@pytest.mark.parametrize("stanzas", [ZOO, NESTED], ids=["a zoo", "nested deeply"])
async def test_every_stanza_is_counted_once_whatever_it_is(two, proxy, stanzas):
    agent, writer = two
    async with Listener(agent, port=proxy.port) as counting, Listener(writer) as writing:
        for n, stanza in enumerate(stanzas):
            writing.stream.send_raw(stanza.format(to=agent.jid))
            writing.say(agent.jid, f"stanza {n} is through")
        await counting.hears(f"stanza {len(stanzas) - 1} is through")

        proxy.pick(Random(0)).cut()
        await counting.resumed(1)
        writing.say(agent.jid, "after the cut")
        await counting.hears("after the cut")

        # Too low a count brings something again; too high a one ends the session.
        assert [counting.count(f"stanza {n} is") for n in range(len(stanzas))] == [1] * len(
            stanzas
        )
        assert counting.sessions == 1
