"""A duty: what an agent does unasked, again and again, whatever happens while it does it."""

from __future__ import annotations

from abc import ABC, abstractmethod


class Duty(ABC):
    """Work that is taken up again as soon as it ends. Waits inside; never spins."""

    @abstractmethod
    async def once(self) -> None:
        """Wait for something to do, do it, and return. May raise: it is then tried again."""
