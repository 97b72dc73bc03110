"""Repetitions that "every" begins: "every other friday", "every 90 minutes", "every june 3"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ontology.time.day_parts import MODIFIED, PARTS
from ontology.time.lexicon import month_of, unit_of
from ontology.time.numbers import read_ordinal, read_whole_number
from ontology.time.read_clocks import NAMED, read_clock
from ontology.time.read_places import behind_the_month, read_edge, read_places
from ontology.time.read_steps import read_step, read_units
from ontology.time.read_weekdays import Weekdays, read_weekdays
from ontology.time.read_yearly import read_days_of_year
from ontology.time.repeating import Repetition, clock_at
from ontology.time.tokens import Line
from ontology.time.values import Impossible

EVERY: Final = frozenset({"every", "each"})
_ALTERNATE: Final = frozenset(
    {"other", "alternate", "alternating", "alternative", "second", "2nd"}
)
_SINGLE: Final = frozenset({"single", "damn", "calendar", "full", "whole", "1"})
_MEALS: Final = frozenset(
    {"lunchtime", "breakfast", "lunch", "dinner", "dinnertime", "supper", "bedtime", "teatime"}
    | {"sunrise", "sunset", "dawn", "dusk", "brunch"}
)
_MOST_NTH_WEEKS: Final = 53
_MOST_PARTS: Final = 4
Found = tuple[Repetition | Impossible, int]


def read_every(line: Line, at: int) -> Found | None:
    """Read what repeats behind "every" or "each"; ``at`` is the place of that word."""
    if line.word(at) not in EVERY:
        return None
    begin = at + 1
    if line.says(begin, "and", "every"):
        begin += 2
    begin = line.skip(begin, *_SINGLE) if line.kind(begin) == "word" else begin
    for reader in _READERS:
        found = reader(line, begin)
        if found is not None:
            return found
    return None


def read_alternate(line: Line, at: int) -> Found | None:
    """Read "alternate tuesdays", "on alternating fridays" and "alternate days"."""
    begin = line.skip(at, "on")
    if line.word(begin) not in ("alternate", "alternating"):
        return None
    return _alternate(line, begin)


def _alternate(line: Line, at: int) -> Found | None:
    """Read "other day", "second week", "other tuesday and thursday", "alternate weekend"."""
    if line.word(at) not in _ALTERNATE:
        return None
    found = read_weekdays(line, at + 1)
    if found is not None:
        behind = behind_the_month(line, found[1])
        of_month = behind > found[1] or line.word(behind) in ("of", "in")
        if of_month and line.word(at) in ("second", "2nd"):
            return None
        return _weekly(found[0], 2), behind
    return read_units(line, 2, at + 1) or _alternate_part(line, at + 1)


def _alternate_part(line: Line, at: int) -> Found | None:
    part = PARTS.get(line.word(at))
    return (Repetition("DAILY", 2, part=part), at + 1) if part is not None else None


def _so_many_weekdays(line: Line, at: int) -> Found | None:
    """Read "3 fridays", "two weekends", "5th friday": every so many-th such day."""
    counted = read_whole_number(line, at)
    ordinal = read_ordinal(line, at) if counted is None else None
    number = counted or ordinal
    if number is None or not 2 <= number[0] <= _MOST_NTH_WEEKS:
        return None
    found = read_weekdays(line, number[1])
    if found is None or behind_the_month(line, found[1]) > found[1]:
        return None
    if line.word(found[1]) in ("in", "of"):
        return None
    if found[0].days == (0, 1, 2, 3, 4) and line.word(number[1]) not in ("weekday", "weekdays"):
        return None
    return _weekly(found[0], number[0]), found[1]


def _edge_of_month(line: Line, at: int) -> Found | None:
    """Read "month end", "end of the month", "start of month"."""
    found = read_edge(line, at)
    if found is None:
        return None
    if line.word(at) == "month":
        return found
    behind = behind_the_month(line, found[1])
    return (found[0], behind) if behind > found[1] else None


def _in_the_month(line: Line, at: int) -> Found | None:
    """Read "2nd of the month", "first friday of the month", "last day of the month", "15th"."""
    found = read_places(line, at)
    if found is None:
        return None
    behind = behind_the_month(line, found[1])
    if line.word(at) == "second" and behind == at + 1:
        # a unit of time
        return None
    if behind > found[1] or isinstance(found[0], Impossible):
        return found[0], behind
    days = found[0]
    if line.word(behind) in ("of", "in") or month_of(line.word(behind)) is not None:
        return None
    if (
        days.by_month_day
        and unit_of(line.word(behind - 1)) == "day"
        and days.by_month_day != (-1,)
    ):
        # "every third day" counts days, it names none of a month
        return None
    return days, behind


def _weekdays(line: Line, at: int) -> Found | None:
    found = read_weekdays(line, at)
    if found is None:
        return None
    of_month = _friday_the_13th(line, found[0], found[1])
    return of_month or (_weekly(found[0], 1), found[1])


def _friday_the_13th(line: Line, weekdays: Weekdays, at: int) -> Found | None:
    if line.word(at) != "the" or line.kind(at + 1) != "ordinal" or len(weekdays.days) > 1:
        return None
    day = int(line.word(at + 1)[:-2])
    if day > 31 or line.word(at + 2) == "of":
        return None
    return Repetition("MONTHLY", by_month_day=(day,), by_day=weekdays.by_day), at + 2


def _part_of_day(line: Line, at: int) -> Found | None:
    word = line.word(at)
    modified = MODIFIED.get(word, {}).get(line.word(at + 1))
    if modified is not None:
        return Repetition("DAILY", part=modified), at + 2
    if word in PARTS:
        return parts_of_days(line, Repetition("DAILY"), at)
    if word in _MEALS:
        # The meal itself is the time, which is read where it stands.
        return Repetition("DAILY"), at
    return None


def parts_of_days(line: Line, days: Repetition, at: int) -> tuple[Repetition, int]:
    """Read "morning", "morning and evening": one part of the day, or a wall time for each."""
    parts, behind = [PARTS[line.word(at)]], at + 1
    while len(parts) < _MOST_PARTS:
        joint = line.skip(line.skip(behind, ",", "&"), "and", "&")
        place = line.skip(joint, "every", "each", "in", "the")
        if joint == behind or line.word(place) not in PARTS:
            break
        parts.append(PARTS[line.word(place)])
        behind = place + 1
    if len(parts) == 1:
        return replace(days, part=parts[0]), behind
    return replace(days, clocks=tuple(clock_at(part.at) for part in parts)), behind


def _clock(line: Line, at: int) -> Found | None:
    """Read "every 9am" and "every noon": the wall time itself is read where it stands."""
    if line.word(at) in NAMED:
        return Repetition("DAILY"), at
    found = read_clock(line, at)
    if found is None or isinstance(found[0], Impossible) or not found[0].sure:
        return None
    return Repetition("DAILY"), at


def _weekly(days: Weekdays, interval: int) -> Repetition:
    return replace(
        Repetition("WEEKLY", interval, by_day=days.by_day),
        part=days.part,
    )


_READERS: Final[tuple[Callable[[Line, int], Found | None], ...]] = (
    _alternate,
    _so_many_weekdays,
    _edge_of_month,
    _in_the_month,
    read_days_of_year,
    _weekdays,
    read_step,
    _part_of_day,
    _clock,
)
