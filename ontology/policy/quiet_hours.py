"""Quiet hours: wall times of the person's zone, whichever way its clocks change."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from ontology.policy.concepts import QuietRange
from ontology.time.recurrence import to_instant

_ONE_DAY = timedelta(days=1)


def quiet_until(
    at: datetime, quiet: Sequence[QuietRange], zone: ZoneInfo
) -> tuple[datetime, QuietRange] | None:
    """Return when the quiet range around an instant ends, in UTC, and which range it is.

    None where there is none. Of several the one that ends last. A wall time that the clocks
    skip moves forward by the gap. One that they repeat is the first for a beginning, the second
    for an end: what is quiet on the clock is quiet.
    """
    today = at.astimezone(zone).date()
    around = [
        (end, each)
        for each in quiet
        for begin, end in (_span(each, today - _ONE_DAY, zone), _span(each, today, zone))
        if begin <= at < end
    ]
    return max(around, key=lambda found: found[0]) if around else None


@lru_cache(maxsize=4096)
def _span(quiet: QuietRange, day: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """Return when the range that begins on a day begins and ends; at once where none does."""
    begin = to_instant(datetime.combine(day, quiet.start), zone)
    if day.weekday() not in quiet.days:
        return begin, begin
    last = day + _ONE_DAY if quiet.end <= quiet.start else day
    return begin, to_instant(datetime.combine(last, quiet.end), zone, fold=1)
