"""How something repeats, as it was said: not yet begun, timed or ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from ontology.time.rule import Frequency
from ontology.time.values import Clock, Day, Duration, PartOfDay

_MINUTES_OF_A_DAY: Final = 1440
_DAYS_OF_A_MONTH: Final = 28
_MINUTES_OF: Final[dict[Frequency, int]] = {
    "MINUTELY": 1,
    "HOURLY": 60,
    "DAILY": _MINUTES_OF_A_DAY,
    "WEEKLY": 7 * _MINUTES_OF_A_DAY,
    "MONTHLY": _DAYS_OF_A_MONTH * _MINUTES_OF_A_DAY,
    "YEARLY": 365 * _MINUTES_OF_A_DAY,
}


@dataclass(frozen=True, slots=True)
class Window:
    """Wall times so many minutes apart, from the first up to, at the most, the last."""

    first: Clock
    last: Clock
    step: int


@dataclass(frozen=True, slots=True)
class Repetition:
    """How something repeats; fields that :class:`ontology.time.rule.Rule` has mean the same.

    ``places`` picks *days* from each period ("the last weekday": -1), other than BYSETPOS,
    which picks occurrences. ``part`` and ``clocks`` are what the words themselves imply:
    "every morning", "3 times a day". ``window`` holds the wall times of "every hour from 9 to
    5", on the days that the rest says. ``spread`` tells that days or clocks were not said but
    spread over the period ("3 times a week"), so that others may take their place. ``minute``
    is the one of each hour at which what is hourly fires: "every hour at :15".
    """

    freq: Frequency
    interval: int = 1
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()
    places: tuple[int, ...] = ()
    part: PartOfDay | None = None
    clocks: tuple[Clock, ...] = ()
    window: Window | None = None
    spread: bool = False
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """How many times a repetition fires: "10 times"."""

    count: int


@dataclass(frozen=True, slots=True)
class Except:
    """What a repetition leaves out: "except sundays", "but not in august or on the 13th".

    ``days`` are single days ("except tomorrow"), and ``parts`` are parts of days ("except at
    night"), which no rule can leave out.
    """

    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    days: tuple[Day, ...] = ()
    parts: tuple[PartOfDay, ...] = ()


def is_shorter_than_a_step(length: Duration, repetition: Repetition) -> bool:
    """Tell how long a task takes, "run for 30 min every day", from how long it goes on."""
    days = length.days + length.business + _DAYS_OF_A_MONTH * length.months
    return days * _MINUTES_OF_A_DAY + length.seconds / 60 < _step(repetition)


def _step(repetition: Repetition) -> int:
    """Return roughly how many minutes lie between two times, where they are nearest."""
    if repetition.window is not None:
        return repetition.window.step
    several = max(len(repetition.by_day), len(repetition.by_month_day)) > 1
    unit = "DAILY" if several else repetition.freq
    return _MINUTES_OF[unit] * (1 if several else repetition.interval)


def united(left: Repetition, right: Repetition) -> Repetition | None:
    """Return what two ways of saying it mean together: "mon to fri … every week".

    Two parts of the same days are two wall times. None where they say different things.
    """
    if left.freq != right.freq or 1 not in (left.interval, right.interval):
        return None
    same_days = _days(left) == _days(right)
    if any(_days(left)) and any(_days(right)) and not same_days:
        return None
    if (left.window or left.clocks) and (right.window or right.clocks):
        return None
    fuller = left if any(_days(left)) else right
    if left.part is not None and right.part is not None:
        if left.part == right.part or not same_days:
            return None
        return replace(
            fuller, part=None, clocks=(clock_at(left.part.at), clock_at(right.part.at))
        )
    return replace(
        fuller,
        interval=max(left.interval, right.interval),
        part=left.part or right.part,
        clocks=left.clocks or right.clocks,
        window=left.window or right.window,
        spread=left.spread and right.spread,
    )


def _days(repetition: Repetition) -> tuple[tuple[object, ...], ...]:
    return (
        repetition.by_day,
        repetition.by_month_day,
        repetition.by_month,
        repetition.by_year_day,
        repetition.places,
    )


def clock_at(hours: float) -> Clock:
    """Return the wall time so many hours into the day."""
    hour, part = divmod(hours, 1)
    return Clock(int(hour), round(part * 60))
