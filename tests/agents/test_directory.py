"""The directory over a real server: who offers what, and who is alive."""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from uuid import uuid4

import pytest

from agents.directory import DirectoryAgent
from behaviours.directory.names import directory_of
from behaviours.fipa.request import request
from behaviours.fipa.subscribe import subscribe
from ontology.directory.acts import DIRECTORY, Register, Registered, WhoOffers
from ontology.errors import NoAnswer
from ontology.permissions import AgentName
from tests.clients.waiting import eventually

DIRECTORY_AGENT = AgentName.DIRECTORY
SOON = 15.0


def who(told):
    return [provider.agent.partition("@")[0] for provider in told.providers]


def alive(told):
    return [
        provider.agent.partition("@")[0] for provider in told.providers if provider.available
    ]


async def test_an_agent_that_has_started_is_found_by_its_services(house):
    cook = await house.speaker(AgentName.REMINDER, services=("cooking", "baking"))
    guest = await house.speaker(AgentName.PLANNER)
    await house.start(await house.directory(), cook, guest)

    for service in ("cooking", "baking"):
        told = await guest.query(DIRECTORY, WhoOffers(service=service), DIRECTORY_AGENT)
        assert told.service == service
        assert alive(told) == ["reminder"]
    told = await guest.query(DIRECTORY, WhoOffers(service="sleeping"), DIRECTORY_AGENT)
    assert told.providers == ()


async def test_without_a_service_everybody_is_told_also_the_directory_itself(house):
    cook = await house.speaker(AgentName.REMINDER, services=("cooking",))
    operator = await house.operator()
    await house.start(await house.directory(), cook, operator)

    told = await operator.everybody(within=5)

    assert who(told) == alive(told) == ["directory", "reminder"]


async def test_registering_again_replaces_what_was_offered_before(house):
    cook = await house.speaker(AgentName.REMINDER)
    await house.start(await house.directory(), cook)

    for services in (("cooking", "baking"), ("baking",)):
        done = await cook.request(DIRECTORY, Register(services=services), DIRECTORY_AGENT)
        assert done == Registered()

    assert not who(await cook.query(DIRECTORY, WhoOffers(service="cooking"), DIRECTORY_AGENT))
    assert who(await cook.query(DIRECTORY, WhoOffers(service="baking"), DIRECTORY_AGENT))


async def test_an_agent_that_goes_is_seen_to_go_and_to_come_back(house):
    guest = await house.speaker(AgentName.PLANNER)
    cook = await house.speaker(AgentName.REMINDER, services=("cooking",))
    await house.start(await house.directory(), guest, cook)

    async def cooks():
        return await guest.query(DIRECTORY, WhoOffers(service="cooking"), DIRECTORY_AGENT)

    async def nobody_cooks():
        told = await cooks()
        return who(told) == ["reminder"] and alive(told) == []

    async def somebody_cooks():
        return alive(await cooks()) == ["reminder"]

    await eventually(somebody_cooks, "the cook is there", SOON)
    await house.stop(cook)
    await eventually(nobody_cooks, "the cook is gone", SOON)

    again = await house.speaker(AgentName.REMINDER, services=("cooking",))
    await house.start(again)
    await eventually(somebody_cooks, "the cook is back", SOON)


async def test_whoever_subscribed_is_told_when_providers_come_and_go(house):
    guest = await house.speaker(AgentName.NOTIFIER)
    await house.start(await house.directory(), guest)
    cook = await house.speaker(AgentName.REMINDER, services=("cooking",))
    changes = subscribe(
        guest.conversations,
        DIRECTORY,
        WhoOffers(service="cooking"),
        to=f"directory@{guest.domain}",
        conversation="c1",
    )

    async def is_told(expected):
        async with asyncio.timeout(SOON):
            async for told in changes:
                if (who(told), alive(told)) == expected:
                    return

    async with aclosing(changes):
        await is_told(([], []))
        await house.start(cook)
        await is_told((["reminder"], ["reminder"]))
        await house.stop(cook)
        await is_told((["reminder"], []))


async def test_who_dies_before_its_presence_is_seen_is_not_taken_for_alive(house):
    cook = await house.speaker(AgentName.REMINDER)
    # As if it died between asking to be registered and letting the directory see it.
    cook.accept_subscription = lambda asker: None
    guest = await house.speaker(AgentName.PLANNER)
    await house.start(await house.directory(), cook, guest)

    with pytest.raises(NoAnswer):
        await request(
            cook.conversations,
            DIRECTORY,
            Register(services=("cooking",)),
            to=directory_of(cook.address),
            conversation=uuid4().hex,
            within=1.0,
        )
    await house.stop(cook)

    told = await guest.query(DIRECTORY, WhoOffers(service="cooking"), DIRECTORY_AGENT)
    assert told.providers == ()


class ShortLived(DirectoryAgent):
    """A directory that dies before it has asked to see whom it lets see itself."""

    def roles(self):
        return iter(())

    def ask_to_see(self, address):
        pass


async def test_a_directory_that_does_not_see_who_registers_asks_to(house):
    short_lived = ShortLived(await house.account("directory"), journal=house.minutes)
    short_lived.registration.known.set()
    cook = await house.speaker(AgentName.REMINDER, services=("cooking",))
    await house.start(short_lived)
    starting = asyncio.create_task(house.start(cook))
    await eventually(
        lambda: cook.stream.client_roster[directory_of(cook.address)]["to"],
        "the cook sees the directory",
        SOON,
    )
    await house.stop(short_lived)

    guest = await house.speaker(AgentName.PLANNER)
    await house.start(await house.directory(), guest)
    await asyncio.wait_for(starting, SOON)
    await house.stop(cook)

    async def cook_is_gone():
        told = await guest.query(DIRECTORY, WhoOffers(service="cooking"), DIRECTORY_AGENT)
        return who(told) == ["reminder"] and alive(told) == []

    await eventually(cook_is_gone, "the cook is gone", SOON)


async def test_with_a_new_directory_everybody_registers_again(house):
    first = await house.directory()
    cook = await house.speaker(AgentName.REMINDER, services=("cooking",))
    waiter = await house.speaker(AgentName.PLANNER, services=("waiting",))
    await house.start(first, cook, waiter)

    await house.stop(first)
    await house.start(await house.directory())

    async def everybody_is_there():
        told = await waiter.query(DIRECTORY, WhoOffers(), DIRECTORY_AGENT)
        return alive(told) == ["directory", "planner", "reminder"]

    await eventually(everybody_is_there, "everybody has registered again", SOON)


async def test_agents_that_start_before_the_directory_register_as_soon_as_it_is_there(house):
    cook = await house.speaker(AgentName.REMINDER, services=("cooking",))
    starting = asyncio.create_task(house.start(cook))
    await eventually(lambda: cook.stream.online, "the cook has connected", SOON)

    await house.start(await house.directory())

    await asyncio.wait_for(starting, SOON)


async def test_an_agent_is_registered_under_the_name_that_the_server_stamped(house):
    somebody = await house.speaker(AgentName.NOTIFIER)
    await house.start(await house.directory(), somebody)

    await somebody.request(DIRECTORY, Register(services=("cooking",)), DIRECTORY_AGENT)

    told = await somebody.query(DIRECTORY, WhoOffers(service="cooking"), DIRECTORY_AGENT)
    assert who(told) == ["notifier"]
