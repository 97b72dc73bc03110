"""Forgetting, once a day, what has been over for long."""

from __future__ import annotations

import asyncio

import structlog

from behaviours.duty import Duty
from ontology.retention import KEPT_DAYS, Retention

log = structlog.get_logger(__name__)

A_DAY = 86_400.0
"""Seconds from one time to the next."""


class ForgetOld(Duty):
    """Forgets at the start and then every day, so that nothing grows for ever."""

    def __init__(self, retention: Retention) -> None:
        self._retention = retention

    async def once(self) -> None:
        """Forget, and wait a day."""
        if rows := await self._retention.forget_before(KEPT_DAYS):
            log.info("forgot what is over", rows=rows)
        await asyncio.sleep(A_DAY)
