"""Waiting for what nobody announces: a screen, a file, a row. Looks until it is so."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

LOOK_AGAIN_AFTER = 0.1


async def eventually(
    look: Callable[[], T | None | Awaitable[T | None]],
    what: str | Callable[[], str],
    within: float,
) -> T:
    """Return the first result of ``look`` that is neither None nor False.

    Raises AssertionError naming ``what`` after ``within`` seconds.
    """
    try:
        async with asyncio.timeout(within):
            while True:
                found = look()
                if isinstance(found, Awaitable):
                    found = await found
                if found is not None and found is not False:
                    return found
                await asyncio.sleep(LOOK_AGAIN_AFTER)
    except TimeoutError:
        named = what if isinstance(what, str) else what()
        raise AssertionError(f"not within {within:g} s: {named}") from None
