"""Times at which something ends or begins, and how long it lasts: "until 5pm", "for 3 days"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.lexicon import unit_of
from ontology.time.read_clocks import read_plain_clock
from ontology.time.read_durations import length_of, read_duration
from ontology.time.read_later import read_later
from ontology.time.read_moments import read_element, read_moment
from ontology.time.read_parts_of_day import read_part_of_day
from ontology.time.tokens import Line
from ontology.time.values import (
    Bound,
    Clock,
    DayOffset,
    Duration,
    EdgeOf,
    Impossible,
    Lasting,
    Later,
    Moment,
    NamedPeriod,
    OpenEnd,
    Period,
)

_BOUNDS: Final[dict[str, OpenEnd]] = {
    **dict.fromkeys(("until", "till", "til", "'til", "untill", "through", "thru"), "until"),
    "by": "by",
    "before": "before",
    "after": "after",
    "since": "since",
    **dict.fromkeys(("from", "starting", "beginning", "commencing", "effective"), "from"),
}
_LONG_BOUNDS: Final[dict[tuple[str, ...], OpenEnd]] = {
    ("no", "later", "than"): "by",
    ("not", "later", "than"): "by",
    ("up", "to"): "until",
    ("up", "until"): "until",
    ("not", "before"): "after",
    ("as", "of"): "from",
}
_LASTING: Final = frozenset({"for", "lasting"})
_FIRST_YEAR: Final = 2024
_LAST_YEAR: Final = 2100
_NEXT: Final = ("next", "following", "coming")
_ENDS: Final = {
    "day": 24,
    "today": 24,
    "evening": 24,
    "night": 24,
    "morning": 12,
    "afternoon": 18,
}
_OPENING: Final = ("starting", "beginning", "commencing")

Found = tuple[Bound | Impossible, int]


def read_bound(line: Line, at: int) -> Found | None:
    """Read "until 5pm", "by friday", "starting tomorrow", "after 2 pm"."""
    rest = _rest_of_the_day(line, at)
    if rest is not None:
        return rest
    opening = _opening(line, at)
    if opening is None:
        return None
    how, begin = opening
    if how in ("after", "before") and _is_one_time(line, at):
        return None
    found = _bounded(line, how, begin)
    if found is None:
        return None
    what, behind = found
    if isinstance(what, Impossible):
        return what, behind
    if line.word(at) in ("through", "thru") and isinstance(what.day, Period | NamedPeriod):
        what = replace(what, day=EdgeOf("end", what.day))
    bound = Bound(how, what, _is_clock_last(line, begin, what))
    return bound, _behind_onwards(line, behind) if how == "from" else behind


def _is_clock_last(line: Line, at: int, what: Moment) -> bool:
    first = read_element(line, at, None) if what.day is not None and what.clock else None
    return first is not None and isinstance(first[0], Moment) and first[0].clock is None


def _rest_of_the_day(line: Line, at: int) -> Found | None:
    """Read "for the rest of the day" behind a repetition: it goes on until the day ends."""
    if (
        ("repetition", at) not in line.memory
        or not line.says(at, "for", "the")
        or line.word(at + 2) not in ("rest", "remainder")
    ):
        return None
    behind = line.skip(line.skip(at + 3, "of"), "the", "this")
    end = _ENDS.get(line.word(behind))
    if end is None:
        return None
    return Bound("until", Moment(DayOffset(0), Clock(end))), behind + 1


def _opening(line: Line, at: int) -> tuple[OpenEnd, int] | None:
    how = _BOUNDS.get(line.word(at))
    if how == "from":
        return how, line.skip(line.skip(at + 1, "on", "from", "at", "in"), "around")
    if how is not None:
        return how, at + 1
    for words, bound in _LONG_BOUNDS.items():
        if line.says(at, *words):
            return bound, at + len(words)
    return None


def _is_one_time(line: Line, at: int) -> bool:
    """Tell "after lunch" and "after 5 minutes" from "after 2 pm"."""
    return read_moment(line, at) is not None or read_later(line, at, read_moment) is not None


def _behind_onwards(line: Line, at: int) -> int:
    """Step over "onwards", "and on", "on" at the end."""
    behind = line.skip(at, "and") if line.word(at + 1) in ("on", "onwards", "onward") else at
    goes_on = line.kind(behind + 1) not in ("", "mark") and line.word(behind + 1) != "to"
    if line.word(behind) == "on" and goes_on:
        return at
    return line.skip(behind, "onwards", "onward", "on", "forward")


def _bounded(line: Line, how: OpenEnd, at: int) -> tuple[Moment | Impossible, int] | None:
    found = read_moment(line, at)
    if found is None and line.word(at) == "the":
        part = read_part_of_day(line, at, before="until", beside=False)
        found = read_moment(line, at + 1) or part
    return found or _year(line, how, at) or _hour(line, at)


def _year(line: Line, how: OpenEnd, at: int) -> tuple[Moment, int] | None:
    """Read the year of "until 2030"; 2015 is rather a quarter past eight in the evening."""
    if line.kind(at) != "number" or len(line.word(at)) != 4:
        return None
    first = 1900 if how == "since" else _FIRST_YEAR
    if not first <= int(line.word(at)) < _LAST_YEAR:
        return None
    return Moment(NamedPeriod("year", 0, int(line.word(at)))), at + 1


def _hour(line: Line, at: int) -> tuple[Moment | Impossible, int] | None:
    """Read the bare hour of "until 5"."""
    duration = read_duration(line, at)
    clock = read_plain_clock(line, at)
    if clock is None or duration is not None:
        return None
    what, behind = clock
    if isinstance(what, Impossible):
        return None
    ends = line.kind(behind) in ("", "mark") or line.word(behind) in ("to", "on")
    if line.word(behind) == "to" and line.kind(behind + 1) == "number":
        return None
    if line.word(at) == "one":
        ends = line.kind(behind) == ""
    return (Moment(clock=what), behind) if ends else None


def read_lasting(line: Line, at: int) -> tuple[Lasting | Moment | Impossible, int] | None:
    """Read "for 3 weeks", "for the next month", "3 days starting …".

    Where lengths of time count from now ("snooze for an hour") that is what it does.
    """
    if line.word(at) not in _LASTING:
        found = read_duration(line, at)
        if found is None or line.word(found[1]) not in _OPENING:
            return None
        return (Lasting(found[0]), found[1]) if isinstance(found[0], Duration) else None
    found = _length(line, at + 1)
    if found is None:
        return None
    duration, behind = found
    if isinstance(duration, Impossible):
        return duration, behind
    if line.word(behind) in ("from", "of") and line.word(behind + 1) in ("now", "a"):
        return None
    if line.bare_durations and (at == 0 or line.kind(behind) == ""):
        return Moment(Later(duration)), behind
    return Lasting(duration), behind


def _length(line: Line, at: int) -> tuple[Duration | Impossible, int] | None:
    """Read a length behind "for": "up to 14 months", "the next 3 weeks", "the next month"."""
    begin = at + 2 if line.says(at, "up", "to") else line.skip(at, "about", "around", "at")
    begin = line.skip(begin, "the")
    behind = line.skip(begin, *_NEXT, "another")
    found = read_duration(line, behind)
    if found is not None or line.word(behind - 1) not in _NEXT:
        return found
    unit = unit_of(line.word(behind))
    if unit is None or len(line.word(behind)) <= 2:
        return None
    return length_of(unit, 1), behind + 1
