"""Lengths of time in a text: "5 minutes", "1h30", "an hour and a half", "2 weeks"."""

from __future__ import annotations

from typing import Final

from ontology.time.lexicon import Unit, unit_of
from ontology.time.numbers import AMOUNTS, NUMBERS, read_number, read_whole_number
from ontology.time.tokens import Line
from ontology.time.values import Duration, Impossible

_SECONDS: Final[dict[Unit, int]] = {"second": 1, "minute": 60, "hour": 3_600}
_DAYS: Final[dict[Unit, int]] = {"day": 1, "week": 7}
_MONTHS: Final[dict[Unit, int]] = {"month": 1, "quarter": 3, "year": 12}
_NAMED: Final[dict[str, tuple[Unit, int]]] = {
    **dict.fromkeys(("fortnight", "fortnights"), ("week", 2)),
    **dict.fromkeys(("night", "nights"), ("day", 1)),
    **dict.fromkeys(("decade", "decades"), ("year", 10)),
    **dict.fromkeys(("century", "centuries"), ("year", 100)),
}
_HALVES: Final = {"half": 0.5, "quarter": 0.25, "quarters": 0.25, "third": 1 / 3}
_SINGLE_LETTERS: Final = frozenset("smhdwy")
_COUNTING: Final = frozenset({"word", "number", "dotted", "decimal", "slash", "mark"})
_VAGUE: Final = frozenset({"couple", "pair", "few", "several", "dozen"})
_AMOUNTS_BEHIND_AN_ARTICLE: Final = _VAGUE | {"half", "quarter"}
_WORKING: Final = frozenset({"business", "working", "work", "week"})
_FINEST: Final[tuple[Unit, ...]] = (
    "second", "minute", "hour", "day", "week", "month", "quarter", "year"
)  # fmt: skip
_MOST_AMOUNTS: Final = 7
_LONGEST_DAYS: Final = 366_000
_ONE_DAY: Final = 86_400
_MOST_DIGITS: Final = 6
_DAYS_OF_A_MONTH: Final = 30

Found = tuple[Duration, int]


def read_duration(line: Line, at: int) -> tuple[Duration | Impossible, int] | None:
    """Read a length of time made of one or more amounts."""
    key = ("duration", at)
    if key not in line.memory:
        line.memory[key] = _read(line, at)
    kept: tuple[Duration | Impossible, int] | None = line.memory[key]
    return kept


def _read(line: Line, at: int) -> tuple[Duration | Impossible, int] | None:
    total, behind = Duration(unit="year"), at
    for _ in range(_MOST_AMOUNTS):
        found = _one_amount(line, _joint(line, behind) if behind > at else behind)
        if found is None:
            break
        total, behind = _sum(total, found[0]), found[1]
    if behind == at:
        return None
    minutes = _bare_minutes(line, total, behind)
    if minutes is not None:
        total, behind = _sum(total, minutes[0]), minutes[1]
    days = total.days + total.business + total.months * 30 + total.seconds / _ONE_DAY
    if days > _LONGEST_DAYS:
        return Impossible(), behind
    return total, behind


def _bare_minutes(line: Line, total: Duration, at: int) -> Found | None:
    """Read what follows whole hours without a unit: "in an hour and 15"."""
    if total.unit != "hour" or total.seconds % 3_600 or not line.says(at, "and"):
        return None
    if line.kind(at + 1) != "number" or line.word(at + 2) not in ("", "to", ",", ".", "!"):
        return None
    minutes = int(line.word(at + 1)) if len(line.word(at + 1)) <= 2 else 60
    return (length_of("minute", minutes), at + 2) if 0 < minutes < 60 else None


def length_of(unit: Unit, amount: float) -> Duration:
    """Return so many of a unit; the broken part of a month is counted in days."""
    if unit in _SECONDS:
        return Duration(seconds=round(amount * _SECONDS[unit], 3), unit=unit)
    if unit in _DAYS:
        days, rest = divmod(round(amount * _DAYS[unit] * _ONE_DAY), _ONE_DAY)
        return Duration(rest, days, unit=unit if not rest else "hour")
    months, part = divmod(round(amount * _MONTHS[unit], 6), 1)
    days = round(part * _DAYS_OF_A_MONTH)
    return Duration(days=days, months=int(months), unit=unit if not days else "day")


def _joint(line: Line, at: int) -> int:
    return line.skip(line.skip(at, ",", "&", "+"), "and")


def _sum(left: Duration, right: Duration) -> Duration:
    return Duration(
        left.seconds + right.seconds,
        left.days + right.days,
        left.months + right.months,
        left.business + right.business,
        min(left.unit, right.unit, key=_FINEST.index),
    )


def _one_amount(line: Line, at: int) -> Found | None:
    kind = line.kind(at)
    if kind == "hours" or (kind == "clock" and unit_of(line.word(at + 1)) == "hour"):
        return _hours_and_minutes(line, at)
    if kind == "word" and line.word(at) not in AMOUNTS and line.word(at) not in NUMBERS:
        return _bare_unit(line, at)
    found = _amount(line, at) if kind in _COUNTING else None
    if found is None:
        return None
    amount, behind = found
    more = _and_a_half(line, behind)
    if more is not None and (unit := _unit(line, more[1])) is not None:
        return _counted(line, amount + more[0], unit)
    unit = _unit(line, _behind_another_number(line, behind))
    if unit is None or (line.word(behind) in _SINGLE_LETTERS and kind == "word"):
        return None
    more = _and_a_half(line, unit[2])
    if more is not None and not _unit(line, more[1]):
        return _counted(line, amount + more[0], (unit[0], unit[1], more[1]))
    return _counted(line, amount, unit)


