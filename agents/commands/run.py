"""``steward run``: the servers and agents of a home, until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import json
import signal
import sys
from typing import Final

from agents.platform import AGENTS, REACHES, Platform, agents_of, platform
from agents.servers import PARTS as SERVERS
from agents.servers import servers, serving
from config.home import Home
from config.logging import configure
from config.settings import Settings
from ontology.errors import SettingsError
from ontology.notifications.setting_up import say_lacking
from ontology.permissions import AgentName

PARTS: Final = (*SERVERS, *(name.value for name in AGENTS))


def run(*, headless: bool, only: str | None) -> int:
    """Run until SIGINT, SIGTERM or, at the prompt, end of input. Raises StewardError."""
    import uvloop

    settings = Settings.read()
    parts = chosen(only, settings)
    home = Home(settings.home).create()
    interactive = not headless and AgentName.ASSISTANT in parts
    configure(settings.log_level, file=None if headless else home.logs / "steward.log")
    uvloop.run(_run(settings, home, parts, interactive=interactive, headless=headless))
    return 0


def chosen(only: str | None, settings: Settings) -> tuple[str, ...]:
    """Return the parts that ``--only`` names; all without it. Raises SettingsError.

    An agent that reaches people by channels is a part once one of them is set up. The servers
    of the home are run by whoever comes first, so agents alone bring them along.
    """
    serving = agents_of(settings)
    if only is None:
        return (*SERVERS, *serving)
    names = [name.strip() for name in only.split(",") if name.strip()]
    unknown = [name for name in names if name not in PARTS]
    if unknown or not names:
        wrong = ", ".join(unknown) or "nothing"
        raise SettingsError(f"--only names {wrong}; choose from {', '.join(PARTS)}")
    for idle in set(REACHES) & set(names) - set(serving):
        channel, *_ = REACHES[AgentName(idle)]
        raise SettingsError(f"--only names {idle}, but {say_lacking(channel, settings.given)}")
    if set(names) <= set(SERVERS):
        return tuple(names)
    return (*SERVERS, *(name for name in names if name not in SERVERS))


async def _run(
    settings: Settings, home: Home, parts: tuple[str, ...], *, interactive: bool, headless: bool
) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    running = asyncio.ensure_future(
        _platform(settings, home, parts, stop, interactive=interactive, headless=headless)
    )
    stopping = asyncio.ensure_future(stop.wait())
    # A signal while things still start must end the start, too.
    await asyncio.wait({running, stopping}, return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    if not running.done():
        running.cancel()
    try:
        await running
    except asyncio.CancelledError:
        return


async def _platform(
    settings: Settings,
    home: Home,
    parts: tuple[str, ...],
    stop: asyncio.Event,
    *,
    interactive: bool,
    headless: bool,
) -> None:
    from gateways.http import serving as serving_http

    names = [AgentName(part) for part in parts if part not in SERVERS]
    if not names:
        async with serving(settings, home, parts):
            _say_servers_ready(headless=headless)
            await stop.wait()
        return
    async with (
        servers(settings, home, parts=parts) as addresses,
        platform(settings, home, addresses, names) as stands,
        serving_http(settings, home, stands.served) as url,
    ):
        # What stands now stays: the collector need not look at it again and again.
        gc.collect()
        gc.freeze()
        gc.set_threshold(50_000, 20, 50)
        _say_ready(stands, url, headless=headless)
        if interactive:
            from agents.terminal import converse

            await converse(stands.addresses, stands.owner, stop)
        else:
            await stop.wait()


def _say_servers_ready(*, headless: bool) -> None:
    if headless:
        _print(json.dumps({"event": "ready", "agents": []}))


def _say_ready(stands: Platform, url: str, *, headless: bool) -> None:
    addresses = stands.addresses
    assistant = f"{AgentName.ASSISTANT}@{addresses.xmpp_domain}"
    password_file = str(stands.owner.password_file)
    if headless:
        ready = {
            "event": "ready",
            "assistant": assistant,
            "owner": {"jid": stands.owner.jid, "password_file": password_file},
            "xmpp": {
                "host": addresses.xmpp_host,
                "port": addresses.xmpp_port,
                "ca_file": str(addresses.ca_file) if addresses.ca_file else None,
            },
            "http": url,
            "agents": [agent.address for agent in stands.agents],
        }
        _print(json.dumps(ready))
        return
    _print(
        f"Steward runs. Any XMPP client can join this conversation:\n"
        f"  account   {stands.owner.jid}   (password in {password_file})\n"
        f"  server    {addresses.xmpp_host}, port {addresses.xmpp_port}"
        f"{f', certificate authority in {addresses.ca_file}' if addresses.ca_file else ''}\n"
        f"  contact   {assistant}\n"
        f"  agents    {url}   (a look inside; user and password in the home, see README)\n"
    )


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
