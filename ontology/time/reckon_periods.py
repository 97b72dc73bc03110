"""Weeks, months, quarters, seasons and years on the calendar, and the edges of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta

from ontology.time.values import Edge, Grain, NamedPeriod, Period

_ONE_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_MONTHS: Final[dict[Grain, int]] = {
    "month": 1,
    "quarter": 3,
    "season": 3,
    "half": 6,
    "year": 12,
    "decade": 120,
}
_FIRST_MONTH_OF_SPRING: Final = 3
_OPENING_OF_SEASON: Final = {3: 20, 6: 21, 9: 23, 12: 21}  # in the north, to the day
_YEARS_BACK: Final = 1
_YEARS_AHEAD: Final = 9
_EARLIEST: Final = 1000
_LATEST: Final = 2999


@dataclass(frozen=True, slots=True)
class Window:
    """Days from ``begin`` up to ``end``."""

    begin: date
    end: date
    grain: Grain = "day"

    @classmethod
    def of_day(cls, day: date) -> Window:
        return cls(day, day + _ONE_DAY)


def windows_of_period(period: Period | NamedPeriod, today: date) -> Iterator[Window]:
    """Yield the stretches that were meant, the likeliest first."""
    if isinstance(period, Period):
        yield window_of(period.unit, today, period.shift)
        return
    if period.unit == "week":
        yield from _weeks(period, today)
        return
    yield from _named(period, today)


def window_of(unit: Grain, today: date, shift: int = 0) -> Window:
    """Return the week, month … that holds a day, or one so many before or after it."""
    if unit == "day":
        return Window.of_day(today + shift * _ONE_DAY)
    monday = today - today.weekday() * _ONE_DAY
    if unit == "week":
        begin = monday + 7 * shift * _ONE_DAY
        return Window(begin, begin + 7 * _ONE_DAY, "week")
    if unit == "weekend":
        begin = monday + (7 * shift + _SATURDAY) * _ONE_DAY
        return Window(begin, begin + 2 * _ONE_DAY, "weekend")
    months = _MONTHS.get(unit, 1)
    number = today.year * 12 + today.month - 1
    lag = 2 if unit == "season" else 0
    opening = (number - lag) // months * months + lag + shift * months
    return _months(opening, months, unit)


def _months(opening: int, months: int, unit: Grain) -> Window:
    opening = min(max(opening, _EARLIEST * 12), _LATEST * 12)
    begin = date(opening // 12, opening % 12 + 1, 1)
    end = begin + relativedelta(months=months)
    if unit == "season":
        begin, end = (each.replace(day=_OPENING_OF_SEASON[each.month]) for each in (begin, end))
    return Window(begin, end, unit)


def _named(period: NamedPeriod, today: date) -> Iterator[Window]:
    months = _MONTHS[period.unit]
    if period.unit in ("year", "decade"):
        yield _months((period.year or today.year) * 12, months, period.unit)
        return
    first = (period.number - 1) * months
    if period.unit == "season":
        first += _FIRST_MONTH_OF_SPRING - 1  # winter goes on into the next year
    if period.year is not None:
        yield _months(period.year * 12 + first, months, period.unit)
        return
    found = [
        _months(year * 12 + first, months, period.unit)
        for year in range(today.year - _YEARS_BACK, today.year + _YEARS_AHEAD)
    ]
    if period.in_years >= 50:
        yield found[_YEARS_BACK + period.in_years - 100]
        return
    if period.which == "last":
        yield max((window for window in found if window.end <= today), key=lambda w: w.begin)
        return
    coming = [window for window in found if window.end > today]
    if period.which == "next":
        coming = [window for window in coming if window.begin > today]
    yield from coming[period.in_years :]


def _weeks(period: NamedPeriod, today: date) -> Iterator[Window]:
    years = [period.year] if period.year is not None else [today.year, today.year + 1]
    if period.in_years:
        years = [today.year + period.in_years - 100]
    for year in years:
        try:
            monday = date.fromisocalendar(year, period.number, 1)
        except ValueError:
            continue
        window = Window(monday, monday + 7 * _ONE_DAY, "week")
        if period.year is not None or period.in_years or window.end > today:
            yield window


def edge_of(window: Window, edge: Edge) -> Window:
    """Return the day that the beginning, middle or end of a stretch means."""
    length = (window.end - window.begin).days
    if window.grain == "week":
        offset = {"begin": 0, "early": 0, "mid": 2, "late": 4, "end": 4}[edge]
    elif edge in ("begin", "end"):
        offset = 0 if edge == "begin" else length - 1
    else:
        share = {"early": 0.13, "mid": 0.5, "late": 0.8}[edge]
        offset = int(length * share) if edge != "mid" else length // 2
    return Window.of_day(window.begin + offset * _ONE_DAY)


def nth_in(window: Window, nth: int, unit: Grain) -> Window | None:
    """Return the n-th week, weekend, month or quarter of a stretch; negative from its end."""
    if unit in ("month", "quarter"):
        step, count = _MONTHS[unit], 0
        begins = []
        begin = window.begin
        while begin < window.end and count < 130:
            begins.append(begin)
            begin, count = begin + relativedelta(months=step), count + 1
    else:
        begins = _weeks_in(window, unit)
    place = nth - 1 if nth > 0 else nth
    if not begins or not -len(begins) <= place < len(begins):
        return None
    return window_of(unit, begins[place])


def _weeks_in(window: Window, unit: Grain) -> list[date]:
    """Return the Mondays of the weeks that lie in a stretch as a whole, or of its Saturdays."""
    first_day, last_day = (_SATURDAY, _SATURDAY) if unit == "weekend" else (0, 6)
    first = window.begin - window.begin.weekday() * _ONE_DAY
    mondays = []
    for number in range((window.end - first).days // 7 + 1):
        monday = first + 7 * number * _ONE_DAY
        begins, ends = monday + first_day * _ONE_DAY, monday + last_day * _ONE_DAY
        if window.begin <= begins and ends < window.end:
            mondays.append(monday)
    return mondays
