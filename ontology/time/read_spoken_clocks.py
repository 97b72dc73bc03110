"""The spoken clock: "half past 3", "half three", "quarter to six", "20 past noon", "5 to 7"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.numbers import NUMBERS, read_whole_number
from ontology.time.read_clocks import NAMED, read_plain_clock
from ontology.time.tokens import Line
from ontology.time.values import Clock, Impossible

_PAST: Final = frozenset({"past", "after"})
_TO: Final = frozenset({"to", "till", "til", "before", "of", "until"})
_ONLY_BEHIND_MINUTES: Final = frozenset({"before", "after", "of", "until"})
_SPOKEN_MINUTES: Final = frozenset(range(5, 60, 5))
_LAST_HOUR: Final = 12
_HOUR: Final = 60
_DAY: Final = 24 * _HOUR

Found = tuple[Clock | Impossible, int]


def read_spoken_clock(line: Line, at: int, *, announced: bool) -> Found | None:
    """Read a wall time said from the hour before or behind it.

    ``announced`` tells that "at" stands before it, so that "5 to 7" is no span.
    """
    begin = line.skip(line.skip(at, "at", "@"), "about", "around", "a", "just")
    announced = announced or line.word(at) in ("at", "@")
    return _half(line, begin) or _minutes(line, begin, announced=announced)


def _half(line: Line, at: int) -> Found | None:
    """Read "half past 3" and, in British, "half 3"."""
    if line.word(at) != "half":
        return None
    past = line.word(at + 1) in _PAST
    found = _hour(line, at + 1 + past)
    if found is None or (
        not past and line.word(found[1]) in ("hour", "hours", "of", "an", "day")
    ):
        return None
    clock, behind = found
    if not past and (line.kind(at + 1) not in ("word", "number") or clock.hour > 23):
        return None
    return _moved(clock, 30), behind


def _minutes(line: Line, at: int, *, announced: bool) -> Found | None:
    minutes, behind, sure = _count(line, at) or (0, at, False)
    how = line.word(behind)
    if not minutes or (how not in _PAST and how not in _TO):
        return None
    clock, end = _hour(line, behind + 1) or (None, at)
    if clock is None:
        return None
    # "Ten of three pm" is a wall time, "one of three" is none.
    sure = sure or (clock.sure and minutes in _SPOKEN_MINUTES and how in ("of", "before"))
    if how in _ONLY_BEHIND_MINUTES and not sure and not _is_past(how, minutes):
        return None
    if how in _PAST:
        return _moved(clock, minutes), end
    if not sure and not _is_spoken(line, at, behind + 1, minutes, clock, announced=announced):
        return None
    return _moved(clock, -minutes), end


def _count(line: Line, at: int) -> tuple[int, int, bool] | None:
    """Read "quarter", "three quarters", "20 minutes": how many, and whether it is sure."""
    if line.word(at) == "quarter":
        return 15, at + 1, True
    if line.says(at, "three", "quarters"):
        return 45, at + 2, True
    number = read_whole_number(line, at)
    if number is None or not 1 <= number[0] <= 59:
        return None
    minutes, behind = number
    named = line.word(behind) in ("minutes", "minute", "mins", "min")
    return minutes, behind + named, named


def _is_past(how: str, minutes: int) -> bool:
    """Tell the American "10 after 9", "5 before 8"."""
    return how in ("after", "before") and minutes in _SPOKEN_MINUTES


def _is_spoken(
    line: Line, at: int, behind: int, minutes: int, clock: Clock, *, announced: bool
) -> bool:
    """Tell "20 to 5" and "five to six" from the span of "5 to 6pm"."""
    if minutes not in _SPOKEN_MINUTES or line.word(at - 1) in ("from", "between"):
        return False
    named = line.word(behind) in NAMED
    if announced or named or minutes > _LAST_HOUR or line.word(at) in NUMBERS:
        return clock.hour <= _LAST_HOUR or clock.sure
    return minutes >= (clock.hour % 12 or 12)


def _hour(line: Line, at: int) -> tuple[Clock, int] | None:
    clock, behind = read_plain_clock(line, at) or (None, at)
    if clock is None or isinstance(clock, Impossible):
        return None
    if clock.minute or line.kind(at) in ("dotted", "clock", "hours"):
        return None
    if clock.hour > 24 or (clock.grain == "hour" and clock.hour > 23):
        return None
    return clock, behind


def _moved(clock: Clock, minutes: int) -> Clock:
    total = (clock.hour * _HOUR + minutes) % _DAY
    hour = total // _HOUR
    if not clock.sure and hour == 0:
        hour = 12
    return replace(clock, hour=hour, minute=total % _HOUR, grain="minute")
