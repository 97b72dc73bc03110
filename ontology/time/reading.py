"""The plain reading of times: text, an instant and a zone become a schedule.

Three steps, a module each: the text is cut into tokens, tokens become parts of a time (a day,
a wall time, a repetition …), and the parts that belong together are reckoned from now. What
is only said in part is filled in: a day alone means 09:00, the morning 09:00, the afternoon
15:00, the evening 19:00 and the night 21:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from ontology.errors import HostileRule
from ontology.time.clusters import belonging_together
from ontology.time.concepts import Given, Schedule, zone_named
from ontology.time.parts import (
    CalendarDate,
    Clocks,
    Day,
    DayOffset,
    Elapsed,
    Impossible,
    Lasting,
    NextPeriod,
    PartOfDay,
    Repetition,
    Starting,
    TimeProblem,
    Times,
    Until,
    Weekday,
)
from ontology.time.read_parts import Placed, read_parts
from ontology.time.reckon_moments import Now, after_elapsed, moment
from ontology.time.reckon_repetitions import Ends, repeating
from ontology.time.recurrence import to_instant
from ontology.time.tokens import Line

_Day = (DayOffset, Weekday, CalendarDate, NextPeriod)
_P = TypeVar("_P")


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time that was found in a text.

    ``spans`` are the characters that said it, from and up to. ``given`` tells which parts were
    said. Either ``schedule`` is set or ``problem`` says why there is none. ``until`` tells
    that it was said as an end ("until 5pm"), ``duration`` that it was a length of time, and
    ``bare_hour`` that it was not said whether the hour is before or after noon ("at 9").
    """

    spans: tuple[tuple[int, int], ...]
    given: frozenset[Given]
    schedule: Schedule | None = None
    problem: TimeProblem | None = None
    until: bool = False
    duration: bool = False
    bare_hour: bool = False


def read_time(
    text: str,
    now: datetime,
    zone: str,
    *,
    locale: str = "en_GB",
    bare_durations: bool = False,
    waking: bool = False,
) -> TimeReading | None:
    """Return the time that a text says, None when it says none.

    ``now`` is aware. ``locale`` decides whether 3/4 is the third of April or, in the USA, the
    fourth of March. ``bare_durations`` lets "10 min" be a time without "in" before it, and
    ``waking`` makes a bare hour one of the morning.
    Raises :class:`ontology.errors.UnknownZone`.
    """
    line = Line(text)
    month_first = locale.replace("-", "_").endswith("_US")
    placed = read_parts(line, month_first=month_first, bare_durations=bare_durations)
    if not placed:
        return None
    chosen = belonging_together(line, placed)
    if not chosen:
        return None
    return _reckoned(line, chosen, Now(now, zone_named(zone), waking))


def _reckoned(line: Line, chosen: Sequence[Placed], now: Now) -> TimeReading:
    spans = _spans(line, chosen)
    impossible = _first(chosen, Impossible)
    if impossible is not None:
        return TimeReading(spans, frozenset(), problem=impossible.problem)
    repetition, elapsed = _first(chosen, Repetition), _first(chosen, Elapsed)
    if repetition is not None:
        return _repetition(spans, repetition, chosen, now)
    if elapsed is not None:
        return _elapsed(spans, elapsed, chosen, now)
    return _moment(spans, chosen, now)


def _repetition(
    spans: tuple[tuple[int, int], ...], what: Repetition, chosen: Sequence[Placed], now: Now
) -> TimeReading:
    clocks, part = _first(chosen, Clocks), _first(chosen, PartOfDay)
    starting, day = _first(chosen, Starting), _day(chosen)
    begins = starting.day if starting is not None else day
    given: set[Given] = {"rule"}
    if clocks is not None or part is not None:
        given.add("time")
    if begins is not None:
        given.add("date")
    try:
        schedule = repeating(
            what,
            clocks.clocks if clocks is not None else (),
            part,
            begins,
            Ends(_first(chosen, Until), _first(chosen, Lasting), _first(chosen, Times)),
            now,
        )
    except HostileRule:
        return TimeReading(spans, frozenset(given), problem=TimeProblem.NEVER_FIRES)
    return TimeReading(spans, frozenset(given), schedule)


def _elapsed(
    spans: tuple[tuple[int, int], ...], elapsed: Elapsed, chosen: Sequence[Placed], now: Now
) -> TimeReading:
    instant = after_elapsed(elapsed, now)
    clocks, part = _first(chosen, Clocks), _first(chosen, PartOfDay)
    if clocks is not None or part is not None:
        # "in 2 days at 9"
        local = instant.astimezone(now.zone)
        day = CalendarDate(local.day, local.month, local.year)
        at = moment(day, clocks.clocks[0] if clocks is not None else None, part, now)
        if at is None:
            return TimeReading(spans, frozenset(), problem=TimeProblem.NO_SUCH_TIME)
        schedule = Schedule(zone=now.zone.key, start=at)
        return TimeReading(spans, frozenset({"date", "time"}), schedule, duration=True)
    given: frozenset[Given] = frozenset({"date", "time"} if elapsed.seconds else {"date"})
    return TimeReading(spans, given, Schedule.once(instant, now.zone.key), duration=True)


def _moment(
    spans: tuple[tuple[int, int], ...], chosen: Sequence[Placed], now: Now
) -> TimeReading:
    day, clocks, part = _day(chosen), _first(chosen, Clocks), _first(chosen, PartOfDay)
    clock = clocks.clocks[0] if clocks is not None else None
    until = _first(chosen, Until)
    if until is not None:
        day, clock, part = until.day, until.clock, until.part
    at = moment(day, clock, part, now)
    given: set[Given] = set()
    if day is not None:
        given.add("date")
    if clock is not None or part is not None:
        given.add("time")
    if at is None:
        return TimeReading(spans, frozenset(given), problem=TimeProblem.NO_SUCH_TIME)
    schedule = Schedule.once(to_instant(at, now.zone), now.zone.key)
    bare = clock is not None and not clock.sure and part is None
    return TimeReading(
        spans, frozenset(given), schedule, until=until is not None, bare_hour=bare
    )


def _spans(line: Line, chosen: Sequence[Placed]) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    behind = -1
    for placed in chosen:
        start, end = line.token(placed.begin).start, line.token(placed.end - 1).end
        if spans and line.skip(behind, ",") >= placed.begin:
            start = spans.pop()[0]
        spans.append((start, end))
        behind = placed.end
    return tuple(spans)


def _first(chosen: Sequence[Placed], kind: type[_P]) -> _P | None:
    return next((p.part for p in chosen if isinstance(p.part, kind)), None)


def _day(chosen: Sequence[Placed]) -> Day | None:
    return next((p.part for p in chosen if isinstance(p.part, _Day)), None)
