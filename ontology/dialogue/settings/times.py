"""Times of day, weekdays, lengths and ends, as the readers of settings need them."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from ontology.dialogue.said import Said, beside
from ontology.time.concepts import Given, Schedule
from ontology.time.read_durations import read_duration
from ontology.time.reading import TimeReading
from ontology.time.rule import parse_rule
from ontology.time.tokens import Line
from ontology.time.values import Duration

WAKES: Final = time(7)
"""When a night ends of which only the beginning was said."""

_NOON: Final = 12
_LONGEST_NAP: Final = 2
"""Hours."""

_EVENING: Final = 6
"""The bare hour from which one that begins a quiet range is rather after noon."""

_ALL: Final = frozenset(range(7))
_A_TIME: Final[frozenset[Given]] = frozenset({"time"})
_FROM_TO: Final = re.compile(r"^[a-z]+(?: ?[-–] ?| to | through )[a-z]+$", re.I)
_AND: Final = re.compile(r"\s*(?:,\s*(?:and\s+)?|\s+and\s+|\s*&\s*)")


def clock_times(start: str, end: str, said: Said) -> tuple[time, time] | None:
    """Return the wall times between which it is quiet: a night, without am and pm."""
    first, last = _clock(start, said), _clock(end, said)
    if first is None or last is None:
        return None
    (begins, bare), (ends, bare_end) = first, last
    if bare_end:
        past = _is_nap(begins, ends) if bare else ends.hour % _NOON <= begins.hour < _NOON
        ends = _in_half(ends, after_noon=past)
    if bare:
        begins = _bare_start(begins, ends)
    return begins, ends


def night_from(start: str, said: Said) -> tuple[time, time] | None:
    """Return the night that begins then; what begins before noon goes on until midnight."""
    found = _clock(start, said)
    if found is None:
        return None
    begins = _bare_start(found[0], WAKES) if found[1] else found[0]
    return begins, WAKES if begins.hour >= _NOON else time()


def morning_until(end: str, said: Said) -> tuple[time, time] | None:
    """Return the hours of a day up to this one."""
    found = _clock(end, said)
    if found is None:
        return None
    return time(), _in_half(found[0], after_noon=False) if found[1] else found[0]


def weekdays(days: str | None, said: Said) -> frozenset[int] | None:
    """Return the days of the week that are named as repeating; all, where none is named."""
    if days is None:
        return _ALL
    days = f"every {days}" if _FROM_TO.search(days) else days
    time_said = said.time_in(days)
    if time_said is None or time_said.schedule is None or beside(days, time_said).strip():
        return None
    rule = time_said.schedule.rule
    if rule is None:
        return None
    parts = parse_rule(rule)
    if parts.freq == "DAILY" and parts.interval == 1:
        return _ALL
    if parts.freq != "WEEKLY" or parts.interval != 1:
        return None
    return frozenset(day for _, day in parts.by_day) or None


def length(text: str | None) -> timedelta | None:
    """Return a length of time, a day being 24 hours; None where the text is none."""
    if text is None:
        return None
    line = Line(text, bare_durations=True)
    found = read_duration(line, 0)
    if found is None or found[1] != len(line) or not isinstance(found[0], Duration):
        return None
    if found[0].months:
        return None
    days = found[0].days + found[0].business
    return timedelta(days=days, seconds=found[0].seconds)


def lengths(text: str | None) -> tuple[timedelta, ...] | None:
    """Return the lengths of a list: "1 day and 30 minutes"."""
    if text is None:
        return None
    each = [length(part) for part in _AND.split(text)]
    if None not in each:
        return tuple(one for one in each if one is not None)
    whole = length(text)
    return None if whole is None else (whole,)


def end_of_absence(words: str, said: Said) -> Schedule | None:
    """Return when an absence that begins now is over; None where that cannot be told."""
    found = said.time_in(words, bare_durations=True)
    if found is None or found.schedule is None or beside(words, found).strip(" .,!?"):
        return None
    if found.schedule.rule is not None:
        return None
    if found.until or found.duration:
        return found.schedule
    return _end_of_today(found, words, said)


def _end_of_today(found: TimeReading, words: str, said: Said) -> Schedule | None:
    """Return the end of what has begun or begins today; "this weekend" may be days away."""
    zone = ZoneInfo(said.context.zone)
    today = said.context.now.astimezone(zone).date()
    if found.schedule is None or found.schedule.start.date() != today:
        return None
    tomorrow = today + timedelta(days=1)
    if "night" in words.lower():
        return _once(datetime.combine(tomorrow, WAKES, zone), said)
    if found.end is not None:
        return _once(found.end, said)
    return _once(datetime.combine(tomorrow, time(), zone), said) if "today" in words else None


def _once(at: datetime, said: Said) -> Schedule:
    return Schedule.once(at.astimezone(UTC), said.context.zone)


def _clock(text: str, said: Said) -> tuple[time, bool] | None:
    """Return a time of day, and whether am or pm was left out."""
    words = text.strip()
    for spoken in (f"at {words}", words):
        found = said.time_in(spoken)
        if found is None or found.schedule is None or beside(spoken, found).strip():
            continue
        if found.given == _A_TIME and not found.duration:
            return found.schedule.start.time().replace(second=0, microsecond=0), found.bare_hour
    return None


def _in_half(clock: time, *, after_noon: bool) -> time:
    return clock.replace(hour=clock.hour % _NOON + (_NOON if after_noon else 0))


def _is_nap(begins: time, ends: time) -> bool:
    """Tell whether "1 to 2" is a rest after noon; what is longer, or later, is a night."""
    hours = ends.hour % _NOON - begins.hour % _NOON
    return begins.hour % _NOON < _EVENING and 0 <= hours <= _LONGEST_NAP


def _bare_start(begins: time, ends: time) -> time:
    """Return when "10" begins: before an end that is after noon, else in the evening."""
    hour = begins.hour % _NOON
    if ends.hour > _NOON:
        same_half = hour < ends.hour - _NOON
        return _in_half(begins, after_noon=same_half)
    return _in_half(begins, after_noon=hour >= _EVENING)
