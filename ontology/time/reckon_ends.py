"""Where a repetition ends: "until friday", "for 2 weeks", "10 times"."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from dateutil.relativedelta import relativedelta

from ontology.errors import HostileRule
from ontology.time.reckon_moments import Now, reckon
from ontology.time.recurrence import check_schedule, next_after
from ontology.time.values import EdgeOf, Moment, NamedPeriod, Period, Weekday

if TYPE_CHECKING:
    from ontology.time.concepts import Schedule
    from ontology.time.said import Said
    from ontology.time.values import Day, Duration

_LAST_SECOND: Final = time(23, 59, 59)
_ONE_SECOND: Final = timedelta(seconds=1)
_ONE_DAY: Final = timedelta(days=1)
_SUB_DAILY: Final = frozenset({"HOURLY", "MINUTELY"})
_WITHIN_A_DAY: Final = frozenset({"second", "minute", "hour", "part"})


def ended(schedule: Schedule, said: Said, now: Now) -> Schedule:
    """Return a schedule with its end, the first of those that were said.

    Raises :class:`HostileRule` for an end that cannot be.
    """
    limits: list[datetime] = []
    begins = said.begin is not None or said.day is not None
    if said.until is not None:
        limits.append(_until(said.until, schedule, now, begins=begins))
    if said.lasting is not None:
        origin = schedule.first - _ONE_SECOND if begins else now.instant
        limits.append(_later(origin, said.lasting, now))
    if not limits and _is_limited_to(said):
        limits.append(_end_of(Moment(day=said.day, part=said.part), now))
    if said.times is not None:
        counted = _with(schedule, f"COUNT={said.times}")
        check_schedule(counted)
        if not limits or next_after(counted, min(limits)) is None:
            return counted
    if not limits:
        return schedule
    return _with(schedule, min(limits).astimezone(UTC).strftime("UNTIL=%Y%m%dT%H%M%SZ"))


def _is_limited_to(said: Said) -> bool:
    """Tell "every day next week" and "every hour today" from "every hour, tomorrow at 8"."""
    if said.begin is not None:
        return False
    if isinstance(said.day, Period | NamedPeriod):
        return True
    within_a_day = said.repetition is not None and said.repetition.freq in _SUB_DAILY
    return within_a_day and said.day is not None and not said.clocks


def _until(until: Moment, schedule: Schedule, now: Now, *, begins: bool) -> datetime:
    """Return the last instant: all of a day that was named, nothing of a longer period."""
    day = until.day
    if isinstance(day, NamedPeriod) and day == NamedPeriod("month", now.local.month):
        # "until november", said in november
        until = replace(until, day=replace(day, which="next"))
    end = _instant(until, now)
    if end < schedule.first and (begins or _comes_again(day)):
        # "from november until june" is the June after that November, and of "every day until
        # friday" the Friday is not this one.
        end = _instant(until, replace(now, instant=schedule.first))
    return end


def _comes_again(day: Day | None) -> bool:
    return day is None or isinstance(day, Weekday) and not day.which and day.of_week is None


def _period_to_its_end(until: Moment) -> Moment | None:
    """Return the month of "until the end of the month"."""
    day = until.day
    if not isinstance(day, EdgeOf) or day.edge != "end" or until != Moment(day=day):
        return None
    return Moment(day=day.of) if isinstance(day.of, Period | NamedPeriod) else None


def _end_of(period: Moment, now: Now) -> datetime:
    """Return the last instant of the week, month, day or evening that was said."""
    reckoned = reckon(period, now)
    if reckoned is None:
        raise HostileRule("there is no such time to end with")
    end = reckoned.end or datetime.combine(reckoned.start.date() + _ONE_DAY, time())
    return now.instant_of(end) - _ONE_SECOND


def _instant(until: Moment, now: Now) -> datetime:
    period = _period_to_its_end(until)
    if period is not None:
        return _end_of(period, now)
    reckoned = reckon(until, now)
    if reckoned is None:
        raise HostileRule("there is no such day to end on")
    local = reckoned.start
    if reckoned.grain in _WITHIN_A_DAY:
        return now.instant_of(local)
    if reckoned.grain == "day":
        return now.instant_of(datetime.combine(local.date(), _LAST_SECOND))
    # The instant at which a longer period begins.
    return now.instant_of(datetime.combine(local.date(), time()))


def _later(origin: datetime, length: Duration, now: Now) -> datetime:
    local = origin.astimezone(now.zone).replace(tzinfo=None)
    days = length.days + length.business * 7 / 5
    turned = local + relativedelta(months=length.months) + timedelta(days=round(days))
    if turned == local:
        return origin + timedelta(seconds=length.seconds)
    return now.instant_of(turned) + timedelta(seconds=length.seconds)


def _with(schedule: Schedule, piece: str) -> Schedule:
    return schedule.model_copy(update={"rule": f"{schedule.rule};{piece}"})
