"""Repetitions in a text: "every weekday", "every 2 weeks on monday", "daily", "10 times"."""

from __future__ import annotations

from typing import Final

from ontology.time.parts import (
    CalendarDate,
    Elapsed,
    Found,
    Impossible,
    Part,
    PartOfDay,
    Repetition,
    TimeProblem,
    Times,
)
from ontology.time.read_clocks import part_of_day
from ontology.time.read_day_lists import (
    KINDS_OF_DAY,
    every_one_of,
    read_nth_weekday,
    read_places_in_month,
    read_weekdays,
)
from ontology.time.read_days import MONTHS, WEEKDAYS, read_date
from ontology.time.read_durations import unit_of
from ontology.time.rule import Frequency
from ontology.time.tokens import Line, read_number

_ADVERBS: Final[dict[str, Repetition]] = {
    "daily": Repetition("DAILY"),
    "weekly": Repetition("WEEKLY"),
    "fortnightly": Repetition("WEEKLY", 2),
    "monthly": Repetition("MONTHLY"),
    "yearly": Repetition("YEARLY"),
    "annually": Repetition("YEARLY"),
    "hourly": Repetition("HOURLY"),
}
_UNITS: Final[dict[str, Frequency]] = {
    **dict.fromkeys(("day", "days"), "DAILY"),
    **dict.fromkeys(("week", "weeks"), "WEEKLY"),
    **dict.fromkeys(("month", "months"), "MONTHLY"),
    **dict.fromkeys(("year", "years"), "YEARLY"),
}
REPEATING: Final = frozenset(
    {*_ADVERBS, *KINDS_OF_DAY, "every", "each", "on", "at", "the"}
    | {day for day in WEEKDAYS if day.endswith("days")}
)
"""The words that a repetition can begin with."""

_EVERY_OTHER: Final = ("other", "second", "2nd")
_LONGEST_INTERVAL: Final = 1_000_000


def read_repetition(line: Line, at: int) -> tuple[list[Part], int] | None:
    """Read how something repeats, and the part of the day it may name ("every morning")."""
    if line.word(at) in _ADVERBS:
        return [_ADVERBS[line.word(at)]], at + 1
    found = _every(line, at) or _plural_days(line, at) or _day_of_every_month(line, at)
    if found is None or isinstance(found[0][0], Impossible):
        return found
    parts, behind = found
    part = part_of_day(line.word(behind))
    if part is not None and not any(isinstance(found, PartOfDay) for found in parts):
        parts, behind = [*parts, part], behind + 1
    return parts, behind


def read_times(line: Line, at: int) -> Found | None:
    """Read "10 times"."""
    found = read_number(line, at)
    if found is None or line.word(found[1]) != "times" or not found[0].is_integer():
        return None
    if line.word(at) in ("a", "an") or line.word(found[1] + 1) in ("a", "per", "as"):
        return None
    return Times(int(found[0])), found[1] + 1


def _every(line: Line, at: int) -> tuple[list[Part], int] | None:
    if line.word(at) not in ("every", "each"):
        return None
    behind = at + 1
    return (
        _every_nth_weekday(line, behind)
        or _every_date(line, behind)
        or _every_so_many(line, behind)
        or _every_part_of_day(line, behind)
        or _every_weekday(line, behind)
    )


def _every_so_many(line: Line, at: int) -> tuple[list[Part], int] | None:
    """Read "every day", "every other week", "every 10 minutes", "every half hour"."""
    interval, behind = 1.0, at
    if line.word(at) in _EVERY_OTHER and (line.word(at + 1) in (*_UNITS, *WEEKDAYS)):
        interval, behind = 2.0, at + 1
    elif line.word(at) == "half":
        interval, behind = 0.5, line.skip(at + 1, "an")
    elif (number := read_number(line, at)) is not None:
        interval, behind = number
    elif line.kind(at) == "ordinal" and line.word(at + 1) in _UNITS:
        interval, behind = float(line.word(at)[:-2]), at + 1
    word = line.word(behind)
    if word in WEEKDAYS and interval == 2:
        return _every_weekday(line, behind, interval=2)
    return _so_many(line, interval, behind)


def _so_many(line: Line, interval: float, at: int) -> tuple[list[Part], int] | None:
    word = line.word(at)
    freq = _UNITS.get(word)
    if freq is None:
        return _elapsing(unit_of(word, interval), at + 1)
    if not 1 <= interval < _LONGEST_INTERVAL or not interval.is_integer():
        return [Impossible(TimeProblem.NEVER_FIRES)], at + 1
    return _on_days(line, freq, int(interval), at + 1)


