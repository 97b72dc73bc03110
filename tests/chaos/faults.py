"""What is done to the running system, drawn from a generator with a seed."""

from __future__ import annotations

import os
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

from tests.acceptance.installation import AGENTS, Installation
from tests.acceptance.processes import find_servers
from tests.chaos.proxy import Proxy
from tests.clients.waiting import eventually

KILL_AGENTS = tuple(f"kill {name}" for name in AGENTS)
KILL_SERVERS = ("kill prosody", "kill postgres", "kill servers' holder")
CUTS = ("cut an agent", "cut a client", "silence an agent", "silence a client")
KINDS = (*KILL_AGENTS, *KILL_SERVERS, *CUTS)
WEIGHTS = {"kill servers' holder": 1, "silence an agent": 1, "silence a client": 1}
USUAL_WEIGHT = 3
STRIKE_WITHIN = 10.0


def draw(count: int, chance: Random) -> list[str]:
    """Return so many faults in random order, each kind about as often as its weight says."""
    deck = [kind for kind in KINDS for _ in range(WEIGHTS.get(kind, USUAL_WEIGHT))]
    drawn: list[str] = []
    while len(drawn) < count:
        hand = list(deck if count - len(drawn) >= len(deck) else KINDS)
        chance.shuffle(hand)
        drawn += hand
    return drawn[:count]


def pauses(mean: float, chance: Random) -> Iterator[float]:
    """Yield seconds to wait before each next fault: sometimes two come at once."""
    while True:
        yield chance.uniform(0.0, 2 * mean)


class Faults:
    """Injects faults and counts those that struck something."""

    def __init__(
        self, installation: Installation, agents: Proxy, clients: Proxy, chance: Random
    ) -> None:
        self._installation = installation
        self._proxies = {"an agent": agents, "a client": clients}
        self._chance = chance
        self.struck: Counter[str] = Counter()
        self.missed: Counter[str] = Counter()

    async def inject(self, kind: str) -> None:
        """Do it as soon as there is something to strike; count it, or that there never was."""
        try:
            await eventually(lambda: self._strike(kind), kind, STRIKE_WITHIN)
        except AssertionError:
            self.missed[kind] += 1
        else:
            self.struck[kind] += 1

    def _strike(self, kind: str) -> bool:
        verb, _, what = kind.partition(" ")
        return self._kill(what) if verb == "kill" else self._cut(verb, what)

    def _kill(self, what: str) -> bool:
        if what in AGENTS:
            return _end(self._installation.running[what].pid)
        if what == "servers' holder":
            return _end(self._installation.running["servers"].pid)
        pid = find_servers(self._installation.home).get(what)
        return pid is not None and _end(pid)

    def _cut(self, verb: str, whose: str) -> bool:
        wire = self._proxies[whose].pick(self._chance)
        if wire is None:
            return False
        if verb == "cut":
            wire.cut()
        else:
            wire.fall_silent()
        return True


def _end(pid: int) -> bool:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return _was_alive(pid)


def _was_alive(pid: int) -> bool:
    # A process that ended before and was not waited for yet takes signals, too.
    return Path(f"/proc/{pid}").exists()


def table(counts: Counter[str], kinds: Sequence[str] = KINDS) -> str:
    """Return the counts by kind, one a line."""
    return "\n".join(f"  {kind:<24}{counts[kind]:>5}" for kind in kinds if counts[kind])
