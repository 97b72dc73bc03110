"""Moments, spans and schedules said in English, on the clock of the person who reads them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Final

from ontology.time.concepts import Schedule, zone_named
from ontology.time.names import DAY_NAMES, say_date
from ontology.time.rule_words import say_repetition, say_rule

__all__ = ["say_moment", "say_rule", "say_schedule", "say_span"]

_NEAR_DAYS: Final = {-1: "yesterday, ", 0: "today, ", 1: "tomorrow, "}
_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


def say_moment(at: datetime, zone: str, now: datetime, home: str | None = None) -> str:
    """Return an instant on the wall clock of ``zone``: "today, Friday 20 November, 14:05".

    The year is said when it is not the year of ``now``, the zone when it is not ``home``.
    """
    known = zone_named(zone)
    local, today = at.astimezone(known), now.astimezone(known).date()
    said = f"{_say_day(local.date(), today)}, {local:%H:%M}"
    return said + _say_zone(zone, home)


def say_schedule(
    schedule: Schedule, next_due: datetime | None, now: datetime, home: str | None = None
) -> str:
    """Return what a confirmation says: the repetition in words and the next local time.

    ``next_due`` is the next instant it fires, None when it will not fire any more.
    """
    if schedule.rule is None:
        return say_moment(next_due or schedule.first, schedule.zone, now, home)
    repetition = say_repetition(schedule, now)
    if next_due is None:
        return f"{repetition}{_say_zone(schedule.zone, home)}, no more to come"
    return f"{repetition}, next: {say_moment(next_due, schedule.zone, now, home)}"


def say_span(seconds: float) -> str:
    """Return a length of time in its two largest units: "1 hour 30 minutes"."""
    left = max(0, round(seconds))
    if left >= 86_400:
        # Beside days, minutes are noise.
        left = round(left / 3_600) * 3_600
    elif left >= 3_600:
        left = round(left / 60) * 60
    said: list[str] = []
    for unit, size in _UNITS:
        amount, left = divmod(left, size)
        if amount:
            said.append(f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s")
    return " ".join(said[:2]) or "0 seconds"


def _say_day(day: date, today: date) -> str:
    near = _NEAR_DAYS.get((day - today) // timedelta(days=1), "")
    return f"{near}{DAY_NAMES[day.weekday()]} {say_date(day, with_year=day.year != today.year)}"


def _say_zone(zone: str, home: str | None) -> str:
    return f" ({zone} time)" if home is not None and zone != home else ""
