"""What the time grammar finds in a text: parts of a time, not yet reckoned from any now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, Literal

from ontology.time.rule import Frequency


class TimeProblem(StrEnum):
    """Why a time that was said cannot be kept."""

    NO_SUCH_TIME = "no-such-time"
    NEVER_FIRES = "never-fires"
    TOO_OFTEN = "too-often"


@dataclass(frozen=True, slots=True)
class Elapsed:
    """A length of time: "in 5 minutes". Seconds elapse; days and months are the calendar's."""

    seconds: int = 0
    days: int = 0
    months: int = 0


@dataclass(frozen=True, slots=True)
class DayOffset:
    """So many days from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """The coming Friday, or with ``next_week`` the one of the week after this (from Monday)."""

    weekday: int
    next_week: bool = False


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day of a month; without month or year it is the next such day.

    ``weekday`` is the one that was said beside it, and has to be right.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None


@dataclass(frozen=True, slots=True)
class NextPeriod:
    """The first day of the next week (Monday), month or year."""

    unit: Literal["week", "month", "year"]


Day = DayOffset | Weekday | CalendarDate | NextPeriod


@dataclass(frozen=True, slots=True)
class Clock:
    """A wall time. ``sure`` is false where it could be before or after noon ("at 9")."""

    hour: int
    minute: int = 0
    sure: bool = True


@dataclass(frozen=True, slots=True)
class Clocks:
    """One wall time, or with a repetition several."""

    clocks: tuple[Clock, ...]


class PartOfDay(StrEnum):
    """A part of the day; alone it means the hour of :data:`HOURS_OF_PARTS`."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


HOURS_OF_PARTS: Final = {
    PartOfDay.MORNING: 9,
    PartOfDay.AFTERNOON: 15,
    PartOfDay.EVENING: 19,
    PartOfDay.NIGHT: 21,
}
"""The hour that is meant when only a part of the day was said."""

HOUR_OF_A_DAY: Final = 9
"""The hour that is meant when only a day was said."""


@dataclass(frozen=True, slots=True)
class Repetition:
    """How something repeats; the fields are those of :class:`ontology.time.rule.Rule`."""

    freq: Frequency
    interval: int = 1
    by_day: tuple[tuple[int, int], ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_month: tuple[int, ...] = ()
    by_set_pos: int = 0


@dataclass(frozen=True, slots=True)
class Until:
    """The end of a repetition, or what a snooze waits for."""

    day: Day | None = None
    clock: Clock | None = None
    part: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long a repetition goes on, in whole days: "for 2 weeks"."""

    elapsed: Elapsed


@dataclass(frozen=True, slots=True)
class Times:
    """How many times a repetition fires."""

    count: int


@dataclass(frozen=True, slots=True)
class Starting:
    """The day on which a repetition begins."""

    day: Day


@dataclass(frozen=True, slots=True)
class Impossible:
    """Something that was said like a time but is none: "25:99", "30 February"."""

    problem: TimeProblem = TimeProblem.NO_SUCH_TIME


Part = (
    Elapsed
    | Day
    | Clocks
    | PartOfDay
    | Repetition
    | Until
    | Lasting
    | Times
    | Starting
    | Impossible
)

Found = tuple[Part, int]
"""A part and the place of the token behind it."""

_LEAP_YEAR: Final = 2024
_YEARS: Final = range(1900, 2200)


def is_possible(day: CalendarDate) -> bool:
    """Tell whether there is, or without a year ever will be, such a day."""
    if day.year is not None and day.year not in _YEARS:
        return False
    try:
        date(day.year or _LEAP_YEAR, day.month or 1, day.day)
    except ValueError:
        return False
    return True
