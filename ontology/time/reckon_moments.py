"""A day and a wall time that were said, reckoned from now on the clock of a zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

from ontology.time.parts import (
    HOUR_OF_A_DAY,
    HOURS_OF_PARTS,
    CalendarDate,
    Clock,
    Day,
    DayOffset,
    Elapsed,
    NextPeriod,
    PartOfDay,
    Weekday,
    is_possible,
)
from ontology.time.recurrence import to_instant

_ONE_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = 12
_EARLIEST_WAKING_HOUR: Final = 6
_FIRST_HOUR_BEFORE_NOON: Final = 7
_SMALL_HOURS: Final = 5
_MONTHS_AHEAD: Final = 15
_YEARS_AHEAD: Final = 9


@dataclass(frozen=True, slots=True)
class Now:
    """The instant from which a time is reckoned, and where; ``waking``: it is to wake somebody,
    so that a bare hour is one of the morning.
    """

    instant: datetime
    zone: ZoneInfo
    waking: bool = False

    @property
    def local(self) -> datetime:
        """The wall time, naive."""
        return self.instant.astimezone(self.zone).replace(tzinfo=None)

    def is_ahead(self, local: datetime) -> bool:
        """Tell whether a wall time is still to come."""
        return to_instant(local, self.zone) > self.instant


def moment(
    day: Day | None, clock: Clock | None, part: PartOfDay | None, now: Now
) -> datetime | None:
    """Return the naive wall time that was meant; None when there is no such day."""
    if day is None:
        return _next_time(clock, part, now)
    if isinstance(day, DayOffset):
        return _on(now.local.date() + day.days * _ONE_DAY, clock, part, now)
    if isinstance(day, Weekday):
        return _on_weekday(day, clock, part, now)
    if isinstance(day, NextPeriod):
        return _on(_opening_of(day, now.local.date()), clock, part, now)
    return _on_date(day, clock, part, now)


def after_elapsed(elapsed: Elapsed, now: Now) -> datetime:
    """Return the instant, in UTC, when a length of time has passed since now.

    Months and days turn on the calendar at the same wall time, then seconds elapse.
    """
    instant = now.instant.astimezone(UTC).replace(microsecond=0)
    if elapsed.days or elapsed.months:
        turned = now.local.replace(microsecond=0) + relativedelta(
            months=elapsed.months, days=elapsed.days
        )
        instant = to_instant(turned, now.zone)
    return instant + timedelta(seconds=elapsed.seconds)


def wall_time(clock: Clock | None, part: PartOfDay | None, now: Now) -> time:
    """Return the time of day that was meant where the day is known.

    A bare hour from 7 to 11 is before noon, from 12 to 6 after it, unless a part of the day
    or waking somebody says otherwise.
    """
    if clock is None:
        return time(HOURS_OF_PARTS[part] if part is not None else HOUR_OF_A_DAY)
    return time(_hour(clock, part, now), clock.minute)


def _hour(clock: Clock, part: PartOfDay | None, now: Now) -> int:
    hour = clock.hour
    if clock.sure:
        return hour
    if part is PartOfDay.MORNING or (part is None and now.waking):
        return hour % _HALF_A_DAY
    if part is PartOfDay.NIGHT:
        return hour % _HALF_A_DAY + (_HALF_A_DAY if _SMALL_HOURS <= hour < 12 else 0)
    if part is None and _FIRST_HOUR_BEFORE_NOON <= hour < _HALF_A_DAY:
        return hour
    return hour % _HALF_A_DAY + _HALF_A_DAY


def _on(day: date, clock: Clock | None, part: PartOfDay | None, now: Now) -> datetime:
    at = _at(day, clock, part, now)
    if day != now.local.date() or now.is_ahead(at):
        return at
    return _later_today(at, clock, part, now)


def _at(day: date, clock: Clock | None, part: PartOfDay | None, now: Now) -> datetime:
    at = datetime.combine(day, wall_time(clock, part, now))
    if part is PartOfDay.NIGHT and at.hour < _SMALL_HOURS:
        # The small hours of tonight are tomorrow's.
        at += _ONE_DAY
    return at


def _later_today(
    at: datetime, clock: Clock | None, part: PartOfDay | None, now: Now
) -> datetime:
    """Return what "today at 8" or "today" may still mean once 08:00 or 09:00 has passed."""
    candidates: list[datetime] = []
    if part is None and clock is None:
        candidates = [at.replace(hour=hour) for hour in sorted(HOURS_OF_PARTS.values())]
    elif part is None and clock is not None and not clock.sure:
        candidates = [at.replace(hour=(clock.hour % _HALF_A_DAY) + _HALF_A_DAY)]
    return next((later for later in candidates if now.is_ahead(later)), at)


def _next_time(clock: Clock | None, part: PartOfDay | None, now: Now) -> datetime:
    """Return the next time that a clock shows this; a bare hour is one at which people wake."""
    for day in (now.local.date() + days * _ONE_DAY for days in range(3)):
        for at in sorted(datetime.combine(day, of_day) for of_day in _senses(clock, part, now)):
            if now.is_ahead(at):
                return at
    return now.local + _ONE_DAY


def _senses(clock: Clock | None, part: PartOfDay | None, now: Now) -> Iterator[time]:
    if clock is None or clock.sure or part is not None or now.waking:
        yield wall_time(clock, part, now)
        return
    for hour in (clock.hour % _HALF_A_DAY, clock.hour % _HALF_A_DAY + _HALF_A_DAY):
        if hour >= _EARLIEST_WAKING_HOUR:
            yield time(hour, clock.minute)


def _on_weekday(
    day: Weekday, clock: Clock | None, part: PartOfDay | None, now: Now
) -> datetime:
    today = now.local.date()
    if day.next_week:
        monday = today + (7 - today.weekday()) * _ONE_DAY
        return _on(monday + day.weekday * _ONE_DAY, clock, part, now)
    ahead = (day.weekday - today.weekday()) % 7
    at = _at(today + ahead * _ONE_DAY, clock, part, now)
    said_a_time = clock is not None or part is not None
    if ahead or (said_a_time and now.is_ahead(at)):
        return at
    return _at(today + 7 * _ONE_DAY, clock, part, now)


def _opening_of(period: NextPeriod, today: date) -> date:
    if period.unit == "week":
        return today + (7 - today.weekday()) * _ONE_DAY
    if period.unit == "month":
        return today.replace(day=1) + relativedelta(months=1)
    return date(today.year + 1, 1, 1)


def _on_date(
    day: CalendarDate, clock: Clock | None, part: PartOfDay | None, now: Now
) -> datetime | None:
    days = list(_possible_dates(day, now.local.date()))
    if not days:
        return None
    # "the 20th at 8" is rather next month's than this evening.
    reckon = _at if day.month is None else _on
    moments = [reckon(possible, clock, part, now) for possible in days]
    at = next((at for at in moments if now.is_ahead(at)), moments[0])
    return at if day.weekday in (None, at.weekday()) else None


def _weekday_of(day: CalendarDate) -> int | None:
    if not is_possible(day) or day.month is None or day.year is None:
        return None
    return date(day.year, day.month, day.day).weekday()


def _possible_dates(day: CalendarDate, today: date) -> Iterator[date]:
    if day.month is None:
        # A day of some month: with a week day beside it, the first that is both.
        months = [today.replace(day=1) + relativedelta(months=n) for n in range(_MONTHS_AHEAD)]
        dates = [CalendarDate(day.day, month.month, month.year) for month in months]
        dates = [each for each in dates if day.weekday in (None, _weekday_of(each))]
    elif day.year is None:
        years = range(today.year, today.year + _YEARS_AHEAD)
        dates = [CalendarDate(day.day, day.month, year) for year in years]
    else:
        dates = [day]
    for possible in dates:
        if is_possible(possible) and possible.month and possible.year:
            yield date(possible.year, possible.month, possible.day)
