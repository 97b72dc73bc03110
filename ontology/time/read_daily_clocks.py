"""Several wall times of a day behind a repetition: "at 10, 12 and 17", "at 8am and 8pm"."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Final

from ontology.time.day_parts import PARTS
from ontology.time.lexicon import month_of, unit_of
from ontology.time.read_clocks import read_clock, read_plain_clock
from ontology.time.read_frequencies import TIMES_WORDS
from ontology.time.repeating import Repetition
from ontology.time.tokens import Line
from ontology.time.values import Clock, Impossible, PartOfDay

_HALF_A_DAY: Final = 12
_MOST_CLOCKS: Final = 24
_ANNOUNCING: Final = ("at", "@")


def read_daily_clocks(line: Line, at: int) -> tuple[tuple[Clock, ...], int] | None:
    """Read the wall times that stand in a row behind "at", or where the first is one anyway."""
    begin = line.skip(line.skip(at, ",", ":"), *_ANNOUNCING)
    announced = line.word(begin - 1) in _ANNOUNCING
    clocks: list[Clock] = []
    behind = at
    place = begin
    while len(clocks) < _MOST_CLOCKS:
        found = _clock(line, place, announced=announced or bool(clocks))
        if found is None:
            break
        clocks.append(found[0])
        behind = found[1]
        joint = line.skip(line.skip(behind, ",", "&", "/"), "and", "&", "or")
        place = line.skip(line.skip(joint, "again", "then"), *_ANNOUNCING)
        if joint == behind:
            break
    if not clocks:
        return None
    half_said = line.kind(behind - 1) == "meridiem" or line.word(behind - 1) in PARTS
    return _of_one_half(clocks, half_said=half_said), behind


def _clock(line: Line, at: int, *, announced: bool) -> tuple[Clock, int] | None:
    found = read_plain_clock(line, at) if announced else read_clock(line, at)
    if found is None or isinstance(found[0], Impossible):
        return None
    clock: Clock = found[0]
    behind = found[1]
    if not clock.sure and _is_counted(line, behind):
        return None
    begin = line.skip(line.skip(behind, "in", "at"), "the")
    part = PARTS.get(line.word(begin))
    if part is None or (begin == behind and clock.sure):
        return clock, behind
    return _within(part, clock), begin + 1


def _is_counted(line: Line, at: int) -> bool:
    """Tell whether something is counted by the number before: "10 times", "3 december"."""
    word = line.word(at)
    return word in TIMES_WORDS or unit_of(word) is not None or month_of(word) is not None


def _of_one_half(clocks: list[Clock], *, half_said: bool) -> tuple[Clock, ...]:
    """Take "8 and 10pm" as both after noon, "5 and 7am" as both before; "9 and 5pm" is neither.

    ``half_said`` tells that the last was said with its half of the day.
    """
    last = clocks[-1]
    if not half_said and any(each.sure and each.hour > _HALF_A_DAY for each in clocks):
        # "6:00, 14:00 and 22:00" are all of one clock
        return tuple(replace(each, sure=True) for each in clocks)
    if not half_said or not last.sure:
        return tuple(clocks)
    shift = _HALF_A_DAY if last.hour >= _HALF_A_DAY else 0
    same = [
        clock
        if clock.sure
        else replace(clock, hour=clock.hour % _HALF_A_DAY + shift, sure=True)
        for clock in clocks
    ]
    minutes = [clock.hour * 60 + clock.minute for clock in same]
    in_order = all(left < right for left, right in pairwise(minutes))
    return tuple(same if in_order else clocks)


def at_clocks(line: Line, repetition: Repetition, at: int) -> tuple[Repetition, int] | None:
    """Return the repetition at several wall times; a single one is read where it stands."""
    if repetition.window is not None or (repetition.clocks and not repetition.spread):
        return None
    if repetition.freq in ("HOURLY", "MINUTELY"):
        return None
    if repetition.part is not None:
        return _clock_of_each_part(line, repetition, at)
    found = read_daily_clocks(line, at)
    if found is None or len(found[0]) < 2:
        return None
    return replace(repetition, clocks=found[0], spread=False), found[1]


def _clock_of_each_part(
    line: Line, repetition: Repetition, at: int
) -> tuple[Repetition, int] | None:
    """Read "… at 8 and every evening at 9" behind "every morning"."""
    clocks: list[Clock] = []
    part, behind = repetition.part, at
    while part is not None and len(clocks) < _MOST_CLOCKS:
        found = _clock(line, line.skip(behind, *_ANNOUNCING), announced=True)
        if found is None or line.word(behind) not in _ANNOUNCING:
            return None
        clocks.append(_within(part, found[0]))
        behind = found[1]
        joint = line.skip(line.skip(behind, ",", "&"), "and")
        place = line.skip(line.skip(joint, "every", "each", "in"), "the")
        part = PARTS.get(line.word(place)) if joint > behind else None
        behind = place + 1 if part is not None else behind
    if len(clocks) < 2:
        return None
    return replace(repetition, part=None, clocks=tuple(clocks), spread=False), behind


def _within(part: PartOfDay, clock: Clock) -> Clock:
    """Return a wall time in the half of the day that a part of it lies in."""
    if clock.sure:
        return clock
    early = clock.hour % _HALF_A_DAY
    hour = early if part.begin <= early < part.end else early + _HALF_A_DAY
    return replace(clock, hour=hour, sure=True)