def _elapsing(step: Elapsed | None, behind: int) -> tuple[list[Part], int] | None:
    if step is None:
        return None
    if step.seconds % 60 or not (step.seconds or step.days):
        return [Impossible(TimeProblem.TOO_OFTEN)], behind
    minutes = step.days * 1440 + step.seconds // 60
    if minutes > _LONGEST_INTERVAL:
        return [Impossible(TimeProblem.NEVER_FIRES)], behind
    if minutes % (14 * 1440) == 0:
        return [Repetition("WEEKLY", minutes // (7 * 1440))], behind
    if minutes % 60 == 0:
        return [Repetition("HOURLY", minutes // 60)], behind
    return [Repetition("MINUTELY", minutes)], behind


def _on_days(line: Line, freq: Frequency, interval: int, at: int) -> tuple[list[Part], int]:
    """Read what follows a unit: "on monday and thursday", "on the 3rd", "except sunday"."""
    if freq == "DAILY" and line.word(at) in ("except", "but"):
        days, behind = read_weekdays(line, line.skip(at + 1, "on"))
        kept = tuple((0, day) for day in range(7) if day not in days)
        if days and kept:
            return [Repetition("WEEKLY", 1, by_day=kept)], behind
    if line.word(at) != "on":
        return [Repetition(freq, interval)], at
    if freq == "WEEKLY":
        days, behind = read_weekdays(line, at + 1)
        if days:
            return [Repetition(freq, interval, by_day=every_one_of(days))], behind
    if freq == "MONTHLY" and (found := read_places_in_month(line, at + 1)) is not None:
        return _repeated(found, freq, interval)
    if freq == "YEARLY" and (date := read_date(line, at + 1)) is not None:
        return _yearly(date, interval)
    return [Repetition(freq, interval)], at


def _repeated(
    found: tuple[Repetition | Impossible, int], freq: Frequency, interval: int
) -> tuple[list[Part], int]:
    what, behind = found
    if isinstance(what, Impossible):
        return [what], behind
    return [
        Repetition(freq, interval, by_day=what.by_day, by_month_day=what.by_month_day)
    ], behind


def _every_nth_weekday(line: Line, at: int) -> tuple[list[Part], int] | None:
    """Read "every first monday of the month", "every last friday"."""
    nth = read_nth_weekday(line, at)
    if nth is None:
        return None
    behind = nth[1]
    of_month = line.word(behind) in ("of", "in") and line.says(behind + 1, "the", "month")
    if of_month:
        behind += 3
    elif line.word(at) in _EVERY_OTHER:
        return None
    return [Repetition("MONTHLY", by_day=(nth[0],))], behind


def _every_date(line: Line, at: int) -> tuple[list[Part], int] | None:
    """Read "every 24 december" and "every 3rd of the month"."""
    date = read_date(line, at)
    if date is not None:
        return _yearly(date, 1)
    if line.kind(at) == "ordinal" and line.says(at + 1, "of", "the", "month"):
        found = read_places_in_month(line, at)
        return _repeated((found[0], at + 4), "MONTHLY", 1) if found is not None else None
    return None


def _yearly(date: Found, interval: int) -> tuple[list[Part], int]:
    day, behind = date
    if not isinstance(day, CalendarDate) or day.month is None:
        return [Impossible(TimeProblem.NEVER_FIRES)], behind
    return [
        Repetition("YEARLY", interval, by_month=(day.month,), by_month_day=(day.day,))
    ], behind


def _every_part_of_day(line: Line, at: int) -> tuple[list[Part], int] | None:
    part = part_of_day(line.word(at))
    return ([Repetition("DAILY"), part], at + 1) if part is not None else None


def _every_weekday(line: Line, at: int, interval: int = 1) -> tuple[list[Part], int] | None:
    days, behind = read_weekdays(line, at)
    return (
        ([Repetition("WEEKLY", interval, by_day=every_one_of(days))], behind) if days else None
    )


def _plural_days(line: Line, at: int) -> tuple[list[Part], int] | None:
    """Read "on mondays and fridays", "weekdays"."""
    behind = line.skip(line.skip(at, "on", "at"), "the")
    word = line.word(behind)
    if not word.endswith("days") and word != "weekends":
        return None
    if word not in WEEKDAYS and word not in KINDS_OF_DAY:
        return None
    return _every_weekday(line, behind)


def _day_of_every_month(line: Line, at: int) -> tuple[list[Part], int] | None:
    """Read "on the 3rd of every month", "the last friday of each month"."""
    behind = line.skip(at, "on")
    if line.word(behind) != "the" and line.kind(behind) != "ordinal":
        return None
    found = read_places_in_month(line, behind)
    if found is None:
        return None
    behind = found[1]
    if line.word(behind) not in ("of", "in") or line.word(behind + 1) not in ("every", "each"):
        return None
    month = line.word(behind + 2)
    if month == "month":
        return _repeated((found[0], behind + 3), "MONTHLY", 1)
    if month in MONTHS and isinstance(found[0], Repetition):
        days = found[0]
        yearly = Repetition(
            "YEARLY",
            by_day=days.by_day,
            by_month_day=days.by_month_day,
            by_month=(MONTHS[month],),
        )
        return [yearly], behind + 3
    return None
