"""The assistant over a real server, when it was away, cut off or dead: nothing is lost."""

from __future__ import annotations

import asyncio
import signal
from random import Random
from uuid import uuid4

import pytest

from ontology.dialogue.concepts import ChatMessage
from ontology.errors import ServerError
from ontology.permissions import AgentName
from tests.agents.parrot import ASSISTANT, SOON, Parrot, listening
from tests.chaos.proxy import Proxy
from tests.clients.waiting import eventually


async def test_what_was_said_while_it_was_away_is_answered_when_it_is_back(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        phone.stream.send_presence()
        phone.say(ASSISTANT, "before")
        await phone.hears("you said before")
        await house.stop(house.assistant_agent)
        for n in range(5):
            await phone.say_once(ASSISTANT, f"meanwhile {n}")

        await house.start(await house.assistant())

        assert (await phone.hears_all(6))[1:] == [f"you said meanwhile {n}" for n in range(5)]
        phone.say(ASSISTANT, "after")
        await phone.hears("you said after")
        assert len(phone.heard) == 7


async def test_the_very_first_message_outlives_the_server_and_the_assistant(house, parrot):
    _, account = await house.person()
    accept, tried = house.inbox.accept, asyncio.Event()

    async def storage_is_slow(utterance, *, archived_as):
        tried.set()
        await asyncio.Event().wait()

    house.inbox.accept = storage_is_slow
    async with listening(account) as phone:
        await phone.say_once(ASSISTANT, "hello")
        await asyncio.wait_for(tried.wait(), SOON)
        await house.prosody.stop(signal.SIGKILL)
        await house.stop(house.assistant_agent)
        house.inbox.accept = accept
        await house.prosody.start()
        await house.start(await house.assistant())

        await phone.hears("you said hello")
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")
        assert phone.bodies == ["you said hello", "you said the end"]


async def test_what_an_earlier_life_had_not_answered_is_answered(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        phone.stream.send_presence()
        await house.stop(house.assistant_agent)
        await phone.say_once(ASSISTANT, "kept, not answered")
        again = await house.assistant()
        again._answer_people.take = lambda _: None
        await house.start(again)
        await eventually(lambda: house.inbox.waiting, "it is kept", SOON)
        await house.stop(again)
        assert phone.heard == []

        await house.start(await house.assistant())

        await phone.hears("you said kept, not answered")
        assert len(phone.heard) == 1


@pytest.mark.parametrize("had_it", [True, False], ids=["got", "did not get"])
async def test_what_an_earlier_life_left_open_is_said_if_the_server_did_not_get_it(
    house, parrot, had_it
):
    person, account = await house.person()
    left = ChatMessage(key=uuid4(), person_id=person.id, address=account.jid, body="left open")
    async with listening(account) as phone:
        phone.stream.send_presence()
        if had_it:
            await house.assistant_agent._chat.deliver([left])
            await phone.hears("left open")
            house.outbox.open[left.key] = house.clock()
        await house.stop(house.assistant_agent)
        if not had_it:
            await house.outbox.put([left])

        await house.start(await house.assistant())
        await eventually(lambda: not house.outbox.open, "it is settled", SOON)
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")

        assert phone.bodies.count("left open") == 1


async def test_cuts_on_its_side_lose_and_double_nothing(house):
    proxy = await Proxy(house.prosody.host, house.prosody.port).start()
    role = Parrot()
    planner = await house.speaker(AgentName.PLANNER, role, services=("dialogue",))
    await house.start(await house.directory(), planner)
    assistant = await house.assistant(port=proxy.port)
    await house.start(assistant)
    _, account = await house.person()
    async with listening(account) as phone:
        for n in range(40):
            phone.say(ASSISTANT, f"{n}")
            if n % 10 == 5:
                await phone.hears_all(n - 4)
                wire = proxy.pick(Random(n))
                assert wire is not None
                wire.cut()

        assert await phone.hears_all(40, within=40) == [f"you said {n}" for n in range(40)]
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")
        assert len(phone.heard) == 41
    await house.stop(assistant)
    await proxy.stop()


async def test_a_cut_in_the_middle_of_its_recovery_leaves_it_neither_deaf_nor_dumb(house):
    proxy = await Proxy(house.prosody.host, house.prosody.port).start()
    planner = await house.speaker(AgentName.PLANNER, Parrot(), services=("dialogue",))
    await house.start(await house.directory(), planner)
    assistant = await house.assistant(port=proxy.port)
    archive, keep_all_but = assistant._archive, assistant._archive.keep_all_but
    stream, connect = assistant.stream, assistant.stream.connect

    def connect_only_the_next_time(**where):
        stream.connect = connect

    async def cut_while_asking(never):
        await keep_all_but(never)
        archive.keep_all_but = keep_all_but
        stream.connect = connect_only_the_next_time
        wire = proxy.pick(Random(0))
        assert wire is not None
        wire.cut()
        await eventually(lambda: not stream.online, "the cut", SOON)
        raise ServerError("our archive does not answer")

    archive.keep_all_but = cut_while_asking
    async with asyncio.timeout(SOON):
        await house.start(assistant)

    _, account = await house.person()
    async with listening(account) as phone:
        phone.say(ASSISTANT, "hello")
        await phone.hears("you said hello")
    await house.stop(assistant)
    await proxy.stop()
