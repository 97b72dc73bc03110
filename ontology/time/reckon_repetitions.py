"""A repetition that was said, reckoned to a schedule that begins with its first occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from typing import Final

from ontology.errors import HostileRule
from ontology.time.concepts import Schedule
from ontology.time.parts import (
    Clock,
    Day,
    Elapsed,
    Lasting,
    PartOfDay,
    Repetition,
    Times,
    Until,
)
from ontology.time.reckon_moments import Now, after_elapsed, moment, wall_time
from ontology.time.recurrence import check_schedule, next_after, to_instant
from ontology.time.rule import DAY_CODES

_END_OF_DAY: Final = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Ends:
    """How a repetition ends; whichever comes first."""

    until: Until | None = None
    lasting: Lasting | None = None
    times: Times | None = None


def repeating(
    repetition: Repetition,
    clocks: Sequence[Clock],
    part: PartOfDay | None,
    starting: Day | None,
    ends: Ends,
    now: Now,
) -> Schedule:
    """Return the schedule of a repetition.

    Raises :class:`HostileRule` for one that never fires.
    """
    said = {wall_time(clock, part, now) for clock in clocks}
    times = sorted(said or {wall_time(None, part, now)})
    pieces = _pieces(repetition, times)
    if repetition.freq in ("HOURLY", "MINUTELY"):
        schedule = _elapsing(repetition, pieces, clocks, part, starting, now)
    else:
        schedule = _by_days(pieces, times, starting, now)
    schedule = _ended(schedule, ends, now)
    check_schedule(schedule)
    return schedule


def _end_of(until: Until, now: Now) -> datetime:
    """Return the last instant of "until friday"."""
    local = moment(until.day, until.clock, until.part, now)
    if local is None:
        raise HostileRule("there is no such day to end on")
    if until.clock is None and until.part is None:
        local = datetime.combine(local.date(), _END_OF_DAY)
    return to_instant(local, now.zone)


def _pieces(repetition: Repetition, times: Sequence[time]) -> list[str]:
    freq = repetition.freq
    sub_daily = freq in ("HOURLY", "MINUTELY")
    pieces = [f"INTERVAL={repetition.interval}"] if repetition.interval > 1 else []
    if repetition.by_month:
        pieces.append(f"BYMONTH={','.join(map(str, repetition.by_month))}")
    if repetition.by_month_day:
        pieces.append(f"BYMONTHDAY={','.join(map(str, repetition.by_month_day))}")
    if repetition.by_day:
        days = (f"{nth or ''}{DAY_CODES[day]}" for nth, day in repetition.by_day)
        pieces.append(f"BYDAY={','.join(days)}")
    if len(times) > 1 and not sub_daily:
        hours = sorted({at.hour for at in times})
        minutes = sorted({at.minute for at in times})
        pieces.append(f"BYHOUR={','.join(map(str, hours))}")
        pieces.append(f"BYMINUTE={','.join(map(str, minutes))}")
        if len(hours) * len(minutes) > len(times):
            return _picked_from_the_day(freq, pieces, hours, minutes, times)
    return [f"FREQ={freq}", *pieces]


def _picked_from_the_day(
    freq: str,
    pieces: list[str],
    hours: Sequence[int],
    minutes: Sequence[int],
    times: Sequence[time],
) -> list[str]:
    """Let BYSETPOS pick 08:00 and 20:30 from all that BYHOUR and BYMINUTE combine to."""
    if freq not in ("DAILY", "WEEKLY") or any(piece.startswith("INTERVAL") for piece in pieces):
        raise HostileRule("such times of a day need a reminder each")
    combined = [time(hour, minute) for hour in hours for minute in minutes]
    places = [combined.index(at) + 1 for at in times]
    return ["FREQ=DAILY", *pieces, f"BYSETPOS={','.join(map(str, places))}"]


def _elapsing(
    repetition: Repetition,
    pieces: list[str],
    clocks: Sequence[Clock],
    part: PartOfDay | None,
    starting: Day | None,
    now: Now,
) -> Schedule:
    minutes = repetition.interval * (60 if repetition.freq == "HOURLY" else 1)
    first = after_elapsed(Elapsed(seconds=minutes * 60), now)
    if clocks or starting is not None:
        local = moment(starting, clocks[0] if clocks else None, part, now)
        if local is None:
            raise HostileRule("there is no such day to begin on")
        first = to_instant(local, now.zone)
    once = Schedule.once(first, now.zone.key)
    return once.model_copy(update={"rule": ";".join(pieces)})


def _by_days(
    pieces: list[str], times: Sequence[time], starting: Day | None, now: Now
) -> Schedule:
    """Begin with the first occurrence from today or the starting day on."""
    begin = now.local
    if starting is not None:
        day = moment(starting, None, None, now)
        if day is None:
            raise HostileRule("there is no such day to begin on")
        begin = datetime.combine(day.date(), time())
    every_period = ";".join(piece for piece in pieces if not piece.startswith("INTERVAL"))
    trial = Schedule(
        zone=now.zone.key, start=datetime.combine(begin.date(), times[0]), rule=every_period
    )
    after = max(now.instant, to_instant(begin, now.zone) - timedelta(seconds=1))
    first = next_after(trial, after)
    if first is None:
        raise HostileRule("it would never fire")
    local = first.astimezone(now.zone).replace(tzinfo=None, fold=0)
    # A first occurrence inside a gap keeps the wall time that was asked for.
    asked = (datetime.combine(local.date(), at) for at in times)
    start = next((at for at in asked if to_instant(at, now.zone) == first), local)
    return Schedule(zone=now.zone.key, start=start, rule=";".join(pieces))


def _ended(schedule: Schedule, ends: Ends, now: Now) -> Schedule:
    instants: list[datetime] = []
    if ends.until is not None:
        instants.append(_end_of(ends.until, now))
    if ends.lasting is not None:
        begin = replace(now, instant=schedule.first)
        instants.append(after_elapsed(ends.lasting.elapsed, begin) - timedelta(seconds=1))
    if ends.times is not None:
        counted = _with(schedule, f"COUNT={ends.times.count}")
        if not instants:
            return counted
        check_schedule(counted)
        if next_after(counted, min(instants)) is None:
            return counted
    if not instants:
        return schedule
    return _with(schedule, min(instants).astimezone(UTC).strftime("UNTIL=%Y%m%dT%H%M%SZ"))


def _with(schedule: Schedule, piece: str) -> Schedule:
    return schedule.model_copy(update={"rule": f"{schedule.rule};{piece}"})
