"""Forgetting, once a day, what is over and done with."""

from __future__ import annotations

import asyncio

import structlog

from behaviours.duty import Duty
from ontology.retention import KEPT_DAYS, Retention

log = structlog.get_logger(__name__)

SETTLE = 300.0
"""Seconds after a start before the first look; a start has other things to do."""

DAY = 86_400.0


class ForgetLongAgo(Duty):
    """Has the retention forget what ended more than :data:`KEPT_DAYS` ago."""

    def __init__(self, retention: Retention) -> None:
        self._retention = retention
        self._wait = SETTLE

    async def once(self) -> None:
        """Wait for the hour, and forget."""
        await asyncio.sleep(self._wait)
        rows = await self._retention.forget_before(KEPT_DAYS)
        log.info("forgot what is long over", rows=rows, days=KEPT_DAYS)
        self._wait = DAY
