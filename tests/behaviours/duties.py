"""Carrying out duties as an agent does: again and again, whatever happens."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from behaviours.duty import Duty

PAUSE = 0.1
"""Seconds, of virtual time, before a duty that failed is taken up again."""


@asynccontextmanager
async def on_duty(*duties: Duty) -> AsyncIterator[None]:
    """Let duties be carried out for as long as the block lasts."""
    tasks = [asyncio.create_task(_carry_out(duty)) for duty in duties]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


async def _carry_out(duty: Duty) -> None:
    while True:
        try:
            await duty.once()
        except Exception:
            await asyncio.sleep(PAUSE)
