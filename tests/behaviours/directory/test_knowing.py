"""Being known to the directory, and knowing whom to ask."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from behaviours.directory.find_providers import FRESH, Acquaintances
from behaviours.directory.keep_register import (
    PublishProviders,
    RegisterOnRequest,
    SearchOnQuery,
    ServiceRegister,
)
from behaviours.directory.register_services import RegisterServices
from behaviours.directory.watch_providers import WatchProviders
from ontology.acl import NotAuthorised, Performative
from ontology.directory.acts import Provider, Providers, Register, Registered, WhoOffers
from ontology.errors import NoAnswer
from tests.behaviours.duties import on_duty
from tests.conversing import ASKER, Oracle, Platform, ask

pytestmark = pytest.mark.usefixtures("virtual_time")

NOW = datetime(2026, 3, 2, tzinfo=UTC)
DIRECTORY = "directory@localhost"


def knows(*agents, available=True):
    """A directory that names these agents."""
    providers = tuple(
        Provider(agent=agent, services=("s",), available=available, since=NOW)
        for agent in agents
    )
    return lambda said: (
        Performative.INFORM,
        Providers(service=said.content.service, providers=providers),
    )


# Finding.


async def test_who_offers_a_service_is_asked_of_the_directory():
    voice = Oracle(knows("a@localhost", "b@localhost"))

    assert await Acquaintances().offering(voice, "s") == ("a@localhost", "b@localhost")
    (asked,) = voice.asked
    assert asked.receiver == DIRECTORY
    assert asked.content == WhoOffers(service="s")


async def test_what_was_learned_just_now_is_not_asked_again():
    voice, known = Oracle(knows("a@localhost")), Acquaintances()
    for _ in range(5):
        await known.offering(voice, "s")
    assert len(voice.asked) == 1

    await asyncio.sleep(FRESH + 1)
    await known.offering(voice, "s")
    assert len(voice.asked) == 2


@pytest.mark.parametrize(
    "answer",
    [lambda _: None, lambda _: (Performative.REFUSE, NotAuthorised()), knows()],
    ids=["silent", "refuses", "knows nobody"],
)
async def test_what_was_learned_stays_good_while_the_directory_does_not_help(answer):
    voice, known = Oracle(knows("a@localhost")), Acquaintances()
    await known.offering(voice, "s")
    voice.answer = answer
    await asyncio.sleep(FRESH + 1)

    assert await known.offering(voice, "s") == ("a@localhost",)


@pytest.mark.parametrize("answer", [lambda _: None, knows()], ids=["silent", "knows nobody"])
async def test_that_nobody_is_known_is_told(answer):
    with pytest.raises(NoAnswer, match="nobody offers 's'"):
        await Acquaintances().offering(Oracle(answer), "s")


async def test_that_nobody_offers_it_is_not_that_the_directory_is_silent():
    assert await Acquaintances().known(Oracle(knows()), "s") == ()
    with pytest.raises(NoAnswer, match="the directory is silent"):
        await Acquaintances().known(Oracle(lambda _: None), "s")


async def test_services_are_known_one_by_one():
    voice, known = Oracle(knows("a@localhost")), Acquaintances()
    known.learn("t", ("b@localhost",))

    assert await known.offering(voice, "s") == ("a@localhost",)
    assert await known.offering(voice, "t") == ("b@localhost",)


# Registering.


async def test_an_agent_registers_when_it_is_wanted_and_again_when_it_is_wanted_again():
    voice = Oracle(lambda _: (Performative.INFORM, Registered()))
    registering = RegisterServices(voice, ("cooking",))
    async with on_duty(registering):
        await asyncio.sleep(60)
        assert voice.asked == []

        for times in (1, 2):
            registering.wanted()
            await asyncio.sleep(60)
            assert len(voice.asked) == times

    assert registering.known.is_set()
    assert {envelope.content for envelope in voice.asked} == {Register(services=("cooking",))}
    assert {envelope.receiver for envelope in voice.asked} == {DIRECTORY}


async def test_it_goes_on_registering_until_the_directory_has_answered():
    voice = Oracle(lambda _: None)
    registering = RegisterServices(voice, ("cooking",))
    async with on_duty(registering):
        registering.wanted()
        await asyncio.sleep(60)
        assert not registering.known.is_set()

        voice.answer = lambda _: (Performative.INFORM, Registered())
        await asyncio.sleep(10)

        assert registering.known.is_set()


async def test_a_wish_that_comes_while_it_registers_is_not_lost():
    answers = asyncio.Event()
    platform = Platform()
    register = ServiceRegister()

    class Slow(RegisterOnRequest):
        async def perform(self, action, asker):
            await answers.wait()
            return await super().perform(action, asker)

    platform.agent(DIRECTORY, Slow(register, register_sees(register)))
    registering = RegisterServices(platform.agent(ASKER), ("cooking",))
    async with on_duty(registering):
        registering.wanted()
        await asyncio.sleep(1)
        # The directory that was asked is gone, and a new one knows nothing.
        registering.wanted()
        answers.set()
        await asyncio.sleep(10)

    requests = [each for each in platform.carried if each.content.act == "register"]
    assert len({each.conversation for each in requests}) == 2
    await platform.close()


# The register.


def register_sees(register):
    """A stream on which whoever is asked shows its presence at once."""
    return lambda agent: register.seen(agent, available=True)


def entered(*names):
    """A register with these agents, all alive."""
    register = ServiceRegister()
    for name in names:
        register.seen(f"{name}@localhost", available=True)
        register.enter(f"{name}@localhost", ("s",))
    return register


async def test_the_register_tells_those_alive_first():
    register = entered("b", "a", "c")
    register.seen("a@localhost", available=False)

    told = register.offering("s")

    assert [(each.agent[0], each.available) for each in told.providers] == [
        ("b", True),
        ("c", True),
        ("a", False),
    ]


async def test_presence_of_agents_that_are_not_registered_says_nothing():
    register = ServiceRegister()

    register.seen("a@localhost", available=True)

    assert register.offering(None).providers == ()


async def test_that_an_agent_is_still_alive_is_no_change():
    register = entered("a")
    (before,) = register.offering("s").providers
    changed = asyncio.ensure_future(register.changed())
    await asyncio.sleep(1)

    register.seen("a@localhost", available=True)
    await asyncio.sleep(1)
    assert not changed.done()
    assert register.offering("s").providers == (before,)

    register.seen("a@localhost", available=False)
    await asyncio.wait_for(changed, 1)


async def test_whoever_asks_is_entered_under_the_name_it_asked_by():
    register = ServiceRegister()

    role = RegisterOnRequest(register, register_sees(register))
    heard = await ask(role, Register(services=("s",)), by="x@localhost")

    assert heard == [("inform", Registered())]
    ((performative, told),) = await ask(SearchOnQuery(register), WhoOffers(service="s"))
    assert performative == "inform"
    assert isinstance(told, Providers)
    assert [provider.agent for provider in told.providers] == ["x@localhost"]


async def test_nobody_is_entered_before_they_are_seen_to_be_alive():
    register = ServiceRegister()
    asked_to_see: list[str] = []
    platform = Platform()
    platform.agent(DIRECTORY, RegisterOnRequest(register, asked_to_see.append))
    registering = RegisterServices(platform.agent(ASKER), ("s",))
    async with on_duty(registering):
        registering.wanted()
        await asyncio.sleep(60)
        assert set(asked_to_see) == {ASKER}
        assert register.offering("s").providers == ()

        register.seen(ASKER, available=True)
        await asyncio.sleep(10)

    assert registering.known.is_set()
    assert [provider.available for provider in register.offering("s").providers] == [True]
    await platform.close()


async def test_who_is_seen_already_is_entered_without_being_asked():
    register = entered("x")
    role = RegisterOnRequest(register, pytest.fail)

    heard = await ask(role, Register(services=("t",)), by="x@localhost")

    assert heard == [("inform", Registered())]


# Watching.


async def test_who_watches_knows_at_once_who_comes_and_need_not_ask():
    platform, register = Platform(), ServiceRegister()
    platform.agent(DIRECTORY, PublishProviders(register), SearchOnQuery(register))
    voice, known = platform.agent(ASKER), Acquaintances()
    async with on_duty(WatchProviders(voice, known, "s")):
        await asyncio.sleep(1)
        register.seen("a@localhost", available=True)
        register.enter("a@localhost", ("s",))
        await asyncio.sleep(1)
        asked = len(platform.carried)

        assert await known.offering(voice, "s") == ("a@localhost",)
        assert len(platform.carried) == asked
    await platform.close()


async def test_who_watches_goes_on_with_those_alive():
    platform, register = Platform(), entered("a", "b")
    platform.agent(DIRECTORY, PublishProviders(register), SearchOnQuery(register))
    voice, known = platform.agent(ASKER), Acquaintances()
    async with on_duty(WatchProviders(voice, known, "s")):
        await asyncio.sleep(1)
        register.seen("a@localhost", available=False)
        await asyncio.sleep(1)

        assert await known.offering(voice, "s") == ("b@localhost",)
    await platform.close()


async def test_who_watches_does_so_for_hours():
    platform, register = Platform(), ServiceRegister()
    platform.agent(DIRECTORY, PublishProviders(register))
    voice, known = platform.agent(ASKER), Acquaintances()
    async with on_duty(WatchProviders(voice, known, "s")):
        await asyncio.sleep(3 * 3_600)
        register.seen("a@localhost", available=True)
        register.enter("a@localhost", ("s",))
        await asyncio.sleep(2)

        assert known._known["s"][1] == ("a@localhost",)
    assert len(platform._tasks) <= 4
    await platform.close()
