"""``steward status``: which agents and channels there are, who is alive, and what waits."""

from __future__ import annotations

import asyncio
import dataclasses
import json
import sys
from collections.abc import Iterable
from typing import Any

from agents.platform import agents_of, depths, operator
from agents.servers import servers
from config.home import Home
from config.logging import configure
from config.settings import Settings
from ontology.directory.acts import Provider
from ontology.errors import NoAnswer, ServerError
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import say_lacking

DIRECTORY_WITHIN = 5.0

NAMES = {
    "unanswered": "utterances not answered",
    "unsettled": "chat messages on their way",
    "untold": "occurrences due and not told",
    "attempting": "deliveries being tried",
    "journal": "messages in the journal",
}


def status(*, as_json: bool) -> int:
    """Print it; exit code 0 if every agent is alive, 1 if not. Raises StewardError."""
    settings = Settings.read()
    home = Home(settings.home).existing()
    configure("error")
    running = [
        name for name in agents_of(settings) if home.hold(f"agent-{name}").holder() is not None
    ]
    if not running:
        raise ServerError(f"no agent runs in {settings.home}; start them with “steward run”")
    found = asyncio.run(_look(settings, home))
    sys.stdout.write((json.dumps(found) if as_json else _in_words(found)) + "\n")
    return 0 if all(agent["alive"] for agent in found["agents"]) else 1


async def _look(settings: Settings, home: Home) -> dict[str, Any]:
    async with servers(settings, home, parts=()) as addresses:
        waiting = dataclasses.asdict(await depths(addresses))
        known: dict[str, Provider] = {}
        try:
            async with operator(addresses) as asks:
                told = await asks.everybody(DIRECTORY_WITHIN)
                known = {provider.agent: provider for provider in told.providers}
        except NoAnswer:
            waiting["directory"] = "does not answer"
        agents = [
            _agent(
                f"{name}@{addresses.xmpp_domain}", known, home.hold(f"agent-{name}").holder()
            )
            for name in agents_of(settings)
        ]
    channels = [_channel(channel, settings, known.values()) for channel in Channel]
    return {"agents": agents, "channels": channels, "waiting": waiting}


def _agent(jid: str, known: dict[str, Provider], pid: int | None) -> dict[str, Any]:
    provider = known.get(jid)
    return {
        "agent": jid,
        "alive": pid is not None and provider is not None and provider.available,
        "pid": pid,
        "services": list(provider.services) if provider else [],
        "since": provider.since.isoformat(timespec="seconds") if provider else None,
    }


def _channel(
    channel: Channel, settings: Settings, providers: Iterable[Provider]
) -> dict[str, Any]:
    """Tell whether a channel is set up and somebody serves it, or what it lacks."""
    serving = any(it.available and channel.value in it.services for it in providers)
    return {
        "channel": channel.value,
        "serving": serving,
        "lacking": say_lacking(channel, settings.given),
    }


def _in_words(found: dict[str, Any]) -> str:
    lines = [
        f"{agent['agent']:28} {'alive' if agent['alive'] else 'DOWN':6} "
        f"{'since ' + agent['since'] if agent['since'] else '':32} "
        f"{', '.join(agent['services'])}"
        for agent in found["agents"]
    ]
    lines += [
        f"{channel['channel']:28} {channel['lacking'] or _serving(channel['serving'])}"
        for channel in found["channels"]
    ]
    lines += [f"{NAMES.get(name, name)}: {count}" for name, count in found["waiting"].items()]
    return "\n".join(line.rstrip() for line in lines)


def _serving(serving: bool) -> str:
    return "serves" if serving else "DOWN"
