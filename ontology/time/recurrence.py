"""When a schedule fires: reckoned on the wall clock, answered in UTC, bounded in work.

Days, weeks, months and years are counted on the calendar of the schedule's zone and each
occurrence is then carried to UTC on its own, so that 09:00 stays 09:00 over a change of clocks.
Hours and minutes elapse: they are counted in UTC from the start.

``dateutil.rrule`` gives the same answers (the tests hold the two together), but walks from the
start on every question and can spin for minutes on a rule without occurrences. Here every
question jumps to the period asked about and looks at a hundred years of days at the most: a
rule that is silent for so long has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Final
from zoneinfo import ZoneInfo

from ontology.errors import HostileRule
from ontology.time.calendar_days import DaysOfRule
from ontology.time.concepts import Schedule, zone_named
from ontology.time.rule import Rule, check_rule, parse_rule

__all__ = [
    "check_rule",
    "check_schedule",
    "missed_between",
    "next_after",
    "previous_at_or_before",
    "to_instant",
]

_ONE_DAY: Final = timedelta(days=1)
_CENTURY: Final = timedelta(days=36_525)
_LATEST_START: Final = 2999
_MIDNIGHT: Final = time()


def to_instant(local: datetime, zone: ZoneInfo | str, fold: int = 0) -> datetime:
    """Return the UTC instant of a naive wall time.

    A time that the clocks skip moves forward by the gap; one that they repeat is the first,
    or with ``fold`` 1 the second (PEP 495).
    """
    known = zone_named(zone) if isinstance(zone, str) else zone
    instant = local.replace(tzinfo=known, fold=fold).astimezone(UTC)
    if fold and instant.astimezone(known).replace(tzinfo=None, fold=0) != local:
        return to_instant(local, known)
    return instant


def check_schedule(schedule: Schedule) -> None:
    """Raise :class:`HostileRule`, in one line, if its rule is hostile or never fires."""
    if schedule.rule is None:
        return
    if schedule.start.year > _LATEST_START:
        raise HostileRule(f"it begins after the year {_LATEST_START}")
    until = _until(parse_rule(schedule.rule), zone_named(schedule.zone))
    first = schedule.first
    if until is not None and until < first:
        raise HostileRule("it ends before it begins, so it would never fire")
    if next_after(schedule, first - timedelta(seconds=1)) is None:
        raise HostileRule("it would never fire")


def next_after(schedule: Schedule, after: datetime) -> datetime | None:
    """Return the first occurrence strictly after an instant, in UTC; None when there is none.

    Raises :class:`HostileRule` for a rule that :func:`check_rule` refuses.
    """
    return next(_occurrences(schedule, after), None)


def previous_at_or_before(schedule: Schedule, instant: datetime) -> datetime | None:
    """Return the last occurrence at or before an instant, in UTC; None before the first."""
    if schedule.rule is None:
        return schedule.first if schedule.first <= instant else None
    last = _last_of_count(schedule)
    return _expansion(schedule).at_or_before(instant if last is None else min(instant, last))


def missed_between(schedule: Schedule, after: datetime, until: datetime, limit: int) -> int:
    """Count the occurrences in (after, until], and stop counting at ``limit``."""
    count = 0
    for instant in islice(_occurrences(schedule, after), limit):
        if instant > until:
            break
        count += 1
    return count


def _occurrences(schedule: Schedule, after: datetime) -> Iterator[datetime]:
    if schedule.rule is None:
        return iter((schedule.first,) if schedule.first > after else ())
    last = _last_of_count(schedule)
    occurrences = _expansion(schedule).since(after)
    return occurrences if last is None else _up_to(occurrences, last)


def _up_to(instants: Iterable[datetime], last: datetime) -> Iterator[datetime]:
    for instant in instants:
        if instant > last:
            return
        yield instant


def _until(rule: Rule, zone: ZoneInfo) -> datetime | None:
    if rule.until is None or rule.until.tzinfo is not None:
        return rule.until
    return to_instant(rule.until, zone, fold=1)


@lru_cache(maxsize=4096)
def _expansion(schedule: Schedule) -> _ByDays | _ByElapsedTime:
    rule = parse_rule(schedule.rule or "")
    return _ByElapsedTime(schedule, rule) if rule.sub_daily else _ByDays(schedule, rule)


@lru_cache(maxsize=4096)
def _last_of_count(schedule: Schedule) -> datetime | None:
    """Return the occurrence that COUNT ends with, None if there is no such within a century."""
    count = parse_rule(schedule.rule or "").count
    if count is None:
        return None
    first = schedule.first
    occurrences = _up_to(
        _expansion(schedule).since(first - timedelta(seconds=1)), first + _CENTURY
    )
    return next(islice(occurrences, count - 1, None), None)


class _ByDays:
    """Occurrences at wall times of calendar days."""

    def __init__(self, schedule: Schedule, rule: Rule) -> None:
        self._schedule = schedule
        self._zone = zone_named(schedule.zone)
        self._first = schedule.first
        self._until = _until(rule, self._zone)
        self._days = DaysOfRule(rule, schedule.start)

    def since(self, after: datetime) -> Iterator[datetime]:
        """Yield the occurrences after an instant in order, each once."""
        instants = self._in_order(after)
        return instants if self._until is None else _up_to(instants, self._until)

    def at_or_before(self, instant: datetime) -> datetime | None:
        if self._until is not None:
            instant = min(instant, self._until)
        best: tuple[datetime, date] | None = None
        for day, times in self._days.backward(self._day_of(instant)):
            # A gap may carry the evening of one day past the small hours of the next.
            if best is not None and day < best[1] - _ONE_DAY:
                break
            fired = [at for at in self._instants(day, times) if at <= instant]
            if fired and (best is None or fired[-1] > best[0]):
                best = (fired[-1], day)
        return best[0] if best is not None else None

    def _in_order(self, after: datetime) -> Iterator[datetime]:
        waiting: set[datetime] = set()
        begin = self._day_of(after) - _ONE_DAY if after > self._first else None
        for day, times in self._days.forward(begin):
            waiting.update(at for at in self._instants(day, times) if at > after)
            # What a gap carried into the next day waits for that day's own occurrences.
            end = to_instant(datetime.combine(day + _ONE_DAY, _MIDNIGHT), self._zone)
            yield from sorted(at for at in waiting if at < end)
            waiting = {at for at in waiting if at >= end}
        yield from sorted(waiting)

    def _day_of(self, instant: datetime) -> date:
        return instant.astimezone(self._zone).date()

    def _instants(self, day: date, times: Iterable[time]) -> list[datetime]:
        return sorted(
            at
            for at in {self._instant(datetime.combine(day, t)) for t in times}
            if at >= self._first
        )

    def _instant(self, local: datetime) -> datetime:
        return self._first if local == self._schedule.start else to_instant(local, self._zone)


class _ByElapsedTime:
    """Occurrences a fixed number of minutes apart, some let through by day, hour or minute."""

    def __init__(self, schedule: Schedule, rule: Rule) -> None:
        self._rule = rule
        self._zone = zone_named(schedule.zone)
        self._first = schedule.first
        self._until = _until(rule, self._zone)
        # An hourly rule that names minutes looks at every minute.
        self._step = timedelta(minutes=1 if rule.by_minute else rule.step_minutes)
        self._filtered = rule.picks_days or bool(rule.by_hour or rule.by_minute)
        self._days = DaysOfRule(rule, schedule.start)

    def since(self, after: datetime) -> Iterator[datetime]:
        """Yield the occurrences after an instant in order."""
        instants = self._passing(after) if self._filtered else self._all_after(after)
        return instants if self._until is None else _up_to(instants, self._until)

    def at_or_before(self, instant: datetime) -> datetime | None:
        if self._until is not None:
            instant = min(instant, self._until)
        if instant < self._first:
            return None
        latest = self._first + (instant - self._first) // self._step * self._step
        if not self._filtered:
            return latest
        for day, _ in self._days.backward(instant.astimezone(self._zone).date()):
            found = [at for at in self._passing_on(day) if at <= instant]
            if found:
                return found[-1]
        return None

    def _at_or_after(self, instant: datetime) -> datetime:
        """Return the first step at or after an instant."""
        steps = -((self._first - instant) // self._step)
        return self._first + max(0, steps) * self._step

    def _all_after(self, after: datetime) -> Iterator[datetime]:
        at = self._at_or_after(after)
        if at <= after:
            at += self._step
        for _ in range(_CENTURY // self._step):
            yield at
            at += self._step

    def _passing(self, after: datetime) -> Iterator[datetime]:
        begin = after.astimezone(self._zone).date() if after > self._first else None
        for day, _ in self._days.forward(begin):
            for at in self._passing_on(day, after):
                if at > after:
                    yield at

    def _passing_on(self, day: date, after: datetime | None = None) -> Iterator[datetime]:
        """Yield the steps of one local day whose hour and minute the rule names."""
        begin = to_instant(datetime.combine(day, _MIDNIGHT), self._zone)
        at = self._at_or_after(begin if after is None else max(begin, after))
        while (local := at.astimezone(self._zone)).date() <= day:
            if self._rule.by_hour and local.hour not in self._rule.by_hour:
                to_next_hour = timedelta(minutes=60 - local.minute, seconds=-local.second)
                at = self._at_or_after(at + to_next_hour)
                continue
            if not self._rule.by_minute or local.minute in self._rule.by_minute:
                yield at
            at += self._step
