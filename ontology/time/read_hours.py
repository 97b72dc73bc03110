"""Where a wall time stands in a text, and where a number alone is an hour."""

from __future__ import annotations

from typing import Final

from ontology.time.lexicon import weekday_of
from ontology.time.read_clocks import ANNOUNCING, read_clock, read_plain_clock
from ontology.time.read_days import counts_a_thing
from ontology.time.read_parts_of_day import TONIGHT, read_part_of_day
from ontology.time.read_relative_days import RELATIVE_DAYS
from ontology.time.read_spoken_clocks import read_spoken_clock
from ontology.time.read_zones import read_zone
from ontology.time.tokens import Line
from ontology.time.values import CalendarDate, Clock, Impossible, Moment, NamedPeriod
from ontology.time.zone_names import ABBREVIATIONS, BEFORE_TIME

_ROUGHLY: Final = frozenset({"around", "about", "approximately", "approx", "circa", "~"})
_MONEY: Final = frozenset({"$", "\u20ac", "\u00a3", "#"})
_NOT_BEHIND_AN_HOUR: Final = frozenset({"%", "$", "/", "x"})
_BEHIND_AN_HOUR: Final = frozenset(
    {"to", "on", "at", "in", "this", "tomorrow", "today", "tonight", "and", "till", "until"}
    | {"or", "for", "with", "i", "that"}
)
_OTHER_WORDS: Final = BEFORE_TIME | {"et", "ct", "mt", "pt", "west", "wet"}
_ONLY_ZONES: Final = frozenset(ABBREVIATIONS) - _OTHER_WORDS
_HALF_A_DAY: Final = 12
_NOT_BEFORE_A_NUMBER: Final = frozenset({"-", "/", "and", ":", "$"})

Found = tuple[Moment | Impossible, int]


def read_hour(line: Line, at: int, so_far: Moment | None, *, before: str) -> Found | None:
    """Read a wall time; ``before`` is the word that announced it, ``so_far`` what it joins."""
    if so_far is not None and so_far.clock is not None:
        return None
    if line.kind(at) == "number" and counts_a_thing(line, at, before):
        return None
    if line.word(at - 1) in _MONEY and line.joined(at):
        return None
    announced = before in ANNOUNCING
    found = read_spoken_clock(line, at, announced=announced)
    if found is None:
        found = read_clock(line, at, bare=announced or _is_hour(line, at, so_far, before))
    if found is None and not before and so_far is None:
        found = _before_a_day(line, at)
    if found is None:
        return None
    clock, behind = found
    return (clock, behind) if isinstance(clock, Impossible) else (Moment(clock=clock), behind)


def _is_hour(line: Line, at: int, so_far: Moment | None, before: str) -> bool:
    """Tell whether a number alone is an hour here: "tomorrow 9", "tonight around 7"."""
    found = read_plain_clock(line, at)
    if found is None or isinstance(found[0], Impossible):
        return False
    behind = found[1]
    if line.word(behind) in _NOT_BEHIND_AN_HOUR:
        return False
    if line.joined(behind) and line.kind(behind) == "word":
        return False
    if so_far is None and not before and _is_zone_behind(line, at, behind):
        return True
    ends = _ends(line, behind)
    if line.kind(at) == "dotted" and line.word(at - 1) == "the":
        # "the 19.40 ferry"
        return found[0].hour > _HALF_A_DAY and line.kind(behind) == "word"
    if before in _ROUGHLY or before == "by":
        return ends and line.word(at) != "one"
    if before == "for":
        return (at == 1 or so_far is not None) and ends and line.kind(at) != "word"
    return so_far is not None and not before and _joins(line, at, so_far, ends=ends)


def _is_zone_behind(line: Line, at: int, behind: int) -> bool:
    """Tell the hour of "11 CET tomorrow": only hours have such a word behind them."""
    return line.kind(at) == "number" and line.word(behind) in _ONLY_ZONES


def _ends(line: Line, at: int) -> bool:
    """Tell whether a time may end here: no thing is named that the number would count."""
    if line.kind(at) in ("", "mark") or line.word(at) in _BEHIND_AN_HOUR:
        return True
    return read_zone(line, at) is not None


def _joins(line: Line, at: int, so_far: Moment, *, ends: bool) -> bool:
    """Tell whether a number is the hour of what stands right before it."""
    if line.kind(at) == "dotted":
        return not isinstance(so_far.day, NamedPeriod)
    if so_far.day is None:
        return so_far.part is not None and ends
    if line.kind(at) == "number" and len(line.word(at)) > 2:
        return isinstance(so_far.day, CalendarDate) or ends
    return ends


def _is_part_of_a_number(line: Line, at: int) -> bool:
    before = line.word(at - 1)
    return before in _NOT_BEFORE_A_NUMBER and (before != ":" or line.joined(at))


def _is_price(line: Line, at: int) -> bool:
    """Tell that no timetable has such minutes: "3.99 on friday"."""
    return int(line.word(at).rpartition(".")[2]) % 5 > 0


def _is_weekday_behind(line: Line, at: int) -> bool:
    """Tell "19.30 on thursday" from the day of "19.3"."""
    return weekday_of(line.word(line.skip(at, "on", ","))) is not None


def _before_a_day(line: Line, at: int) -> tuple[Clock | Impossible, int] | None:
    """Read "9 tomorrow", "8 this evening", "6 in the afternoon", "nine tonight"."""
    kind = line.kind(at)
    if kind not in ("number", "word", "dotted") or _is_part_of_a_number(line, at):
        return None
    found = read_plain_clock(line, at)
    if found is None or isinstance(found[0], Impossible):
        return None
    behind = found[1]
    word = line.word(behind)
    if kind == "dotted" and not _is_price(line, at) and _is_weekday_behind(line, behind):
        return found
    if word in RELATIVE_DAYS or word in TONIGHT or line.says(behind, "at", "night"):
        return found
    if line.says(behind, "in", "the"):
        part = read_part_of_day(line, behind + 2, before="in", beside=True)
        return found if part is not None else None
    if word in ("this", "early", "late"):
        part = read_part_of_day(line, behind, before="", beside=True)
        return found if part is not None else None
    return None
