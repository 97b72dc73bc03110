"""Wall times in a text: "at 9", "9.30pm", "21:15", "0800 hours", "seven thirty p.m."."""

from __future__ import annotations

from typing import Final

from ontology.time.numbers import NUMBERS, TENS, read_whole_number
from ontology.time.tokens import Line
from ontology.time.values import Clock, Impossible

ANNOUNCING: Final = frozenset({"at", "@"})
ABOUT: Final = frozenset(
    {"around", "about", "approximately", "approx", "circa", "roughly", "nearly", "almost"}
    | {"~", "exactly", "precisely", "sharp", "ca"}
)
NAMED: Final = {
    **dict.fromkeys(
        ("noon", "midday", "noonish", "noontime", "noonday"), Clock(12, grain="hour")
    ),
    **dict.fromkeys(("midnight", "midnite"), Clock(0, grain="hour")),
}
_BEHIND_MINUTES: Final = frozenset(
    ["on", "this", "today", "tomorrow", "tonight", "to", "in", "and", "for"]
)
COUNTED: Final = frozenset(
    {"point", "points", "place", "places", "time", "times", "stage", "end", "side", "level"}
    | {"dollars", "euros", "pounds", "bucks", "percent", "people", "person", "sitting", "go"}
    | {"km", "meter", "meters", "metres", "miles", "kg", "degrees", "mph", "kmh", "volts"}
    | {"locations"}
)
"""What a number counts that is no hour, though "at" stands before it."""

_OCLOCK: Final = frozenset({"o'clock", "oclock", "o'clk", "uhr"})
_HOURS: Final = frozenset({"hours", "hrs", "hour", "h", "hr"})
_HALF_A_DAY: Final = 12

Found = tuple[Clock | Impossible, int]


def read_clock(line: Line, at: int, *, bare: bool = False) -> Found | None:
    """Read a wall time; a number alone is one behind "at", or where ``bare`` says so."""
    behind = _behind_announcement(line, at)
    announced = bare or any(line.word(place) in ANNOUNCING for place in range(at, behind))
    return _read(line, behind, announced=announced)


def read_plain_clock(line: Line, at: int) -> Found | None:
    """Read a wall time of which a number alone is enough, without a word before it."""
    return _read(line, at, announced=True)


def _behind_announcement(line: Line, at: int) -> int:
    behind = at
    for _ in range(3):
        word = line.word(behind)
        if word not in ANNOUNCING and word not in ABOUT:
            break
        behind += 1
    return behind


def _read(line: Line, at: int, *, announced: bool) -> Found | None:
    kind = line.kind(at)
    if kind == "word":
        return _named(line, at) or _in_words(line, at, announced=announced)
    if kind == "clock":
        return _written(line, at)
    if kind == "hours":
        hour, minute = map(int, line.word(at).split("h"))
        if not announced and hour < 7:
            return None
        return _checked(hour, minute, 0, at + 1)
    if kind == "dotted":
        return _dotted(line, at, announced=announced)
    if kind == "number":
        return _number(line, at, announced=announced)
    return None


def _named(line: Line, at: int) -> Found | None:
    behind = line.skip(at, "high")
    clock = NAMED.get(line.word(behind))
    return (clock, _ish(line, behind + 1)) if clock is not None else None


def _written(line: Line, at: int) -> Found:
    """Read "9:30", "09:30:15 pm"."""
    numbers = line.word(at).partition(".")[0].split(":")
    hour, minute, second = (*map(int, numbers), 0)[:3]
    sure = hour > _HALF_A_DAY or len(numbers[0]) == 2 and numbers[0].startswith("0")
    clock = Clock(
        hour, minute, second, sure=sure, grain="second" if len(numbers) > 2 else "minute"
    )
    return _completed(line, clock, at + 1)


