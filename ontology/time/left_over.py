"""What a text says of times beside the one that was read, joined to it and yet no part of it.

"every monday at 9 and every friday at 5" says two times, of which one reading takes one. What
belongs to the task is not joined to the time: "buy the monday paper tomorrow at 9".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from ontology.time.choosing import Cluster
from ontology.time.lexicon import unit_of, weekday_of
from ontology.time.read_clocks import read_clock, read_plain_clock
from ontology.time.read_frequencies import TIMES_WORDS
from ontology.time.read_pieces import Placed
from ontology.time.repeating import Except, Times
from ontology.time.said import Piece, Said
from ontology.time.tokens import Line
from ontology.time.values import DayOffset, Impossible, Lasting, Moment, Weekday

_COORDINATING: Final = frozenset({"and", "or", "&", "/", "+", ",", ";", "plus", "also", "then"})
_JOINING: Final = _COORDINATING | {"but", "not", "on", "at", "@", "again", "in", "the", "too"}
_OF_THE_TASK: Final = frozenset(
    {"for", "about", "of", "the", "my", "our", "your", "his", "her", "their", "a", "an", "this"}
    | {"from", "before", "after", "by", "until", "till", "since", "to", "with", "than", "'s"}
)
_STATES: Final = frozenset({"is", "was", "are", "were", "will", "has", "have", "had", "'s"})
_BEHIND_AN_HOUR: Final = frozenset(
    {
        "to",
        "and",
        "or",
        "&",
        "daily",
        "every",
        "each",
        "on",
        "tomorrow",
        "today",
        "that",
        "about",
    }
)
_WIDEST: Final = 3


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Words of a time that was not used, with their place in the text, from and up to.

    ``begin`` is that of the word that joins them to the time.
    """

    begin: int
    end: int
    words: str


@dataclass(frozen=True, slots=True)
class Days:
    """The day that was made of a time, None where none was, and that on which it was said."""

    read: date | None
    today: date


def left_over(
    line: Line, chosen: Cluster, pieces: Sequence[Placed], days: Days
) -> tuple[LeftOver, ...]:
    """Return what stands joined to a time and says one itself, in order."""
    unused = [placed for placed in pieces if placed not in chosen.pieces]
    found = [*_inside(line, chosen, days), *_grown(line, chosen, unused)]
    return tuple(sorted(found, key=lambda each: each.begin))


def is_of_the_task(line: Line, placed: Placed, said: Said, days: Days) -> bool:
    """Tell the day of "a table for friday" from that of the time beside it, "tomorrow at 9"."""
    of_the_task = line.word(placed.begin) in ("for", "about", "of")
    return of_the_task and _is_another_day(placed.piece, said, days)


def _inside(line: Line, chosen: Cluster, days: Days) -> Iterator[LeftOver]:
    """Yield what was put together with a time that cannot hold it."""
    said = chosen.said
    for placed in chosen.pieces:
        moment = placed.piece
        if isinstance(moment, Except | Times) and said.repetition is None:
            yield _words(line, placed.begin, placed.begin, placed.end)
        if is_of_the_task(line, placed, said, days):
            continue
        if _is_another_hour(moment, said) or _is_another_day(moment, said, days):
            yield _words(line, placed.begin, placed.begin, placed.end)


def _is_another_hour(moment: Piece, said: Said) -> bool:
    if not isinstance(moment, Moment):
        return False
    holds_one = said.repetition is None or said.repetition.freq in ("HOURLY", "MINUTELY")
    other = moment.clock is not None and moment.clock in said.clocks[1:]
    return holds_one and other and len(said.clocks) > 1


def _is_another_day(moment: Piece, said: Said, days: Days) -> bool:
    """Tell "every monday at 9, wednesday" and the "friday" of "friday, tomorrow at 9"."""
    if not isinstance(moment, Moment):
        return False
    if said.repetition is not None:
        return said.begin is None and said.is_another_weekday(moment)
    day = moment.day
    if days.read is None or day == said.day:
        return False
    if isinstance(day, DayOffset):
        return days.read != days.today + timedelta(days=day.days)
    if not isinstance(said.day, DayOffset) or not isinstance(day, Weekday):
        return False
    return days.read.weekday() != day.weekday


