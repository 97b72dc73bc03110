"""Where a span ends: reckoned from where it begins, and where it begins from how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final

from ontology.time.reckon_clocks import at_wall_time
from ontology.time.reckon_days import calendar_part
from ontology.time.reckon_moments import Now, Reckoned, reckon
from ontology.time.values import (
    CalendarDate,
    Clock,
    Day,
    Duration,
    Holiday,
    Moment,
    NamedPeriod,
    Span,
    Weekday,
)

_ONE_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = 12


def reckon_span(span: Span, now: Now) -> tuple[Reckoned, datetime] | None:
    """Return the beginning and the end, both on the wall clock of the reckoning."""
    begin = reckon(_with_meridiem(span), now)
    if begin is None:
        return None
    end = _end(span, begin, now)
    return (begin, end) if end is not None else None


def _with_meridiem(span: Span) -> Moment:
    """Give the hour that begins a span the half of the day that its end tells: "3-5pm"."""
    begin, end = span.begin, span.end
    clock, other = begin.clock, end.clock
    if clock is None or clock.sure or other is None or not other.sure or begin.part is not None:
        return begin
    if end.day is not None and begin.day != end.day:
        return begin
    first = clock.hour % _HALF_A_DAY
    ending = (other.hour or 24, other.minute)
    fitting = [hour for hour in (first, first + _HALF_A_DAY) if (hour, clock.minute) < ending]
    if not fitting:
        return begin
    return replace(begin, clock=replace(clock, hour=fitting[-1], sure=True))


def _end(span: Span, begin: Reckoned, now: Now) -> datetime | None:
    end = span.end
    if end.day is None or end.day == span.begin.day:
        return _end_of_the_same_day(end, begin)
    base = now
    if _follows_the_beginning(end.day):
        base = replace(now, instant=now.instant_of(_before(begin.start)))
    found = reckon(end, base)
    if found is None:
        return None
    if found.end is not None and end.clock is None:
        if isinstance(end.day, NamedPeriod):
            return datetime.combine(found.start.date(), time())
        return found.end
    if end.clock is None and end.part is None:
        return datetime.combine(found.start.date(), time()) + _ONE_DAY
    return found.start


def _before(start: datetime) -> datetime:
    return datetime.combine(start.date(), time()) - timedelta(seconds=1)


def _follows_the_beginning(day: Day) -> bool:
    if isinstance(day, Weekday):
        return day.which in ("", "this") and day.of_week is None
    if isinstance(day, CalendarDate | NamedPeriod | Holiday):
        return day.year is None and not day.which
    return False


def _end_of_the_same_day(end: Moment, begin: Reckoned) -> datetime | None:
    day = begin.start.date()
    if end.clock is None:
        if end.part is None:
            return datetime.combine(day, time()) + _ONE_DAY
        return at_wall_time(day, None, end.part)
    if not end.clock.sure:
        return _next_after(begin.start, end.clock)
    at = _on(day, end.clock)
    return at if at > begin.start else at + _ONE_DAY


def _next_after(start: datetime, clock: Clock) -> datetime:
    at = _on(start.date(), replace(clock, hour=clock.hour % _HALF_A_DAY))
    while at <= start:
        at += timedelta(hours=_HALF_A_DAY)
    return at


def _on(day: date, clock: Clock) -> datetime:
    midnight = datetime.combine(day, time())
    return midnight + timedelta(hours=clock.hour, minutes=clock.minute, seconds=clock.second)


def end_after(begin: Reckoned, duration: Duration, now: Now) -> datetime:
    """Return where something ends that lasts so long; what begins with a day ends with one."""
    start = begin.start
    if begin.grain == "day" and not duration.seconds:
        start = datetime.combine(start.date(), time())
    local = start + calendar_part(duration)
    if duration.seconds:
        instant = now.instant_of(local) + timedelta(seconds=duration.seconds)
        return instant.astimezone(now.zone).replace(tzinfo=None, fold=0)
    return local
