"""A moment that was said, reckoned from now on the clock of a zone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from ontology.time.day_parts import AFTERNOON, EVENING, MORNING, NIGHT, SAME_TIME
from ontology.time.reckon_clocks import at_wall_time, senses
from ontology.time.reckon_days import after, windows
from ontology.time.reckon_periods import Window
from ontology.time.values import (
    CalendarDate,
    Clock,
    DayOffset,
    Grain,
    Later,
    Moment,
    NamedPeriod,
    PartOfDay,
    Period,
    Weekday,
    Zone,
)

_ONE_DAY: Final = timedelta(days=1)
_HALF_A_DAY: Final = 12
_MOST_TRIED: Final = 60
_LATER_TODAY: Final = tuple(
    part.at for part in sorted((MORNING, AFTERNOON, EVENING, NIGHT), key=lambda part: part.at)
)


@dataclass(frozen=True, slots=True)
class Now:
    """The instant from which a time is reckoned, and where; ``waking``: it is to wake somebody,
    so that a bare hour is one of the morning.
    """

    instant: datetime
    zone: tzinfo
    waking: bool = False
    home: tzinfo | None = None

    @property
    def local(self) -> datetime:
        """The wall time, naive."""
        return self.instant.astimezone(self.zone).replace(tzinfo=None, fold=0)

    @property
    def today(self) -> date:
        """The day that it is for the person, whatever zone a time was said in."""
        return self.instant.astimezone(self.home or self.zone).date()

    def instant_of(self, local: datetime) -> datetime:
        """Return the UTC instant of a naive wall time: past a gap, or the first of two."""
        return local.replace(tzinfo=self.zone).astimezone(UTC)

    def again(self, local: datetime) -> datetime | None:
        """Return the UTC instant still to come of a wall time that is shown twice."""
        second = local.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        return second if second > self.instant else None

    def is_ahead(self, local: datetime) -> bool:
        """Tell whether a wall time is still to come."""
        return self.instant_of(local) > self.instant

    def in_zone(self, zone: Zone | None) -> Now:
        """Return the same instant on the clock of a zone that was said."""
        if zone is None:
            return self
        return replace(self, zone=clock_of(zone), home=self.zone)


def clock_of(zone: Zone) -> tzinfo:
    """Return the clock of a zone that was said; an abbreviation keeps what it means."""
    if zone.minutes is not None:
        return timezone(timedelta(minutes=zone.minutes))
    return ZoneInfo(zone.name or "UTC")


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A naive wall time in the zone of the reckoning, and where a longer time ends.

    ``instant`` is set where time elapsed, so that of an hour repeated it is the right one.
    """

    start: datetime
    grain: Grain
    end: datetime | None = None
    instant: datetime | None = None


def reckon(moment: Moment, now: Now) -> Reckoned | None:
    """Return the time that was meant; None when there is no such day."""
    try:
        return _reckon(moment, now)
    except (OverflowError, ValueError):
        return None


def _reckon(moment: Moment, now: Now) -> Reckoned | None:
    day = moment.day
    if day is None:
        return _next_time(moment, now)
    if isinstance(day, Later) and (day.duration.seconds or _is_from_now(day, moment)):
        return _elapsed(day, now)
    return _on_one_of(moment, windows(day, now.today), now)


def _is_from_now(day: Later, moment: Moment) -> bool:
    alone = moment.clock is None and moment.part is None
    return day.base is None and day.weekday is None and alone


def _elapsed(later: Later, now: Now) -> Reckoned | None:
    """Months and days turn on the calendar at the same wall time, then seconds elapse."""
    duration = later.duration
    if later.base is not None:
        base = _reckon(later.base, now)
        if base is None:
            return None
        begin, exact = base.start, now.instant_of(base.start)
    else:
        begin, exact = now.local.replace(microsecond=0), now.instant.replace(microsecond=0)
    if duration.days or duration.months or duration.business:
        turned = datetime.combine(after(begin.date(), later), begin.time())
        exact = now.instant_of(turned)
    instant = exact.astimezone(UTC) + timedelta(seconds=duration.seconds)
    local = instant.astimezone(now.zone)
    grain: Grain = duration.unit if duration.unit != "quarter" else "month"
    return Reckoned(local.replace(tzinfo=None, fold=0), grain, instant=instant)


