"""Days in a text: "tomorrow", "next monday", "24 December", "2026-12-24", "the 3rd"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from ontology.time.names import DAY_NAMES, MONTH_NAMES
from ontology.time.parts import (
    CalendarDate,
    Day,
    DayOffset,
    Found,
    Impossible,
    NextPeriod,
    Part,
    Weekday,
    is_possible,
)
from ontology.time.tokens import Line

WEEKDAYS: Final = {
    **{name.lower(): number for number, name in enumerate(DAY_NAMES)},
    **{name.lower() + "s": number for number, name in enumerate(DAY_NAMES)},
    **{name[:3].lower(): number for number, name in enumerate(DAY_NAMES)},
    **{"tues": 1, "weds": 2, "thur": 3, "thurs": 3},
}
"""The number of a day by its names; what ends in s means every such day."""

ALSO_WORDS: Final = frozenset({"sat", "sun", "wed", "mon"})
"""Short names that are words of their own and need something beside them to be days."""

MONTHS: Final = {
    **{name.lower(): number for number, name in enumerate(MONTH_NAMES) if name},
    **{name[:3].lower(): number for number, name in enumerate(MONTH_NAMES) if name},
    "sept": 9,
}
_OFFSETS: Final = {
    "yesterday": -1,
    "today": 0,
    **dict.fromkeys(("tomorrow", "tmr", "tmrw", "tomorow", "tommorow", "tommorrow"), 1),
}
DAY_WORDS: Final = frozenset(
    {*WEEKDAYS, *MONTHS, *_OFFSETS}
    | {"on", "by", "for", "this", "next", "coming", "the", "day"}
)
"""The words that a day can begin with."""

_NAMING: Final = ("this", "next", "coming")
_YEAR: Final = re.compile(r"(?:19|20|21)[0-9]{2}")


def read_day(line: Line, at: int, *, month_first: bool, after: Part | None) -> Found | None:
    """Read one day; ``month_first`` tells how 3/4 is meant, ``after`` is the part before."""
    behind = line.skip(at, "on", "by", "for")
    announced = behind > at
    return (
        _near_day(line, behind)
        or _weekday(line, behind, announced=announced or after is not None)
        or _written_date(line, behind, month_first=month_first, announced=announced)
        or read_date(line, behind)
        or _day_of_month(line, behind, announced=announced)
    )


def read_date(line: Line, at: int) -> Found | None:
    """Read "24 December 2026", "Dec 24th" or "the 3rd of March", with or without a year."""
    first = line.skip(at, "the")
    day = day_number(line, first)
    month: int | None
    if day is not None:
        month_at = line.skip(first + 1, "of")
        month = MONTHS.get(line.word(month_at))
        behind = month_at + 1
    else:
        month = MONTHS.get(line.word(at))
        day_at = line.skip(at + 1, "the", ".")
        day, behind = day_number(line, day_at), day_at + 1
    if day is None or month is None:
        return None
    year, behind = _year(line, behind)
    return _possible(CalendarDate(day, month, year), behind)


def day_number(line: Line, at: int) -> int | None:
    """Return the day of a month that stands here as "3" or "3rd"."""
    if line.kind(at) == "ordinal":
        return int(line.word(at)[:-2])
    text = line.word(at)
    return int(text) if line.kind(at) == "number" and text.isdigit() and len(text) < 3 else None


def _near_day(line: Line, at: int) -> tuple[Day, int] | None:
    for start in (line.skip(at, "the"),):
        if line.says(start, "day", "after") and _OFFSETS.get(line.word(start + 2)) == 1:
            return DayOffset(2), start + 3
        if line.word(start) in ("weekend",) and start > at:
            return Weekday(5), start + 1
    word, following = line.word(at), line.word(at + 1)
    if word in _OFFSETS:
        return DayOffset(_OFFSETS[word]), at + 1
    if word in ("this", "next") and following == "weekend":
        return Weekday(5, next_week=word == "next"), at + 2
    if word == "next" and following in ("week", "month", "year"):
        return NextPeriod(following), at + 2  # type: ignore[arg-type]
    return None


def _weekday(line: Line, at: int, *, announced: bool) -> tuple[Part, int] | None:
    behind = at
    while line.word(behind) in ("this", "the", "coming", "next") and behind < at + 3:
        behind += 1
    word = line.word(behind)
    # "fridays" is every Friday, and repetition's to read.
    if word not in WEEKDAYS or word in _PLURALS:
        return None
    if word in ALSO_WORDS and line.word(behind - 1) == "the":
        return None
    if word in ALSO_WORDS and not announced and line.word(behind - 1) not in _NAMING:
        following = line.token(behind + 1)
        beside = following.kind in ("", "clock", "ordinal") or following.text in ("at", ",")
        if not beside:
            return None
    next_week = "next" in (line.word(place) for place in range(at, behind))
    day = Weekday(WEEKDAYS[word], next_week)
    behind = line.skip(behind + 1, ".")
    return _dated(line, day, line.skip(behind, ",")) or (day, behind)


def _dated(line: Line, day: Weekday, at: int) -> tuple[Part, int] | None:
    """Read the date in "friday 27 november", "friday the 13th"."""
    found = read_date(line, at) or _day_of_month(line, at, announced=line.word(at) == "the")
    if found is None or not isinstance(found[0], CalendarDate):
        return found
    return replace(found[0], weekday=day.weekday), found[1]


_PLURALS: Final = frozenset(name.lower() + "s" for name in DAY_NAMES)


def _written_date(
    line: Line, at: int, *, month_first: bool, announced: bool
) -> tuple[Part, int] | None:
    token = line.token(at)
    if token.kind == "iso":
        # "2026-12-24T09:00" runs on into its clock.
        year, month, day = (int(number) for number in token.text.rstrip("t").split("-"))
        return _possible(CalendarDate(day, month, year), at + 1)
    if token.kind != "date":
        return None
    numbers = [int(number) for number in token.text.replace(".", "/").split("/")]
    # Without a year it may as well be a fraction.
    if len(numbers) == 2 and not announced and not _clock_follows(line, at + 1):
        return None
    first, second = numbers[:2]
    day, month = (second, first) if month_first else (first, second)
    if month > 12 >= day:
        day, month = month, day
    if len(numbers) == 2:
        return _possible(CalendarDate(day, month), at + 1)
    year = numbers[2] if numbers[2] > 99 else 2000 + numbers[2]
    return _possible(CalendarDate(day, month, year), at + 1)


def _day_of_month(line: Line, at: int, *, announced: bool) -> tuple[Part, int] | None:
    behind = line.skip(at, "the")
    if line.kind(behind) != "ordinal" or not (announced or behind > at):
        return None
    day, behind = int(line.word(behind)[:-2]), behind + 1
    if line.says(behind, "of", "the", "month") or line.says(behind, "of", "this", "month"):
        behind += 3
    elif line.word(behind) == "of" or not (announced or _ends_a_day(line, behind)):
        return None
    return _possible(CalendarDate(day), behind)


def _ends_a_day(line: Line, at: int) -> bool:
    return line.kind(at) in ("", "mark", "clock") or line.word(at) in ("at", "to", "in", "by")


def _clock_follows(line: Line, at: int) -> bool:
    behind = line.skip(at, ",")
    return line.word(behind) == "at" or line.kind(behind) == "clock"


def _year(line: Line, at: int) -> tuple[int | None, int]:
    behind = line.skip(at, ",")
    if line.kind(behind) == "number" and _YEAR.fullmatch(line.word(behind)):
        return int(line.word(behind)), behind + 1
    return None, at


def _possible(day: CalendarDate, behind: int) -> tuple[Part, int]:
    return (day, behind) if is_possible(day) else (Impossible(), behind)
