"""Reading times on a Wednesday morning, in UTC and in the USA's order of dates."""

from __future__ import annotations

from datetime import UTC, datetime

from ontology.time.reading import Setting, TimeReading, read_time

NOW = datetime(2026, 3, 11, 10, 20, tzinfo=UTC)
IN_THE_USA = Setting(NOW, "UTC", "en_US")
CARRIERS = ("{}", "remind me to call mum {}", "remind me {} to pay the rent")


def read(text: str) -> TimeReading | None:
    return read_time(text, IN_THE_USA)


def start(text: str) -> str | None:
    reading = read(text)
    if reading is None or reading.schedule is None:
        return None
    return reading.schedule.start.strftime("%Y-%m-%d %H:%M")


def without_time(text: str) -> str:
    """Return the words that are left when the time is taken out."""
    reading = read(text)
    assert reading is not None, text
    for begin, end in reversed(reading.spans):
        text = text[:begin] + text[end:]
    return " ".join(text.split())


def assert_read(text: str, expected: str) -> None:
    """Assert that a text is read as this start, alone and inside of a wish."""
    for carrier in CARRIERS:
        assert (carrier, start(carrier.format(text))) == (carrier, expected)
