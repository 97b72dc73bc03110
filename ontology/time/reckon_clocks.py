"""Wall times that were said, reckoned to hours: before or after noon, as people mean them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from ontology.time.day_parts import HOUR_OF_A_DAY
from ontology.time.values import Clock, PartOfDay

_HALF_A_DAY: Final = 12
_DAY: Final = 24
EARLIEST_WAKING_HOUR: Final = 6
_FIRST_HOUR_BEFORE_NOON: Final = 7


def at_wall_time(
    day: date, clock: Clock | None, part: PartOfDay | None, *, waking: bool = False
) -> datetime:
    """Return the naive wall time of a day; the small hours of a night are the next day's.

    A bare hour from 7 to 11 is before noon, from 12 to 6 after it, unless a part of the day
    or waking somebody says otherwise.
    """
    midnight = datetime.combine(day, time())
    if clock is None:
        hours = part.at if part is not None else HOUR_OF_A_DAY
        return midnight + timedelta(hours=hours)
    hour = _hour(clock, part, waking=waking)
    return midnight + timedelta(hours=hour, minutes=clock.minute, seconds=clock.second)


def wall_time(clock: Clock | None, part: PartOfDay | None, *, waking: bool = False) -> time:
    """Return the time of day that was meant where the day is known."""
    return at_wall_time(date(2000, 1, 1), clock, part, waking=waking).time()


def _hour(clock: Clock, part: PartOfDay | None, *, waking: bool) -> int:
    if part is not None:
        for hour in _hours_of(clock):
            if part.begin <= hour + clock.minute / 60 < part.end or hour == part.end == _DAY:
                return hour
        if clock.sure:
            return clock.hour
        return _nearest(clock, part)
    if clock.sure:
        return clock.hour
    # Nobody is woken "at 12" of the day after by midnight before it.
    if waking and clock.hour != _HALF_A_DAY:
        return clock.hour % _HALF_A_DAY
    if _FIRST_HOUR_BEFORE_NOON <= clock.hour < _HALF_A_DAY:
        return clock.hour
    return clock.hour % _HALF_A_DAY + _HALF_A_DAY


def _hours_of(clock: Clock) -> tuple[int, ...]:
    if clock.sure:
        return (clock.hour, clock.hour + _DAY)
    first = clock.hour % _HALF_A_DAY
    return (first, first + _HALF_A_DAY, first + _DAY)


def _nearest(clock: Clock, part: PartOfDay) -> int:
    first = clock.hour % _HALF_A_DAY
    return min((first, first + _HALF_A_DAY), key=lambda hour: abs(hour - part.at))


def senses(
    clock: Clock | None, part: PartOfDay | None, *, waking: bool
) -> Iterator[Clock | None]:
    """Yield the wall times that a bare hour may mean, those at which people wake first."""
    if clock is None or clock.sure or part is not None or waking:
        yield clock
        return
    for hour in _hours_of(clock)[:2]:
        if hour >= EARLIEST_WAKING_HOUR:
            yield Clock(hour, clock.minute, clock.second, True, clock.grain)