def _next_time(moment: Moment, now: Now) -> Reckoned | None:
    """Return the next time that a clock shows this; a bare hour is one at which people wake."""
    clock, part = moment.clock, moment.part
    if clock is None and part is None:
        return None
    today = now.today
    for day in (today + days * _ONE_DAY for days in range(-1, 4)):
        times = sorted(
            at_wall_time(day, sense, part, waking=now.waking)
            for sense in senses(clock, part, waking=now.waking)
        )
        for at in times:
            if at.date() < today:
                continue
            if now.is_ahead(at):
                return _timed(at, clock, part, day)
            if (second := now.again(at)) is not None:
                return replace(_timed(at, clock, part, day), instant=second)
    return None


def _timed(at: datetime, clock: Clock | None, part: PartOfDay | None, day: date) -> Reckoned:
    grain: Grain = clock.grain if clock is not None else "part"
    end = None
    if clock is None and part is not None:
        end = datetime.combine(day, datetime.min.time()) + timedelta(hours=part.end)
    return Reckoned(at, grain, end)


def _on_one_of(moment: Moment, found: Iterator[Window], now: Now) -> Reckoned | None:
    """Return the first of several days whose time is still ahead, else the first of them."""
    first: Reckoned | None = None
    said_a_time = moment.clock is not None or moment.part is not None
    for window in islice(found, _MOST_TRIED):
        reckoned = _on(window, moment, now)
        if first is None:
            first = reckoned
        if now.is_ahead(reckoned.start) and not _is_stale(moment, window, now, said_a_time):
            return reckoned
        if isinstance(moment.day, DayOffset):
            return reckoned
    return first


def _is_stale(moment: Moment, window: Window, now: Now, said_a_time: bool) -> bool:
    """Tell that "friday" said on a Friday is the next one; with a time it may be today."""
    day = moment.day
    return (
        isinstance(day, Weekday)
        and day.which == ""
        and not said_a_time
        and window.begin == now.today
    )


def _on(window: Window, moment: Moment, now: Now) -> Reckoned:
    clock, part = moment.clock, moment.part
    if part is SAME_TIME:
        local = now.local
        clock, part = clock or Clock(local.hour, local.minute), None
    day = window.begin
    if window.grain not in ("day",) and clock is None and part is None:
        return _in_period(window, now)
    at = at_wall_time(day, clock, part, waking=now.waking)
    if day == now.today and not now.is_ahead(at) and _may_be_later(moment):
        at = _later_today(at, clock, part, now)
    if clock is None and part is None:
        return Reckoned(at, "day")
    return _timed(at, clock, part, day)


def _may_be_later(moment: Moment) -> bool:
    """Tell that "the 20th at 8" is rather next month's, and "friday at 9" the next one's."""
    day = moment.day
    if isinstance(day, CalendarDate):
        return day.month is not None or day.weekday is not None
    return not isinstance(day, Weekday) or day.which != ""


def _in_period(window: Window, now: Now) -> Reckoned:
    """Return the first day of a period, or where it has begun the first that is ahead."""
    at = at_wall_time(window.begin, None, None)
    today = now.today
    if window.begin <= today < window.end and not now.is_ahead(at):
        days = (today, today + _ONE_DAY)
        ahead = [at_wall_time(day, None, None) for day in days if day < window.end]
        at = next((each for each in ahead if now.is_ahead(each)), _rest_of_today(now))
    return Reckoned(at, window.grain, datetime.combine(window.end, datetime.min.time()))


def _rest_of_today(now: Now) -> datetime:
    midnight = now.local.replace(hour=0, minute=0, second=0, microsecond=0)
    later = (midnight + timedelta(hours=hour) for hour in _LATER_TODAY)
    return next((at for at in later if now.is_ahead(at)), now.local.replace(microsecond=0))


def _later_today(
    at: datetime, clock: Clock | None, part: PartOfDay | None, now: Now
) -> datetime:
    """Return what "today at 8" or "today" may still mean once 08:00 or 09:00 has passed."""
    if part is None and clock is None:
        later = _rest_of_today(now)
        return later if later > now.local else at
    if part is None and clock is not None and not clock.sure:
        evening = at.replace(hour=clock.hour % _HALF_A_DAY + _HALF_A_DAY)
        return evening if now.is_ahead(evening) else at
    if part is not None and clock is None and now.local.hour < part.end:
        # "this afternoon" at four: what is left of it.
        left = now.local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        midnight = left.replace(hour=0) if left.date() == at.date() else None
        if midnight is not None and left < midnight + timedelta(hours=part.end):
            return left
    return at


def is_period(moment: Moment) -> bool:
    """Tell whether a moment is a stretch of the calendar rather than a day."""
    return isinstance(moment.day, Period | NamedPeriod)
