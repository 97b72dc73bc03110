"""The days that were meant, reckoned from today: the likeliest first, then later ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import Final

from dateutil.relativedelta import relativedelta

from ontology.time.holidays import date_of, nth_weekday
from ontology.time.reckon_periods import (
    Window,
    edge_of,
    nth_in,
    window_of,
    windows_of_period,
)
from ontology.time.values import (
    WORKDAY,
    CalendarDate,
    Day,
    DayOffset,
    Duration,
    EdgeOf,
    Holiday,
    Later,
    NamedPeriod,
    NthDay,
    NthPeriod,
    Period,
    Weekday,
    WeekendOf,
    WeekOf,
)

_SATURDAY: Final = 5
_ONE_DAY: Final = timedelta(days=1)
_MONTHS_AHEAD: Final = 48
_YEARS_AHEAD: Final = 9
_WEEKS_AHEAD: Final = 3
_BASES_TRIED: Final = 3
_NEAR_AT_HAND: Final = 60
_JUST_PAST: Final = 31
_YEARS: Final = range(1000, 3000)


def windows(day: Day, today: date) -> Iterator[Window]:
    """Yield the days that may be meant; none where there is no such day.

    Days that were said exactly yield one. Others begin with the first that is not over.
    """
    if isinstance(day, DayOffset):
        yield Window.of_day(today + day.days * _ONE_DAY)
    elif isinstance(day, Weekday):
        yield from map(Window.of_day, _weekdays(day, today))
    elif isinstance(day, CalendarDate):
        yield from map(Window.of_day, _dates(day, today))
    elif isinstance(day, Holiday):
        yield from map(Window.of_day, _holidays(day, today))
    elif isinstance(day, Period | NamedPeriod):
        yield from windows_of_period(day, today)
    elif isinstance(day, NthDay):
        yield from map(Window.of_day, _nth_days(day, today))
    elif isinstance(day, Later):
        yield from _later(day, today)
    else:
        yield from _parts_of_periods(day, today)


def _parts_of_periods(
    day: NthPeriod | EdgeOf | WeekendOf | WeekOf, today: date
) -> Iterator[Window]:
    for window in windows(day.of, today):
        if isinstance(day, EdgeOf):
            yield edge_of(window, day.edge)
        elif isinstance(day, NthPeriod):
            found = nth_in(window, day.nth, day.unit)
            if found is not None:
                yield found
        elif isinstance(day, WeekOf):
            yield window_of("week", window.begin)
        else:
            shift = -1 if window.begin.weekday() < 2 else 0
            yield window_of("weekend", window.begin, shift)


def _weekdays(day: Weekday, today: date) -> Iterator[date]:
    monday = today - today.weekday() * _ONE_DAY
    if day.of_week is not None:
        yield monday + (7 * day.of_week + day.weekday) * _ONE_DAY
    elif day.which == "next":
        yield monday + (7 * (1 + day.weeks) + day.weekday) * _ONE_DAY
    elif day.which == "last":
        back = (today.weekday() - day.weekday) % 7 or 7
        yield today + (7 * day.weeks - back) * _ONE_DAY
    else:
        ahead = (day.weekday - today.weekday()) % 7
        if day.strictly:
            ahead = ahead or 7
        first = today + (ahead + 7 * day.weeks) * _ONE_DAY
        if day.weeks:
            yield first
            return
        for week in range(_WEEKS_AHEAD):
            yield first + 7 * week * _ONE_DAY


def _dates(day: CalendarDate, today: date) -> Iterator[date]:
    found = list(_with_weekday(day, _written(day, today), today))
    if not found and day.swapped and day.month is not None:
        # The weekday tells which way round day and month were meant.
        other = replace(day, day=day.month, month=day.day)
        found = list(_with_weekday(other, _written(other, today), today))
    yield from found


def _written(day: CalendarDate, today: date) -> Iterator[date]:
    if day.month is None:
        first = today.replace(day=1)
        months = (first + relativedelta(months=ahead) for ahead in range(_MONTHS_AHEAD))
        written: Iterator[tuple[int, int]] = ((month.year, month.month) for month in months)
    elif day.year is not None:
        written = iter([(day.year, day.month)])
    elif day.which:
        shift = {"this": 0, "next": 1, "last": -1}[day.which]
        written = iter([(today.year + shift, day.month)])
    else:
        # The last day of the calendar's longest pause: 29 February.
        years = range(today.year, today.year + _YEARS_AHEAD)
        written = ((year, day.month or 1) for year in years)
    exact = day.year is not None or bool(day.which)
    for year, month in written:
        found = _possible(year, month, day.day)
        if found is not None and (exact or found >= today):
            yield found


def _with_weekday(day: CalendarDate, dates: Iterator[date], today: date) -> Iterator[date]:
    """Keep what falls on the weekday that was said.

    Without a month it picks the month. With a month and no year it is the coming such date or
    the one after that; a date of the past year with its weekday, copied as it stood, means the
    coming one all the same. A date near at hand is taken at its word.
    """
    if day.weekday is None:
        yield from dates
        return
    if day.month is None or day.year is not None or day.which:
        yield from (each for each in dates if each.weekday() == day.weekday)
        return
    coming = list(islice(dates, 2))
    fitting = [each for each in coming if each.weekday() == day.weekday]
    if coming and (coming[0] - today).days <= _NEAR_AT_HAND:
        fitting = [each for each in fitting if each == coming[0]]
    if not fitting and coming:
        past = _possible(coming[0].year - 1, day.month, day.day)
        if past is not None and past.weekday() == day.weekday:
            just_past = (today - past).days <= _JUST_PAST
            fitting = [past] if just_past else coming[:1]
    yield from fitting


def _possible(year: int, month: int, day: int) -> date | None:
    if year not in _YEARS:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _holidays(day: Holiday, today: date) -> Iterator[date]:
    if day.year is not None:
        if day.year in _YEARS:
            yield date_of(day.name, day.year)
        return
    if day.shift:
        yield date_of(day.name, today.year + (day.shift if day.shift < 50 else 0))
        return
    years = range(today.year - 1, today.year + 4)
    dates = [date_of(day.name, year) for year in years]
    if day.which == "last":
        yield max(each for each in dates if each < today)
        return
    yield from (each for each in dates if each >= today)


def _nth_days(day: NthDay, today: date) -> Iterator[date]:
    if day.of is None:
        first = today.replace(day=1)
        months = (first + relativedelta(months=ahead) for ahead in range(13))
        periods: Iterator[Window] = (window_of("month", month) for month in months)
    else:
        periods = windows_of_period(day.of, today)
    exact = isinstance(day.of, Period) or (day.of is not None and day.of.year is not None)
    for window in periods:
        found = _nth_in(window, day)
        if found is not None and (exact or found >= today):
            yield found


def _nth_in(window: Window, day: NthDay) -> date | None:
    length = (window.end - window.begin).days
    if day.weekday is None:
        offset = day.nth - 1 if day.nth > 0 else length + day.nth
        return window.begin + offset * _ONE_DAY if 0 <= offset < length else None
    if day.weekday == WORKDAY:
        days = (window.begin + offset * _ONE_DAY for offset in range(min(length, 366)))
        working = [each for each in days if each.weekday() < _SATURDAY]
        place = day.nth - 1 if day.nth > 0 else day.nth
        return working[place] if -len(working) <= place < len(working) else None
    if window.grain == "month":
        return nth_weekday(window.begin.year, window.begin.month, day.nth, day.weekday)
    if day.nth > 0:
        ahead = (day.weekday - window.begin.weekday()) % 7 + 7 * (day.nth - 1)
        found = window.begin + ahead * _ONE_DAY
    else:
        last = window.end - _ONE_DAY
        back = (last.weekday() - day.weekday) % 7 + 7 * (-day.nth - 1)
        found = last - back * _ONE_DAY
    return found if window.begin <= found < window.end else None


def _later(day: Later, today: date) -> Iterator[Window]:
    base = day.base.day if day.base is not None else None
    if base is None:
        yield Window.of_day(after(today, day))
        return
    # What is some days before the next Christmas may be over, and the one after it meant.
    for start in islice(windows(base, today), _BASES_TRIED):
        yield Window.of_day(after(start.begin, day))


def after(begin: date, later: Later) -> date:
    """Return the day that is a length of time after another, on the calendar."""
    found = begin + calendar_part(later.duration)
    found = _after_business_days(found, later.duration.business)
    if later.weekday is not None:
        found += (later.weekday - found.weekday()) % 7 * _ONE_DAY
    return found


def calendar_part(duration: Duration) -> relativedelta:
    """Return the months and days of a length of time."""
    return relativedelta(months=duration.months, days=duration.days)


def _after_business_days(begin: date, count: int) -> date:
    step = _ONE_DAY if count >= 0 else -_ONE_DAY
    found, left = begin, min(abs(count), 5_000)
    while left:
        found += step
        left -= found.weekday() < 5
    return found
