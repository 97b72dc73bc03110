"""Putting together what was said of one moment: its day, wall time, part of the day, zone."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.values import (
    CalendarDate,
    Clock,
    Day,
    DayOffset,
    Duration,
    EdgeOf,
    Holiday,
    Later,
    Moment,
    NamedPeriod,
    NthDay,
    PartOfDay,
    Period,
    Weekday,
    Which,
    Zone,
)

_FIRST_HOUR_BEFORE_NOON: Final = 7


def merged(left: Moment, right: Moment) -> Moment | None:
    """Return both as one moment, None where they say different things."""
    if left.clock is not None and right.clock is not None:
        return None
    if left.zone is not None and right.zone is not None:
        return None
    day = left.day
    if right.day is not None:
        day = right.day if left.day is None else one_day(left.day, right.day)
        if day is None:
            return None
    part = _one_part(left.part, right.part)
    zone = left.zone or right.zone
    clock = _in_zone(left.clock or right.clock, zone)
    if isinstance(day, Later) and day.duration.seconds and (clock or part):
        return None
    return Moment(
        _in_year(day, left.year or right.year),
        clock,
        part,
        zone,
        left.year or right.year,
        left.about or right.about,
    )


def _in_zone(clock: Clock | None, zone: Zone | None) -> Clock | None:
    """Take "10:00 CET" as it is written: who names a zone writes what its clocks show."""
    if clock is None or zone is None or clock.sure or clock.hour < _FIRST_HOUR_BEFORE_NOON:
        return clock
    return replace(clock, sure=True)


def _one_part(left: PartOfDay | None, right: PartOfDay | None) -> PartOfDay | None:
    """Take the narrower of two parts of a day: "tonight … late evening"."""
    if left is None or right is None:
        return left or right
    return right if right.end - right.begin < left.end - left.begin else left


def _in_year(day: Day | None, year: int | None) -> Day | None:
    if year is not None and isinstance(day, CalendarDate) and day.year is None:
        return replace(day, year=year)
    return day


def one_day(left: Day, right: Day) -> Day | None:
    """Return the day that two ways of saying it mean together, None where they cannot agree."""
    return _either(left, right) or _either(right, left)


def _either(left: Day, right: Day) -> Day | None:
    if left == right:
        return left
    if isinstance(left, Weekday):
        return _weekday_and(left, right)
    if isinstance(left, DayOffset) and isinstance(right, CalendarDate | Holiday):
        return right
    if isinstance(left, CalendarDate):
        return _date_and(left, right)
    if isinstance(left, NthDay) and left.of is None and isinstance(right, Period | NamedPeriod):
        return replace(left, of=right)
    if isinstance(left, Holiday):
        return _holiday_and(left, right)
    return _month_and(left, right) if isinstance(left, NamedPeriod) else None


def _month_and(month: NamedPeriod, other: Day) -> Day | None:
    """Read "next year … december"."""
    if month.unit != "month" or month.year is not None:
        return None
    if isinstance(other, Period) and other.unit == "year":
        return replace(month, in_years=100 + other.shift)
    return None


def _holiday_and(holiday: Holiday, other: Day) -> Day | None:
    """Read "last year's christmas"."""
    if isinstance(other, NamedPeriod) and other.unit == "year":
        return replace(holiday, year=other.year)
    if isinstance(other, Period) and other.unit == "year":
        return replace(holiday, shift=other.shift or 100)
    return None


def _weekday_and(weekday: Weekday, other: Day) -> Day | None:
    if isinstance(other, CalendarDate) and other.weekday is None and weekday.which != "last":
        return replace(other, weekday=weekday.weekday)
    if isinstance(other, DayOffset | Holiday):
        return other
    if isinstance(other, Period) and other.unit == "week" and weekday.of_week is None:
        return Weekday(weekday.weekday, of_week=other.shift)
    if isinstance(other, Period) and other.unit in ("month", "year") and other.shift > 0:
        return NthDay(1, weekday.weekday, other)
    if isinstance(other, Later) and not other.duration.seconds:
        return replace(other, weekday=weekday.weekday) if _is_whole(other.duration) else None
    return None


def _is_whole(duration: Duration) -> bool:
    return bool(duration.months or duration.days >= 7)


def _date_and(date: CalendarDate, other: Day) -> Day | None:
    if isinstance(other, Period) and other.unit == "year" and date.month and not date.year:
        which: Which = "this" if other.shift == 0 else "next" if other.shift > 0 else "last"
        return replace(date, which=which)
    if isinstance(other, Period) and other.unit == "month" and date.month is None:
        return NthDay(date.day, None, other)
    if isinstance(other, NamedPeriod) and date.month is None and other.unit == "month":
        return replace(date, month=other.number, year=other.year)
    if isinstance(other, NamedPeriod) and other.unit == "year" and date.year is None:
        return replace(date, year=other.year) if date.month else None
    if isinstance(other, CalendarDate) and date.month is None and other.day == date.day:
        return other
    if isinstance(other, EdgeOf):
        return None
    return None
