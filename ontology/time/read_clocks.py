"""Wall times in a text: "at 9", "9.30pm", "21:15", "noon", "half past 3", "in the evening"."""

from __future__ import annotations

import re
from typing import Final

from ontology.time.parts import Clock, Clocks, Found, Impossible, Part, PartOfDay
from ontology.time.read_durations import unit_of
from ontology.time.tokens import Line, read_number

_SEPARATOR: Final = re.compile("[:.h]")
_BEFORE_A_CLOCK: Final = ("at", "@", "by", "around")
_NAMED: Final = {"noon": 12, "midday": 12, "midnight": 0}
_MORNING_OF: Final = ("morning", "mornings")
_PARTS: Final = {
    **dict.fromkeys(_MORNING_OF, PartOfDay.MORNING),
    **dict.fromkeys(("afternoon", "afternoons"), PartOfDay.AFTERNOON),
    **dict.fromkeys(("evening", "evenings"), PartOfDay.EVENING),
    **dict.fromkeys(("night", "nights"), PartOfDay.NIGHT),
}


PARTS_OF_DAY: Final = frozenset(_PARTS)
"""The names of the parts of a day."""

CLOCK_WORDS: Final = frozenset({*_BEFORE_A_CLOCK, *_NAMED, "for"})
"""The words, beside numbers, that a wall time can begin with."""


def read_clocks(
    line: Line, at: int, *, after: Part | None, announced: bool = False
) -> Found | None:
    """Read one wall time or several ("8am, 1pm and 8pm").

    ``after`` is the part right before: behind a day, a number that ends the text is an hour.
    ``announced`` tells that a word before it makes a bare number an hour ("until 5").
    """
    announced = announced or line.word(at) in _BEFORE_A_CLOCK
    behind = _behind_announcement(line, at) if announced else at
    if line.word(at) == "for":
        # "(an alarm) for 7", but not "a table for 4"
        announced, behind = at == 0, at + 1
    if not announced and after is not None and behind == len(line) - 1:
        announced = line.kind(behind) == "number" and not isinstance(after, Clocks)
    found = _one_clock(line, behind, announced=announced)
    if found is None:
        return None
    clock, behind = found
    if isinstance(clock, Impossible):
        return clock, behind
    clocks = [clock]
    while (more := _another_clock(line, behind)) is not None:
        clock, behind = more
        clocks.append(clock)
    return Clocks(tuple(clocks)), behind


def read_part_of_day(line: Line, at: int, *, after: Part | None) -> Found | None:
    """Read "in the morning", "at night", and behind a day or a repetition plain "evening"."""
    behind = at
    if line.word(at) in ("in", "during") and line.word(at + 1) == "the":
        behind = at + 2
    elif line.says(at, "at", "night"):
        behind = at + 1
    elif after is None:
        return None
    part = _PARTS.get(line.word(behind))
    return (part, behind + 1) if part is not None else None


def part_of_day(word: str) -> PartOfDay | None:
    """Return the part of the day of this name."""
    return _PARTS.get(word)


def _behind_announcement(line: Line, at: int) -> int:
    return line.skip(line.skip(at, *_BEFORE_A_CLOCK), "about", "around", "exactly")


def _another_clock(line: Line, at: int) -> tuple[Clock, int] | None:
    behind = line.skip(line.skip(at, ","), "and")
    if behind == at:
        return None
    announced = line.word(behind) == "at"
    # "at 8 and 20:00" lists two; "at 8 and 3 eggs" does not.
    found = _one_clock(line, behind + announced, announced=announced or _ends(line, behind + 1))
    if found is None or isinstance(found[0], Impossible):
        return None
    return found[0], found[1]


def _ends(line: Line, at: int) -> bool:
    return line.kind(at) in ("", "mark") or line.word(at) in ("to", "until", "till", "and")


