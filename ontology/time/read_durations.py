"""Lengths of time in a text: "5 minutes", "1h30", "an hour and a half", "2 weeks"."""

from __future__ import annotations

from typing import Final

from ontology.time.parts import Elapsed, Found, Impossible, Lasting
from ontology.time.tokens import Line, read_number

_SECONDS: Final = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), 1),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 60),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), 3_600),
}
_DAYS: Final = {
    **dict.fromkeys(("d", "day", "days"), 1),
    **dict.fromkeys(("w", "wk", "wks", "week", "weeks"), 7),
    **dict.fromkeys(("fortnight", "fortnights"), 14),
}
_MONTHS: Final = {
    **dict.fromkeys(("month", "months"), 1),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), 12),
}
_MOST_AMOUNTS: Final = 6
_LONGEST_DAYS: Final = 36_525
_ONE_DAY: Final = 86_400


def read_elapsed(line: Line, at: int, *, bare: bool) -> Found | None:
    """Read "in 5 minutes", "after an hour", "2 days from now"; ``bare``: also "10 min"."""
    announced = line.word(at) in ("in", "after", "within")
    behind = at + 1 if announced else at
    behind = line.skip(behind, "about", "exactly", "another")
    found = read_duration(line, behind)
    if found is None:
        return None
    elapsed, behind = found
    if line.says(behind, "from", "now"):
        behind, announced = behind + 2, True
    elif line.word(behind) in ("later", "hence"):
        behind, announced = behind + 1, True
    elif announced:
        behind = line.skip(behind, "time")
    return (elapsed, behind) if announced or bare else None


def read_lasting(line: Line, at: int) -> Found | None:
    """Read "for 5 days", "for the next 2 weeks"; hours are how long a task takes."""
    behind = line.skip(line.skip(at + 1, "the"), "next")
    found = read_duration(line, behind)
    if found is None or isinstance(found[0], Impossible) or found[0].seconds:
        return None
    return Lasting(found[0]), found[1]


def read_duration(line: Line, at: int) -> tuple[Elapsed | Impossible, int] | None:
    """Read a length of time made of one or more amounts."""
    total, behind = Elapsed(), at
    for _ in range(_MOST_AMOUNTS):
        found = _one_amount(line, _joint(line, behind) if behind > at else behind)
        if found is None:
            break
        amount, behind = found
        total = _sum(total, amount)
    if behind == at:
        return None
    if not total.seconds and not total.days and not total.months:
        return None
    if total.days + total.months * 30 + total.seconds // _ONE_DAY > _LONGEST_DAYS:
        return Impossible(), behind
    return total, behind


def unit_of(word: str, amount: float) -> Elapsed | None:
    """Return so many of a unit, None if the word is no unit or months would be broken."""
    if word in _SECONDS:
        return Elapsed(seconds=round(amount * _SECONDS[word]))
    if word in _DAYS:
        days, rest = divmod(round(amount * _DAYS[word] * _ONE_DAY), _ONE_DAY)
        return Elapsed(days=days, seconds=rest)
    if word in _MONTHS and float(amount * _MONTHS[word]).is_integer():
        return Elapsed(months=int(amount * _MONTHS[word]))
    return None


def _joint(line: Line, at: int) -> int:
    return line.skip(at, "and", ",")


def _sum(left: Elapsed, right: Elapsed) -> Elapsed:
    return Elapsed(
        left.seconds + right.seconds, left.days + right.days, left.months + right.months
    )


def _one_amount(line: Line, at: int) -> tuple[Elapsed, int] | None:
    if line.kind(at) == "hours":
        hours, minutes = line.word(at).split("h")
        behind = line.skip(at + 1, "m", "min", "mins", "minutes")
        return Elapsed(seconds=int(hours) * 3_600 + int(minutes) * 60), behind
    found = _fraction(line, at) or _amount(line, at)
    if found is None:
        return None
    amount, behind = found
    if line.says(behind, "and", "a", "half"):
        whole = unit_of(line.word(behind + 3), amount + 0.5)
        return (whole, behind + 4) if whole is not None else None
    elapsed = unit_of(line.word(behind), amount)
    if elapsed is None:
        return None
    if line.says(behind + 1, "and", "a", "half"):
        half = unit_of(line.word(behind), amount + 0.5)
        return (half, behind + 4) if half is not None else None
    return elapsed, behind + 1


def _amount(line: Line, at: int) -> tuple[float, int] | None:
    found = read_number(line, at)
    if found is None:
        return None
    number, behind = found[0], line.skip(found[1], "more")
    if line.word(at) == "a" and line.word(behind) == "couple":
        return 2.0, line.skip(behind + 1, "of")
    return number, behind


def _fraction(line: Line, at: int) -> tuple[float, int] | None:
    """Read "half an" and "a quarter of an", which stand before a unit."""
    behind = line.skip(at, "a") if line.word(at + 1) in ("half", "quarter") else at
    if line.word(behind) == "half":
        return 0.5, line.skip(behind + 1, "a", "an")
    if line.word(behind) == "quarter":
        return 0.25, line.skip(line.skip(behind + 1, "of"), "a", "an")
    if line.says(behind, "three", "quarters"):
        return 0.75, line.skip(line.skip(behind + 2, "of"), "a", "an")
    return None
