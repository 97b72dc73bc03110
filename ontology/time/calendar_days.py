"""The days that a rule names, and the wall times on each: RFC 5545's table, without zones."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, time
from typing import Final

from ontology.time.rule import Rule

NamedDay = tuple[date, tuple[time, ...]]
_CENTURY_DAYS: Final = 36_525
_LAST_DAY: Final = date(9990, 12, 31).toordinal()


class DaysOfRule:
    """The days of one rule that began at ``start``.

    A period is a year, month, week or day; period 0 holds the start, and from one to the next
    is ``interval`` of them. Hourly and minutely rules look at every day.
    """

    def __init__(self, rule: Rule, start: datetime) -> None:
        self._start = start.date()
        self._rule = rule = _completed(rule, self._start)
        self._freq = "DAILY" if rule.sub_daily else rule.freq
        self._interval = 1 if rule.sub_daily else rule.interval
        self._times = _times(rule, start)

    def forward(self, begin: date | None) -> Iterator[NamedDay]:
        """Yield the days from ``begin`` on, or from the start, until a century has none."""
        begin = self._start if begin is None else max(begin, self._start)
        limit = min(begin.toordinal() + _CENTURY_DAYS, _LAST_DAY)
        period = self._period_of(begin)
        while (opening := self._opening(period)) <= limit:
            for named in self._named_in(period, opening):
                if named[0] >= begin:
                    limit = min(named[0].toordinal() + _CENTURY_DAYS, _LAST_DAY)
                    yield named
            period += 1

    def backward(self, end: date) -> Iterator[NamedDay]:
        """Yield the days from ``end`` back to the start, at most a hundred years."""
        limit = max(end.toordinal() - _CENTURY_DAYS, self._start.toordinal())
        period = self._period_of(end)
        while period >= 0 and (opening := self._opening(period)) >= limit - 366:
            for named in reversed(self._named_in(period, opening)):
                if self._start <= named[0] <= end:
                    yield named
            period -= 1

    def _period_of(self, day: date) -> int:
        start = self._start
        if self._freq == "YEARLY":
            return (day.year - start.year) // self._interval
        if self._freq == "MONTHLY":
            return (_month_number(day) - _month_number(start)) // self._interval
        if self._freq == "WEEKLY":
            return (self._week_of(day) - self._week_of(start)) // (7 * self._interval)
        return (day.toordinal() - start.toordinal()) // self._interval

    def _opening(self, period: int) -> int:
        """Return the ordinal of a period's first day; beyond the calendar, a huge one."""
        steps = period * self._interval
        if self._freq == "YEARLY":
            return _ordinal((self._start.year + steps) * 12)
        if self._freq == "MONTHLY":
            return _ordinal(_month_number(self._start) + steps)
        if self._freq == "WEEKLY":
            return self._week_of(self._start) + 7 * steps
        return self._start.toordinal() + steps

    def _week_of(self, day: date) -> int:
        return day.toordinal() - (day.weekday() - self._rule.week_start) % 7

    def _named_in(self, period: int, opening: int) -> list[NamedDay]:
        days = [day for day in self._candidates(opening) if self._names(day)]
        if not self._rule.by_set_pos:
            return [(day, self._times) for day in days]
        return self._picked(days)

    def _candidates(self, opening: int) -> Iterable[date]:
        if self._freq == "DAILY":
            return (date.fromordinal(opening),)
        if self._freq == "WEEKLY":
            return _run(opening, 7)
        day = date.fromordinal(opening)
        if self._freq == "MONTHLY":
            return _run(opening, monthrange(day.year, day.month)[1])
        months = self._rule.by_month or tuple(range(1, 13))
        return (
            named
            for month in months
            for named in _run(
                date(day.year, month, 1).toordinal(), monthrange(day.year, month)[1]
            )
        )

    def _names(self, day: date) -> bool:
        rule = self._rule
        if rule.by_year_day and not _is_day_of_year(day, rule.by_year_day):
            return False
        if rule.by_month and day.month not in rule.by_month:
            return False
        if rule.by_month_day and day.day not in rule.by_month_day:
            length = monthrange(day.year, day.month)[1]
            if day.day - length - 1 not in rule.by_month_day:
                return False
        return not rule.by_day or any(self._is_weekday(day, *named) for named in rule.by_day)

    def _is_weekday(self, day: date, nth: int, weekday: int) -> bool:
        if day.weekday() != weekday:
            return False
        if not nth:
            return True
        if self._freq == "YEARLY" and not self._rule.by_month:
            place, length = day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
        else:
            place, length = day.day, monthrange(day.year, day.month)[1]
        return nth == ((place - 1) // 7 + 1 if nth > 0 else -((length - place) // 7 + 1))

    def _picked(self, days: list[date]) -> list[NamedDay]:
        """Return what BYSETPOS picks from the occurrences of one period, counted in order."""
        times = self._times
        total = len(days) * len(times)
        places = {at - 1 if at > 0 else total + at for at in self._rule.by_set_pos}
        picked: dict[date, list[time]] = {}
        for place in sorted(place for place in places if 0 <= place < total):
            picked.setdefault(days[place // len(times)], []).append(times[place % len(times)])
        return [(day, tuple(of_day)) for day, of_day in picked.items()]


def _is_day_of_year(day: date, named: tuple[int, ...]) -> bool:
    place = day.timetuple().tm_yday
    return place in named or place - date(day.year, 12, 31).timetuple().tm_yday - 1 in named


def _completed(rule: Rule, start: date) -> Rule:
    """Take from the start what the rule leaves open (RFC 5545: "gets the information from")."""
    if rule.by_month_day or rule.by_day or rule.by_year_day:
        return rule
    if rule.freq == "YEARLY":
        months = rule.by_month or (start.month,)
        return replace(rule, by_month=months, by_month_day=(start.day,))
    if rule.freq == "MONTHLY":
        return replace(rule, by_month_day=(start.day,))
    if rule.freq == "WEEKLY":
        return replace(rule, by_day=((0, start.weekday()),))
    return rule


def _times(rule: Rule, start: datetime) -> tuple[time, ...]:
    hours, minutes = rule.by_hour or (start.hour,), rule.by_minute or (start.minute,)
    second = rule.by_second[0] if rule.by_second else start.second
    return tuple(time(hour, minute, second) for hour in hours for minute in minutes)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _ordinal(month_number: int) -> int:
    year, month = divmod(month_number, 12)
    return date(year, month + 1, 1).toordinal() if year <= 9998 else _LAST_DAY + 1


def _run(opening: int, length: int) -> Iterator[date]:
    return (date.fromordinal(opening + offset) for offset in range(length))
