"""Everything in a text that belongs to a time, part by part, in the order it was said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ontology.time.parts import (
    Clocks,
    DayOffset,
    Impossible,
    Part,
    PartOfDay,
    Starting,
    Until,
)
from ontology.time.read_clocks import part_of_day, read_clocks, read_part_of_day
from ontology.time.read_days import MONTHS, WEEKDAYS, read_day
from ontology.time.read_durations import read_elapsed
from ontology.time.read_repetitions import read_repetition, read_times
from ontology.time.tokens import Line

_UNTIL: Final = ("until", "till", "til")
_STARTING: Final = ("starting", "beginning", "from")
_OPENING_WORDS: Final = frozenset(
    {*MONTHS, *WEEKDAYS, *_UNTIL, *_STARTING}
    | {"every", "each", "daily", "weekly", "fortnightly", "monthly", "yearly", "annually"}
    | {"hourly", "weekdays", "weekends", "workdays", "on", "at", "by", "for", "in", "after"}
    | {
        "within",
        "around",
        "this",
        "next",
        "the",
        "coming",
        "today",
        "yesterday",
        "tonight",
        "tomorrow",
    }
    | {"tmr", "tmrw", "tomorow", "tommorow", "tommorrow", "day", "noon", "midday", "midnight"}
    | {"half", "quarter", "three", "during", "morning", "afternoon", "evening", "night"}
    | {"mornings", "afternoons", "evenings", "nights", "a", "an", "one", "two", "four", "five"}
    | {"six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen", "twenty"}
    | {"thirty", "forty", "fifty", "sixty", "ninety", "@"}
)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part and the tokens that said it: from ``begin`` up to, not including, ``end``."""

    part: Part
    begin: int
    end: int


def read_parts(line: Line, *, month_first: bool, bare_durations: bool) -> list[Placed]:
    """Return the parts of times in a text, in order.

    ``month_first`` tells how 3/4 is meant; ``bare_durations`` whether "10 min" is one without
    "in" before it.
    """
    placed: list[Placed] = []
    at = 0
    while at < len(line):
        if line.kind(at) == "word" and line.word(at) not in _OPENING_WORDS:
            at += 1
            continue
        before = _right_before(line, placed, at)
        found = _read_here(line, at, before, month_first, bare_durations)
        if found is None:
            at += 1
            continue
        parts, end = found
        placed.extend(Placed(part, at, end) for part in parts)
        at = end
    return placed


def adjoin(line: Line, left: Placed, right: Placed) -> bool:
    """Tell whether nothing but a comma stands between two parts."""
    return line.skip(left.end, ",") >= right.begin


def _right_before(line: Line, placed: list[Placed], at: int) -> Part | None:
    if not placed or line.skip(placed[-1].end, ",") < at:
        return None
    return placed[-1].part


def _read_here(
    line: Line, at: int, before: Part | None, month_first: bool, bare_durations: bool
) -> tuple[list[Part], int] | None:
    several = read_repetition(line, at) or _this_part_of_day(line, at)
    if several is not None:
        return several
    found = (
        _read_until(line, at, month_first)
        or _read_starting(line, at, month_first)
        or read_times(line, at)
        or read_elapsed(line, at, bare=bare_durations)
        or read_day(line, at, month_first=month_first, after=before)
        or read_part_of_day(line, at, after=before)
        or read_clocks(line, at, after=before)
    )
    return ([found[0]], found[1]) if found is not None else None


def _this_part_of_day(line: Line, at: int) -> tuple[list[Part], int] | None:
    if line.word(at) == "tonight":
        return [DayOffset(0), PartOfDay.NIGHT], at + 1
    part = part_of_day(line.word(at + 1))
    if line.word(at) == "this" and part is not None:
        return [DayOffset(0), part], at + 2
    return None


def _read_until(line: Line, at: int, month_first: bool) -> tuple[Part, int] | None:
    if line.word(at) not in _UNTIL:
        return None
    until, behind = Until(), line.skip(at + 1, "the")
    while (found := _bound(line, behind, month_first, until)) is not None:
        part, behind = found
        if isinstance(part, Impossible):
            return part, behind
        until = _extended(until, part)
    return (until, behind) if until != Until() else None


def _bound(line: Line, at: int, month_first: bool, until: Until) -> tuple[Part, int] | None:
    if until == Until() and (several := _this_part_of_day(line, at)) is not None:
        return Until(day=DayOffset(0), part=several[0][1]), several[1]  # type: ignore[arg-type]
    first = until == Until()
    found = None
    if until.day is None:
        found = read_day(line, at, month_first=month_first, after=Until())
    if found is None and until.part is None:
        found = read_part_of_day(line, at, after=None if first else until)
    if found is None and until.clock is None:
        found = read_clocks(line, at, after=None if first else until, announced=first)
    return found


def _extended(until: Until, part: Part) -> Until:
    if isinstance(part, Until):
        return part
    if isinstance(part, Clocks):
        return Until(until.day, part.clocks[0], until.part)
    if isinstance(part, PartOfDay):
        return Until(until.day, until.clock, part)
    return Until(part, until.clock, until.part)  # type: ignore[arg-type]


def _read_starting(line: Line, at: int, month_first: bool) -> tuple[Part, int] | None:
    if line.word(at) not in _STARTING:
        return None
    found = read_day(line, at + 1, month_first=month_first, after=Until())
    if found is None or isinstance(found[0], Impossible):
        return found
    return Starting(found[0]), found[1]  # type: ignore[arg-type]
