"""What every client heard, held against what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tests.chaos.requests import Request, Tally


@dataclass
class Verdict:
    """What the run cost. All four counts must be 0; ``complaints`` tells by key what is wrong.

    ``lost``: requests never confirmed and reminders that did not ring, at any one client.
    ``unconfirmed``: what rang although nobody was promised that it would.
    """

    lost: int = 0
    confirmations_doubled: int = 0
    deliveries_doubled: int = 0
    unconfirmed: int = 0
    complaints: dict[str, list[str]] = field(default_factory=dict)

    @property
    def is_clean(self) -> bool:
        return not self.complaints

    def hear_confirmation(self, request: Request, times: int, where: str) -> None:
        """Judge how often one client heard one request confirmed."""
        if times == 0:
            self.lost += 1
            self._complain(request.key, f"{request.verb} not confirmed {where}")
        elif times > 1:
            self.confirmations_doubled += times - 1
            self._complain(request.key, f"{request.verb} confirmed {times} times {where}")

    def hear_rings(self, key: str, promised: int, rung: int, where: str) -> None:
        """Judge how often one reminder rang at one client."""
        if rung == promised:
            return
        if rung < promised:
            self.lost += promised - rung
        elif promised:
            self.deliveries_doubled += rung - promised
        else:
            self.unconfirmed += rung
        self._complain(key, f"rang {rung} times, promised {promised}, {where}")

    def _complain(self, key: str, words: str) -> None:
        self.complaints.setdefault(key, []).append(words)


def judge(requests: Sequence[Request], clients: Mapping[str, Sequence[Tally]]) -> Verdict:
    """Judge all clients of all people, by the name of the person."""
    verdict = Verdict()
    for person, tallies in clients.items():
        asked = [request for request in requests if request.person == person]
        promised = Counter(request.key for request in asked if request.rings)
        for number, tally in enumerate(tallies, start=1):
            where = f"at client {number} of {person}"
            for request in asked:
                times = tally.confirmed[request.verb, request.key]
                verdict.hear_confirmation(request, times, where)
            for key in {request.key for request in asked} | set(tally.rung):
                verdict.hear_rings(key, promised[key], tally.rung[key], where)
    return verdict
