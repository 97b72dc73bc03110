"""What the time grammar finds in a text: typed values, not yet reckoned from any now."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, Literal

from ontology.time.lexicon import Unit

Grain = Literal[
    "second",
    "minute",
    "hour",
    "part",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "half",
    "season",
    "year",
    "decade",
]
"""How exactly a time was said."""


class TimeProblem(StrEnum):
    """Why a time that was said cannot be kept."""

    NO_SUCH_TIME = "no-such-time"
    NEVER_FIRES = "never-fires"
    TOO_OFTEN = "too-often"
    NO_SUCH_RULE = "no-such-rule"


@dataclass(frozen=True, slots=True)
class Impossible:
    """Something that was said like a time but is none: "25:99", "30 February"."""

    problem: TimeProblem = TimeProblem.NO_SUCH_TIME


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time. Seconds elapse; days and months are the calendar's.

    ``business`` counts days from Monday to Friday only. ``unit`` is the smallest that was said.
    """

    seconds: float = 0
    days: int = 0
    months: int = 0
    business: int = 0
    unit: Unit = "second"

    def __bool__(self) -> bool:
        return bool(self.seconds or self.days or self.months or self.business)

    def __neg__(self) -> Duration:
        return Duration(-self.seconds, -self.days, -self.months, -self.business, self.unit)


@dataclass(frozen=True, slots=True)
class Clock:
    """A wall time. ``sure`` is false where it could be before or after noon ("at 9").

    ``grain`` is "hour" where only the hour was said. Hour 24 is the end of the day.
    """

    hour: int
    minute: int = 0
    second: int = 0
    sure: bool = True
    grain: Literal["hour", "minute", "second"] = "minute"


@dataclass(frozen=True, slots=True)
class PartOfDay:
    """A part of the day, from one hour up to another; alone it means the time ``at``."""

    name: str
    begin: float
    end: float
    at: float


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone that was said beside a time: by IANA name, by minutes ahead of UTC, or by both.

    An abbreviation such as EST has both: minutes are what it means, the name is where people
    who say it the whole year live.
    """

    name: str | None = None
    minutes: int | None = None


Which = Literal["", "this", "next", "last"]
"""How a day or period was picked out; "" is the coming one, today's included."""


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar, counted from the one that holds now: week +1 is the next."""

    unit: Grain
    shift: int = 0
    count: int = 1


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A month, quarter, half year, season, week of the year, year or decade by its name.

    ``number`` is that of the month (1–12), quarter (1–4), half (1–2), season (spring is 1) or
    week (ISO 8601, 1–53); a year or a decade only has ``year``. Without a year ``which`` picks.
    """

    unit: Grain
    number: int = 0
    year: int | None = None
    which: Which = ""
    in_years: int = 0


@dataclass(frozen=True, slots=True)
class DayOffset:
    """So many days from today."""

    days: int


@dataclass(frozen=True, slots=True)
class Weekday:
    """A Friday: the coming one, this week's coming, the next week's, or the last.

    ``weeks`` counts weeks on from there ("friday week"); with ``of_week`` it is the Friday of
    this week (0), the next (1) … or an earlier one, weeks beginning on Monday.
    """

    weekday: int
    which: Which = ""
    weeks: int = 0
    of_week: int | None = None
    strictly: bool = False


@dataclass(frozen=True, slots=True)
class CalendarDate:
    """A day of a month; without month or year it is the next such day.

    ``weekday`` is the one that was said beside it, and has to be right. ``swapped`` tells that
    day and month could be the other way round.
    """

    day: int
    month: int | None = None
    year: int | None = None
    weekday: int | None = None
    which: Which = ""
    swapped: bool = False


WORKDAY: Final = 7
"""In place of a weekday: any from Monday to Friday."""


@dataclass(frozen=True, slots=True)
class NthDay:
    """The n-th weekday, workday or day (None) of a period; from its end if negative."""

    nth: int
    weekday: int | None
    of: Period | NamedPeriod | None = None


@dataclass(frozen=True, slots=True)
class NthPeriod:
    """The n-th week, weekend, month or quarter of a longer period; from its end if negative."""

    nth: int
    unit: Grain
    of: Period | NamedPeriod


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day of the year by its name, a key of the table of holidays."""

    name: str
    year: int | None = None
    which: Which = ""
    shift: int = 0


Edge = Literal["begin", "early", "mid", "late", "end"]


@dataclass(frozen=True, slots=True)
class EdgeOf:
    """The beginning, middle or end of a period."""

    edge: Edge
    of: Period | NamedPeriod | NthPeriod


@dataclass(frozen=True, slots=True)
class WeekendOf:
    """The weekend that holds a day, or is the nearest before or after it."""

    of: Day


@dataclass(frozen=True, slots=True)
class WeekOf:
    """The week that holds a day."""

    of: Day


@dataclass(frozen=True, slots=True)
class Later:
    """A length of time before or after a moment; without ``base`` from now.

    ``weekday`` is one that was said behind it: "two months from today on tuesday".
    """

    duration: Duration
    base: Moment | None = None
    weekday: int | None = None


Day = (
    DayOffset
    | Weekday
    | CalendarDate
    | NthDay
    | NthPeriod
    | Holiday
    | Period
    | NamedPeriod
    | EdgeOf
    | WeekendOf
    | WeekOf
    | Later
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A time as far as it was said: any of a day, a wall time, a part of the day, a zone."""

    day: Day | None = None
    clock: Clock | None = None
    part: PartOfDay | None = None
    zone: Zone | None = None
    year: int | None = None
    about: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From one moment to another, the second completed from the first and the other way."""

    begin: Moment
    end: Moment


OpenEnd = Literal["until", "by", "before", "after", "since", "from"]


@dataclass(frozen=True, slots=True)
class Bound:
    """A moment at which something ends or begins: "until friday", "from 3 may on".

    ``clock_last`` tells "until friday at 9" from "until 9 on friday".
    """

    how: OpenEnd
    moment: Moment
    clock_last: bool = False


@dataclass(frozen=True, slots=True)
class Lasting:
    """How long something goes on: "for 2 weeks"."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class Relation:
    """So long before or after something that the text only names: "my 3pm", "the party"."""

    duration: Duration
    before: bool
    event: str
