"""The wall times of a recurrence rule, and how they are said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from typing import Final

from ontology.time.names import listed
from ontology.time.rule import Rule

_MOST_TIMES_LISTED: Final = 12
_FEWEST_IN_STEP: Final = 4
_ALWAYS_DAYS: Final = 28
_ALWAYS_WEEKS: Final = 4

Picked = tuple[tuple[int, ...], tuple[time, ...]]
"""Places of days in a period (none for all days), and the times on each of them."""


def times_of_day(rule: Rule, start: datetime) -> tuple[time, ...]:
    """Return the wall times that BYHOUR and BYMINUTE combine to, the rest from ``start``."""
    hours, minutes = rule.by_hour or (start.hour,), rule.by_minute or (start.minute,)
    second = rule.by_second[0] if rule.by_second else start.second
    return tuple(time(hour, minute, second) for hour in hours for minute in minutes)


def picked_by_place(rule: Rule, start: datetime) -> Picked | None:
    """Return what BYSETPOS picks, as days and times; None if it differs from day to day."""
    times = times_of_day(rule, start)
    if not rule.by_set_pos:
        return (), times
    a_period = days_a_period(rule)
    by_day: dict[int, set[int]] = {}
    for position in rule.by_set_pos:
        place, at = _day_and_time(position, len(times))
        if a_period is not None:
            place %= a_period
        by_day.setdefault(place, set()).add(at)
    same = next(iter(by_day.values()))
    if any(of_day != same for of_day in by_day.values()):
        return None
    picked = tuple(times[at] for at in sorted(same))
    if a_period is None:
        return tuple(place + 1 if place >= 0 else place for place in by_day), picked
    return () if len(by_day) == a_period else tuple(
        sorted(place + 1 for place in by_day)
    ), picked


def places_of_times(
    places: Sequence[int], times: Sequence[time], combined: Sequence[time], days: int | None
) -> list[int]:
    """Return the BYSETPOS that picks ``times`` from ``combined`` on the days at ``places``.

    Without places it is all of the ``days`` that each period has. The inverse of
    :func:`picked_by_place`.
    """
    wanted = [combined.index(at) for at in times]
    size = len(combined)
    ahead = [place - 1 for place in places if place > 0] or list(range(days or 0))
    if places and all(place < 0 for place in places):
        ahead = []
    positions = [day * size + at + 1 for day in ahead for at in wanted]
    behind = [place for place in places if place < 0]
    return positions + [place * size + at for place in behind for at in wanted]


def days_a_period(rule: Rule) -> int | None:
    """Return how many days each period has, None where that differs or is not clear."""
    if rule.freq == "DAILY":
        return 1
    if rule.freq == "WEEKLY":
        return max(1, len(rule.by_day)) if not rule.by_month else None
    if rule.by_year_day or (rule.by_day and rule.by_month_day):
        return None
    days = [nth for nth, _ in rule.by_day] or list(rule.by_month_day)
    months = 1
    if rule.freq == "YEARLY" and (rule.by_month or rule.by_month_day):
        months = len(rule.by_month) or 12
    if months == 1 and (not days or (len(days) == 1 and days[0])):
        return 1
    return months * max(1, len(days)) if _are_always(days, bool(rule.by_day)) else None


def _are_always(days: Sequence[int], numbered: bool) -> bool:
    """Tell whether every month has all of these days, each once."""
    longest = _ALWAYS_WEEKS if numbered else _ALWAYS_DAYS
    same_side = all(day > 0 for day in days) or all(day < 0 for day in days)
    return same_side and all(0 < abs(day) <= longest for day in days)


def _day_and_time(position: int, times: int) -> tuple[int, int]:
    """Return the places, from 0 or from the end from -1, that one BYSETPOS means."""
    return divmod(position - 1 if position > 0 else position, times)


def say_times(times: Sequence[time]) -> str:
    """Return "at 08:00 and 20:00"."""
    said = [say_clock(at) for at in times]
    if len(said) > 2 * _MOST_TIMES_LISTED:
        return f"at {said[0]}, {said[1]}, {said[2]} … {said[-1]} ({len(said)} times a day)"
    return f"at {listed(said)}"


def say_steps(times: Sequence[time]) -> str | None:
    """Return "every 2 hours from 08:00 to 20:00", None unless the times lie in such steps."""
    if len(times) < _FEWEST_IN_STEP:
        return None
    minutes = [at.hour * 60 + at.minute for at in times]
    steps = {later - earlier for earlier, later in zip(minutes, minutes[1:], strict=False)}
    if len(steps) > 1 or (len(times) <= _MOST_TIMES_LISTED and steps.isdisjoint(_ROUND)):
        return None
    (step,) = steps
    hours, unit = divmod(step, 60)
    every = f"{step} minutes" if unit else "hour" if hours == 1 else f"{hours} hours"
    return f"every {every} from {say_clock(times[0])} to {say_clock(times[-1])}"


_ROUND: Final = frozenset({15, 20, 30, 60, 90, 120, 180, 240})


def say_clock(at: time) -> str:
    """Return "08:00", with the seconds where there are any."""
    return f"{at:%H:%M:%S}" if at.second else f"{at:%H:%M}"
