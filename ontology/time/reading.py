"""The plain reading of times: text, an instant and a zone become a schedule.

Four steps, each a family of modules: the text is cut into tokens; small rules read typed
values, from numbers up to moments, spans and repetitions (``read_*``); those that belong to one
time are put together (``choosing``, ``said``); and that is reckoned from now (``reckon_*``).
What is only said in part is filled in: a day alone means 09:00, the morning 09:00, the
afternoon 15:00, the evening 19:00 and the night 21:00.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from ontology.errors import HostileRule, NoSuchRule
from ontology.time.choosing import Cluster, chosen_of, clusters_of, spans_of
from ontology.time.concepts import Given, Schedule, zone_named
from ontology.time.kept_words import kept_words
from ontology.time.left_over import Days, LeftOver, left_over
from ontology.time.read_pieces import Placed, read_pieces
from ontology.time.reckon_moments import Now, Reckoned, reckon
from ontology.time.reckon_repetitions import repeating
from ontology.time.reckon_spans import end_after, reckon_span
from ontology.time.said import Said
from ontology.time.tokens import Line
from ontology.time.values import (
    CalendarDate,
    Clock,
    Grain,
    Later,
    OpenEnd,
    Period,
    Relation,
    TimeProblem,
    Weekday,
)

_MOST_READINGS = 4
_WAKING = frozenset({"wake", "waking", "get", "getting"})


@dataclass(frozen=True, slots=True)
class TimeReading:
    """A time that was found in a text.

    ``spans`` are the characters that said it, from and up to. ``given`` tells which parts were
    said. Either ``schedule`` is set, or ``problem`` says why there is none, or ``relation``
    names an event that the time hangs on and only the person's calendar knows. ``until`` tells
    that it was said as an end ("until 5pm"), ``duration`` that it was a length of time, and
    ``bare_hour`` that it was not said whether the hour is before or after noon ("at 9").
    ``end`` is the instant, in UTC, up to which a span, a period or a part of the day goes;
    ``grain`` how exactly the beginning was said; ``open_ended`` the word that leaves the other
    side open; ``about`` that it was said to be approximate.
    ``kept`` are those characters of ``spans`` that belong to the task, too, and stay in its
    text ("the 8:15 bus"); ``left_over`` is what stands joined to the time and says another,
    which is not in it.
    """

    spans: tuple[tuple[int, int], ...]
    given: frozenset[Given]
    schedule: Schedule | None = None
    problem: TimeProblem | None = None
    until: bool = False
    duration: bool = False
    bare_hour: bool = False
    end: datetime | None = None
    grain: Grain = "minute"
    open_ended: OpenEnd | None = None
    about: bool = False
    relation: Relation | None = None
    kept: tuple[tuple[int, int], ...] = ()
    left_over: tuple[LeftOver, ...] = ()


@dataclass(frozen=True, slots=True)
class Setting:
    """When and where something was said, and how it is to be taken.

    ``now`` is aware, ``zone`` the person's by IANA name. ``locale`` decides whether 3/4 is the
    third of April or, in the USA, the fourth of March. ``bare_durations`` lets "10 min" be a
    time without "in" before it, and ``waking`` makes a bare hour one of the morning.
    """

    now: datetime
    zone: str
    locale: str = "en_GB"
    bare_durations: bool = False
    waking: bool = False


def read_time(text: str, setting: Setting) -> TimeReading | None:
    """Return the time that a text says as it is likeliest meant, None when it says none.

    Raises :class:`ontology.errors.UnknownZone`.
    """
    found = _found(text, setting)
    return found.likeliest() if found is not None else None


def read_times(text: str, setting: Setting) -> tuple[TimeReading, ...]:
    """Return the ways in which the time of a text may be meant, the likeliest first.

    There are several where it matters which: before or after noon, this or the next friday,
    the order of day and month, summer time or not. Raises :class:`UnknownZone`.
    """
    found = _found(text, setting)
    if found is None:
        return ()
    readings = [found.likeliest()]
    for said in _otherwise(found.chosen.said, readings[0]):
        other = found.reading(said)
        known = {reading.schedule for reading in readings}
        if other.schedule is not None and other.schedule not in known:
            kept, beside = readings[0].kept, readings[0].left_over
            readings.append(replace(other, kept=kept, left_over=beside))
    return tuple(readings[:_MOST_READINGS])


@dataclass(frozen=True, slots=True)
class _Found:
    """The pieces of times in a text, and those chosen of them as its time."""

    line: Line
    pieces: Sequence[Placed]
    chosen: Cluster
    now: Now

    def likeliest(self) -> TimeReading:
        reading = self.reading(self.chosen.said)
        on = reading.schedule.start.date() if reading.schedule is not None else None
        days = Days(on, self.now.today)
        return replace(
            reading,
            kept=kept_words(self.line, self.chosen, days),
            left_over=left_over(self.line, self.chosen, self.pieces, days),
        )

    def reading(self, said: Said) -> TimeReading:
        return _reading(self.line, self.chosen, said, self.now)


def _found(text: str, setting: Setting) -> _Found | None:
    place = setting.locale.replace("-", "_").rpartition("_")[2]
    line = Line(
        text,
        month_first=place == "US",
        british=place in ("GB", "IE"),
        bare_durations=setting.bare_durations,
    )
    now = Now(setting.now, zone_named(setting.zone), setting.waking or _wakes(line))
    pieces = read_pieces(line)
    chosen = chosen_of(line, clusters_of(line, pieces))
    return _Found(line, pieces, chosen, now) if chosen is not None else None


def _wakes(line: Line) -> bool:
    """Tell that somebody is to get up, so that a bare hour is one of the morning."""
    ups = (at for at in range(1, len(line)) if line.word(at) == "up")
    return any(line.word(at - 1) in _WAKING for at in ups)


def _reading(line: Line, chosen: Cluster, said: Said, now: Now) -> TimeReading:
    reading = TimeReading(
        spans_of(line, chosen.pieces),
        _given(said),
        about=said.moment.about,
        open_ended=said.bound or _deadline(line, chosen.pieces),
        until=said.bound == "until",
        duration=isinstance(said.day, Later) and said.day.base is None,
    )
    if said.impossible is not None:
        return replace(reading, given=frozenset(), problem=said.impossible.problem)
    if said.relation is not None:
        return replace(reading, relation=_named(line, said.relation))
    if said.repetition is not None:
        return _repetition(reading, said, now)
    return _moment(reading, said, now)


def _deadline(line: Line, pieces: Sequence[Placed]) -> OpenEnd | None:
    return "by" if line.word(pieces[0].begin) in ("within", "by") else None


def _given(said: Said) -> frozenset[Given]:
    given: set[Given] = set()
    day = said.day
    if day is not None or said.begin is not None:
        given.add("date")
    if (
        said.clocks
        or said.part is not None
        or (isinstance(day, Later) and day.duration.seconds)
    ):
        given.add("time")
    if isinstance(day, Later) and not day.duration:
        given.add("time")
    if said.repetition is not None:
        given.add("rule")
        if said.repetition.part is not None or said.repetition.clocks:
            given.add("time")
    return frozenset(given)


def _named(line: Line, relation: Relation) -> Relation:
    begin, _, end = relation.event.partition(":")
    first, last = line.token(int(begin)), line.token(int(end) - 1)
    return replace(relation, event=line.text[first.start : last.end])


def _repetition(reading: TimeReading, said: Said, now: Now) -> TimeReading:
    try:
        return replace(reading, schedule=repeating(said, now), until=False, open_ended=None)
    except HostileRule:
        return replace(reading, problem=TimeProblem.NEVER_FIRES)
    except NoSuchRule:
        return replace(reading, problem=TimeProblem.NO_SUCH_RULE)


def _moment(reading: TimeReading, said: Said, now: Now) -> TimeReading:
    there = now.in_zone(said.zone)
    reckoned, end = _begin_and_end(said, there)
    if reckoned is None:
        return replace(reading, given=frozenset(), problem=TimeProblem.NO_SUCH_TIME)
    instant = reckoned.instant or there.instant_of(reckoned.start)
    clock = said.moment.clock
    return replace(
        reading,
        schedule=Schedule.once(instant, _key(now)),
        end=there.instant_of(end) if end is not None else None,
        grain=reckoned.grain,
        bare_hour=clock is not None and not clock.sure and said.part is None,
    )


def _begin_and_end(said: Said, now: Now) -> tuple[Reckoned | None, datetime | None]:
    if said.span is not None:
        found = reckon_span(said.span, now)
        return found if found is not None else (None, None)
    reckoned = reckon(said.moment, now)
    if reckoned is None or said.lasting is None:
        return reckoned, reckoned.end if reckoned is not None else None
    return reckoned, end_after(reckoned, said.lasting, now)


def _key(now: Now) -> str:
    return now.zone.key if isinstance(now.zone, ZoneInfo) else "UTC"


def _otherwise(said: Said, first: TimeReading) -> list[Said]:
    """Return what else may have been meant."""
    found: list[Said] = []
    moment, day, clock = said.moment, said.day, said.moment.clock
    if clock is not None and not clock.sure and said.part is None and said.span is None:
        start = first.schedule.start if first.schedule is not None else None
        if start is not None:
            hour = (start.hour + 12) % 24
            other = Clock(hour, clock.minute, clock.second, True, clock.grain)
            found.append(replace(said, moment=replace(moment, clock=other), clocks=(other,)))
    if isinstance(day, CalendarDate) and day.swapped and day.month is not None:
        turned = replace(day, day=day.month, month=day.day)
        found.append(replace(said, moment=replace(moment, day=turned)))
    if isinstance(day, Weekday) and day.which == "next" and not day.weeks:
        found.append(replace(said, moment=replace(moment, day=replace(day, which="this"))))
    if isinstance(day, Period) and day.unit == "weekend" and day.shift == 1:
        found.append(replace(said, moment=replace(moment, day=replace(day, shift=0))))
    zone = moment.zone
    if zone is not None and zone.name is not None and zone.minutes:
        found.append(replace(said, moment=replace(moment, zone=replace(zone, minutes=None))))
    return found
