"""Time that passes only when everybody waits: an hour of patience costs a test nothing."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class VirtualTime:
    """The clock of an event loop that jumps ahead instead of sleeping."""

    def __init__(self, selector: Any) -> None:
        self._selector = selector
        self._started = self._now = time.monotonic()

    @property
    def passed(self) -> float:
        """Seconds that have passed, by this clock."""
        return self._now - self._started

    def monotonic(self) -> float:
        return self._now

    def select(self, timeout: float | None = None) -> list[Any]:
        """Stand in for the loop's selector: whoever would sleep, wakes when it would have."""
        ready: list[Any] = self._selector.select(0)
        if not ready:
            if timeout is None:
                raise AssertionError("everybody waits for something that nobody will do")
            self._now += max(timeout, 0.0)
        return ready

    def __getattr__(self, name: str) -> Any:
        return getattr(self._selector, name)


@contextmanager
def virtual_time_in(loop: asyncio.AbstractEventLoop) -> Iterator[VirtualTime]:
    """Let time be virtual in this loop, and for everything that asks for monotonic time."""
    inside: Any = loop
    selector, real = inside._selector, time.monotonic
    virtual = VirtualTime(selector)
    inside._selector, time.monotonic = virtual, virtual.monotonic
    try:
        yield virtual
    finally:
        inside._selector, time.monotonic = selector, real
