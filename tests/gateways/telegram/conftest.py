from __future__ import annotations

import pytest

from gateways.telegram import TelegramBot
from tests.vendors.telegram import TOKEN, telegram


@pytest.fixture
async def server():
    async with telegram() as playing:
        yield playing
        assert playing.complaints == []


@pytest.fixture
async def bot(server):
    made = TelegramBot(TOKEN, server.url, within=2.0)
    yield made
    await made.close()
