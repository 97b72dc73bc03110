"""``steward chat``: the prompt alone, to a Steward that runs."""

from __future__ import annotations

import asyncio
import signal

from config.home import Home
from config.logging import configure
from config.settings import Settings
from ontology.errors import ServerError
from ontology.permissions import AgentName


def chat() -> int:
    """Talk until end of input or Ctrl-C. Raises StewardError."""
    settings = Settings.read()
    home = Home(settings.home).existing()
    configure(settings.log_level, file=home.logs / "chat.log")
    if home.hold(f"agent-{AgentName.ASSISTANT}").holder() is None:
        raise ServerError(f"no assistant runs in {settings.home}; start it with “steward run”")
    asyncio.run(_chat(settings, home))
    return 0


async def _chat(settings: Settings, home: Home) -> None:
    from agents.platform import OWNER
    from agents.servers import servers
    from agents.terminal import converse

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with servers(settings, home, parts=()) as addresses:
        await converse(addresses, await addresses.account(OWNER), stop)
