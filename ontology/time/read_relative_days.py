"""Days that are told from today: "tomorrow", "the day after tomorrow", "right now"."""

from __future__ import annotations

from typing import Final

from ontology.time.tokens import Line
from ontology.time.values import Day, DayOffset, Duration, Later, Moment

RELATIVE_DAYS: Final = {
    **dict.fromkeys(("today", "tdy", "2day", "todays"), 0),
    **dict.fromkeys(
        ("tomorrow", "tomorrows", "tmrw", "tmr", "tmw", "tmrrw", "tomoz", "tomm"), 1
    ),
    **dict.fromkeys(("tomorow", "tommorow", "tommorrow", "tomorrrow", "tomorro", "morrow"), 1),
    **dict.fromkeys(
        ("tomarrow", "tmorrow", "tomrrow", "tomorroww", "tomorw", "2morrow", "2morow", "2moro"),
        1,
    ),
    **dict.fromkeys(("yesterday", "yest", "yesterdays", "yday", "yesturday", "ystrday"), -1),
    "overmorrow": 2,
}
AT_ONCE: Final = frozenset({"asap", "atm"})
_PLACES: Final = ("the", "an", "to", "at", "from", "an")  # an ATM is a machine, too
_BEFORE_NOW: Final = ("me", "from", "between", "starting", "until", "till", "to")


def read_relative_day(line: Line, at: int) -> tuple[Day, int] | None:
    """Read a day told from today, or that it is now."""
    word = line.word(at)
    days = RELATIVE_DAYS.get(word)
    if days is not None:
        if word in ("tomorrow", "today") and line.word(at + 1) == "week":
            week = Duration(days=7, unit="week")
            return Later(week, Moment(DayOffset(days))), at + 2
        return DayOffset(days), at + 1
    return _day_after(line, at) or _now(line, at)


def _day_after(line: Line, at: int) -> tuple[Day, int] | None:
    """Read "the day after tomorrow", "the day before"."""
    begin = line.skip(at, "the")
    if line.word(begin) != "day" or line.word(begin + 1) not in ("after", "before"):
        return None
    step = 1 if line.word(begin + 1) == "after" else -1
    other = RELATIVE_DAYS.get(line.word(begin + 2))
    if other is not None:
        return DayOffset(other + step), begin + 3
    if begin > at and line.kind(begin + 2) in ("", "mark"):
        return DayOffset(step), begin + 2
    return None


def _now(line: Line, at: int) -> tuple[Day, int] | None:
    word, behind = line.word(at), at + 1
    if word in ("right", "just") and line.word(behind) == "now":
        return Later(Duration()), at + 2
    if word in AT_ONCE and line.word(at - 1) not in _PLACES:
        return Later(Duration()), behind
    if word == "now" and (line.word(at - 1) in _BEFORE_NOW or len(line) == 1):
        return Later(Duration()), behind
    if line.says(at, "as", "soon", "as", "possible"):
        return Later(Duration()), at + 4
    if line.says(at, "the", "present", "time"):
        return Later(Duration()), at + 3
    if line.says(at, "the", "moment") and line.word(at - 1) == "at":
        return Later(Duration()), at + 2
    return None
