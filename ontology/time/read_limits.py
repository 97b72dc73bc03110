"""What cuts a repetition short or leaves out: "10 times", "except on sundays and in may"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.day_parts import PARTS
from ontology.time.lexicon import month_of, unit_of
from ontology.time.numbers import read_whole_number
from ontology.time.read_daily_clocks import read_daily_clocks
from ontology.time.read_frequencies import TIMES_WORDS
from ontology.time.read_moments import read_element
from ontology.time.read_places import read_places
from ontology.time.read_weekdays import WEEKEND, read_weekdays
from ontology.time.read_yearly import read_months
from ontology.time.repeating import Except, Times
from ontology.time.tokens import Line
from ontology.time.values import CalendarDate, Impossible, TimeProblem

_COUNTS: Final = {"twice": 2, "thrice": 3}
_PER: Final = frozenset(
    {"a", "an", "per", "each", "every", "as", "daily", "weekly", "/", "more"}
)
_EXCEPT: Final = frozenset({"except", "excluding", "excepting", "save", "minus", "skipping"})
_EXCEPT_OF_TWO: Final = frozenset(
    {("but", "not"), ("other", "than"), ("apart", "from"), ("aside", "from"), ("except", "for")}
    | {
        ("but", "except"),
        ("and", "not"),
        ("but", "skip"),
        ("but", "never"),
        ("with", "exception"),
        ("but", "no"),
    }
)
_MOST_EXCEPTIONS: Final = 12
COMING: Final = frozenset({"next", "coming", "following"})
"""What picks out so many days from now on."""

DAYS: Final = frozenset({"days", "nights", "mornings", "evenings", "afternoons"})
"""What comes once a day."""


def read_times(line: Line, at: int) -> tuple[Times | Impossible, int] | None:
    """Read "10 times", "for the next 5 occurrences", and "twice" right behind a repetition."""
    coming = _of_the_next(line, at)
    if coming is not None:
        return coming
    begin = at
    if line.word(at) in ("for", "up", "only"):
        begin = line.skip(line.skip(at, "for"), "up", "only")
        begin = line.skip(line.skip(begin, "to"), "the", "a")
        begin = line.skip(line.skip(begin, "total"), "of", "next", "first")
    if line.word(begin) in _COUNTS:
        closes = begin > at or ("repetition", at) in line.memory
        if not closes or line.word(begin + 1) in _PER:
            return None
        return Times(_COUNTS[line.word(begin)]), begin + 1
    if line.word(begin) == "x" and line.kind(begin + 1) == "number":
        return Times(int(line.word(begin + 1)) or 1), begin + 2
    found = read_whole_number(line, begin)
    if found is None:
        return None
    behind = line.skip(found[1], "more", "further")
    if line.word(behind) not in TIMES_WORDS or _is_per_period(line, behind + 1):
        return None
    behind = line.skip(behind + 1, "only", "total")
    return Times(found[0]) if found[0] else Impossible(TimeProblem.NEVER_FIRES), behind


def _of_the_next(line: Line, at: int) -> tuple[Times, int] | None:
    """Read the number of "the next 4 mondays", "for the next 3 nights at 10"."""
    begin = line.skip(line.skip(at, "for", "on"), "the")
    number = read_whole_number(line, begin + 1)
    if line.word(begin) not in COMING or number is None or not number[0]:
        return None
    if is_a_coming_day(line, number[1]):
        return Times(number[0]), number[1]
    days = read_weekdays(line, number[1])
    if days is None or not days[0].plural:
        return None
    each = len(WEEKEND) if days[0].days == WEEKEND else 1
    return Times(number[0] * each), number[1]


def is_a_coming_day(line: Line, at: int) -> bool:
    """Tell the days of "for the next 3 days at 8" from a length of time: an hour is said."""
    return line.word(at) in DAYS and read_daily_clocks(line, at + 1) is not None


def _is_per_period(line: Line, at: int) -> bool:
    """Tell "3 times every day" from "3 times every monday" and "3 times every 5 minutes"."""
    if line.word(at) in ("every", "each"):
        counted = read_whole_number(line, at + 1)
        within = counted is not None and unit_of(line.word(counted[1])) in ("minute", "hour")
        return not within and read_weekdays(line, at + 1) is None
    return line.word(at) in _PER


def read_except(line: Line, at: int) -> tuple[Except, int] | None:
    """Read "except sundays", "but not in may and december", "excluding tomorrow"."""
    behind = _behind_except(line, at)
    if behind is None:
        return None
    left_out = Except()
    end = at
    for _ in range(_MOST_EXCEPTIONS):
        found = _exception(line, behind)
        if found is None:
            break
        left_out, end = _sum(left_out, found[0]), found[1]
        behind = line.skip(line.skip(end, ",", "&"), "and", "or", "nor", "&")
        if behind == end:
            break
    return (left_out, end) if end > at else None


def _behind_except(line: Line, at: int) -> int | None:
    word = line.word(at)
    if (word, line.word(at + 1)) in _EXCEPT_OF_TWO:
        return line.skip(line.skip(at + 2, "the", "of"), "of")
    if word in _EXCEPT:
        return at + 1
    # "every day but sunday"
    if word == "but" and read_weekdays(line, line.skip(at + 1, "on")) is not None:
        return at + 1
    if word == "not" and line.word(at + 1) in ("on", "in"):
        return at + 1
    # "every weekday, not wednesdays"
    if word in ("not", "never") and line.word(at - 1) == ",":
        return at + 1 if read_weekdays(line, line.skip(at + 1, "on")) is not None else None
    return None


def _exception(line: Line, at: int) -> tuple[Except, int] | None:
    begin = line.skip(line.skip(at, "on", "in", "for", "during"), "every", "each")
    weekdays = read_weekdays(line, line.skip(begin, "the"))
    if weekdays is not None:
        return Except(weekdays=weekdays[0].days), weekdays[1]
    part = PARTS.get(line.word(line.skip(begin, "at", "the")))
    if part is not None:
        return Except(parts=(part,)), line.skip(begin, "at", "the") + 1
    day = _single_day(line, begin)
    if month_of(line.word(begin)) is not None:
        if day is not None and isinstance(day[0].days[0], CalendarDate):
            return day
        months = read_months(line, begin)
        return (Except(months=months[0]), months[1]) if months is not None else None
    places = read_places(line, line.skip(begin, "the"))
    if places is not None and (day is None or places[1] >= day[1]):
        of_month = places[0]
        if not isinstance(of_month, Impossible) and of_month.by_month_day:
            return Except(month_days=of_month.by_month_day), places[1]
    return day


def _single_day(line: Line, at: int) -> tuple[Except, int] | None:
    found = read_element(line, at, None)
    if found is None or isinstance(found[0], Impossible) or found[0].day is None:
        return None
    if line.word(found[1]) in TIMES_WORDS:
        # "except in october, 5 times"
        return None
    return Except(days=(found[0].day,)), found[1]


def _sum(left: Except, right: Except) -> Except:
    return replace(
        left,
        weekdays=left.weekdays + right.weekdays,
        months=left.months + right.months,
        month_days=left.month_days + right.month_days,
        days=left.days + right.days,
        parts=left.parts + right.parts,
    )
