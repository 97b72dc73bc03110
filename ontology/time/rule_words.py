"""A schedule said in English: "every second Friday at 16:00 until 30 April".

The words are those that the grammar reads: read again, they give the same occurrences. Where
a rule is more than there are words for, what is said stays true and is only harder to read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from ontology.time.clock_words import (
    picked_by_place,
    say_clock,
    say_steps,
    say_times,
    times_of_day,
)
from ontology.time.concepts import Schedule, zone_named
from ontology.time.day_words import (
    EVERY_DAY,
    picks_a_kind_of_day,
    picks_dates,
    say_days,
    say_interval,
    say_months,
    say_unit,
    say_weekdays,
)
from ontology.time.names import DAY_NAMES, listed, say_date, say_month_days, say_place
from ontology.time.recurrence import next_after
from ontology.time.rule import Rule, parse_rule

_YEAR_IS_CLEAR: Final = timedelta(days=330)
_CALENDAR_CYCLE_YEARS: Final = 400
"""After so many years the calendar repeats, weekdays included."""

_OFTEN: Final = {1: "once", 2: "twice"}


def say_rule(schedule: Schedule, now: datetime | None = None) -> str:
    """Return a schedule in words that hold by themselves; "once" without a rule.

    They name where it begins if that is not the next such time after ``now``, and years that
    are not clear from ``now``; without it, both are always said.
    Raises :class:`ontology.errors.HostileRule` for a rule that would not be kept.
    """
    if schedule.rule is None:
        return "once"
    rule = parse_rule(schedule.rule)
    first = _first(schedule)
    begins = _start(rule, first, now) if _start_matters(rule, schedule, first, now) else ""
    return f"{_repeats(rule, schedule)}{begins}{_ends(rule, schedule, now)}"


def say_repetition(schedule: Schedule, now: datetime) -> str:
    """Return a schedule in words that stand beside its next occurrence, which tells the phase.

    Raises :class:`ontology.errors.HostileRule` for a rule that would not be kept.
    """
    if schedule.rule is None:
        return "once"
    rule = parse_rule(schedule.rule)
    first = _first(schedule)
    begins = _start(rule, first, now) if rule.count is not None and first <= now else ""
    return f"{_repeats(rule, schedule)}{begins}{_ends(rule, schedule, now)}"


def _first(schedule: Schedule) -> datetime:
    """Return the first occurrence in the schedule's zone; RFC 5545 lets a start be none."""
    first = next_after(schedule, schedule.first - timedelta(seconds=1))
    return (first or schedule.first).astimezone(zone_named(schedule.zone))


def _repeats(rule: Rule, schedule: Schedule) -> str:
    if rule.sub_daily:
        return _elapsing(rule)
    picked = picked_by_place(rule, schedule.start)
    places, times = picked or ((), times_of_day(rule, schedule.start))
    days = say_days(rule, schedule.start.date(), places)
    said = _at(days, times)
    sayable = not places or picks_a_kind_of_day(rule) or picks_dates(rule)
    if picked is not None and sayable:
        return said
    which = listed(map(say_place, rule.by_set_pos))
    return f"{said}, only the {which} of the {say_unit(rule)}"


def _at(days: str, times: Sequence[time]) -> str:
    steps = say_steps(times)
    if steps is not None:
        return f"{steps} {days}"
    if days == EVERY_DAY and 1 < len(times) <= 4:
        often = _OFTEN.get(len(times), f"{len(times)} times")
        return f"{often} a day {say_times(times)}"
    return f"{days} {say_times(times)}"


def _elapsing(rule: Rule) -> str:
    words = [say_interval(rule)]
    if rule.by_minute:
        minutes = listed(f"{minute:02}" for minute in rule.by_minute)
        words = [f"every hour at minute{'s' if len(rule.by_minute) > 1 else ''} {minutes}"]
    if rule.by_hour:
        words.append(_in_hours(rule.by_hour))
    weekdays = {day for _, day in rule.by_day}
    if weekdays and len(weekdays) < 7:
        words.append(f" on {say_weekdays(tuple(weekdays))}")
    if rule.by_month_day:
        words.append(f"{',' if weekdays else ''} on {say_month_days(rule.by_month_day)}")
    return "".join(words) + say_months(rule)


def _in_hours(hours: Sequence[int]) -> str:
    if list(hours) == list(range(hours[0], hours[-1] + 1)):
        return f" in the hours from {hours[0]:02}:00 to {hours[-1]:02}:59"
    return f" in the hours of {listed(f'{hour:02}:00' for hour in hours)}"


def _start_matters(
    rule: Rule, schedule: Schedule, first: datetime, now: datetime | None
) -> bool:
    """Tell whether the same words, read at ``now``, would begin elsewhere."""
    if rule.sub_daily:
        return True
    if now is None or first <= now:
        return rule.interval > 1 or rule.count is not None
    every_period = [
        piece
        for piece in (schedule.rule or "").upper().split(";")
        if not piece.startswith(("INTERVAL=", "COUNT=", "UNTIL="))
    ]
    long_ago = schedule.start.replace(year=schedule.start.year - _CALENDAR_CYCLE_YEARS)
    always = schedule.model_copy(
        update={"start": long_ago, "fold": 0, "rule": ";".join(every_period)}
    )
    return next_after(always, now) != first


def _start(rule: Rule, first: datetime, now: datetime | None) -> str:
    said = f"{DAY_NAMES[first.weekday()]} {_date(first.date(), first, now)}"
    # Days bring their own times; what elapses is counted from this one.
    whole = not rule.sub_daily and first.time() == times_of_day(rule, first)[0]
    return f" from {said}" if whole else f" from {said} at {say_clock(first.time())}"


def _ends(rule: Rule, schedule: Schedule, now: datetime | None) -> str:
    if rule.until is not None:
        return f" until {_last(rule, schedule, rule.until, now)}"
    if rule.count is not None:
        return f", {rule.count} times" if rule.count > 1 else ", 1 time"
    return ""


def _last(rule: Rule, schedule: Schedule, until: datetime, now: datetime | None) -> str:
    """Return the last day that still fires; with the hour when it cuts that day in two."""
    zone = zone_named(schedule.zone)
    last = until.astimezone(zone) if until.tzinfo is not None else until.replace(tzinfo=zone)
    times = times_of_day(rule, schedule.start)
    if not rule.sub_daily and last.time() < times[0]:
        return _date(last.date() - timedelta(days=1), last, now)
    day = _date(last.date(), last, now)
    whole = (last.hour, last.minute) == (23, 59) if rule.sub_daily else last.time() >= times[-1]
    return day if whole else f"{say_clock(last.time())} on {day}"


def _date(day: date, local: datetime, now: datetime | None) -> str:
    """Return a date, with the year unless it is clear from ``now`` in the zone of ``local``."""
    clear = now is not None and (
        timedelta() < day - now.astimezone(local.tzinfo).date() < _YEAR_IS_CLEAR
    )
    return say_date(day, with_year=not clear)
