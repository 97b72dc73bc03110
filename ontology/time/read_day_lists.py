"""Several days in a text: "monday, wednesday and friday", "the 1st and the 15th"."""

from __future__ import annotations

from typing import Final

from ontology.time.parts import Impossible, Repetition
from ontology.time.read_days import WEEKDAYS, day_number
from ontology.time.tokens import Line

KINDS_OF_DAY: Final[dict[str, tuple[int, ...]]] = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), (0, 1, 2, 3, 4)),
    **dict.fromkeys(("weekend", "weekends"), (5, 6)),
}
"""Words for several days of the week."""

_NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_MOST_DAYS: Final = 12


def read_places_in_month(line: Line, at: int) -> tuple[Repetition | Impossible, int] | None:
    """Read "the 3rd", "the 1st and the 15th", "the first monday", "the last day"."""
    if line.says(at, "the", "last", "day"):
        return Repetition("MONTHLY", by_month_day=(-1,)), at + 3
    nth = read_nth_weekday(line, line.skip(at, "the"))
    if nth is not None:
        return Repetition("MONTHLY", by_day=(nth[0],)), nth[1]
    days: list[int] = []
    behind = at
    while (day := day_number(line, line.skip(behind, "the"))) and len(days) < _MOST_DAYS:
        days.append(day)
        behind = line.skip(behind, "the") + 1
        joint = line.skip(line.skip(behind, ","), "and")
        if joint == behind or line.kind(line.skip(joint, "the")) != "ordinal":
            break
        behind = joint
    if not days:
        return None
    if not all(1 <= day <= 31 for day in days):
        return Impossible(), behind
    return Repetition("MONTHLY", by_month_day=tuple(sorted(set(days)))), behind


def read_nth_weekday(line: Line, at: int) -> tuple[tuple[int, int], int] | None:
    """Read "first monday", "2nd friday", "last sunday"; n is -1 for the last."""
    nth = _NTH.get(line.word(at))
    if nth is None and line.kind(at) == "ordinal" and 1 <= int(line.word(at)[:-2]) <= 5:
        nth = int(line.word(at)[:-2])
    weekday = WEEKDAYS.get(line.word(at + 1))
    return ((nth, weekday), at + 2) if nth is not None and weekday is not None else None


def read_weekdays(line: Line, at: int) -> tuple[list[int], int]:
    """Read "monday, wednesday and friday", "weekdays"; no days where none stand here."""
    days: list[int] = []
    behind = at
    while True:
        word = line.word(behind)
        if word in WEEKDAYS:
            days.append(WEEKDAYS[word])
        elif word in KINDS_OF_DAY:
            days.extend(KINDS_OF_DAY[word])
        else:
            break
        behind = line.skip(behind + 1, ".")
        joint = line.skip(line.skip(line.skip(behind, ",", "/", "&"), "and"), "on", "every")
        if joint == behind or line.word(joint) not in (*WEEKDAYS, *KINDS_OF_DAY):
            return days, behind
        behind = joint
    return days, behind


def every_one_of(days: list[int]) -> tuple[tuple[int, int], ...]:
    """Return weekdays as :attr:`Repetition.by_day` holds them."""
    return tuple((0, day) for day in sorted(set(days)))
