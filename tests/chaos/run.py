"""One run: start everything apart, let people talk, inject faults, wait until quiet, judge."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from uuid import UUID

import asyncpg

from tests.acceptance.database import RunningDatabase
from tests.acceptance.household import settle_in
from tests.acceptance.installation import AGENTS, Installation
from tests.acceptance.processes import Running
from tests.chaos.faults import Faults, draw, pauses
from tests.chaos.proxy import Proxy
from tests.chaos.quiet import history_of, unfinished
from tests.chaos.report import Report
from tests.chaos.requests import RING, tally
from tests.chaos.talking import Load, Talking
from tests.chaos.verdict import judge
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually

RESTART_AFTER = 0.2
FOREVER = 86_400.0
SHOWN_HISTORIES = 6
CLIENTS = {"first": ("desk", "phone"), "second": ("desk",)}


@dataclass(frozen=True)
class Plan:
    """How hard it is made.

    ``patience`` is how long it may take to get quiet, ``longest`` the whole, in seconds; faults
    that would not fit are left out.
    """

    seed: int
    faults: int
    mean_pause: float
    load: Load
    patience: float
    longest: float
    archived: bool = True
    """Whether people's clients have the server archive their account and catch up from it."""


class Stage:
    """Everything that runs, with what breaks it and what puts it up again."""

    def __init__(self, installation: Installation) -> None:
        self.installation = installation
        self.restarts: Counter[str] = Counter()
        self._settings: dict[str, str] = {}
        self._keeping: list[asyncio.Task[None]] = []

    async def keep(self, *names: str) -> None:
        """Start these processes and start each again whenever it has died."""
        starting = [self._start(name) for name in names]
        for process in starting:
            await asyncio.to_thread(process.ready)
        self._keeping += [asyncio.create_task(self._keep(name)) for name in names]

    def point_agents_to(self, proxy: Proxy, ca_file: Path) -> None:
        """Let agents reach Prosody through a proxy, as if it were a server elsewhere."""
        self._settings = {
            "STEWARD_XMPP_SERVER": f"127.0.0.1:{proxy.port}",
            "STEWARD_XMPP_CA_FILE": str(ca_file),
        }

    async def stop(self) -> list[str]:
        for keeper in self._keeping:
            keeper.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)
        return await asyncio.to_thread(self.installation.stop)

    def _start(self, name: str) -> Running:
        if name == "servers":
            return self.installation.start("postgres", "prosody", name=name)
        return self.installation.start(name, name=name, **self._settings)

    def _is_dead(self, name: str) -> bool:
        return not self.installation.running[name].is_alive

    async def _keep(self, name: str) -> None:
        while True:
            await eventually(lambda: self._is_dead(name), f"the end of {name}", FOREVER)
            self.restarts[name] += 1
            await asyncio.sleep(RESTART_AFTER)
            self._start(name)


@dataclass(frozen=True)
class Scene:
    """A running system whose every connection passes a proxy, and people's clients."""

    stage: Stage
    agents: Proxy
    clients: Proxy
    people: dict[str, list[SlixmppClient]]

    @property
    def everybody(self) -> list[SlixmppClient]:
        return [client for clients in self.people.values() for client in clients]


@asynccontextmanager
async def staged(home: Path, *, archived: bool = True) -> AsyncIterator[Scene]:
    """Put everything up; take it down afterwards, whatever happened."""
    installation = Installation(home)
    stage = Stage(installation)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(stage.stop)
        await stage.keep("servers")
        await settle_in(installation, [*AGENTS, "owner"], known=False)
        accounts = await settle_in(installation, list(CLIENTS))
        first = accounts[0]
        agents = await Proxy(first.host, first.port).start()
        clients = await Proxy(first.host, first.port).start()
        for proxy in (agents, clients):
            stack.push_async_callback(proxy.stop)
        stage.point_agents_to(agents, Path(first.ca_file))
        await stage.keep(*AGENTS)
        people: dict[str, list[SlixmppClient]] = {}
        for account, (name, names) in zip(accounts, CLIENTS.items(), strict=True):
            people[name] = [
                await stack.enter_async_context(
                    SlixmppClient(
                        account,
                        installation.assistant,
                        resource,
                        port=clients.port,
                        keeps_everything=archived,
                    )
                )
                for resource in names
            ]
        yield Scene(stage, agents, clients, people)


async def run(plan: Plan, home: Path, say: Callable[[str], None]) -> Report:
    """Do one run and report; ``say`` is told how it goes."""
    async with staged(home, archived=plan.archived) as scene:
        began = time.monotonic()
        chance = Random(plan.seed)
        installation = scene.stage.installation
        faults = Faults(installation, scene.agents, scene.clients, chance)
        talking = Talking(scene.people, plan.load, Random(plan.seed + 1))
        talks = asyncio.create_task(talking.go_on())
        waits = pauses(plan.mean_pause, chance)
        for number, (kind, wait) in enumerate(
            zip(draw(plan.faults, chance), waits, strict=False), start=1
        ):
            if time.monotonic() - began > plan.longest - plan.patience:
                say(f"{plan.faults - number + 1} faults are left out for want of time")
                break
            await asyncio.sleep(wait)
            await faults.inject(kind)
            if number % 10 == 0:
                say(f"{number} faults, {len(talking.requests)} requests")
        await talks
        say("all faults injected and everything asked; waiting until it is quiet")
        left = await _quiet(scene, talking, plan.patience)
        return await _report(plan, scene, faults, talking, left, time.monotonic() - began)


async def _quiet(scene: Scene, talking: Talking, patience: float) -> dict[str, int]:
    """Wait until nothing is under way; return what still was when patience ended."""
    left = {"never looked": 1}
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(patience):
            await talking.follow_up()
            while left:
                left = await _look(scene)
                await asyncio.sleep(0.5)
            for client in scene.everybody:
                await client.nothing_under_way()
    talking.stop()
    return left


async def _look(scene: Scene) -> dict[str, int]:
    try:
        database = await RunningDatabase.open(scene.stage.installation)
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return {"no database": 1}
    try:
        return await unfinished(database, scene.everybody)
    finally:
        await database.close()


async def _report(
    plan: Plan,
    scene: Scene,
    faults: Faults,
    talking: Talking,
    left: dict[str, int],
    seconds: float,
) -> Report:
    tallies = {
        name: [tally(c.heard) for c in clients] for name, clients in scene.people.items()
    }
    verdict = judge(talking.requests, tallies)
    database = await RunningDatabase.open(scene.stage.installation)
    try:
        due = {
            row["id"]: row["due_at"].timestamp()
            for row in await database.rows("SELECT id, due_at FROM occurrences")
        }
        fell_due = await database.value(
            "SELECT count(*) FROM occurrences WHERE due_at < steward_now()"
            " AND state NOT IN ('scheduled', 'cancelled')"
        )
        keys = list(verdict.complaints)[:SHOWN_HISTORIES]
        histories = [await history_of(database, key) for key in keys]
    finally:
        await database.close()
    rung = [m for c in scene.everybody for m in c.heard if m.body.startswith(RING)]
    return Report(
        seed=plan.seed,
        seconds=seconds,
        faults=faults.struck,
        missed=faults.missed,
        restarts=scene.stage.restarts,
        requests=Counter(request.verb for request in talking.requests),
        fell_due=int(fell_due),
        deliveries=len(rung),
        lateness=[m.at - due[UUID(m.origin_id)] for m in rung if m.origin_id],
        verdict=verdict,
        unfinished=left,
        strange=[body for ts in tallies.values() for t in ts for body in t.strange],
        histories=histories,
    )
