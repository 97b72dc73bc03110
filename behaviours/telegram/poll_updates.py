"""Asking Telegram what happened: what is committed is confirmed, and nothing else."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Sequence
from typing import Final

import structlog

from behaviours.duty import Duty
from behaviours.web.work_off_arrivals import WorkOffArrivals
from ontology.arrivals import Arrival, Arrivals
from ontology.errors import ServiceAway
from ontology.telegram.concepts import Update
from ontology.telegram.ports import Bot

log = structlog.get_logger(__name__)

LONG_POLL: Final = 25.0
"""Seconds that Telegram keeps a request open when nothing happens."""

FIRST_WAIT: Final = 0.5
LONGEST_WAIT: Final = 60.0
"""Seconds between tries while Telegram is away, doubling each time in a row."""


class PollUpdates(Duty):
    """Fetches updates, commits them, and confirms them with the next request.

    What was confirmed by an earlier life is known from what it committed. The offset is only
    needed until the server has heard it: without it, it tells what is not confirmed, whatever
    its ids. (After a quiet week they begin anew anywhere, Bot API, Update.)
    """

    def __init__(
        self,
        bot: Bot,
        arrivals: Arrivals,
        intake: WorkOffArrivals,
        *,
        within: float = LONG_POLL,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        self._bot = bot
        self._arrivals = arrivals
        self._intake = intake
        self._within = within
        self._jitter = jitter
        self._source = source_of(bot)
        self._offset: int | None = None
        self._is_known = False
        self._failures = 0

    async def once(self) -> None:
        """Fetch once. Waits, before it returns, as long as Telegram wants to be left alone."""
        if not self._is_known:
            latest = await self._arrivals.latest(self._source)
            self._offset = None if latest is None else int(latest) + 1
            self._is_known = True
        try:
            updates = await self._bot.updates(self._offset, self._within)
        except ServiceAway as error:
            await self._wait(error)
            return
        self._failures = 0
        await self._keep(updates)

    async def _keep(self, updates: Sequence[Update]) -> None:
        ordered = sorted(updates, key=lambda update: update.id)
        await self._intake.keep(
            [
                Arrival(self._source, str(update.id), update.heard.model_dump_json())
                for update in ordered
                if update.heard is not None
            ]
        )
        self._offset = ordered[-1].id + 1 if ordered else None

    async def _wait(self, error: ServiceAway) -> None:
        self._failures += 1
        log.warning("no updates of Telegram", why=str(error), failures=self._failures)
        if error.again_after is not None:
            await asyncio.sleep(error.again_after)
            return
        longest = min(FIRST_WAIT * 2.0 ** min(self._failures - 1, 10), LONGEST_WAIT)
        await asyncio.sleep(longest * (0.5 + 0.5 * self._jitter()))


def source_of(bot: Bot) -> str:
    """Return the name under which the updates of a bot are kept; each counts its own."""
    return f"telegram:{bot.id}"