def _grown(line: Line, chosen: Cluster, unused: Sequence[Placed]) -> Iterator[LeftOver]:
    """Yield what joins the time, and what joins that in turn."""
    begins = {placed.begin: placed for placed in reversed(unused)}
    ends = {placed.end: placed for placed in unused}
    taken = {at for used in chosen.pieces for at in range(used.begin, used.end)}
    for used in chosen.pieces:
        first, end = 0, used.end
        while (behind := _behind(line, end, begins)) is not None and behind[0] not in taken:
            first, end = first or behind[0], behind[1]
            taken.update(range(*behind))
        if first:
            yield _words(line, used.end, first, end)
        last, begin = 0, used.begin
        while (before := _before(line, begin, ends)) is not None and before[0] not in taken:
            last, begin = last or before[1], before[0]
            taken.update(range(*before))
        if last:
            yield _words(line, begin, begin, last, upto=used.begin)


def _behind(line: Line, end: int, begins: dict[int, Placed]) -> tuple[int, int] | None:
    """Return where a time that stands behind this place begins and ends."""
    at, coordinated = end, False
    for _ in range(_WIDEST + 1):
        placed = begins.get(at)
        if placed is not None:
            return (at, placed.end) if _is_a_time(line, placed, coordinated) else None
        if coordinated and (stop := _alone(line, at)) is not None:
            return at, stop
        if line.word(at) not in _JOINING:
            return None
        coordinated = coordinated or line.word(at) in _COORDINATING
        at += 1
    return None


def _before(line: Line, begin: int, ends: dict[int, Placed]) -> tuple[int, int] | None:
    """Return where a time that stands before this place begins and ends."""
    at, coordinated = begin, False
    for _ in range(_WIDEST + 1):
        placed = ends.get(at)
        if placed is not None:
            sure = _is_a_time(line, placed, coordinated)
            return (placed.begin, at) if sure else None
        at -= 1
        if line.word(at) not in _JOINING:
            return None
        coordinated = coordinated or line.word(at) in _COORDINATING
    return None


def _is_a_time(line: Line, placed: Placed, coordinated: bool) -> bool:
    """Tell a time from what is only said like one: "friday is the deadline"."""
    if line.word(placed.end) in _STATES or isinstance(placed.piece, Lasting):
        return False
    if coordinated:
        return True
    of_the_task = line.word(placed.begin - 1) in _OF_THE_TASK
    of_the_task = of_the_task or line.word(placed.begin) in ("for", "about", "of")
    return not (of_the_task or isinstance(placed.piece, Impossible))


def _alone(line: Line, at: int) -> int | None:
    """Return the place behind an hour or day that is one only in a list: "at 9 and 10"."""
    if weekday_of(line.word(at)) is not None and len(line.word(at)) > 2:
        return at + 1 if line.word(at + 1) not in _STATES else None
    found = read_clock(line, at) or read_plain_clock(line, at)
    if found is None or line.kind(at) == "word":
        return None
    clock, behind = found
    if isinstance(clock, Impossible):
        return None
    if clock.sure:
        return behind
    following = line.word(behind)
    if following in TIMES_WORDS or unit_of(following) is not None:
        return None
    ends = line.kind(behind) in ("", "mark") and following not in ("%", "$", "-", "/")
    return behind if ends or following in _BEHIND_AN_HOUR else None


def _words(line: Line, joint: int, begin: int, end: int, upto: int | None = None) -> LeftOver:
    first, last = line.token(begin), line.token(end - 1)
    stop = line.token((upto or end) - 1).end
    return LeftOver(line.token(joint).start, stop, line.text[first.start : last.end])
