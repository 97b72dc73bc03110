"""A day in a text, of whatever kind: relative, by weekday, date, holiday, week or month."""

from __future__ import annotations

from typing import Final

from ontology.time.lexicon import weekday_of
from ontology.time.numbers import read_ordinal
from ontology.time.read_dates import read_date, read_day_of_month
from ontology.time.read_edges import read_edge
from ontology.time.read_holidays import read_holiday
from ontology.time.read_named_days import read_nth, read_weekday
from ontology.time.read_numeric_dates import read_numeric_date
from ontology.time.read_periods import read_period
from ontology.time.read_relative_days import read_relative_day
from ontology.time.tokens import Line
from ontology.time.values import (
    CalendarDate,
    Day,
    Duration,
    Impossible,
    Later,
    Moment,
    NamedPeriod,
    Period,
    Weekday,
    WeekendOf,
    WeekOf,
)

_BEFORE_A_PERIOD: Final = frozenset({"in", "during", "of", "for", "by", "over", "around", "as"})
_PICKING: Final = ("the", "this", "next", "last", "weekend")
_IN_DIGITS: Final = frozenset({"iso", "compact", "date", "slash", "month", "dotted"})
_OPENING: Final = ("beginning", "commencing", "starting")
_SATURDAY: Final = 5
_MOST_DEPTH: Final = 2
_COUNTING: Final = frozenset(
    (
        "chapter",
        "chapters",
        "room",
        "page",
        "pages",
        "bus",
        "gate",
        "flight",
        "platform",
        "line",
    )
    + ("version", "v", "number", "no", "level", "apt", "apartment", "building", "floor", "step")
    + ("lane", "route", "highway", "table", "channel", "section", "part", "volume", "episode")
    + ("season", "item", "model", "size", "terminal", "ward", "unit", "suite", "exit", "stage")
    + ("round", "iphone", "grade", "code", "pin", "ext", "extension", "issue", "ticket", "pr")
    + ("bug", "task", "top", "#", "lesson", "act", "verse", "figure", "track", "seat", "row")
)

Found = tuple[Day | Impossible, int]


def read_day(
    line: Line, at: int, *, beside: Day | None = None, before: str = ""
) -> Found | None:
    """Read a day.

    ``beside`` is one that stands right before, ``before`` the word that announced it ("on").
    """
    if line.kind(at) in _IN_DIGITS:
        if line.kind(at) == "dotted" and _is_a_clock(line, at, beside, before):
            return None
        announced = before == "on" or beside is not None
        return read_numeric_date(line, at, announced=announced)
    if line.kind(at) == "number" and counts_a_thing(line, at, before):
        return None
    return (
        read_relative_day(line, at)
        or _day_beside_another(line, at)
        or _weekday_beside_another(line, at)
        or read_edge(line, at)
        or read_holiday(line, at)
        or read_nth(line, at)
        or read_date(line, at)
        or _week_of(line, at)
        or read_weekday(line, at)
        or _period(line, at, beside, before)
        or _of_a_month(line, at, beside, before)
    )


def _is_a_clock(line: Line, at: int, beside: Day | None, before: str) -> bool:
    """Tell the 21.10 of "at 21.10" and "22 dec 21.10" from a day of October."""
    dated = isinstance(beside, CalendarDate) and beside.month is not None
    followed = line.kind(at + 1) == "meridiem" or line.says(at + 1, "in", "the")
    hour, minute = map(int, line.word(at).split("."))
    # "sat 10.30" has no such month, day first.
    no_month = isinstance(beside, Weekday) and not line.month_first and hour <= 24
    no_month = no_month and minute > 12 and minute % 5 == 0
    return before == "at" or dated or followed or no_month


def counts_a_thing(line: Line, at: int, before: str) -> bool:
    """Tell the 9 of "chapter 9" from an hour or a day, and from that of "row 9pm"."""
    counted = not before and line.word(at - 1) in _COUNTING
    return counted and line.kind(at + 1) != "meridiem"


