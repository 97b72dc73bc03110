"""What comes in from outside over HTTP: kept by its own id before it is acknowledged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Arrival:
    """One update or webhook: where from, by what id of theirs, and what it says, as JSON.

    ``settled`` tells whether it was worked on; ``answer`` is what was answered to it then, kept
    where a repeat must be answered alike.
    """

    source: str
    id: str
    body: str
    answer: str | None = None
    settled: bool = False


class Arrivals(Protocol):
    """Everything that came in, each id of a source once. A repeat changes nothing."""

    async def keep(self, arrivals: Sequence[Arrival]) -> Sequence[Arrival]:
        """Commit these and return those that are new, in order."""
        ...

    async def kept(self, source: str, id_: str) -> Arrival | None:
        """Return one as it was kept, with its answer."""
        ...

    async def unsettled(self, source: str, limit: int = 100) -> Sequence[Arrival]:
        """Return what is still to be worked on, in the order in which it came."""
        ...

    async def settle(self, source: str, ids: Sequence[str], answer: str | None = None) -> None:
        """Commit that these were worked on."""
        ...

    async def latest(self, source: str) -> str | None:
        """Return the id that came last: where to go on."""
        ...
