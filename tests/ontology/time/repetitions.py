"""Reading repetitions on a Friday noon in Madrid, alone and inside of wishes."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ontology.time.concepts import Schedule
from ontology.time.reading import Setting, TimeReading, read_time

FRIDAY_NOON = Setting(
    datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Madrid")), "Europe/Madrid"
)
CARRIERS = ("{}", "remind me {} to pay the rent", "remind me to call mom {}")


def read(text: str) -> TimeReading | None:
    return read_time(text, FRIDAY_NOON)


def schedule(text: str) -> Schedule:
    reading = read(text)
    assert reading is not None and reading.schedule is not None, text
    assert "rule" in reading.given, text
    return reading.schedule


def assert_repeats(text: str, rule: str, start: str | None = None) -> None:
    """Assert that a text is read as this rule, and with this first occurrence if told."""
    for carrier in CARRIERS:
        said = carrier.format(text)
        found = schedule(said)
        assert (said, found.rule) == (said, rule)
        assert start is None or (said, found.start) == (said, datetime.fromisoformat(start))
