"""Retention: for how long what is over and done with is kept."""

from __future__ import annotations

from typing import Final, Protocol

KEPT_DAYS: Final = 90
"""Days after which what was told, said and noted is forgotten."""


class Retention(Protocol):
    """Forgets what is over. What waits, recurs or will fire is kept whatever its age."""

    async def forget_before(self, days: int) -> int:
        """Delete what was finished more than ``days`` ago and return how many rows went."""
        ...
