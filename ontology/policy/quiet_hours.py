"""Quiet hours: wall times of the person's zone, whichever way its clocks change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
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
    around = [
        (end, each)
        for each in quiet
        for begin, end in _near(at, each, zone)
        if begin <= at < end
    ]
    return max(around, key=lambda found: found[0]) if around else None


def _near(
    at: datetime, quiet: QuietRange, zone: ZoneInfo
) -> Iterator[tuple[datetime, datetime]]:
    """Yield when a range begins and ends, of those that may lie around an instant."""
    today = at.astimezone(zone).date()
    past_midnight = quiet.end <= quiet.start
    for day in (today - _ONE_DAY, today) if past_midnight else (today,):
        if day.weekday() in quiet.days:
            last = day + _ONE_DAY if past_midnight else day
            begin = to_instant(datetime.combine(day, quiet.start), zone)
            yield begin, to_instant(datetime.combine(last, quiet.end), zone, fold=1)
