"""How deliveries went lately, in figures that tell of nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Protocol

QUANTILES: Final = (0.5, 0.9, 0.99, 1.0)


@dataclass(frozen=True, slots=True)
class Figures:
    """The last 24 hours by the database's clock.

    ``attempts`` counts by channel and outcome. ``lateness`` are seconds by quantile from when a
    reminder was due until it was first told; ``told`` is how many were.
    """

    attempts: Mapping[tuple[str, str], int]
    lateness: Mapping[float, float]
    told: int


class KeepFigures(Protocol):
    """Where they are read."""

    async def figures(self) -> Figures:
        """Return them as they are now."""
        ...

    async def now(self) -> datetime:
        """Return the database's time, in UTC. Raises ServerError where it does not answer."""
        ...
