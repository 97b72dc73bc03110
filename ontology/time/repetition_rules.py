"""The recurrence rule of a repetition that was said, with its times and its exceptions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time
from typing import Final, TypeVar

from ontology.errors import HostileRule, NoSuchRule
from ontology.time.clock_words import days_a_period, places_of_times
from ontology.time.repeating import Except, Repetition
from ontology.time.rule import DAY_CODES, Frequency, Rule

_T = TypeVar("_T")
_WEEK: Final = tuple((0, day) for day in range(7))
_MONTHS: Final = tuple(range(1, 13))
_LONGEST_MONTH: Final = tuple(range(1, 32))


def without(repetition: Repetition, exceptions: Sequence[Except]) -> Repetition:
    """Return a repetition on all its days but those left out; single days are not.

    Raises :class:`HostileRule` if that leaves none, :class:`NoSuchRule` if no rule says it.
    """
    if any(each.parts for each in exceptions):
        raise NoSuchRule("a rule cannot leave out parts of its days")
    left_out = {day for each in exceptions for day in each.weekdays}
    if left_out:
        repetition = _without_weekdays(repetition, left_out)
    months = {month for each in exceptions for month in each.months}
    if months:
        kept = tuple(m for m in repetition.by_month or _MONTHS if m not in months)
        repetition = replace(repetition, by_month=_some(kept))
    dates = {day for each in exceptions for day in each.month_days}
    if dates:
        repetition = _without_dates(repetition, dates)
    return repetition


def _without_weekdays(repetition: Repetition, left_out: set[int]) -> Repetition:
    if repetition.freq == "WEEKLY" and not repetition.by_day:
        raise NoSuchRule("a week cannot leave out days that it does not name")
    kept = tuple(day for day in repetition.by_day or _WEEK if day[1] not in left_out)
    freq: Frequency = repetition.freq
    if freq == "DAILY" and repetition.interval == 1:
        freq = "WEEKLY"
    return replace(repetition, freq=freq, by_day=_some(kept))


def _without_dates(repetition: Repetition, left_out: set[int]) -> Repetition:
    if repetition.freq == "WEEKLY" and repetition.interval > 1:
        raise NoSuchRule("every so many weeks cannot leave out days of the month")
    kept = tuple(
        day for day in repetition.by_month_day or _LONGEST_MONTH if day not in left_out
    )
    freq: Frequency = "DAILY" if repetition.freq == "WEEKLY" else repetition.freq
    return replace(repetition, freq=freq, by_month_day=_some(kept))


def _some(kept: tuple[_T, ...]) -> tuple[_T, ...]:
    if not kept:
        raise HostileRule("it leaves out all of its days, so it would never fire")
    return kept


def pieces_of(repetition: Repetition, times: Sequence[time]) -> list[str]:
    """Return the pieces of the rule, FREQ first; a single time is left to the start.

    Raises :class:`NoSuchRule` where no one rule has these times on these days.
    """
    if len(times) < 2:
        return [*_days(repetition), *_set_positions(repetition.places)]
    hours = sorted({at.hour for at in times})
    minutes = sorted({at.minute for at in times})
    combined = [time(hour, minute) for hour in hours for minute in minutes]
    by_time = [
        f"BYHOUR={','.join(map(str, hours))}",
        f"BYMINUTE={','.join(map(str, minutes))}",
    ]
    if len(combined) == len(times) and not repetition.places:
        return [*_days(repetition), *by_time]
    if repetition.freq == "WEEKLY" and repetition.interval == 1:
        # Of a single day the places are few.
        repetition = replace(repetition, freq="DAILY")
    days = days_a_period(_rule(repetition))
    if days is None and not repetition.places:
        raise NoSuchRule("such times of a day need a reminder each")
    positions = places_of_times(repetition.places, times, combined, days)
    return [*_days(repetition), *by_time, *_set_positions(positions)]


def _days(repetition: Repetition) -> list[str]:
    pieces = [f"FREQ={repetition.freq}"]
    if repetition.interval > 1:
        pieces.append(f"INTERVAL={repetition.interval}")
    if repetition.by_month:
        pieces.append(f"BYMONTH={','.join(map(str, sorted(repetition.by_month)))}")
    if repetition.by_year_day:
        pieces.append(f"BYYEARDAY={','.join(map(str, repetition.by_year_day))}")
    if repetition.by_month_day:
        days = sorted(repetition.by_month_day, key=lambda day: (day < 0, day))
        pieces.append(f"BYMONTHDAY={','.join(map(str, days))}")
    if repetition.by_day:
        named = (f"{nth or ''}{DAY_CODES[day]}" for nth, day in repetition.by_day)
        pieces.append(f"BYDAY={','.join(named)}")
    return pieces


def _set_positions(places: Sequence[int]) -> list[str]:
    return [f"BYSETPOS={','.join(map(str, places))}"] if places else []


def _rule(repetition: Repetition) -> Rule:
    return Rule(
        repetition.freq,
        repetition.interval,
        by_month=repetition.by_month,
        by_month_day=repetition.by_month_day,
        by_day=repetition.by_day,
        by_year_day=repetition.by_year_day,
    )
