"""A moment in a text: its day, wall time, part of the day and zone, in whatever order."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Final

from ontology.time import read_parts_of_day
from ontology.time.day_parts import (
    END_OF_DAY,
    MODIFIED,
    MODIFIED_DAYS,
    PARTS,
    SAME_TIME,
)
from ontology.time.holiday_names import names, plain
from ontology.time.lexicon import MONTHS, WEEKDAYS, month_of, unit_of, weekday_of
from ontology.time.merging import merged
from ontology.time.numbers import AMOUNTS, NUMBERS, ORDINALS, read_year
from ontology.time.read_clocks import ABOUT, NAMED
from ontology.time.read_days import read_day
from ontology.time.read_durations import length_of
from ontology.time.read_hours import read_hour
from ontology.time.read_later import read_later
from ontology.time.read_parts_of_day import read_part_of_day
from ontology.time.read_periods import SEASONS
from ontology.time.read_relative_days import AT_ONCE, RELATIVE_DAYS
from ontology.time.read_spoken_clocks import read_spoken_clock
from ontology.time.read_which import PICKING
from ontology.time.read_zones import read_zone
from ontology.time.tokens import Line
from ontology.time.values import (
    CalendarDate,
    Day,
    DayOffset,
    Duration,
    Impossible,
    Later,
    Moment,
    Period,
    Weekday,
)

Found = tuple[Moment | Impossible, int]

_PREPOSITIONS: Final = frozenset(
    {"on", "in", "during", "at", "@", "for", "of", "by", "over", "as", "later", "sometime"}
    | {"anytime"}
    | ABOUT
)
_MOST_PREPOSITIONS: Final = 4
_MOST_ELEMENTS: Final = 9
_MARKS: Final = frozenset({"@", "~", "(", "'", "+", "-", "\u00bd", "\u00bc", "\u00be"})
_NEVER: Final = frozenset({"", "run", "meridiem"})
_NOT_BEFORE_A_LENGTH: Final = frozenset({"on", "at", "@", "of", "for", "("})
_NO_LENGTHS: Final = frozenset({"iso", "date", "month", "ordinal"})
_OTHER_WORDS: Final = frozenset(
    {"midweek", "wk", "rest", "remainder", "leap", "the", "same", "year", "fortnight", "day"}
    | {"right", "just", "now", "week", "weekend", "wknd", "month", "quarter", "q", "h", "end"}
    | {"beginning", "start", "middle", "mid", "early", "late", "eom", "eow", "eoy", "eoq"}
    | {"after", "within", "half", "three", "final", "penultimate", "saint", "inside"}
    | {"workweek", "high", "another", "begin", "top", "close"}
)


def read_moment(line: Line, at: int) -> Found | None:
    """Read the longest moment that stands here."""
    key = (f"moment {line.depth}", at)
    if key not in line.memory:
        line.memory[key] = _read(line, at)
    kept: Found | None = line.memory[key]
    return kept


def _read(line: Line, at: int) -> Found | None:
    first = read_element(line, at, None)
    if first is None:
        return None
    so_far, behind = first
    if isinstance(so_far, Impossible):
        return so_far, behind
    for _ in range(_MOST_ELEMENTS):
        found = _next_element(line, behind, so_far)
        if found is None:
            break
        element, end = found
        if isinstance(element, Impossible):
            return element, end
        more = merged(so_far, element) if not _may_differ(so_far, element) else None
        if more is None:
            break
        so_far, behind = more, end
    return so_far, behind


def _next_element(line: Line, at: int, so_far: Moment) -> Found | None:
    begin = _behind_joint(line, at)
    if line.says(begin, "for", "the", "next"):
        # how long it goes on
        return None
    found = read_element(line, begin, so_far)
    return read_element(line, at, so_far) if found is None and begin > at else found


def _may_differ(left: Moment, right: Moment) -> bool:
    """Tell that only today's date shows whether both say one day: "friday tomorrow"."""
    days = (left.day, right.day)
    return all(days) and any(isinstance(day, DayOffset) for day in days)


def _behind_joint(line: Line, at: int) -> int:
    """Step over what joins the parts of a moment."""
    behind = line.skip(at, ",", ";")
    if line.word(behind) == "-" and line.kind(behind + 1) != "number":
        behind += 1
    behind = line.skip(behind, "(")
    if line.word(behind) == "the" and line.word(behind + 1) in ("earliest", "latest"):
        return behind + 2
    return behind


def read_element(line: Line, at: int, so_far: Moment | None) -> Found | None:
    """Read one part of a moment with the word that announces it."""
    kind, word = line.kind(at), line.word(at)
    bare_half = kind == "meridiem" and so_far is not None and so_far.clock is None
    if (kind in _NEVER and not bare_half) or (kind == "mark" and word not in _MARKS):
        return None
    zone = _zone(line, at, so_far)
    if zone is not None:
        return zone
    if kind == "word" and not _may_begin(word):
        return None
    return _announced(line, at, so_far)


def _zone(line: Line, at: int, so_far: Moment | None) -> Found | None:
    if so_far is None or so_far.clock is None:
        return None
    opened = line.word(at - 1) == "("
    found = read_zone(line, at) if opened or so_far.zone is None else None
    if found is None:
        return None
    behind = line.skip(found[1], ")") if opened else found[1]
    # "GMT+0900 (JST)" says the same twice.
    return Moment(zone=found[0] if so_far.zone is None else None), behind