def _period(line: Line, at: int, beside: Day | None, before: str) -> Found | None:
    if before == "at" and line.word(at) not in _PICKING:
        return None
    announced = before in _BEFORE_A_PERIOD
    if beside is not None and line.kind(at) == "number":
        announced = False
    found = read_period(line, at, announced=announced)
    if found is None or _is_vague(line, at, found[0], before):
        return None
    return found


def _is_vague(line: Line, at: int, period: Period | NamedPeriod, before: str) -> bool:
    """Tell "the week" and "the year" as plain words from those that are meant as a time."""
    if not isinstance(period, Period) or line.word(at) != "the":
        return False
    if period.unit == "weekend":
        return line.word(at - 1) in ("of", "like")
    opens = at == 0 and line.kind(at + 2) in ("", "mark")
    return period.shift == 0 and not (before in ("in", "during", "for") or opens)


def _of_a_month(line: Line, at: int, beside: Day | None, before: str) -> Found | None:
    if before in ("at", "@"):
        return None
    if line.kind(at) == "number" and before != "for":
        found = read_numeric_date(line, at)
        if found is not None:
            return found
    takes_a_number = isinstance(beside, Weekday) and beside.of_week is None
    name = at - 1 if line.word(at - 1) not in (",", ".") else at - 2
    takes_a_number = takes_a_number and weekday_of(line.word(name)) is not None
    return read_day_of_month(line, at, beside_day=takes_a_number)


def _day_beside_another(line: Line, at: int) -> Found | None:
    """Read "the day after christmas"."""
    begin = line.skip(at, "the")
    if line.word(begin) != "day" or line.word(begin + 1) not in (
        "after",
        "before",
        "following",
    ):
        return None
    found = _inner(line, begin + 2)
    if found is None:
        return None
    step = -1 if line.word(begin + 1) == "before" else 1
    return Later(Duration(days=step, unit="day"), Moment(found[0])), found[1]


def _weekday_beside_another(line: Line, at: int) -> Found | None:
    """Read "the friday before christmas", "the monday after easter"."""
    nth, begin = read_ordinal(line, line.skip(at, "the")) or (1, line.skip(at, "the"))
    weekday = weekday_of(line.word(begin))
    if weekday is None or line.word(begin + 1) not in ("before", "after", "following"):
        return None
    found = _inner(line, begin + 2)
    if found is None:
        return None
    weeks = 7 * (nth - 1)
    after = line.word(begin + 1) != "before"
    reach = Duration(days=1 + weeks if after else -7 - weeks, unit="day")
    return Later(reach, Moment(found[0]), weekday), found[1]


def _week_of(line: Line, at: int) -> Found | None:
    """Read "the week of april 10th", "the weekend before halloween"."""
    begin = line.skip(at, "the")
    word, how = line.word(begin), line.word(begin + 1)
    if word not in ("week", "weekend") or how not in ("of", "before", "after", *_OPENING):
        return None
    found = _inner(line, begin + 2)
    if found is None or isinstance(found[0], NamedPeriod | Period):
        return None
    if how in ("before", "after"):
        return _beside_a_week(word, found[0], after=how == "after"), found[1]
    return (WeekOf(found[0]) if word == "week" else WeekendOf(found[0])), found[1]


def _beside_a_week(word: str, day: Day, *, after: bool) -> Day:
    """Return what "the week before christmas", "the weekend after the 20th" mean."""
    if word == "week":
        return WeekOf(Later(Duration(days=7 if after else -7, unit="week"), Moment(day)))
    reach = Duration(days=1 if after else -7, unit="day")
    return Later(reach, Moment(day), _SATURDAY)


def _inner(line: Line, at: int) -> tuple[Day, int] | None:
    """Read a day that another is told from."""
    if line.depth >= _MOST_DEPTH:
        return None
    line.depth += 1
    found = read_day(line, at, before="of")
    line.depth -= 1
    if found is None or isinstance(found[0], Impossible):
        return None
    return found[0], found[1]
