"""Spans in a text: "from 3 to 5pm", "july 13-15", "between 9 and 11 on friday"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.lexicon import month_of, unit_of
from ontology.time.merging import merged
from ontology.time.numbers import read_ordinal, read_whole_number, read_year
from ontology.time.read_clocks import COUNTED, read_plain_clock
from ontology.time.read_dates import read_day_number
from ontology.time.read_moments import read_element, read_moment
from ontology.time.read_spoken_clocks import read_spoken_clock
from ontology.time.span_sharing import completed_span
from ontology.time.tokens import Line
from ontology.time.values import (
    CalendarDate,
    Clock,
    Impossible,
    Moment,
    NthDay,
    Span,
)

_OPENING: Final = frozenset({"from", "between", "starting", "beginning"})
_JOINTS: Final = frozenset(
    {"to", "till", "til", "until", "-", "through", "thru", "~", "/", "'til"}
)
_INCLUSIVE: Final = frozenset({"through", "thru"})
_BEFORE_A_NUMBER: Final = frozenset(
    {"on", "at", "the", "from", "between", "around", "about", "by", "@"}
)
_LATEST_DAY: Final = 31
_HALF_A_DAY: Final = 12

Found = tuple[Span | Impossible, int]


def read_span(line: Line, at: int) -> Found | None:
    """Read from one moment to another; what one of them lacks it takes from the other."""
    opened = line.word(at) in _OPENING
    if line.says(at, "in", "between"):
        return read_span(line, at + 1)
    begin = line.skip(at + 1, "on", "about", "around") if opened else at
    joints = _JOINTS | {"and"} if line.word(at) == "between" else _JOINTS
    if opened or line.kind(begin) in ("number", "ordinal", "word", "mark", "slash"):
        found = _numbers(line, begin, joints, opened=opened)
        if found is not None:
            return found
    left = read_moment(line, begin)
    if left is None or isinstance(left[0], Impossible):
        return None
    return _from_moment(line, left[0], left[1], joints, opened=opened)


def _joint(line: Line, at: int, joints: frozenset[str]) -> int | None:
    """Return the place behind a joint that stands here."""
    word = line.word(at)
    if word not in joints:
        return None
    if word == "up" and line.word(at + 1) == "to":
        return at + 2
    behind = at + 1
    if word == "-" and line.word(behind) == ">":
        behind += 1
    return line.skip(behind, "about", "around")


def _from_moment(
    line: Line, left: Moment, at: int, joints: frozenset[str], *, opened: bool
) -> Found | None:
    behind = _joint(line, line.skip(at, ",") if opened else at, joints)
    if behind is None or (line.word(behind - 1) == "/" and left.clock is not None):
        return None
    if line.word(behind) == "date" and opened:
        return None
    inclusive = line.word(behind - 1) in _INCLUSIVE
    right = _right_of(line, left, behind, opened=opened)
    if right is None:
        return None
    end, last = right
    if isinstance(end, Impossible):
        return None
    untimed = left.clock is not None and end.clock is None and end.part is None
    if untimed and (left.day is None or end.day is None):
        return None
    return completed_span(left, end, inclusive=inclusive), last


def _right_of(
    line: Line, left: Moment, at: int, *, opened: bool
) -> tuple[Moment | Impossible, int] | None:
    date = left.day if isinstance(left.day, CalendarDate) else None
    if date is not None and left.clock is None:
        day = _day_alone(line, at, strict=date.month is None)
        if day is not None:
            return _with_more(line, Moment(CalendarDate(day[0])), day[1])
    found = read_moment(line, at)
    if found is not None:
        return found
    if left.clock is None:
        return None
    clock = read_plain_clock(line, at)
    if clock is None or isinstance(clock[0], Impossible):
        return None
    if line.kind(clock[1]) == "word" and not opened and _names_a_thing(line, clock[1]):
        return None
    return _with_more(line, Moment(clock=clock[0]), clock[1])


def _names_a_thing(line: Line, at: int) -> bool:
    return unit_of(line.word(at)) is not None


def _day_alone(line: Line, at: int, *, strict: bool) -> tuple[int, int] | None:
    """Read the "15" of "july 13 to 15", "the third" of "from april 27th to the third"."""
    behind = line.skip(at, "the")
    number = read_day_number(line, behind)
    if number is None or not 1 <= number[0] <= _LATEST_DAY:
        return None
    day, end, ordinal = number
    if not ordinal and (line.kind(end) == "meridiem" or line.word(end) in ("am", "pm", ":")):
        return None
    if not ordinal and (strict or line.joined(end) and line.kind(end) != "mark"):
        return None
    moment = read_moment(line, at)
    if moment is not None and isinstance(moment[0], Moment):
        if isinstance(moment[0].day, CalendarDate) and moment[0].day.month is not None:
            return None
        if moment[0].clock is not None and not ordinal and moment[1] == end:
            return None
    return day, end


def _with_more(line: Line, moment: Moment, at: int) -> tuple[Moment | Impossible, int]:
    """Read what goes on behind a moment that began with a number alone."""
    behind = at
    for _ in range(5):
        begin = line.skip(behind, ",")
        found = read_element(line, begin, moment)
        if found is None or isinstance(found[0], Impossible):
            break
        more = merged(moment, found[0])
        if more is None:
            break
        moment, behind = more, found[1]
    return moment, behind


def _numbers(line: Line, at: int, joints: frozenset[str], *, opened: bool) -> Found | None:
    """Read a span that begins with a number alone: "3-5pm", "13 to 15 july", "7 to 9"."""
    begin = at
    while line.word(begin) in _BEFORE_A_NUMBER:
        begin += 1
    if line.kind(begin) == "slash":
        return _days_by_a_slash(line, begin)
    announced = opened or line.word(begin - 1) in ("at", "@") and begin > at
    number = _plain_number(line, begin)
    if number is None:
        return _dotted_hours(line, begin, joints, opened=opened)
    end = line.skip(number[1], ".")
    if line.kind(begin) == "ordinal" and line.word(end) in ("and", "&"):
        return _days(line, number[0], end + 1)
    behind = _joint(line, end, joints)
    if behind is None:
        return None
    if line.word(begin - 1) in ("at", "@") and line.word(number[1]) in ("until", "till", "til"):
        return None
    return (
        _days(line, number[0], behind)
        or _days_of_month(line, number[0], behind)
        or _hours(line, begin, behind, announced=announced)
    )


def _plain_number(line: Line, at: int) -> tuple[int, int] | None:
    ordinal = read_ordinal(line, at)
    if ordinal is not None:
        return ordinal
    number = read_whole_number(line, at)
    return number if number is not None and number[0] < 2401 else None


def _days(line: Line, first: int, at: int) -> Found | None:
    """Read "13 to the 15th of july", "22-23 Feb at 7pm"."""
    end, behind = read_moment(line, at) or (None, at)
    if not isinstance(end, Moment) or not 1 <= first <= _LATEST_DAY:
        return None
    if not isinstance(end.day, CalendarDate) or end.day.month is None:
        return None
    number = read_day_number(line, line.skip(at, "the"))
    in_digits = line.kind(at) == "date" and end.day.day > first
    if (number is None and not in_digits) or (
        number is not None and line.kind(number[1]) == "meridiem"
    ):
        return None
    begin = replace(end, day=replace(end.day, day=first, weekday=None))
    return Span(begin, end), behind


def _days_by_a_slash(line: Line, at: int) -> Found | None:
    """Read "24/25 december"."""
    month = month_of(line.word(line.skip(at + 1, ".")))
    first, second = map(int, line.word(at).split("/"))
    if month is None or not 1 <= first < second <= _LATEST_DAY:
        return None
    begin, end = CalendarDate(first, month), CalendarDate(second, month)
    return Span(Moment(begin), Moment(end)), line.skip(at + 1, ".") + 1


def _days_of_month(line: Line, first: int, at: int) -> Found | None:
    """Read "4-23 in next month"."""
    end, behind = read_moment(line, line.skip(at, "the")) or (None, at)
    if not isinstance(end, Moment) or not isinstance(end.day, NthDay):
        return None
    if end.day.weekday is not None:
        return None
    return Span(replace(end, day=replace(end.day, nth=first)), end), behind


def _hours(line: Line, begin: int, at: int, *, announced: bool) -> Found | None:
    """Read "3-5pm", "9.30-4.30pm", "7 to 9" behind "from", "at" or a day."""
    left, behind_left = read_plain_clock(line, begin) or (None, begin)
    right, behind = read_plain_clock(line, at) or (None, at)
    if not isinstance(left, Clock) or not isinstance(right, Clock):
        return None
    counted = unit_of(line.word(behind)) is not None or line.word(behind) in COUNTED
    if behind_left != _before_joint(line, at) or counted:
        return None
    at_a_time = line.word(begin - 1) in ("at", "@")
    if read_spoken_clock(line, begin, announced=at_a_time):
        return None
    end, behind = _with_more(line, Moment(clock=right), behind)
    if not isinstance(end, Moment):
        return None
    told = _is_told(line, at, right) or end.part is not None
    if not told and _is_a_year(line, begin) and _is_a_year(line, at):
        return None
    told = told or (end.day is not None and line.word(at - 1) != "/")
    if not (announced or told or _is_military(line, begin, at, left, right)):
        return None
    return completed_span(Moment(clock=left), end, inclusive=False), behind


def _is_a_year(line: Line, at: int) -> bool:
    """Tell "from 2014 to 2018" from "from 0800 to 1030"."""
    year = read_year(line, at) if line.kind(at) == "number" else None
    return year is not None and 1900 <= year[0] < 2100


def _is_told(line: Line, at: int, clock: Clock) -> bool:
    """Tell that am or pm stands behind a wall time, not only an hour after twelve."""
    if line.kind(at) == "number" and len(line.word(at)) > 2:
        return line.kind(at + 1) == "meridiem"
    if clock.hour <= _HALF_A_DAY:
        return clock.sure and not line.word(at).startswith("0")
    return line.word(at) != str(clock.hour)


def _is_military(line: Line, begin: int, at: int, left: Clock, right: Clock) -> bool:
    """Tell "1055-1215" from "2014-2018"."""
    first, second = line.word(begin), line.word(at)
    if line.word(at - 1) != "-" or len(first) != 4 or len(second) != 4:
        return False
    digits = first.isdigit() and second.isdigit()
    return digits and (left.hour, left.minute) < (right.hour, right.minute)


def _dotted_hours(line: Line, at: int, joints: frozenset[str], *, opened: bool) -> Found | None:
    """Read "9.30-4.30pm"."""
    behind = _joint(line, at + 1, joints) if line.kind(at) == "dotted" else None
    return _hours(line, at, behind, announced=opened) if behind is not None else None


def _before_joint(line: Line, at: int) -> int:
    behind = at - 1
    while behind > 0 and line.word(behind) in ("about", "around", ">"):
        behind -= 1
    return behind
