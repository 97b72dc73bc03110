"""Days of the year in a text: "june 3", "aug 20 and 30", "the fourth thursday in november"."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from functools import cache
from typing import Final

from ontology.time import holiday_names
from ontology.time.holidays import date_of
from ontology.time.lexicon import month_of, unit_of
from ontology.time.numbers import read_ordinal
from ontology.time.read_dates import read_leap_day
from ontology.time.read_places import read_places
from ontology.time.repeating import Repetition
from ontology.time.tokens import Line
from ontology.time.values import Impossible, TimeProblem

_UP_TO: Final = frozenset({"-", "to", "thru", "through"})
_LEAP_YEAR: Final = 2024
_YEARS_OF_HOLIDAYS: Final = range(2021, 2061)
_MOST_DATES: Final = 12
_NOT_A_DAY: Final = frozenset({"times", "x", "am", "pm", "a.m", "p.m", "o'clock", ":"})

Found = tuple[Repetition | Impossible, int]
_Dates = frozenset[tuple[int, int]]
"""Months and days."""


def read_days_of_year(line: Line, at: int) -> Found | None:
    """Read days, or whole months, of every year."""
    found = _slashed(line, at) or _holiday(line, at) or _in_named_months(line, at)
    if found is not None:
        return found
    return _dates(line, at) or _months_alone(line, at)


def read_months(line: Line, at: int) -> tuple[tuple[int, ...], int] | None:
    """Read "june", "jan and jul", "june to august"."""
    months: list[int] = []
    behind = at
    while len(months) < _MOST_DATES:
        place = _joint(line, behind) if months else at
        month = month_of(line.word(place))
        if month is None or (months and place == behind):
            break
        behind = line.skip(place + 1, ".")
        last = month_of(line.word(behind + 1)) if line.word(behind) in _UP_TO else None
        if last is None:
            months.append(month)
            continue
        months.extend((month + step - 1) % 12 + 1 for step in range((last - month) % 12 + 1))
        behind += 2
    return (tuple(sorted(set(months))), behind) if months else None


def _in_named_months(line: Line, at: int) -> Found | None:
    """Read "the 3rd of june", "3rd june", "last friday in march and september"."""
    found = read_places(line, line.skip(at, "the"))
    if found is None:
        return None
    days, behind = found
    months = read_months(line, line.skip(behind, "of", "in"))
    if months is None:
        return None
    if isinstance(days, Impossible):
        return days, months[1]
    return _possible(replace(days, freq="YEARLY", by_month=months[0])), months[1]


def _dates(line: Line, at: int) -> Found | None:
    """Read one date or several: "jan 1 and jul 15", "3 june"."""
    dates: _Dates = frozenset()
    behind = at
    while len(dates) < _MOST_DATES:
        place = line.skip(_joint(line, behind), "on") if dates else at
        found = _date(line, place)
        if found is None or (dates and place == behind):
            break
        dates, behind = dates | found[0], found[1]
    return (_yearly(dates), behind) if dates else None


def _date(line: Line, at: int) -> tuple[_Dates, int] | None:
    leap = read_leap_day(line, at)
    if leap is not None:
        return frozenset({leap[:2]}), leap[2]
    month = month_of(line.word(at))
    if month is None:
        day = _day(line, line.skip(at, "the"))
        if day is None:
            return None
        month = month_of(line.word(line.skip(day[1], "of")))
        if month is None:
            return None
        return frozenset({(month, day[0])}), line.skip(day[1], "of") + 1
    days: set[int] = set()
    behind = line.skip(at + 1, ".")
    while len(days) < _MOST_DATES:
        place = _joint(line, behind) if days else behind
        day = _day(line, line.skip(place, "the"))
        follows = month_of(line.word(line.skip(day[1], "of"))) if day is not None else None
        if day is None or follows is not None or (days and place == behind):
            break
        days.add(day[0])
        behind = day[1]
    return (frozenset((month, day) for day in days), behind) if days else None


def _day(line: Line, at: int) -> tuple[int, int] | None:
    """Read "3", "3rd" or "third", not the hour of "9am" or the number of "3 times"."""
    if line.kind(at) == "number":
        number, behind = line.word(at), line.word(at + 1)
        if len(number) > 2 or behind in _NOT_A_DAY or line.kind(at + 1) == "meridiem":
            return None
        return None if unit_of(behind) is not None else (int(number), at + 1)
    return read_ordinal(line, at)


def _slashed(line: Line, at: int) -> Found | None:
    if line.kind(at) not in ("slash", "date") or line.word(at).count("/") != 1:
        return None
    first, second = map(int, line.word(at).split("/"))
    month, day = (first, second) if line.month_first else (second, first)
    if month > 12 >= day:
        month, day = day, month
    return _yearly(frozenset({(month, day)})), at + 1


def _months_alone(line: Line, at: int) -> Found | None:
    months = read_months(line, at)
    if months is None:
        return None
    return Repetition("YEARLY", by_month=months[0], by_month_day=(1,)), months[1]


def _holiday(line: Line, at: int) -> Found | None:
    begin = line.skip(at, "the")
    for words, key in holiday_names.names().get(holiday_names.plain(line.word(begin)), ()):
        if all(
            holiday_names.plain(line.word(begin + offset)) == word
            for offset, word in enumerate(words)
        ):
            rule = rule_of_holiday(key)
            return rule or Impossible(TimeProblem.NO_SUCH_RULE), begin + len(words)
    return None


@cache
def rule_of_holiday(key: str) -> Repetition | None:
    """Return the yearly rule of a holiday, None if no rule can say it, as with Easter."""
    days = [date_of(key, year) for year in _YEARS_OF_HOLIDAYS]
    months = {day.month for day in days}
    dates = {day.day for day in days}
    weekdays = {day.weekday() for day in days}
    if len(months) != 1 or (len(weekdays) > 1 and len(dates) > 1):
        return None
    by_month = tuple(months)
    if len(dates) == 1:
        return Repetition("YEARLY", by_month=by_month, by_month_day=tuple(dates))
    if max(dates) - min(dates) > 6:
        return None
    weekday = weekdays.pop()
    if max(dates) == monthrange(_LEAP_YEAR, by_month[0])[1]:
        return Repetition("YEARLY", by_month=by_month, by_day=((-1, weekday),))
    nth, rest = divmod(min(dates) - 1, 7)
    if not rest:
        return Repetition("YEARLY", by_month=by_month, by_day=((nth + 1, weekday),))
    week = tuple(range(min(dates), min(dates) + 7))
    return Repetition("YEARLY", by_month=by_month, by_month_day=week, by_day=((0, weekday),))


def _yearly(dates: _Dates) -> Repetition | Impossible:
    months = tuple(sorted({month for month, _ in dates}))
    days = tuple(sorted({day for _, day in dates}))
    combined = [(month, day) for month in months for day in days]
    if not all(_exists(*each) for each in dates):
        return Impossible(TimeProblem.NEVER_FIRES)
    every = Repetition("YEARLY", by_month=months, by_month_day=days)
    if len(combined) == len(dates):
        return every
    if not all(_exists(*each) for each in combined) or (2, 29) in combined:
        return Impossible(TimeProblem.NO_SUCH_RULE)
    places = tuple(place for place, each in enumerate(combined, 1) if each in dates)
    return replace(every, places=places)


def _possible(days: Repetition) -> Repetition | Impossible:
    if not days.by_month_day:
        return days
    longest = max(monthrange(_LEAP_YEAR, month)[1] for month in days.by_month)
    such = min(map(abs, days.by_month_day)) <= longest
    return days if such else Impossible(TimeProblem.NEVER_FIRES)


def _exists(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]


def _joint(line: Line, at: int) -> int:
    return line.skip(line.skip(at, ",", "/", "&"), "and", "or", "&")