def _announced(line: Line, at: int, so_far: Moment | None) -> Found | None:
    """Read an element behind "on", "at", "in", "around" …"""
    behind, before, about = _behind_prepositions(line, at, so_far)
    found = _later(line, at, so_far) or _element(line, behind, so_far, before)
    if found is None and before not in ("for", "of") and behind > at + 1:
        found = _element(line, behind - 1, so_far, "")
    if found is None:
        return None
    moment, end = found
    if line.word(at) == "(" or line.word(at - 1) == "(":
        end = line.skip(end, ")")
    if about and isinstance(moment, Moment):
        moment = merged(moment, Moment(about=True)) or moment
    return moment, end


def _behind_prepositions(line: Line, at: int, so_far: Moment | None) -> tuple[int, str, bool]:
    """Return where an element begins, the last word before it, and whether it is about."""
    behind, before, about = line.skip(at, "("), "", False
    for _ in range(_MOST_PREPOSITIONS):
        word = line.word(behind)
        if word not in _PREPOSITIONS or (word == "of" and so_far is None):
            break
        if word == "later" and read_part_of_day(line, behind, before="", beside=False):
            break
        if word == "as" and line.word(behind + 1) not in ("of", "early", "late"):
            break
        about = about or word in ABOUT
        before, behind = word, behind + 1
    return behind, before, about


def _later(line: Line, at: int, so_far: Moment | None) -> Found | None:
    if so_far is not None and so_far.day is not None:
        return None
    if line.word(at) in _NOT_BEFORE_A_LENGTH or line.kind(at) in _NO_LENGTHS:
        return None
    if read_spoken_clock(line, at, announced=False) is not None:
        return None
    found = read_later(line, at, read_moment)
    if found is None:
        return None
    what, behind = found
    if isinstance(what, Later):
        return Moment(day=what), behind
    return (what, behind) if isinstance(what, Moment | Impossible) else None


def _modified(line: Line, at: int) -> Found | None:
    """Read "late sunday afternoon", "early tomorrow morning"."""
    parts = MODIFIED.get(line.word(at))
    if parts is None or line.depth:
        return None
    line.depth += 1
    moment, behind = read_moment(line, at + 1) or (None, at)
    line.depth -= 1
    if not isinstance(moment, Moment) or moment.day is None or moment.clock is not None:
        return None
    if moment.part is not None:
        part = parts.get(moment.part.name)
    elif isinstance(moment.day, DayOffset | Weekday | CalendarDate):
        part = MODIFIED_DAYS.get(line.word(at))
    else:
        part = None
    return (replace(moment, part=part), behind) if part is not None else None


def _part_beside_a_day(line: Line, at: int) -> Found | None:
    """Read "the night before christmas", "the morning after new year's eve"."""
    begin = line.skip(at, "the")
    part = PARTS.get(line.word(begin))
    if part is None or line.word(begin + 1) not in ("before", "after"):
        return None
    day, behind = read_day(line, begin + 2) or (None, at)
    if day is None or isinstance(day, Impossible):
        return None
    step = 1 if line.word(begin + 1) == "after" else -1
    return Moment(Later(Duration(days=step, unit="day"), Moment(day)), part=part), behind


def _end_of_a_day(line: Line, at: int) -> Found | None:
    """Read "the end of tomorrow", "end of friday"."""
    begin = line.skip(at, "the")
    if not line.says(begin, "end", "of"):
        return None
    day, behind = read_day(line, line.skip(begin + 2, "the")) or (None, at)
    if not isinstance(day, DayOffset | Weekday | CalendarDate):
        return None
    return Moment(day, part=END_OF_DAY), behind


def _same_time(line: Line, at: int) -> Found | None:
    """Read "this time tomorrow", "same time next week"."""
    begin = line.skip(at, "at", "the")
    if line.word(begin) not in ("this", "same") or line.word(begin + 1) != "time":
        return None
    day, behind = read_day(line, line.skip(begin + 2, "on")) or (None, at)
    if day is None or isinstance(day, Impossible):
        return None
    unit = unit_of(line.word(behind - 1))
    if isinstance(day, Period) and unit is not None:
        return Moment(Later(length_of(unit, day.shift))), behind
    return Moment(day, part=SAME_TIME), behind


def _element(line: Line, at: int, so_far: Moment | None, before: str) -> Found | None:
    combined = _modified(line, at) or _same_time(line, at) or _end_of_a_day(line, at)
    combined = combined or _part_beside_a_day(line, at)
    if combined is not None:
        return combined
    day = so_far.day if so_far is not None else None
    part = read_part_of_day(line, at, before=before, beside=so_far is not None)
    if part is not None:
        return part
    found = read_day(line, at, beside=day, before=before)
    if found is not None:
        what, behind = found
        return (what, behind) if isinstance(what, Impossible) else (Moment(day=what), behind)
    if so_far is not None and so_far.year is None and so_far.clock is not None:
        return _year(line, at, day)
    return read_hour(line, at, so_far, before=before)


def _year(line: Line, at: int, day: Day | None) -> Found | None:
    """Read the year of "Oct 26 11:00 EDT 2023"."""
    if day is not None and (not isinstance(day, CalendarDate) or day.year is not None):
        return None
    year = read_year(line, at) if line.kind(at) == "number" else None
    if year is None or not 1900 <= year[0] < 2100:
        return None
    return Moment(year=year[0]), year[1]


@cache
def _starters() -> frozenset[str]:
    """Return the words that an element can begin with, beside misspelt days and months."""
    return frozenset(
        {*RELATIVE_DAYS, *AT_ONCE, *_PREPOSITIONS, *NAMED, *NUMBERS, *ORDINALS, *AMOUNTS}
        | {*WEEKDAYS, *MONTHS, *SEASONS, *MODIFIED, *read_parts_of_day.STARTERS, *names()}
        | PICKING
        | _OTHER_WORDS
    )


def _may_begin(word: str) -> bool:
    known = word in _starters() or plain(word) in _starters()
    return known or weekday_of(word) is not None or month_of(word) is not None
