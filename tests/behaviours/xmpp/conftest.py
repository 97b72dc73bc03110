from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chaos.proxy import Proxy
from tests.own_prosody import OwnProsody, prosody_of_its_own
from tests.servers import ProsodyForTests, unique


@pytest.fixture
async def proxy(prosody: ProsodyForTests) -> AsyncIterator[Proxy]:
    """A wire to the server that can be cut, and can fall silent."""
    between = await Proxy(prosody.host, prosody.port).start()
    yield between
    await between.stop()


@pytest.fixture
async def own_prosody(prosody: ProsodyForTests, tmp_path: Path) -> AsyncIterator[OwnProsody]:
    """A server that this test alone uses, and may kill."""
    async with prosody_of_its_own(tmp_path) as server:
        yield server


@pytest.fixture
async def two(prosody: ProsodyForTests):
    """Accounts of an agent and of somebody who writes to it."""
    return await prosody.accounts(unique("agent"), unique("writer"))
