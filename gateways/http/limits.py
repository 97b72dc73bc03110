"""How often somebody may call. Pure of HTTP, to be tested with a clock of one's own.

The generic cell rate algorithm (ITU-T I.371): of each caller one instant is kept, that at which
one who keeps to the rate would call next.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

MOST_CALLERS: Final = 10_000
"""Callers remembered; of more, those that were silent longest begin anew."""

IPV6_NETWORK: Final = 64
"""Bits of an IPv6 address that tell callers apart: whoever has one address has all below."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How many calls a second in the long run, and how many at once."""

    per_second: float
    at_once: int


EACH: Final = Rate(per_second=20, at_once=100)
TOGETHER: Final = Rate(per_second=500, at_once=1_000)


class Limits:
    """Holds each caller, and all of them together, to a rate."""

    def __init__(
        self,
        each: Rate = EACH,
        together: Rate = TOGETHER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._each = each
        self._together = together
        self._clock = clock
        self._next_of_all = 0.0
        self._next_of: OrderedDict[str, float] = OrderedDict()

    def wait(self, remote: str) -> float:
        """Count a call and return 0, or the seconds after which it may be made again.

        A call that has to wait is not counted.
        """
        now = self._clock()
        caller = _network(remote)
        due = max(self._next_of.get(caller, now), now)
        due_of_all = max(self._next_of_all, now)
        wait = max(
            _too_early(due, now, self._each), _too_early(due_of_all, now, self._together)
        )
        if wait > 0:
            return wait
        self._next_of[caller] = due + 1 / self._each.per_second
        self._next_of.move_to_end(caller)
        if len(self._next_of) > MOST_CALLERS:
            self._next_of.popitem(last=False)
        self._next_of_all = due_of_all + 1 / self._together.per_second
        return 0.0


def _too_early(due: float, now: float, rate: Rate) -> float:
    return due - now - (rate.at_once - 1) / rate.per_second


def _network(remote: str) -> str:
    if ":" not in remote:
        return remote
    try:
        return str(ipaddress.ip_network((remote.partition("%")[0], IPV6_NETWORK), strict=False))
    except ValueError:
        return remote
