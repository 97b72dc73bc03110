"""Days of a month by their places: "the 1st and 15th", "the last friday", "first weekday"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.lexicon import unit_of, weekday_of
from ontology.time.numbers import read_ordinal
from ontology.time.read_weekdays import WEEKEND, WORKING_DAYS, plural_weekday
from ontology.time.repeating import Repetition
from ontology.time.tokens import Line
from ontology.time.values import Impossible

_EDGES: Final = {
    **dict.fromkeys(("beginning", "begin", "start"), 1),
    **dict.fromkeys(("middle", "mid", "midpoint"), 15),
    "end": -1,
}
_KINDS: Final = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WORKING_DAYS),
    **dict.fromkeys(("business", "working", "work", "week"), WORKING_DAYS),
    "weekend": WEEKEND,
}
_LAST: Final = frozenset({"last", "final"})
_LONGEST_MONTH: Final = 31
_LONGEST_YEAR: Final = 366
_MOST_PLACES: Final = 12

Found = tuple[Repetition | Impossible, int]


def read_places(line: Line, at: int) -> Found | None:
    """Read days of a month, shaped as a monthly repetition; the month itself is not read.

    Several of one sort make one repetition: "the first monday and the third friday".
    """
    first = _places(line, at)
    if first is None or isinstance(first[0], Impossible):
        return first
    days, behind = first
    for _ in range(_MOST_PLACES):
        more = _places(line, _joint(line, behind)) if _joint(line, behind) > behind else None
        if more is None or isinstance(more[0], Impossible) or isinstance(days, Impossible):
            return more if more is not None else (days, behind)
        both = _united(days, more[0])
        if both is None:
            break
        days, behind = both, more[1]
    return days, behind


def read_edge(line: Line, at: int) -> Found | None:
    """Read "the beginning", "the end", "the middle" of a month, as its day."""
    behind = line.skip(at, "the", "very")
    if line.says(behind, "month", "end") or line.says(behind, "month", "start"):
        return _of_month(_EDGES[line.word(behind + 1)]), behind + 2
    day = _EDGES.get(line.word(behind))
    return (_of_month(day), behind + 1) if day is not None else None


def behind_the_month(line: Line, at: int, *, each: bool = True) -> int:
    """Return the place behind "of the month" or, with ``each``, "of each month"."""
    behind = line.skip(at, "of", "in")
    if behind == at:
        return at
    articles = ("the", "that", "a", "any") + (("each", "every") if each else ())
    behind = line.skip(behind, *articles)
    return behind + 1 if line.word(behind) == "month" else at


def _places(line: Line, at: int) -> Found | None:
    places: list[int] = []
    behind = at
    while len(places) < _MOST_PLACES:
        begin = behind if not places else _joint(line, behind)
        found = _place(line, line.skip(begin, "the", "each", "every"))
        if found is None or (places and begin == behind):
            break
        places.append(found[0])
        behind = found[1]
    return _of_kind(line, places, behind) if places else None


def _place(line: Line, at: int) -> tuple[int, int] | None:
    """Read a place, only once: in a list of them each is a place to begin from."""
    key = ("place", at)
    if key not in line.memory:
        line.memory[key] = _read_place(line, at)
    kept: tuple[int, int] | None = line.memory[key]
    return kept


def _read_place(line: Line, at: int) -> tuple[int, int] | None:
    """Read "3rd", "last", "second last", "2nd to the last": n, negative from the end."""
    if line.word(at) in _LAST:
        if line.says(at + 1, "but", "one"):
            return -2, at + 3
        return -1, at + 1
    if line.word(at) == "penultimate":
        return -2, at + 1
    found = (2, at + 1) if line.word(at) == "next" else _number(line, at)
    if found is None:
        return None
    nth, behind = found
    to_last = line.skip(line.skip(line.skip(behind, "-"), "to", "from"), "-", "the")
    if line.word(to_last) in _LAST:
        return -nth, to_last + 1
    return None if line.word(at) == "next" else (nth, behind)


def _number(line: Line, at: int) -> tuple[int, int] | None:
    """Read "3rd", or the bare number of "the 15" and "day 15"."""
    if line.says(at - 1, "on", "day") and line.kind(at + 1) == "number":
        at += 1
    elif line.kind(at) != "number" or line.word(at - 1) != "the":
        return read_ordinal(line, at)
    number, behind = line.word(at), line.word(at + 1)
    counted = line.kind(at + 1) in ("meridiem", "ordinal") or unit_of(behind) is not None
    return (int(number), at + 1) if len(number) < 3 and not counted else None


def _of_kind(line: Line, places: list[int], at: int) -> Found | None:
    word = line.word(at)
    weekday = weekday_of(word)
    weekday = plural_weekday(word) if weekday is None else weekday
    if weekday is not None:
        numbered = tuple((place, weekday) for place in places)
        return Repetition("MONTHLY", by_day=numbered), at + 1
    if word in _KINDS:
        behind = at + 1 if word.startswith("weekend") else line.skip(at + 1, "day", "days")
        if behind == at + 1 and word in ("business", "working", "work", "week"):
            return None
        if word == "weekend":
            end = line.skip(behind, "day", "days")
            return _weekends(places, day_by_day=end > behind), end
        kind = tuple((0, day) for day in _KINDS[word])
        return Repetition("MONTHLY", by_day=kind, places=tuple(places)), behind
    if unit_of(word) not in (None, "day") or word in ("weekend", "weekends"):
        return None
    if any(abs(place) > _LONGEST_MONTH for place in places):
        return Impossible(), at
    behind = line.skip(at, "day", "days")
    return Repetition("MONTHLY", by_month_day=tuple(places)), behind


def _weekends(places: list[int], *, day_by_day: bool) -> Repetition:
    """Return the Saturdays that begin weekends, or so many-th days of weekends."""
    if day_by_day:
        return Repetition("MONTHLY", by_day=((0, 5), (0, 6)), places=tuple(places))
    return Repetition("MONTHLY", by_day=tuple((place, 5) for place in places))


def _of_month(day: int) -> Repetition:
    return Repetition("MONTHLY", by_month_day=(day,))


def _united(left: Repetition, right: Repetition) -> Repetition | None:
    if left.places or right.places:
        return None
    if left.by_day and right.by_day:
        return replace(left, by_day=(*left.by_day, *right.by_day))
    if left.by_month_day and right.by_month_day:
        return replace(left, by_month_day=(*left.by_month_day, *right.by_month_day))
    return None


def _joint(line: Line, at: int) -> int:
    return line.skip(line.skip(at, ",", "/", "&", "+"), "and", "or", "plus", "&")


def read_year_days(line: Line, at: int) -> tuple[tuple[int, ...], int] | None:
    """Read days of a year by their numbers: "the 100th day", "the last day"."""
    days: list[int] = []
    behind = at
    while len(days) < _MOST_PLACES:
        begin = _joint(line, behind) if days else at
        found = _year_day(line, line.skip(begin, "the"))
        if found is None or (days and begin == behind):
            break
        days.append(found[0])
        behind = line.skip(found[1], "day", "days")
    if not days or line.word(behind - 1) not in ("day", "days"):
        return None
    return tuple(days), behind


def _year_day(line: Line, at: int) -> tuple[int, int] | None:
    """Read "31st", "last", and "100th", which is two pieces."""
    if line.kind(at) == "number" and line.word(at + 1) in ("st", "nd", "rd", "th"):
        number = int(line.word(at)) if len(line.word(at)) < 4 else 0
        if not 1 <= number <= _LONGEST_YEAR:
            return None
        return (-number, at + 3) if line.word(at + 2) in _LAST else (number, at + 2)
    return _place(line, at)