def _dotted(line: Line, at: int, *, announced: bool) -> Found | None:
    hour, _, minute = line.word(at).partition(".")
    if len(minute) != 2:
        return None
    behind = at + 1
    hours = line.word(behind) in ("h", "hrs", "uhr")
    announced = announced or (len(line) == 1 and int(hour) > _HALF_A_DAY)
    if not (announced or hours or _meridiem(line, _ish(line, behind)) is not None):
        return None
    if int(hour) > 24 or int(minute) > 59:
        return None
    sure = hours or int(hour) > _HALF_A_DAY or hour.startswith("0")
    return _completed(line, Clock(int(hour), int(minute), sure=sure), behind + hours)


def _number(line: Line, at: int, *, announced: bool) -> Found | None:
    text, behind = line.word(at), at + 1
    if line.word(behind) in ("%", "$") or line.word(behind) in COUNTED:
        return None
    if line.says(behind, "noon") or line.says(behind, "midnight"):
        return (NAMED[line.word(behind)], behind + 1) if text == "12" else None
    told = _meridiem(line, _ish(line, behind)) is not None
    if len(text) >= 3:
        return _digits(line, at, announced=announced or told)
    oclock = _behind_oclock(line, behind)
    hours = line.word(behind) in ("h", "uhr") and (announced or int(text) > _HALF_A_DAY)
    if _meridiem(line, behind + 1) is not None and _minute_beside(line, behind) is not None:
        announced = True
    if oclock > behind or hours:
        told, behind = True, max(oclock, behind + hours)
    elif announced and (minute := _minute_beside(line, behind)) is not None:
        clock = Clock(int(text), minute, sure=int(text) > _HALF_A_DAY)
        return _completed(line, clock, behind + 1)
    if not (told or announced or _ish(line, behind) > behind) or (text == "0" and not told):
        return None
    hour = int(text)
    sure = hours or hour > _HALF_A_DAY or text.startswith("0")
    return _completed(line, Clock(hour, sure=sure, grain="hour"), behind)


def _minute_beside(line: Line, at: int) -> int | None:
    """Read the minutes of "3 15"."""
    text = line.word(at)
    if line.kind(at) == "number" and len(text) == 2 and int(text) < 60 and not line.joined(at):
        follows = line.kind(at + 1)
        if (
            follows in ("", "mark", "meridiem")
            or line.word(at + 1) in ("a", "p")
            or line.word(at + 1) in _BEHIND_MINUTES
        ):
            return int(text)
    return None


def _digits(line: Line, at: int, *, announced: bool) -> Found | None:
    """Read "0930", "1730", "730pm", "0800 hours", and the end of "20270623T143000"."""
    text, behind = line.word(at), at + 1
    if len(text) == 6 and line.word(at - 1) == "t" and line.joined(at):
        return _checked(int(text[:2]), int(text[2:4]), int(text[4:]), behind)
    if len(text) > 4:
        return None
    hours = line.word(behind) in _HOURS and len(text) == 4
    if len(line) == 1 and len(text) == 4 and not 1900 <= int(text) < 2200:
        announced = True
    if not (announced or hours):
        return None
    hour, minute = divmod(int(text), 100)
    if hour > 24 or minute > 59 or (len(text) == 3 and minute % 5):
        return None
    if line.kind(behind) in ("number", "run", "decimal") and not line.joined(behind):
        return None
    sure = hours or hour > _HALF_A_DAY or text.startswith("0")
    return _completed(line, Clock(hour, minute, sure=sure), behind + hours)


def _in_words(line: Line, at: int, *, announced: bool) -> Found | None:
    """Read "seven", "seven thirty", "twelve oh three", "ten-thirty", "nine o'clock"."""
    hundreds = _hundreds(line, at)
    if hundreds is not None:
        return hundreds
    hour = NUMBERS.get(line.word(at))
    if line.word(at + 1) in COUNTED:
        return None
    if hour is None or not (1 <= hour <= 12 or hour == 20):
        return None
    if hour == 20:
        return None
    behind, minute = at + 1, 0
    spoken = _minutes_in_words(line, line.skip(behind, "-"))
    if spoken is not None:
        minute, behind = spoken
    else:
        behind = _behind_oclock(line, behind)
    told = behind > at + 1 and spoken is None
    told = told or _meridiem(line, _ish(line, behind)) is not None
    if not (told or announced):
        return None
    clock = Clock(hour, minute, sure=False, grain="minute" if spoken is not None else "hour")
    return _completed(line, clock, behind)


