"""Everything in a text that belongs to a time, part by part, in the order it was said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ontology.time.parts import (
    Clocks,
    DayOffset,
    Found,
    Impossible,
    Part,
    PartOfDay,
    Starting,
    Until,
)
from ontology.time.read_clocks import (
    CLOCK_WORDS,
    PARTS_OF_DAY,
    part_of_day,
    read_clocks,
    read_part_of_day,
)
from ontology.time.read_days import DAY_WORDS, read_day
from ontology.time.read_durations import read_elapsed, read_lasting
from ontology.time.read_repetitions import REPEATING, read_repetition, read_times
from ontology.time.tokens import NUMBERS, Line

_UNTIL: Final = frozenset({"until", "till", "til"})
_STARTING: Final = frozenset({"starting", "beginning", "from"})
_AMOUNTS: Final = frozenset({*NUMBERS, "half", "quarter", "three"})
_NUMBER_KINDS: Final = frozenset({"number", "dotted", "hours"})


@dataclass(frozen=True, slots=True)
class Placed:
    """A part and the tokens that said it: from ``begin`` up to, not including, ``end``."""

    part: Part
    begin: int
    end: int


def read_parts(line: Line, *, month_first: bool, bare_durations: bool) -> list[Placed]:
    """Return the parts of times in a text, in order.

    ``month_first`` tells how 3/4 is meant; ``bare_durations`` whether "10 min" is one without
    "in" before it.
    """
    placed: list[Placed] = []
    at = 0
    while at < len(line):
        if line.kind(at) == "mark" and line.word(at) != "@":
            at += 1
            continue
        around = _Around(_right_before(line, placed, at), month_first, bare_durations)
        found = _read_here(line, at, around)
        if found is None:
            at += 1
            continue
        parts, end = found
        placed.extend(Placed(part, at, end) for part in parts)
        at = end
    return placed


@dataclass(frozen=True, slots=True)
class _Around:
    """What a reader may know beside the tokens: the part right before, and the settings."""

    before: Part | None
    month_first: bool
    bare_durations: bool


def adjoin(line: Line, left: Placed, right: Placed) -> bool:
    """Tell whether nothing but a comma stands between two parts."""
    return line.skip(left.end, ",") >= right.begin


def _right_before(line: Line, placed: list[Placed], at: int) -> Part | None:
    if not placed or line.skip(placed[-1].end, ",") < at:
        return None
    return placed[-1].part


def _read_here(line: Line, at: int, around: _Around) -> tuple[list[Part], int] | None:
    token = line.token(at)
    if token.text in REPEATING or token.kind == "ordinal":
        several = read_repetition(line, at)
        if several is not None:
            return several
    if token.text in ("this", "tonight"):
        several = _this_part_of_day(line, at)
        if several is not None:
            return several
    for words, kinds, read in _READERS:
        if token.text in words or token.kind in kinds:
            found = read(line, at, around)
            if found is not None:
                return [found[0]], found[1]
    return None


def _this_part_of_day(line: Line, at: int) -> tuple[list[Part], int] | None:
    if line.word(at) == "tonight":
        return [DayOffset(0), PartOfDay.NIGHT], at + 1
    part = part_of_day(line.word(at + 1))
    if line.word(at) == "this" and part is not None:
        return [DayOffset(0), part], at + 2
    return None


def _read_until(line: Line, at: int, around: _Around) -> Found | None:
    until, behind = Until(), at + 1
    while (found := _bound(line, behind, around.month_first, until)) is not None:
        part, behind = found
        if isinstance(part, Impossible):
            return part, behind
        until = _extended(until, part)
    return (until, behind) if until != Until() else None


def _bound(line: Line, at: int, month_first: bool, until: Until) -> tuple[Part, int] | None:
    if until == Until() and (several := _this_part_of_day(line, at)) is not None:
        return Until(day=DayOffset(0), part=several[0][1]), several[1]  # type: ignore[arg-type]
    first = until == Until()
    if line.kind(line.skip(at, ",")) == "clock":
        at = line.skip(at, ",")
    found = None
    if until.day is None:
        found = read_day(line, at, month_first=month_first, after=Until())
    if found is None and until.part is None:
        behind = line.skip(at, "the")
        found = read_part_of_day(
            line, behind, after=until if behind > at or not first else None
        )
    if found is None and until.clock is None:
        found = read_clocks(line, at, after=None if first else until, announced=first)
    return found


def _extended(until: Until, part: Part) -> Until:
    if isinstance(part, Until):
        return part
    if isinstance(part, Clocks):
        return Until(until.day, part.clocks[0], until.part)
    if isinstance(part, PartOfDay):
        return Until(until.day, until.clock, part)
    return Until(part, until.clock, until.part)  # type: ignore[arg-type]


def _read_starting(line: Line, at: int, around: _Around) -> Found | None:
    found = read_day(line, at + 1, month_first=around.month_first, after=Until())
    if found is None or isinstance(found[0], Impossible):
        return found
    return Starting(found[0]), found[1]  # type: ignore[arg-type]


def _read_times(line: Line, at: int, around: _Around) -> Found | None:
    return read_times(line, at)


def _read_elapsed(line: Line, at: int, around: _Around) -> Found | None:
    return read_elapsed(line, at, bare=around.bare_durations)


def _read_lasting(line: Line, at: int, around: _Around) -> Found | None:
    return read_lasting(line, at)


def _read_day(line: Line, at: int, around: _Around) -> Found | None:
    return read_day(line, at, month_first=around.month_first, after=around.before)


def _read_part_of_day(line: Line, at: int, around: _Around) -> Found | None:
    return read_part_of_day(line, at, after=around.before)


def _read_clocks(line: Line, at: int, around: _Around) -> Found | None:
    return read_clocks(line, at, after=around.before)


_Reader = Callable[[Line, int, _Around], Found | None]

# Each with the words and the kinds of token that it can begin with; the first that reads wins.
_READERS: Final[tuple[tuple[frozenset[str], frozenset[str], _Reader], ...]] = (
    (_UNTIL, frozenset(), _read_until),
    (_STARTING, frozenset(), _read_starting),
    (frozenset({"for"}), frozenset(), _read_lasting),
    (_AMOUNTS, _NUMBER_KINDS, _read_times),
    (_AMOUNTS | {"in", "after", "within"}, _NUMBER_KINDS, _read_elapsed),
    (DAY_WORDS, frozenset({"number", "ordinal", "iso", "date"}), _read_day),
    (PARTS_OF_DAY | {"in", "during", "at"}, frozenset(), _read_part_of_day),
    (CLOCK_WORDS | _AMOUNTS, _NUMBER_KINDS | {"clock"}, _read_clocks),
)
