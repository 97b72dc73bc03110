"""Weekends, and public holidays where a person has them treated alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from ontology.policy.concepts import Preferences
from ontology.policy.public_holidays import is_public_holiday
from ontology.time.recurrence import to_instant

_ONE_DAY = timedelta(days=1)
_SATURDAY = 5


def rest_day(day: date, preferences: Preferences, locale: str) -> str | None:
    """Return what makes a day one of rest: "weekend" or "public holiday", None for neither."""
    if day.weekday() >= _SATURDAY:
        return "weekend"
    if preferences.holidays and is_public_holiday(day, locale):
        return "public holiday"
    return None


def work_begins(
    after: datetime, preferences: Preferences, zone: ZoneInfo, locale: str
) -> datetime:
    """Return the midnight, in UTC, at which the days of rest from this instant on are over."""
    day = after.astimezone(zone).date()
    while rest_day(day, preferences, locale):
        day += _ONE_DAY
    return to_instant(datetime.combine(day, time()), zone).astimezone(UTC)
