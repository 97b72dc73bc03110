"""Dates written in digits: "24/12/2026", "2026-12-24", "24.12.", "12/2026", "2-15"."""

from __future__ import annotations

from typing import Final

from ontology.time.lexicon import unit_of
from ontology.time.numbers import full_year
from ontology.time.tokens import Line
from ontology.time.values import CalendarDate, Day, Impossible, NamedPeriod

_MONTHS: Final = 12
_FULL_DOTTED: Final = 8
_MEASURES: Final = frozenset(
    [
        "cup",
        "cups",
        "tsp",
        "tbsp",
        "teaspoon",
        "teaspoons",
        "tablespoon",
        "tablespoons",
        "pint",
        "pints",
        "inch",
        "inches",
        "mile",
        "miles",
        "kg",
        "g",
        "km",
        "cm",
        "mm",
        "lb",
        "lbs",
        "oz",
        "litre",
        "litres",
        "liter",
        "liters",
        "percent",
        "pound",
        "pounds",
        "bottle",
        "gallon",
        "slice",
        "slices",
        "piece",
        "pieces",
        "x",
        "points",
        "dollars",
        "euros",
        "tablet",
        "tablets",
        "pill",
        "pills",
        "capsule",
        "capsules",
        "price",
        "off",
        "full",
        "empty",
    ]
)

Found = tuple[Day | Impossible, int]


def read_numeric_date(line: Line, at: int, *, announced: bool = False) -> Found | None:
    """Read a date in digits. ``announced`` tells that "on" or a weekday stands before it."""
    kind = line.kind(at)
    if _is_a_measure(line, at):
        return None
    if kind in ("iso", "compact"):
        return _iso(line, at)
    if kind == "date":
        return _three_numbers(line, at)
    if kind == "slash":
        return _two_numbers(line, at, "/")
    if kind == "month":
        return _month(line, at)
    if kind == "dotted":
        return _dotted(line, at, announced=announced)
    if kind == "number":
        return _spaced(line, at)
    return None


def _is_a_measure(line: Line, at: int) -> bool:
    before, behind = line.word(at - 1), line.word(at + 1)
    if line.word(at) == "24/7":
        return True
    if before == "-" and line.joined(at) and line.kind(at - 2) not in ("", "word", "mark"):
        before = ""
    if before in ("$", "#", "+", "=", "\u00a3", "\u20ac") or (
        before == "-" and line.joined(at)
    ):
        return line.kind(at) != "number"
    if behind == "of" and line.word(at + 2) in ("a", "an"):
        return True
    if behind in ("of", "a") and line.kind(at) == "slash":
        return line.word(at + 2) not in ("this", "next", "last")
    return behind in _MEASURES or (
        line.kind(at) in ("slash", "dotted") and (behind == "%" or unit_of(behind) is not None)
    )


def _iso(line: Line, at: int) -> Found:
    text = line.word(at)
    if line.kind(at) == "compact":
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    year, month, day = (
        int(number) for number in text.replace("/", "-").replace(".", "-").split("-")
    )
    behind = at + 1
    behind += _is_time_behind(line, behind)
    return _checked(day, month, year, behind)


def _is_time_behind(line: Line, at: int) -> bool:
    """Tell that the T of ISO 8601 stands here, and a wall time behind it."""
    joined = line.word(at) == "t" and line.joined(at) and line.joined(at + 1)
    return joined and line.kind(at + 1) in ("clock", "number")


def _three_numbers(line: Line, at: int) -> Found | None:
    text = line.word(at)
    separator = next(mark for mark in "/.-" if mark in text)
    first, second, third = (int(number) for number in text.split(separator))
    if separator == "." and len(text.rpartition(".")[2]) == 2 and len(text) < _FULL_DOTTED:
        return None  # the version 7.3.13
    year = full_year(third) if len(text.rpartition(separator)[2]) == 2 else third
    behind = line.skip(at + 1, ",") if line.kind(at + 2) == "clock" else at + 1
    swapped = line.month_first and separator != "."
    if max(first, second) > 31 or min(first, second) > _MONTHS:
        # 20-30-12 is no date at all; 06/31/2022 is one that is not in the calendar.
        return (Impossible(), behind) if separator == "/" else None
    return _in_order(first, second, year, behind, month_first=swapped)


def _two_numbers(line: Line, at: int, separator: str) -> Found | None:
    first, second = (int(number) for number in line.word(at).split(separator))
    if not first or not second or max(first, second) > 99:
        return None
    if max(first, second) > 31 or min(first, second) > _MONTHS:
        return Impossible(), at + 1
    return _in_order(first, second, None, at + 1, month_first=line.month_first)


def _dotted(line: Line, at: int, *, announced: bool) -> Found | None:
    """Read "24.12.", "11.9.", and behind a weekday or "on" also "24.12"."""
    first, second = (int(number) for number in line.word(at).split("."))
    closed = line.word(at + 1) == "." and line.joined(at + 1)
    goes_on = line.kind(at + 2) != "" or ".0" in line.word(at) or at == 0
    if not announced and not (closed and goes_on):
        return None
    if not 1 <= min(first, second) <= _MONTHS or not 1 <= max(first, second) <= 31:
        return None
    if closed and goes_on:
        # Who puts a full stop behind both of them writes the day first.
        return _in_order(first, second, None, at + 2, month_first=False)
    return _in_order(first, second, None, at + 1, month_first=line.month_first)


def _month(line: Line, at: int) -> Found | None:
    """Read "09/2012", "2014-10"."""
    if line.word(at + 1) in ("-", "/") and line.joined(at + 1) and line.joined(at + 2):
        return None
    text = line.word(at).replace("/", "-").replace(".", "-")
    left, right = text.split("-")
    month, year = (left, right) if len(right) == 4 else (right, left)
    if not 1 <= int(month) <= _MONTHS or not 1900 <= int(year) < 2200:
        return None
    return NamedPeriod("month", int(month), int(year)), at + 1


def _spaced(line: Line, at: int) -> Found | None:
    """Read "2-15", "2 / 15": a month and a day, where they can be nothing else."""
    if line.word(at + 1) not in ("-", "/") or line.kind(at + 2) != "number":
        return None
    first, second, behind = line.word(at), line.word(at + 2), at + 3
    if len(first) > 2 or len(second) > 2 or line.word(behind) in ("-", "/", "%"):
        return None
    if line.kind(behind) == "meridiem" or unit_of(line.word(behind)) is not None:
        return None
    if line.word(at - 1) in ("-", "/", "+", "$") or line.joined(behind):
        return None
    low, high = sorted((int(first), int(second)))
    if not 1 <= low <= _MONTHS or not _MONTHS < high <= 31:
        return None
    if line.word(at + 1) == "-" and int(second) != high and line.month_first:
        return None
    return _in_order(int(first), int(second), None, behind, month_first=line.month_first)


def _in_order(
    first: int, second: int, year: int | None, behind: int, *, month_first: bool
) -> Found:
    """Take a number above 12 for the day; else the order is the person's."""
    both = first <= _MONTHS and second <= _MONTHS and first != second
    if second > _MONTHS or (month_first and first <= _MONTHS):
        first, second = second, first
    return _checked(first, second, year, behind, swapped=both)


def _checked(
    day: int, month: int, year: int | None, behind: int, *, swapped: bool = False
) -> Found:
    if not 1 <= day <= 31 or not 1 <= month <= _MONTHS or (year is not None and year > 2999):
        return Impossible(), behind
    return CalendarDate(day, month, year, swapped=swapped), behind
