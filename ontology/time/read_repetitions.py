"""Repetitions in a text: "every weekday", "tuesdays and fridays", "the 3rd of every month"."""

from __future__ import annotations

from typing import Final

from ontology.time.day_parts import PARTS
from ontology.time.read_clocks import read_plain_clock
from ontology.time.read_daily_clocks import read_daily_clocks
from ontology.time.read_each_period import read_days_of_each_period
from ontology.time.read_every import EVERY, parts_of_days, read_alternate, read_every
from ontology.time.read_frequencies import read_adverb, read_times_a_period
from ontology.time.read_limits import COMING, is_a_coming_day, read_except, read_times
from ontology.time.read_repeated_days import narrowed
from ontology.time.read_weekdays import Weekdays, read_weekdays
from ontology.time.read_which import read_shift
from ontology.time.repeating import Except, Repetition, Times, clock_at
from ontology.time.tokens import Line
from ontology.time.values import Impossible

_PLURAL_PARTS: Final = frozenset({"mornings", "evenings", "afternoons", "nights"})
_FEW: Final = frozenset({"these", "those", "few", "couple", "of", "two", "three"})

Found = tuple[Repetition | Impossible, int]


def read_repetition(
    line: Line, at: int
) -> tuple[Repetition | Times | Except | Impossible, int] | None:
    """Read how something repeats, how many times, or what it leaves out; its days included.

    Wall times, and the days on which it begins and ends, stand beside it and are not read.
    """
    found = _repetition(line, at)
    if found is not None:
        repetition, behind = narrowed(line, *found)
        line.memory["repetition", behind] = repetition
        return repetition, behind
    return read_times(line, at) or read_except(line, at)


def _repetition(line: Line, at: int) -> Found | None:
    hour = _hour_of_each_part(line, at)
    if hour is not None:
        return hour
    if line.word(at) == "once" and line.word(at + 1) in EVERY:
        return read_every(line, at + 1)
    return (
        read_times_a_period(line, at)
        or read_every(line, at)
        or read_days_of_each_period(line, at)
        or read_alternate(line, at)
        or read_adverb(line, at)
        or _plural(line, at)
        or _clock_of_a_run(line, at)
    )


def _hour_of_each_part(line: Line, at: int) -> Found | None:
    """Read "8 every evening", where the number is an hour of that part of the day."""
    part = PARTS.get(line.word(at + 2))
    if line.kind(at) != "number" or line.word(at + 1) not in EVERY or part is None:
        return None
    hour = int(line.word(at)) if len(line.word(at)) < 3 else 0
    later = [each for each in (hour, hour + 12) if max(part.begin, 5) <= each < part.end]
    if line.word(at - 1) in ("at", "@") or not 1 <= hour <= 12 or not later:
        return None
    return Repetition("DAILY", clocks=(clock_at(later[0]),)), at + 3


def _plural(line: Line, at: int) -> Found | None:
    """Read "on mondays", "weekends", "monday and wednesday evenings", "mornings"."""
    begin = line.skip(line.skip(at, "on", "at", "in", "for"), "the", "all")
    if _is_counted(line, begin):
        return None
    if line.word(begin) == "days":
        return (Repetition("DAILY"), begin + 1) if _are_all_days(line, begin) else None
    if line.word(begin) in _PLURAL_PARTS:
        return parts_of_days(line, Repetition("DAILY"), begin)
    found = read_weekdays(line, begin)
    if line.word(begin - 1) in ("from", "between", "starting"):
        return None
    if found is None or not (found[0].plural or _is_weekly_list(line, *found)):
        return None
    return Repetition("WEEKLY", by_day=found[0].by_day, part=found[0].part), found[1]


def _is_counted(line: Line, at: int) -> bool:
    """Tell "3 mondays", which are no habit, from those of "the next 3 mondays"."""
    counted = line.kind(at - 1) == "number" or line.word(at - 1) in _FEW
    return counted and line.word(at - 2) not in COMING


def _are_all_days(line: Line, at: int) -> bool:
    """Tell "all days except sunday" and "the next 3 days at 9" from days that are counted."""
    if line.word(at - 2) in COMING:
        return is_a_coming_day(line, at)
    return line.word(at - 1) == "all" and read_except(line, at + 1) is not None


def _is_weekly_list(line: Line, weekdays: Weekdays, behind: int) -> bool:
    """Tell whether days that stand in a row are said further on to be those of every week."""
    if len(weekdays.days) < 2:
        return False
    if weekdays.run and _has_clock(line, behind):
        return True
    if weekdays.row and (len(weekdays.days) > 2 or read_shift(line, behind) is not None):
        return True
    if weekdays.run and read_except(line, line.skip(behind, ",")) is not None:
        return True
    return any(
        line.word(place) == "weekly"
        or (line.word(place) in EVERY and line.word(place + 1) == "week")
        for place in range(behind, len(line))
    )


def _has_clock(line: Line, at: int) -> bool:
    """Tell "mon-fri at 6", which is a habit, from "monday to friday", which is a span."""
    found = read_daily_clocks(line, at)
    if found is None or line.word(found[1]) in ("this", "next"):
        return False
    joins = line.word(found[1]) in ("to", "-", "until", "till")
    return not (joins and read_plain_clock(line, found[1] + 1) is not None)


def _clock_of_a_run(line: Line, at: int) -> Found | None:
    """Read "at 6am mon-fri"."""
    found = read_daily_clocks(line, at)
    if found is None:
        return None
    clocks, behind = found
    days = read_weekdays(line, line.skip(line.skip(behind, ","), "on"))
    if days is None or not days[0].run or line.word(days[1]) in ("this", "next"):
        return None
    return Repetition("WEEKLY", by_day=days[0].by_day, clocks=clocks), days[1]
