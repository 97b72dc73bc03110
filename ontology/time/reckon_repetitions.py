"""A repetition that was said, reckoned to a schedule that begins with its first occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from ontology.errors import HostileRule, NoSuchRule
from ontology.time.concepts import Schedule, zone_named
from ontology.time.day_parts import HOUR_OF_A_DAY
from ontology.time.reckon_days import windows
from ontology.time.reckon_ends import ended
from ontology.time.reckon_moments import Now, reckon
from ontology.time.recurrence import check_schedule, next_after
from ontology.time.repeating import Repetition, Window
from ontology.time.repetition_rules import pieces_of, without
from ontology.time.rule import MOST_TIMES_A_DAY
from ontology.time.values import (
    WORKDAY,
    CalendarDate,
    Clock,
    DayOffset,
    Moment,
    NamedPeriod,
    NthDay,
    Period,
    Weekday,
    Zone,
)

if TYPE_CHECKING:
    from ontology.time.said import Said

_SUB_DAILY: Final = ("HOURLY", "MINUTELY")
_MINUTES_OF_A_DAY: Final = 1440
_ONE_SECOND: Final = timedelta(seconds=1)
_MOST_EXCEPTIONS: Final = 32


def repeating(said: Said, now: Now) -> Schedule:
    """Return the schedule of a repetition.

    Raises :class:`HostileRule` for one that never fires, :class:`NoSuchRule` for one that no
    rule can say.
    """
    if said.repetition is None:
        raise HostileRule("nothing was said to repeat")
    if said.zone is not None:
        now = replace(now, zone=_kept_in(said.zone))
    repetition, begin = _completed(said.repetition, said)
    repetition = without(repetition, said.except_)
    clocks, part = said.clocks, said.part or repetition.part
    open_clocks = not clocks and not repetition.clocks
    if open_clocks and begin is not None and begin.clock is not None:
        clocks = (begin.clock,)
    deadline = _deadline(said, repetition)
    if deadline is not None and open_clocks:
        clocks, said = (deadline,), replace(said, until=None)
    if begin is not None and _has_begun(begin, now):
        begin = None
    if repetition.window is not None:
        times = _in_steps(repetition.window, now)
    else:
        moments = [Moment(DayOffset(1), clock, part) for clock in clocks or repetition.clocks]
        times = sorted({_time_of_day(moment, now) for moment in moments})
    if repetition.freq in _SUB_DAILY:
        schedule = _elapsing(repetition, clocks, said, begin, now)
    else:
        times = times or [_time_of_day(Moment(DayOffset(1), None, part), now)]
        schedule = _by_days(pieces_of(repetition, times), times, begin, now)
    schedule = _past_exceptions(schedule, said, now)
    schedule = ended(schedule, said, now)
    check_schedule(schedule)
    return schedule


def _deadline(said: Said, repetition: Repetition) -> Clock | None:
    """Return the hour of "every day before 5", which is one of each day and no end of all."""
    if repetition.freq in _SUB_DAILY or said.until is None or said.until.clock is None:
        return None
    return said.until.clock if said.until == Moment(clock=said.until.clock) else None


def _has_begun(begin: Moment, now: Now) -> bool:
    """Tell that it may begin at once: "every day this week", "from this month", "today"."""
    day = begin.day
    if day == DayOffset(0) and begin.clock is None and begin.part is None:
        return True
    if not isinstance(day, Period | NamedPeriod):
        return False
    return any(
        each.begin <= now.today < each.end for each in islice(windows(day, now.today), 1)
    )


def _kept_in(zone: Zone) -> ZoneInfo:
    """Return the zone by name, or of whole hours from UTC, that a rule is kept in."""
    if zone.name is not None:
        return zone_named(zone.name)
    hours, minutes = divmod(zone.minutes or 0, 60)
    if minutes:
        raise NoSuchRule("an offset is no time zone; name a city")
    # POSIX counts the other way round: what is ahead of UTC is minus.
    return zone_named(f"Etc/GMT{-hours:+d}" if hours else "UTC")


def _completed(repetition: Repetition, said: Said) -> tuple[Repetition, Moment | None]:
    """Take a day beside a repetition as its day where it names none, else as its beginning."""
    begin, day = said.begin, said.day
    if day is None:
        return repetition, begin
    open_days = not repetition.by_day and not repetition.by_month_day
    if isinstance(day, Weekday) and repetition.freq == "WEEKLY" and open_days and not day.which:
        return replace(repetition, by_day=((0, day.weekday),)), begin
    if isinstance(day, CalendarDate) and open_days and day.year is None:
        if repetition.freq == "MONTHLY" and day.month is None:
            return replace(repetition, by_month_day=(day.day,)), begin
        if repetition.freq == "YEARLY" and day.month is not None:
            by_month = (day.month,)
            return replace(repetition, by_month=by_month, by_month_day=(day.day,)), begin
    if isinstance(day, NthDay) and open_days:
        placed = _placed(repetition, day)
        if placed is not None:
            return placed, begin
    return repetition, begin if begin is not None else Moment(day=day)


def _placed(repetition: Repetition, day: NthDay) -> Repetition | None:
    """Read "the second tuesday of the month" beside "every month" as its day."""
    of = day.of
    if repetition.freq == "MONTHLY":
        if of is not None and of != Period("month"):
            return None
    elif (
        repetition.freq != "YEARLY"
        or not isinstance(of, NamedPeriod)
        or of.unit != "month"
        or of.year is not None
    ):
        return None
    else:
        repetition = replace(repetition, by_month=(of.number,))
    if day.weekday is None:
        return replace(repetition, by_month_day=(day.nth,))
    if day.weekday == WORKDAY:
        workdays = tuple((0, weekday) for weekday in range(5))
        return replace(repetition, by_day=workdays, places=(day.nth,))
    return replace(repetition, by_day=((day.nth, day.weekday),))


def _time_of_day(moment: Moment, now: Now) -> time:
    """Return the wall time that was meant, whatever the day."""
    if moment.clock is None and moment.part is None:
        return time(HOUR_OF_A_DAY)
    reckoned = reckon(moment, now)
    if reckoned is None:
        raise HostileRule("there is no such time")
    return reckoned.start.time().replace(second=0, microsecond=0)


def _in_steps(window: Window, now: Now) -> list[time]:
    """Return the wall times of "every 2 hours from 9 to 5", the last of them included."""
    begin, end = _minutes(window.first, now), _minutes(window.last, now)
    if end < begin:
        end += _MINUTES_OF_A_DAY
    at = {minute % _MINUTES_OF_A_DAY for minute in range(begin, end + 1, window.step)}
    if len(at) > MOST_TIMES_A_DAY:
        raise HostileRule(f"it names more than {MOST_TIMES_A_DAY} times a day")
    return [time(*divmod(minute, 60)) for minute in sorted(at)]


def _minutes(clock: Clock, now: Now) -> int:
    at = _time_of_day(Moment(DayOffset(1), clock), now)
    return at.hour * 60 + at.minute


def _elapsing(
    repetition: Repetition, clocks: Sequence[Clock], said: Said, begin: Moment | None, now: Now
) -> Schedule:
    minutes = repetition.interval * (60 if repetition.freq == "HOURLY" else 1)
    first = now.instant.replace(second=0, microsecond=0) + timedelta(minutes=minutes)
    if begin is not None or clocks or said.part is not None:
        moment = replace(
            begin or Moment(),
            clock=clocks[0] if clocks else None,
            part=said.part or (begin.part if begin is not None else None),
        )
        first = now.instant_of(
            _opening(moment, now) if _is_dated(moment) else _reckoned(moment, now)
        )
    if repetition.minute is not None:
        dated = begin is not None or bool(clocks)
        first = _at_minute(repetition.minute, first if dated else now.instant, now)
    once = Schedule.once(first, str(now.zone))
    return once.model_copy(update={"rule": ";".join(pieces_of(repetition, ()))})


def _at_minute(minute: int, after: datetime, now: Now) -> datetime:
    """Return the first instant from then on whose wall clock shows this minute."""
    begin = after.replace(second=0, microsecond=0)
    local = begin.astimezone(now.zone)
    first = begin + timedelta(minutes=(minute - local.minute) % 60)
    return first if first > now.instant else first + timedelta(hours=1)


def _reckoned(moment: Moment, now: Now) -> datetime:
    reckoned = reckon(moment, now)
    if reckoned is None:
        raise HostileRule("there is no such day to begin on")
    return reckoned.start


def _by_days(
    pieces: list[str], times: Sequence[time], begin: Moment | None, now: Now
) -> Schedule:
    """Begin with the first occurrence from now, or from the day of ``begin``, on."""
    day, after = now.local.date(), now.instant
    if begin is not None and begin.day is not None:
        opening = _opening(begin, now)
        day = opening.date()
        # A day of a year that was said is where it began, even if that was long ago.
        after = now.instant_of(opening) - _ONE_SECOND
        if not _is_dated(begin):
            after = max(after, now.instant)
    every_period = ";".join(piece for piece in pieces if not piece.startswith("INTERVAL"))
    trial = Schedule(
        zone=str(now.zone), start=datetime.combine(day, times[0]), rule=every_period
    )
    first = next_after(trial, after)
    if first is None:
        raise HostileRule("it would never fire")
    return _starting(first, times, ";".join(pieces), now)


def _opening(begin: Moment, now: Now) -> datetime:
    """Return the wall time at which a repetition of days may begin."""
    if begin.clock is None:
        return datetime.combine(_reckoned(begin, now).date(), time())
    if not _is_dated(begin):
        return _reckoned(begin, now)
    day = _reckoned(replace(begin, clock=None, part=None), now).date()
    return datetime.combine(day, _time_of_day(replace(begin, day=DayOffset(1)), now))


def _is_dated(begin: Moment) -> bool:
    return isinstance(begin.day, CalendarDate) and begin.day.year is not None


def _starting(first: datetime, times: Sequence[time], rule: str, now: Now) -> Schedule:
    local = first.astimezone(now.zone).replace(tzinfo=None, fold=0)
    # A first occurrence inside a gap keeps the wall time that was asked for.
    asked = (datetime.combine(local.date(), at) for at in times)
    start = next((at for at in asked if now.instant_of(at) == first), local)
    return Schedule(zone=str(now.zone), start=start, rule=rule)


def _past_exceptions(schedule: Schedule, said: Said, now: Now) -> Schedule:
    """Begin behind single days that are left out; a rule cannot leave them out later on."""
    days = [
        _reckoned(Moment(day=day), now).date() for each in said.except_ for day in each.days
    ]
    left_out = frozenset(days[:_MOST_EXCEPTIONS])
    if not left_out:
        return schedule
    first: datetime | None = schedule.first
    while first is not None and _local_day(first, now) in left_out:
        first = next_after(schedule, first)
    if first is None:
        raise HostileRule("it leaves out all of its days, so it would never fire")
    for day in left_out:
        midnight = now.instant_of(datetime.combine(day, time()))
        following = next_after(schedule, max(midnight, first) - _ONE_SECOND)
        if midnight > first and following is not None and _local_day(following, now) == day:
            raise NoSuchRule("a rule cannot leave out single days")
    start = first.astimezone(now.zone)
    return schedule.model_copy(update={"start": start.replace(tzinfo=None, fold=0)})


def _local_day(instant: datetime, now: Now) -> date:
    return instant.astimezone(now.zone).date()
