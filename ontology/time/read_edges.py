"""The edges of periods in a text: "end of the month", "early march", "mid-2027", "eom"."""

from __future__ import annotations

from typing import Final

from ontology.time.lexicon import unit_of
from ontology.time.read_periods import GRAINS, read_period
from ontology.time.tokens import Line
from ontology.time.values import Edge, EdgeOf, NamedPeriod, Period

_EDGES: Final[dict[str, Edge]] = {
    **dict.fromkeys(("end", "close", "ending"), "end"),
    **dict.fromkeys(("beginning", "start", "begin", "top", "begining"), "begin"),
    **dict.fromkeys(("middle", "midpoint"), "mid"),
}
_EARLY: Final[dict[str, Edge]] = {
    "early": "early",
    "late": "late",
    "mid": "mid",
    "beginning": "begin",
    "end": "end",
    "start": "begin",
    "middle": "mid",
}
ABBREVIATED: Final[dict[str, EdgeOf]] = {
    "eom": EdgeOf("end", Period("month")),
    "eow": EdgeOf("end", Period("week")),
    "eoy": EdgeOf("end", Period("year")),
    "eoq": EdgeOf("end", Period("quarter")),
}

Found = tuple[Period | NamedPeriod, int]


def read_edge(line: Line, at: int) -> tuple[EdgeOf, int] | None:
    """Read "end of the month", "beginning of next week", "early march", "mid-2027", "eom"."""
    begin = line.skip(at, "the")
    word = line.word(begin)
    if word == "midweek":
        return _middle_of_a_week(line, begin + 1)
    if word in ABBREVIATED:
        return _abbreviated(line, ABBREVIATED[word], begin + 1)
    bare = _bare_period(line, begin)
    if bare is not None and line.says(begin + 1, "-", "end") and bare[0].unit != "week":
        return EdgeOf("end", bare[0]), begin + 3
    if word in _EDGES and line.word(begin + 1) in ("of", "in", "to"):
        behind = line.skip(begin + 2, "around", "about")
        period = read_period(line, behind, announced=True) or _bare_period(line, behind)
        if period is not None and period[0].unit != "day":
            return EdgeOf(_EDGES[word], period[0]), period[1]
    if word in _EARLY:
        behind = line.skip(line.skip(begin + 1, "-", "of"), "in")
        period = read_period(line, behind, announced=True)
        if period is not None and period[0].unit not in ("day",):
            return EdgeOf(_EARLY[word], period[0]), period[1]
    return None


def _middle_of_a_week(line: Line, at: int) -> tuple[EdgeOf, int]:
    """Read what follows "midweek": "next week"."""
    period, behind = read_period(line, line.skip(at, "of")) or (None, at)
    if isinstance(period, Period) and period.unit == "week":
        return EdgeOf("mid", period), behind
    return EdgeOf("mid", Period("week")), at


def _abbreviated(line: Line, edge: EdgeOf, at: int) -> tuple[EdgeOf, int]:
    """Read what follows "eom": "of april"."""
    period = read_period(line, line.skip(at, "of"), announced=True)
    if period is not None and period[0].unit == edge.of.unit:
        return EdgeOf(edge.edge, period[0]), period[1]
    return edge, at


def _bare_period(line: Line, at: int) -> Found | None:
    unit = unit_of(line.word(at))
    if unit in ("week", "month", "quarter", "year") and len(line.word(at)) > 3:
        return Period(GRAINS[unit]), at + 1
    return None
