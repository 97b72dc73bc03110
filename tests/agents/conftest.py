from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ontology.permissions import AgentName
from tests.agents.house import House
from tests.agents.parrot import Parrot
from tests.own_prosody import prosody_of_its_own
from tests.servers import ProsodyForTests


@pytest.fixture
async def house(prosody: ProsodyForTests, tmp_path: Path) -> AsyncIterator[House]:
    """A platform without agents yet, on a server of its own: agents have fixed names."""
    _take_spade_into_this_loop()
    async with prosody_of_its_own(tmp_path) as server:
        made = House(server)
        await made.open()
        yield made
        await made.close()


@pytest.fixture
async def parrot(house: House) -> Parrot:
    """A platform with an assistant and a parrot; returns the parrot."""
    role = Parrot()
    planner = await house.speaker(AgentName.PLANNER, role, services=("dialogue",))
    house.assistant_agent = await house.assistant()
    await house.start(await house.directory(), planner, house.assistant_agent)
    return role


def _take_spade_into_this_loop() -> None:
    from spade.container import Container

    # SPADE keeps the loop it began in, and changes how the whole process makes loops.
    policy = asyncio.get_event_loop_policy()
    Container().reset()
    asyncio.set_event_loop_policy(policy)