def _behind_another_number(line: Line, at: int) -> int:
    """Step over the end of "2-3 hours", "20 to 30 minutes": the first number counts."""
    if line.word(at) not in ("-", "to", "or") or line.kind(at + 1) != "number":
        return at
    return at + 2 if unit_of(line.word(at + 2)) is not None else at


def _bare_unit(line: Line, at: int) -> Found | None:
    """Read "quarter of an hour" and "three quarters of an hour" without an article."""
    if line.word(at) in ("quarter", "quarters") and line.says(at + 1, "of", "an", "hour"):
        return Duration(900, unit="minute"), at + 4
    fortnight = line.word(at) == "fortnight" and line.word(at + 1) in ("today", "tomorrow")
    if fortnight:
        return Duration(days=14, unit="week"), at + 1
    if line.word(at + 1) not in ("from", "hence") or len(line.word(at)) <= 3:
        return None
    unit = _unit(line, at)
    return _counted(line, 1, unit) if unit is not None else None


def _counted(line: Line, amount: float, unit: tuple[str, float, int]) -> Found | None:
    name, size, behind = unit
    if name == "business":
        return Duration(business=round(amount * size), unit="day"), behind
    known = unit_of(name)
    if known is None:
        return None
    if known == "hour" and line.kind(behind) == "number":
        minutes = line.word(behind)
        ends = line.kind(behind + 1) in ("", "mark") or line.word(behind + 1) == "to"
        ends = ends or line.word(behind - 1) == "h"
        if len(minutes) == 2 and ends and unit_of(line.word(behind + 1)) is None:
            length = length_of("hour", amount * size)
            return Duration(length.seconds + 60 * int(minutes), unit="minute"), behind + 1
    return length_of(known, amount * size), behind


def _unit(line: Line, at: int) -> tuple[str, float, int] | None:
    """Read a unit: its name, how many of it, and the place behind."""
    behind = line.skip(at, "-", "more", "whole", "full", "upcoming", "coming")
    word = line.word(behind).removesuffix("'s").removesuffix("'")
    if word in _NAMED:
        name, size = _NAMED[word]
        return name, size, line.skip(behind + 1, ".") if len(word) < 4 else behind + 1
    if word in _WORKING and line.word(behind + 1) in ("day", "days"):
        return ("day", 1, behind + 2) if word == "week" else ("business", 1, behind + 2)
    if word in ("workday", "workdays", "weekday", "weekdays"):
        return "business", 1, behind + 1
    if word in ("workweek", "workweeks"):
        return "business", 5, behind + 1
    unit = unit_of(word)
    if unit is None:
        return None
    behind += 1
    if len(word) in (2, 3) and line.word(behind) == "." and line.joined(behind):
        behind += 1 if line.kind(behind + 1) != "" else 0
    return unit, 1, behind


def _hours_and_minutes(line: Line, at: int) -> Found:
    hours, minutes = line.word(at).replace("h", ":").split(":")[:2]
    behind = line.skip(at + 1, "m", "min", "mins", "minutes", "hours", "hour", "hrs")
    return Duration(int(hours) * 3_600 + int(minutes) * 60, unit="minute"), behind


def _amount(line: Line, at: int) -> tuple[float, int] | None:
    """Read how many: "a", "2.5", "1/2", "a couple of", "half an", "three quarters of an"."""
    word = line.word(at)
    if word in ("a", "an", "the") and line.word(at + 1) in _AMOUNTS_BEHIND_AN_ARTICLE:
        return _amount(line, at + 1)
    if word in _VAGUE:
        return AMOUNTS[word], line.skip(at + 1, "of")
    if word in ("half", "quarter"):
        return _HALVES[word], line.skip(line.skip(at + 1, "of", "-"), "a", "an")
    return _fraction(line, at) or _number(line, at)


def _number(line: Line, at: int) -> tuple[float, int] | None:
    """Read "2.5", ".5", "three quarters of an", "2 1/2"."""
    if line.word(at) == "." and line.kind(at + 1) == "number" and line.joined(at + 1):
        digits = line.word(at + 1)[:_MOST_DIGITS]
        return int(digits) / 10 ** len(digits), at + 2
    number = read_number(line, at)
    if number is None:
        return None
    amount, behind = number
    if line.says(behind, "-", "quarters"):
        behind += 1
    if line.word(behind) in ("quarters", "quarter") and line.word(behind + 1) == "of":
        return amount * 0.25, line.skip(behind + 2, "a", "an")
    mixed = _fraction(line, behind)
    return (amount + mixed[0], mixed[1]) if mixed is not None else (amount, behind)


def _fraction(line: Line, at: int) -> tuple[float, int] | None:
    if line.kind(at) == "slash":
        over, under = map(int, line.word(at).split("/"))
        if not 0 < over < under <= 12:
            return None
        return over / under, line.skip(line.skip(at + 1, "of"), "a", "an")
    if line.word(at) in ("\u00bd", "\u00bc", "\u00be"):
        return AMOUNTS[line.word(at)], line.skip(at + 1, "a", "an")
    return None


def _and_a_half(line: Line, at: int) -> tuple[float, int] | None:
    """Read "and a half", "and three quarters of an": what is added to a whole."""
    if line.word(at) not in ("and", "&"):
        return None
    behind = line.skip(at + 1, "a", "an")
    count = 1
    if behind == at + 1 and (number := read_whole_number(line, behind)) is not None:
        count, behind = number
    part = _HALVES.get(line.word(behind))
    if part is None:
        return None
    return count * part, line.skip(line.skip(behind + 1, "of"), "a", "an")
