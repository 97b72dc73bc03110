"""The steps of a repetition: "3 months", "third week", "hour and a half", "2h30"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ontology.time.day_parts import NIGHT
from ontology.time.lexicon import unit_of
from ontology.time.numbers import read_ordinal, read_whole_number
from ontology.time.read_durations import length_of, read_duration
from ontology.time.read_frequencies import of_unit
from ontology.time.repeating import Repetition
from ontology.time.tokens import Line
from ontology.time.values import Duration, Impossible, TimeProblem

_UNITS_OF_OUR_OWN: Final = {
    **dict.fromkeys(("fortnight", "fortnights"), Repetition("WEEKLY", 2)),
    **dict.fromkeys(("night", "nights"), Repetition("DAILY", part=NIGHT)),
    "semester": Repetition("MONTHLY", 6),
    **dict.fromkeys(("decade", "decades"), Repetition("YEARLY", 10)),
}
_PARTS_OF_A_UNIT: Final = {"half": 0.5, "quarter": 0.25}
_LONGEST_INTERVAL: Final = 1_000_000
_MINUTES_OF_A_DAY: Final = 1440
_HOUR: Final = 3600
_ENDS_A_PHRASE: Final = frozenset({"", "for", "until", "till", "from", "to", "starting", "at"})

Found = tuple[Repetition | Impossible, int]


def read_step(line: Line, at: int) -> Found | None:
    """Read the step that stands behind "every"."""
    for reader in _READERS:
        found = reader(line, at)
        if found is not None:
            return found
    return None


def _so_many_th(line: Line, at: int) -> Found | None:
    """Read "third day", "2nd week"; "first week of the month" is none."""
    ordinal = read_ordinal(line, at)
    if ordinal is None or ordinal[0] < 2:
        return None
    found = read_units(line, *ordinal)
    return found if found is None or line.word(found[1]) not in ("of", "in") else None


def _second(line: Line, at: int) -> Found | None:
    """Read "second" as the unit where nothing follows that would be counted."""
    if line.word(at) not in ("second", "seconds", "sec"):
        return None
    ends = line.word(at + 1) in _ENDS_A_PHRASE or line.kind(at + 1) == "mark"
    return (Impossible(TimeProblem.TOO_OFTEN), at + 1) if ends else None


def _single_unit(line: Line, at: int) -> Found | None:
    return _one_and_a_part(line, at) or read_units(line, 1, at)


def _so_many(line: Line, at: int) -> Found | None:
    """Read "3 months", "two years"; "2 hours and 30 minutes" is longer."""
    counted = read_whole_number(line, at)
    if counted is None:
        return None
    behind = line.skip(counted[1], "-", "to", "or")
    more = read_whole_number(line, behind) if behind > counted[1] else None
    if more is not None and read_units(line, more[0], more[1]) is not None:
        # "every 2 or 3 days"
        return Impossible(TimeProblem.NO_SUCH_RULE), more[1] + 1
    found = read_units(line, counted[0], line.skip(counted[1], "-"))
    longer = read_duration(line, at)
    return None if found is not None and longer is not None and longer[1] > found[1] else found


def _length_of_time(line: Line, at: int) -> Found | None:
    """Read "half hour", "couple of days", "2 hours and 30 minutes"."""
    length = read_duration(line, at)
    if length is None:
        return None
    what, behind = length
    return what if isinstance(what, Impossible) else _lasting(what), behind


def read_units(line: Line, interval: int, at: int) -> Found | None:
    """Read a unit of which every so many-th is meant."""
    word = line.word(at).removesuffix("'s")
    if word in _UNITS_OF_OUR_OWN:
        return replace(_UNITS_OF_OUR_OWN[word], interval=_size(word) * interval), at + 1
    if word in ("half", "semester") and line.word(at + 1) in ("year", "years"):
        return Repetition("MONTHLY", 6 * interval), at + 2
    unit = unit_of(word)
    if unit is None or (len(word) == 1 and line.kind(at - 1) == "word"):
        return None
    if not 1 <= interval <= _LONGEST_INTERVAL:
        too_often = not interval and unit in ("second", "minute", "hour")
        problem = TimeProblem.TOO_OFTEN if too_often else TimeProblem.NEVER_FIRES
        return Impossible(problem), at + 1
    repetition = of_unit(unit, interval)
    if repetition is None:
        return (_lasting(Duration(seconds=interval)), at + 1) if interval > 1 else None
    if _is_a_longer_length(line, unit, at + 1):
        return None
    of_week = unit == "day" and line.says(at + 1, "of", "the", "week")
    return repetition, at + 4 if of_week else at + 1


def _size(word: str) -> int:
    return _UNITS_OF_OUR_OWN[word].interval


def _one_and_a_part(line: Line, at: int) -> Found | None:
    """Read "hour and a half", which without a number is no length of time by itself."""
    if line.word(at) == "quarter" and line.word(line.skip(at + 1, "-")) == "hour":
        return Repetition("MINUTELY", _HOUR // 60 // 4), line.skip(at + 1, "-") + 1
    unit, part = unit_of(line.word(at)), _PARTS_OF_A_UNIT.get(line.word(at + 3))
    if unit == "hour" and line.word(at + 1) == "and" and part is None:
        return _hour_and(line, at + 2)
    if unit is None or part is None or not line.says(at + 1, "and", "a"):
        return None
    return _lasting(length_of(unit, 1 + part)), at + 4


def _hour_and(line: Line, at: int) -> Found | None:
    """Read the rest of "hour and 15 minutes"."""
    rest = read_duration(line, at)
    if rest is None or isinstance(rest[0], Impossible) or not 0 < rest[0].seconds < _HOUR:
        return None
    return _lasting(replace(rest[0], seconds=_HOUR + rest[0].seconds)), rest[1]


def _is_a_longer_length(line: Line, unit: str, at: int) -> bool:
    """Tell whether it goes on as in "quarter of an hour"."""
    return unit == "quarter" and (line.word(at) == "hour" or line.says(at, "of", "an", "hour"))


def _lasting(length: Duration) -> Repetition | Impossible:
    """Return the repetition in steps of a length of time."""
    if length.business or (length.months and (length.seconds or length.days)):
        return Impossible(TimeProblem.NO_SUCH_RULE)
    if length.months:
        return Repetition("MONTHLY", length.months)
    if not length.seconds:
        weeks, days = divmod(length.days, 7)
        return Repetition("DAILY", length.days) if days else Repetition("WEEKLY", weeks)
    minutes, broken = divmod(length.seconds, 60)
    if broken:
        return Impossible(TimeProblem.TOO_OFTEN)
    total = int(minutes) + length.days * _MINUTES_OF_A_DAY
    if total > _LONGEST_INTERVAL:
        return Impossible(TimeProblem.NEVER_FIRES)
    hours, rest = divmod(total, 60)
    return Repetition("MINUTELY", total) if rest else Repetition("HOURLY", hours)


_READERS: Final[tuple[Callable[[Line, int], Found | None], ...]] = (
    _so_many_th,
    _second,
    _single_unit,
    _so_many,
    _length_of_time,
)
