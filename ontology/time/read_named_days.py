"""Weekdays in a text: "on friday", "next tuesday", "monday week", "wednesday of next week"."""

from __future__ import annotations

from typing import Final

from ontology.time.lexicon import WEEKDAYS, Unit, month_of, unit_of, weekday_of
from ontology.time.numbers import read_ordinal
from ontology.time.read_periods import read_period
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import (
    WORKDAY,
    Day,
    Grain,
    NamedPeriod,
    NthDay,
    NthPeriod,
    Period,
    Weekday,
    Which,
)

_PLACES: Final = {"last": -1, "final": -1, "penultimate": -2}
_COUNTED: Final[dict[Unit, Grain]] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
}
_WORKING: Final = frozenset({"business", "working", "work"})
_ENGLISH: Final = frozenset({"sun", "sat", "wed", "thr", "mond", "frid", "satur", "wednes"})

Found = tuple[Day, int]


def read_weekday(line: Line, at: int) -> Found | None:
    """Read a weekday with the words that pick it out, before or behind it."""
    shift = read_shift(line, at)
    if shift is not None:
        return _picked(line, at, *shift)
    begin = line.skip(at, "the") if weekday_of(line.word(at + 1)) is not None else at
    weekday = weekday_of(line.word(begin))
    if weekday is None or not _is_meant(line, begin):
        return None
    behind = _behind_abbreviation(line, begin)
    if line.says(behind, "after", "next"):
        return Weekday(weekday, "this", weeks=1, strictly=True), behind + 2
    week = _week_behind(line, behind)
    if week is not None:
        return Weekday(weekday, of_week=week[0]), week[1]
    if line.word(behind) == "week" and line.word(behind + 1) not in ("of", "in"):
        return Weekday(weekday, "this", weeks=1), behind + 1
    if line.word(behind) == "fortnight":
        return Weekday(weekday, "this", weeks=2), behind + 1
    return Weekday(weekday), behind


def _picked(line: Line, at: int, shift: int, coming: bool, behind: int) -> Found | None:
    weekday = weekday_of(line.word(behind))
    if weekday is None:
        return None
    end = _behind_abbreviation(line, behind)
    if shift < 0:
        of_month = line.word(end) in ("of", "in") and shift == -1
        return None if of_month else (Weekday(weekday, "last", weeks=shift + 1), end)
    if coming or shift == 0:
        weeks = max(shift - 1, 0)
        return Weekday(weekday, "this", weeks=weeks, strictly=coming), end
    which: Which = "next"
    return Weekday(weekday, which, weeks=shift - 1), end


def _week_behind(line: Line, at: int) -> tuple[int, int] | None:
    """Read "of next week", "from last week", "next week", "in the following week"."""
    behind = line.skip(at, "of", "from", "in", ",", "on")
    shift = read_shift(line, behind)
    if shift is None or unit_of(line.word(shift[2])) != "week":
        return None
    return shift[0], shift[2] + 1


def _is_meant(line: Line, at: int) -> bool:
    """Tell the sun and what sat there from Sunday and Saturday."""
    word = line.word(at)
    if line.word(at + 1) == "." and line.joined(at + 1) and line.joined(at + 2):
        return line.kind(at + 2) != "word"  # an address: monday.com
    if word not in _ENGLISH:
        return True
    before, behind = line.word(at - 1), line.word(at + 1)
    if behind in (".", ",") and line.joined(at + 1):
        return before not in ("the", "my", "in") or behind == "."
    if (
        word == "wed"
        and behind in ("to", "in", "his", "her", "my")
        and (line.word(at - 1) != "me")
    ):
        return False
    if before in ("the", "in", "my", "his", "her", "we", "they", "i", "he", "she", "it", "cat"):
        return False
    known = line.kind(at + 1) in _NUMBERED
    return (
        known
        or before in _BEFORE_A_DAY
        or before == "me"
        or month_of(behind) is not None
        or behind in _BEHIND_A_DAY
        or weekday_of(behind) is not None
    )


_NUMBERED: Final = frozenset(
    {"", "number", "clock", "ordinal", "date", "slash", "dotted", "hours"}
)
_BEFORE_A_DAY: Final = frozenset(
    {"on", "this", "next", "until", "till", "by", "-", "to", "through", "thru", "every"}
)
_BEHIND_A_DAY: Final = frozenset(
    [
        "at",
        "morning",
        "afternoon",
        "arvo",
        "evening",
        "night",
        "noon",
        "from",
        "between",
        "to",
        "until",
        "the",
        "-",
        "and",
        "or",
        "&",
        "/",
        "by",
        "before",
        "after",
        "early",
        "late",
        "for",
        "week",
        "of",
        "in",
        "a",
        "b",
    ]
)


def _behind_abbreviation(line: Line, at: int) -> int:
    word, behind = line.word(at), at + 1
    if word in WEEKDAYS and len(word) <= 5 and line.word(behind) == "." and line.joined(behind):
        return behind + 1
    return behind


def read_nth(line: Line, at: int) -> Found | None:
    """Read "first monday of march", "last day of the month", "the 2nd week of next month"."""
    place = _place(line, line.skip(line.skip(at, "the", "on"), "the"))
    if place is None:
        return None
    nth, behind = place
    word = line.word(behind)
    weekday = weekday_of(word)
    if word in _WORKING and line.word(behind + 1) in ("day", "days"):
        weekday, behind = WORKDAY, behind + 1
    elif word in ("weekday", "workday"):
        weekday = WORKDAY
    grain = _counted(word)
    if weekday is None and grain is None:
        return None
    end = _behind_abbreviation(line, behind)
    of = _of_period(line, end)
    if of is None and weekday == WORKDAY:
        return None
    if of is None:
        return (NthDay(nth, weekday), end) if weekday is not None and nth > 0 else None
    if weekday is not None or grain == "day" or grain is None:
        # "The month" is the one in which the day is still to come.
        rolls = of[0] == Period("month") and line.word(of[1] - 2) == "the"
        return NthDay(nth, weekday, None if rolls else of[0]), of[1]
    return NthPeriod(nth, grain, of[0]), of[1]


def _counted(word: str) -> Grain | None:
    """Return what can be counted in a longer period: days, weeks, months …"""
    if word in ("weekend", "weekends", "week-end", "week-ends", "wknd", "wkend"):
        return "weekend"
    return _COUNTED.get(unit_of(word) or "second")


def _place(line: Line, at: int) -> tuple[int, int] | None:
    """Read "first", "last", "second to last", "2nd last"."""
    if line.word(at) in _PLACES:
        return _PLACES[line.word(at)], at + 1
    ordinal = read_ordinal(line, at)
    if ordinal is None:
        return None
    nth, behind = ordinal
    if line.says(behind, "to", "last") or line.says(behind, "from", "last"):
        return -nth, behind + 2
    if line.says(behind, "to", "the", "last"):
        return -nth, behind + 3
    if line.word(behind) == "last":
        return -nth, behind + 1
    return nth, behind


def _of_period(line: Line, at: int) -> tuple[Period | NamedPeriod, int] | None:
    """Read what an n-th day is counted in: "of march 2027", "in next month", "of the year"."""
    if line.word(at) not in ("of", "in", ","):
        shift = read_shift(line, at)
        begin = at
        if shift is None and month_of(line.word(at)) is None:
            return None
    else:
        begin = at + 1
    return read_period(line, begin, announced=True)