def _hundreds(line: Line, at: int) -> Found | None:
    """Read "eleven hundred hours", "twenty three hundred hours"."""
    number, behind = read_whole_number(line, at) or (0, at)
    if line.word(behind - 1) != "hundred" or line.word(behind) not in ("hours", "hrs"):
        return None
    return _checked(number // 100, 0, 0, behind + 1)


def _minutes_in_words(line: Line, at: int) -> tuple[int, int] | None:
    if line.word(at) in ("oh", "o", "zero"):
        behind = line.skip(at + 1, "-")
        minute = NUMBERS.get(line.word(behind), 0)
        return (minute, behind + 1) if 1 <= minute <= 9 else None
    minute = NUMBERS.get(line.word(at), 0)
    if line.word(at) in TENS and minute < 60:
        behind = line.skip(at + 1, "-")
        ones = NUMBERS.get(line.word(behind), 0)
        if 1 <= ones <= 9:
            return minute + ones, behind + 1
        return minute, at + 1
    return (minute, at + 1) if 10 <= minute <= 19 else None


def _behind_oclock(line: Line, at: int) -> int:
    if line.word(at) in _OCLOCK:
        return at + 1
    if line.says(at, "o", "clock") or line.says(at, "o'", "clock"):
        return at + 2
    return at


def _ish(line: Line, at: int) -> int:
    if line.word(at) == "ish" and line.joined(at):
        return at + 1
    if line.says(at, "-", "ish"):
        return at + 2
    return at


def _meridiem(line: Line, at: int) -> tuple[bool, int] | None:
    """Read "pm", "p.m.", "p m", "p", "in the pm": whether it is after noon."""
    word = line.word(at)
    if line.kind(at) == "meridiem":
        return word[0] == "p", at + 1
    if word in ("a", "p"):
        if line.word(at + 1) == "m" and line.kind(at + 1) == "word":
            return word == "p", at + 2
        if line.joined(at) and not (line.joined(at + 1) and line.kind(at + 1) != "mark"):
            dot = line.word(at + 1) == "." and line.joined(at + 1)
            return word == "p", at + 1 + (dot and line.kind(at + 2) != "")
    if line.says(at, "in", "the") and line.kind(at + 2) == "meridiem":
        return line.word(at + 2)[0] == "p", at + 3
    return None


def _completed(line: Line, clock: Clock, behind: int) -> Found:
    """Read what may stand behind a wall time: "ish", "o'clock", am or pm."""
    behind = _behind_oclock(line, _ish(line, behind))
    meridiem = _meridiem(line, behind)
    hour, sure = clock.hour, clock.sure
    if meridiem is not None:
        afternoon, behind = meridiem
        sure = True
        if hour > _HALF_A_DAY:
            if not afternoon:
                return Impossible(), behind
        else:
            hour = hour % _HALF_A_DAY + (_HALF_A_DAY if afternoon else 0)
    behind = _behind_oclock(line, behind)
    behind = line.skip(behind, "sharp", "exactly", "precisely")
    return _checked(hour, clock.minute, clock.second, behind, sure=sure, like=clock)


def _checked(
    hour: int,
    minute: int,
    second: int,
    behind: int,
    *,
    sure: bool = True,
    like: Clock | None = None,
) -> Found:
    if hour > 24 or minute > 59 or second > 59 or (hour == 24 and (minute or second)):
        return Impossible(), behind
    grain = like.grain if like is not None else "minute"
    return Clock(hour, minute, second, sure or hour == 0, grain), behind
