"""Which of the parts found in a text belong to one time.

Parts that stand side by side make a cluster: "tomorrow at 9". A text may hold several ("every
weekday … at 8:30", "at 5 … the meeting at 6"). The weightiest leads, and takes from the others
what it lacks; what repeats a kind of part already there belongs to the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ontology.time.parts import (
    CalendarDate,
    Clocks,
    DayOffset,
    Elapsed,
    Impossible,
    Lasting,
    NextPeriod,
    Part,
    PartOfDay,
    Repetition,
    Starting,
    Times,
    Until,
    Weekday,
)
from ontology.time.read_parts import Placed, adjoin
from ontology.time.tokens import Line

_KINDS: Final[dict[type, str]] = {
    DayOffset: "day",
    Weekday: "day",
    CalendarDate: "day",
    NextPeriod: "day",
    Clocks: "clock",
    PartOfDay: "part",
    Elapsed: "elapsed",
    Repetition: "repetition",
    Until: "until",
    Lasting: "lasting",
    Times: "times",
    Starting: "starting",
    Impossible: "impossible",
}
_ONLY_WITH_A_REPETITION: Final = frozenset({"times", "starting", "lasting"})
_Cluster = list[Placed]


def belonging_together(line: Line, placed: Sequence[Placed]) -> list[Placed]:
    """Return the parts of the one time that a text says, in order; none if it says none."""
    clusters = _clusters(line, placed)
    leading = max(clusters, key=lambda cluster: _weight(line, cluster))
    chosen = list(leading)
    for cluster in clusters:
        if cluster is not leading and _completes(cluster, chosen):
            chosen.extend(cluster)
    if not any(isinstance(p.part, Repetition) for p in chosen):
        chosen = [p for p in chosen if _kind(p.part) not in _ONLY_WITH_A_REPETITION]
    return sorted(chosen, key=lambda p: p.begin)


def _kind(part: Part) -> str:
    return _KINDS[type(part)]


def _clusters(line: Line, placed: Sequence[Placed]) -> list[_Cluster]:
    clusters: list[_Cluster] = []
    for part in placed:
        if clusters and adjoin(line, clusters[-1][-1], part) and _fits(part, clusters[-1]):
            clusters[-1].append(part)
        else:
            clusters.append([part])
    return clusters


def _fits(part: Placed, cluster: _Cluster) -> bool:
    kind, kinds = _kind(part.part), {_kind(p.part) for p in cluster}
    if kind in kinds:
        return False
    if kind == "until":
        return "repetition" in kinds
    if "until" in kinds and "repetition" not in kinds:
        return False
    if {kind, *kinds} >= {"elapsed", "day"}:
        return False
    if {kind, *kinds} >= {"elapsed", "clock"}:
        # "in 2 days at 9", but not "in 2 hours at 9"
        return all(not p.part.seconds for p in (*cluster, part) if isinstance(p.part, Elapsed))
    return True


def _completes(cluster: _Cluster, chosen: _Cluster) -> bool:
    """Tell whether a cluster brings only what the chosen parts lack."""
    kinds = {_kind(p.part) for p in chosen}
    brought = {_kind(p.part) for p in cluster}
    if kinds & brought or "impossible" in brought or "impossible" in kinds:
        return False
    if "repetition" in kinds:
        return "elapsed" not in brought
    return (
        brought <= {"clock", "part"}
        and kinds == {"day"}
        or (brought == {"day"} and kinds <= {"clock", "part"})
    )


def _weight(line: Line, cluster: _Cluster) -> tuple[bool, bool, bool, int, bool, int]:
    """Rank clusters: a repetition, then what opens the text, is fuller, or stands later."""
    kinds = {_kind(p.part) for p in cluster}
    begin, end = cluster[0].begin, cluster[-1].end
    closes = line.kind(end) in ("", "mark") and end >= len(line) - 1
    is_time = not kinds <= _ONLY_WITH_A_REPETITION
    return ("repetition" in kinds, is_time, begin == 0, len(kinds), closes, begin)
