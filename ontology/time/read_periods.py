"""Weeks, weekends, months, quarters, seasons and years in a text, and their edges."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.lexicon import Unit, month_of, unit_of
from ontology.time.numbers import full_year, read_ordinal, read_whole_number, read_year
from ontology.time.read_named_months import is_month_behind, read_named_month, year_behind
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import (
    Grain,
    NamedPeriod,
    Period,
    Which,
)

GRAINS: Final[dict[Unit, Grain]] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
}
_AROUND: Final = {("after", "next"): 2, ("before", "last"): -2}
_OTHERGRAINS: Final[dict[str, Grain]] = {
    **dict.fromkeys(("workweek", "work-week"), "week"),
    "season": "season",
    "decade": "decade",
}
_SEASONS: Final = {"spring": 1, "springtime": 1, "summer": 2, "summertime": 2}
_SEASONS_LATER: Final = {"autumn": 3, "fall": 3, "winter": 4, "wintertime": 4}
SEASONS: Final = _SEASONS | _SEASONS_LATER
_ALL_OF: Final = (("the", "whole", "of"), ("the", "entirety", "of"), ("all", "of"))
_WEEKENDS: Final = frozenset({"weekend", "wknd", "week-end", "wkend"})

Found = tuple[Period | NamedPeriod, int]


def read_period(line: Line, at: int, *, announced: bool = False) -> Found | None:
    """Read a week, weekend, month, quarter, half year, season, year or decade.

    ``announced`` tells that "in", "of" or "during" stands before it, so that a year alone and
    "the month" are meant.
    """
    for words in _ALL_OF:
        if line.says(at, *words):
            return read_period(line, at + len(words), announced=True)
    return (
        _shifted(line, at)
        or read_named_month(line, at, announced=announced)
        or _numbered(line, at)
        or _season(line, at, announced=announced)
        or (_year(line, at) if announced or _is_a_year(line, at) else None)
        or _current(line, at)
    )


def _shifted(line: Line, at: int) -> Found | None:
    """Read "next week", "this month", "the coming quarter", "next march", "last summer"."""
    shift = read_shift(line, at)
    if shift is None:
        return None
    how, coming, behind = shift
    word = line.word(behind)
    if word in _WEEKENDS:
        # The coming weekend is this week's, the next one that of the week after.
        return Period("weekend", max(how - coming, 0) if how > 0 else how), behind + 1
    grain = _OTHERGRAINS.get(word) or GRAINS.get(unit_of(word) or "second")
    if grain is not None and (len(word) > 2 or word == "wk"):
        return Period(grain, how), behind + 1
    which: Which = "this" if how == 0 else "next" if how > 0 else "last"
    if word in SEASONS:
        return NamedPeriod("season", SEASONS[word], which=which), behind + 1
    month = month_of(word)
    if not is_month_behind(line, word, behind + 1):
        return None
    if month is not None and not _is_day_behind(line, behind + 1):
        return NamedPeriod("month", month, which=which), behind + 1
    return None


def _is_day_behind(line: Line, at: int) -> bool:
    ordinal = read_ordinal(line, line.skip(at, "the"))
    return ordinal is not None or (line.kind(at) == "number" and len(line.word(at)) <= 2)


def _numbered(line: Line, at: int) -> Found | None:
    """Read "q3 2027", "18q4", "2019 h2", "3rd quarter of 2018", "week 27 of last year"."""
    word = line.word(at)
    if line.kind(at) == "number" and len(word) in (2, 4):
        behind = line.skip(at + 1, "-")
        half = _quarter_or_half(line, behind) or _iso_week(line, behind)
        return (replace(half[0], year=full_year(int(word))), half[1]) if half else None
    found = _quarter_or_half(line, at) or _week(line, line.skip(at, "the"))
    if found is not None:
        period, behind = _with_year(line, *found)
        # "H1" alone is a heading rather than the half of a year.
        named = not isinstance(period, NamedPeriod) or period.unit != "half" or period.year
        return (period, behind) if named else None
    ordinal = read_ordinal(line, line.skip(at, "the"))
    if ordinal is None or not 1 <= ordinal[0] <= 4:
        return None
    if unit_of(line.word(ordinal[1])) == "quarter":
        return _with_year(line, NamedPeriod("quarter", ordinal[0]), ordinal[1] + 1)
    return None


def _iso_week(line: Line, at: int) -> tuple[NamedPeriod, int] | None:
    """Read the "W20" of "2026-W20"."""
    text = line.word(at + 1)
    if line.word(at) != "w" or not line.joined(at + 1) or line.kind(at + 1) != "number":
        return None
    return (NamedPeriod("week", int(text)), at + 2) if 1 <= int(text[:3]) <= 53 else None


def _week(line: Line, at: int) -> tuple[NamedPeriod, int] | None:
    """Read "week 27", "week number 27"."""
    behind = line.skip(at + 1, "number", "no")
    text = line.word(behind)
    if line.word(at) not in ("week", "wk") or line.kind(behind) != "number" or len(text) > 2:
        return None
    return (NamedPeriod("week", int(text)), behind + 1) if 1 <= int(text) <= 53 else None


def _quarter_or_half(line: Line, at: int) -> tuple[NamedPeriod, int] | None:
    """Read "q3", "h2"."""
    if line.word(at) not in ("q", "h") or not line.joined(at + 1):
        return None
    number = read_whole_number(line, at + 1)
    unit: Grain = "quarter" if line.word(at) == "q" else "half"
    if number is None or not 1 <= number[0] <= (4 if unit == "quarter" else 2):
        return None
    if line.kind(at + 1) != "number":
        return None
    return NamedPeriod(unit, number[0]), number[1]


def _with_year(line: Line, period: NamedPeriod, behind: int) -> Found:
    begin = line.skip(line.skip(behind, ",", "-", "/"), "of", "in")
    year = read_year(line, begin)
    if year is not None:
        return replace(period, year=year[0]), year[1]
    shift = read_shift(line, begin)
    if shift is not None and unit_of(line.word(shift[2])) == "year":
        return replace(period, in_years=100 + shift[0]), shift[2] + 1
    if line.says(begin, "the", "year"):
        return period, begin + 2
    return period, behind


def _season(line: Line, at: int, *, announced: bool) -> Found | None:
    begin = line.skip(at, "the")
    number = SEASONS.get(line.word(begin))
    if number is None:
        return None
    year = year_behind(line, begin + 1)
    if year is not None:
        return NamedPeriod("season", number, year[0]), year[1]
    if not announced and line.word(begin) in ("fall", "spring", "summer", "winter", "autumn"):
        return None
    return NamedPeriod("season", number), begin + 1


def _is_a_year(line: Line, at: int) -> bool:
    """Tell "year 2027" from the end of a new year of others."""
    return line.word(at) == "year" and line.word(at - 1) != "new"


def _year(line: Line, at: int) -> Found | None:
    behind = line.skip(at, "the", "year")
    year = read_year(line, line.skip(behind, "year"))
    if year is None or line.kind(year[1]) == "meridiem":
        return None
    return NamedPeriod("year", 0, year[0]), year[1]


def _current(line: Line, at: int) -> Found | None:
    """Read "the weekend", "the month", "rest of the week"."""
    rest = line.skip(at, "the")
    if line.word(rest) in ("rest", "remainder") and line.word(rest + 1) == "of":
        found = _shifted(line, rest + 2)
        return found or _plain(line, line.skip(rest + 2, "the"))
    behind = line.skip(at, "the")
    word = line.word(behind)
    grain = _counted(word)
    if grain is not None:
        for words, shift in _AROUND.items():
            if line.says(behind + 1, *words):
                return Period(grain, shift), behind + 3
    if word in _WEEKENDS:
        return Period("weekend"), behind + 1
    unit = unit_of(word)
    if behind > at and unit in ("week", "month", "quarter", "year") and len(word) > 3:
        return Period(GRAINS[unit]), behind + 1
    return None


def _plain(line: Line, at: int) -> Found | None:
    grain = _counted(line.word(at))
    return (Period(grain), at + 1) if grain is not None and grain != "day" else None


def _counted(word: str) -> Grain | None:
    return "weekend" if word in _WEEKENDS else GRAINS.get(unit_of(word) or "second")
