from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.behaviours.virtual_time import VirtualTime, virtual_time_in


@pytest.fixture
async def virtual_time() -> AsyncIterator[VirtualTime]:
    """Nobody waits for real: time passes only when there is nothing else to do."""
    with virtual_time_in(asyncio.get_running_loop()) as clock:
        yield clock
