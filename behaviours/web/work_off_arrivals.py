"""Working off what came in: committed first, each once, those of one sender in order."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import structlog

from behaviours.duty import Duty
from ontology.acl import Declined
from ontology.arrivals import Arrival, Arrivals
from ontology.errors import NoAnswer, ServerError
from ontology.web.ports import ANSWERED_WITHIN, Work

log = structlog.get_logger(__name__)

TRIES = 3
"""Times an arrival is worked on that breaks what works on it; silence does not count."""

SHORTEST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
"""Seconds before one that nobody answered is tried again."""

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Named:
    work: Work
    lane: Callable[[Arrival], str]


class WorkOffArrivals(Duty):
    """Works on everything that was kept, also in an earlier life, until it is settled.

    Implements :class:`ontology.web.ports.Intake`. Working on one may happen again after a
    crash: what it changes must be known by the arrival's own id.
    """

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals
        self._sources: dict[str, _Named] = {}
        self._waiting: dict[Key, list[Arrival]] = defaultdict(list)
        self._under_way: dict[Key, asyncio.Task[None]] = {}
        self._known: set[Key] = set()
        self._just_settled: set[Key] = set()
        self._awaited: dict[Key, set[asyncio.Future[str | None]]] = defaultdict(set)
        self._look = asyncio.Event()
        self._look.set()

    def source(
        self, name: str, work: Work, *, lane: Callable[[Arrival], str] | None = None
    ) -> OneSource:
        """Name a source and how its arrivals are worked on."""
        self._sources[name] = _Named(work, lane or (lambda _: ""))
        return OneSource(name, self)

    async def keep(self, arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
        """Commit these, have the new ones worked on, and return those."""
        new = await self._arrivals.keep(arrivals)
        if new:
            self._look.set()
        return new

    async def answer(self, arrival: Arrival, within: float) -> str | None:
        """Commit this one and return what it is answered with, None where that takes longer."""
        key = (arrival.source, arrival.id)
        awaited: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        # Before it is committed: working on it may be over before we are told that it is kept.
        self._awaited[key].add(awaited)
        try:
            async with asyncio.timeout(within):
                if not await self.keep([arrival]):
                    kept = await self._arrivals.kept(*key)
                    if kept is not None and kept.settled:
                        return kept.answer
                return await awaited
        except TimeoutError:
            log.warning("answered too late", source=arrival.source)
            return None
        finally:
            self._awaited[key].discard(awaited)
            if not self._awaited[key]:
                del self._awaited[key]

    async def once(self) -> None:
        """Take up everything that waits."""
        await self._look.wait()
        self._look.clear()
        try:
            for name in self._sources:
                self._just_settled.clear()
                for arrival in await self._arrivals.unsettled(name):
                    self._take(arrival)
        except BaseException:
            self._look.set()
            raise

    def _take(self, arrival: Arrival) -> None:
        key = (arrival.source, arrival.id)
        if key in self._known or key in self._just_settled:
            return
        self._known.add(key)
        lane = (arrival.source, self._sources[arrival.source].lane(arrival))
        self._waiting[lane].append(arrival)
        if lane not in self._under_way:
            self._under_way[lane] = asyncio.create_task(self._work_row(lane))

    async def _work_row(self, lane: Key) -> None:
        row = self._waiting[lane]
        try:
            while row:
                arrival = row[0]
                answer = await self._work(arrival)
                await self._settle(arrival, answer)
                self._tell(arrival, answer)
                row.pop(0)
        finally:
            del self._waiting[lane], self._under_way[lane]
            # One look takes up a limited number; what was behind them is taken up now.
            self._look.set()

    async def _work(self, arrival: Arrival) -> str | None:
        broken, pause = 0, SHORTEST_PAUSE
        while broken < TRIES:
            try:
                return await self._sources[arrival.source].work(arrival)
            except Declined as no:
                log.info("what came in was declined", source=arrival.source, why=no.reason.act)
                return None
            except (NoAnswer, ServerError) as error:
                log.warning("not worked on yet", source=arrival.source, why=str(error))
            except Exception:
                broken += 1
                log.exception("broke over what came in", source=arrival.source, id=arrival.id)
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        return None

    async def _settle(self, arrival: Arrival, answer: str | None) -> None:
        while True:
            try:
                await self._arrivals.settle(arrival.source, [arrival.id], answer)
            except ServerError as error:
                log.warning("not settled yet", source=arrival.source, why=str(error))
                await asyncio.sleep(LONGEST_PAUSE)
            else:
                return

    def _tell(self, arrival: Arrival, answer: str | None) -> None:
        key = (arrival.source, arrival.id)
        self._known.discard(key)
        # A look that began before it was settled still finds it waiting.
        self._just_settled.add(key)
        for awaited in self._awaited.get(key, ()):
            if not awaited.done():
                awaited.set_result(answer)


class OneSource:
    """Implements :class:`ontology.web.ports.Source`."""

    def __init__(self, name: str, duty: WorkOffArrivals) -> None:
        self._name = name
        self._duty = duty

    async def keep(self, arrivals: Sequence[Arrival]) -> None:
        """Commit these."""
        await self._duty.keep([self._own(arrival) for arrival in arrivals])

    async def answer(self, arrival: Arrival, within: float = ANSWERED_WITHIN) -> str | None:
        """Commit this one and return its answer."""
        return await self._duty.answer(self._own(arrival), within)

    def _own(self, arrival: Arrival) -> Arrival:
        if arrival.source != self._name:
            raise ValueError(f"an arrival of {arrival.source} given to {self._name}")
        return arrival
