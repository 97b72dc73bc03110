"""What goes wrong with a connection, or while it is made, never costs the session."""

from __future__ import annotations

import asyncio
from random import Random

import pytest

from behaviours.xmpp.stream import Stream
from tests.behaviours.xmpp.listening import Listener


def unbalanced_tag(stream: Stream) -> None:
    stream.data_received(b"<a></b>")


@pytest.mark.parametrize(
    "goes_wrong",
    [Stream.disconnect, Stream.reconnect, unbalanced_tag],
    ids=["disconnected", "reconnected", "unreadable"],
)
async def test_what_ends_the_connection_does_not_end_the_session(two, goes_wrong):
    agent, person = two
    async with Listener(agent, handles=False) as ended, Listener(person) as writing:
        writing.say(agent.jid, "before")
        await ended.hears("before")

        goes_wrong(ended.stream)
        await ended.resumed(1)

        assert ended.sessions == 1
        writing.say(agent.jid, "after")
        assert await ended.hears_all(3) == ["before", "before", "after"]


async def test_nothing_is_acknowledged_or_asked_between_two_connections(
    two, proxy, monkeypatch
):
    agent, _ = two
    async with Listener(agent, port=proxy.port) as cut:
        too_early: list[str] = []
        stream, management = cut.stream, cut.management
        send_raw = stream.send_raw

        def send(data: str | bytes) -> None:
            if not stream.online and str(data).startswith(("<a ", "<r ")):
                too_early.append(str(data))
            send_raw(data)

        def timers_run_out(_: object) -> None:
            stream.loop.call_soon(management._answer_now)
            stream.loop.call_soon(management._ask_now)

        monkeypatch.setattr(stream, "send_raw", send)
        stream.add_event_handler("connected", timers_run_out)
        wire = proxy.pick(Random(0))
        assert wire is not None
        wire.cut()
        await cut.resumed(1)

        assert too_early == []


async def test_a_connection_cut_in_the_middle_of_a_stanza_is_resumed(two, proxy, monkeypatch):
    agent, person = two
    async with Listener(agent, port=proxy.port) as cut, Listener(person) as hearing:
        await cut.say_once(person.jid, "before")
        answered = asyncio.Event()
        acknowledged = cut.management.acknowledged

        def answer(ack: object) -> None:
            acknowledged(ack)
            answered.set()

        monkeypatch.setattr(cut.management, "acknowledged", answer)
        cut.stream.send_raw("<r xmlns='urn:xmpp:sm:3'/><message to='nobody' id='half of")
        await asyncio.wait_for(answered.wait(), 10)
        wire = proxy.pick(Random(0))
        assert wire is not None
        wire.cut()
        await cut.resumed(1)

        await cut.say_once(person.jid, "after")
        assert await hearing.hears_all(2) == ["before", "after"]
        assert cut.sessions == 1