def _one_clock(
    line: Line, at: int, *, announced: bool
) -> tuple[Clock | Impossible, int] | None:
    if line.word(at) in _NAMED:
        return Clock(_NAMED[line.word(at)]), at + 1
    if line.kind(at) in ("clock", "dotted", "hours"):
        return _hour_and_minute(line, at, announced=announced)
    return _spoken(line, at) or _bare_hour(line, at, announced=announced)


def _hour_and_minute(
    line: Line, at: int, *, announced: bool
) -> tuple[Clock | Impossible, int] | None:
    text, kind = line.word(at), line.kind(at)
    meridiem = _meridiem(line, at + 1)
    if kind != "clock" and not announced and (kind == "hours" or not meridiem):
        return None
    hour, minute = (int(number) for number in _SEPARATOR.split(text)[:2])
    behind = at + 2 if meridiem else at + 1
    return _checked(hour, minute, meridiem, sure=text[0] == "0"), behind


def _bare_hour(
    line: Line, at: int, *, announced: bool
) -> tuple[Clock | Impossible, int] | None:
    found = read_number(line, at)
    if found is None or not found[0].is_integer() or line.word(at) in ("a", "an"):
        return None
    number, behind = int(found[0]), found[1]
    text = line.word(at)
    if meridiem := _meridiem(line, behind):
        return _checked(number, 0, meridiem, sure=True), behind + 1
    if line.word(behind) in ("o'clock", "oclock"):
        return _checked(number, 0, "", sure=False), behind + 1
    if not announced or _is_an_amount(line, behind):
        return None
    if len(text) == 4 and text.isdigit() and number < 2400 and number % 100 < 60:
        return Clock(number // 100, number % 100), behind
    if number > 24:
        return (Impossible(), behind) if number < 100 and _ends(line, behind) else None
    return _checked(number, 0, "", sure=text[0] == "0"), behind


def _is_an_amount(line: Line, behind: int) -> bool:
    """Tell what follows a number that is no hour: "by 10 min", "at 5 %", "at 0800 1111"."""
    return (
        line.word(behind) in ("%", "-", "/", "°", "percent")
        or line.kind(behind) == "number"
        or unit_of(line.word(behind), 1) is not None
    )


def _spoken(line: Line, at: int) -> tuple[Clock | Impossible, int] | None:
    """Read "half past 3", "a quarter to five", "20 past 6"."""
    behind = line.skip(at, "a") if line.word(at + 1) == "quarter" else at
    minutes = {"half": 30.0, "quarter": 15.0}.get(line.word(behind))
    found = (minutes, behind + 1) if minutes is not None else read_number(line, behind)
    if found is None or line.word(found[1]) not in ("past", "to") or found[0] >= 60:
        return None
    if line.word(found[1]) == "to" and minutes is None:
        # "at 5 to 6" and "call 5 to 8 people" read the same; only words make it sure.
        return None
    hour = read_number(line, found[1] + 1)
    if hour is None or not 1 <= hour[0] <= 23:
        return None
    meridiem = _meridiem(line, hour[1])
    past = line.word(found[1]) == "past"
    minute = int(found[0]) if past else 60 - int(found[0])
    clock = _checked(int(hour[0]), minute, meridiem, sure=False)
    if isinstance(clock, Clock) and not past:
        clock = _an_hour_before(clock)
    return clock, hour[1] + 1 if meridiem else hour[1]


def _an_hour_before(clock: Clock) -> Clock:
    hour = (clock.hour - 1) % 24
    return Clock(hour if hour or clock.sure else 12, clock.minute, clock.sure)


def _meridiem(line: Line, at: int) -> str:
    return line.word(at)[0] if line.kind(at) == "meridiem" else ""


def _checked(hour: int, minute: int, meridiem: str, *, sure: bool) -> Clock | Impossible:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return Impossible()
    if meridiem and 1 <= hour <= 12:
        return Clock(hour % 12 + (12 if meridiem == "p" else 0), minute)
    if meridiem == "a" and hour > 12:
        return Impossible()
    return Clock(hour % 24, minute, sure=sure or not 1 <= hour <= 12)
