"""Reading times on a Friday noon in Madrid, thirty seconds past, by a British locale."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from ontology.time.reading import Setting, TimeReading, read_time

MADRID = "Europe/Madrid"
NOW = datetime(2026, 11, 20, 12, 0, 30, tzinfo=ZoneInfo(MADRID))


def read(
    text: str,
    now: datetime = NOW,
    *,
    locale: str = "en_GB",
    bare_durations: bool = False,
    waking: bool = False,
) -> TimeReading:
    reading = read_time(text, Setting(now, MADRID, locale, bare_durations, waking))
    assert reading is not None, text
    return reading


def start(
    text: str,
    now: datetime = NOW,
    *,
    locale: str = "en_GB",
    bare_durations: bool = False,
    waking: bool = False,
) -> str:
    """Return the local start that is read, to the minute, and to the second where it counts."""
    reading = read(text, now, locale=locale, bare_durations=bare_durations, waking=waking)
    assert reading.schedule is not None, reading
    said = reading.schedule.start.strftime("%a %Y-%m-%d %H:%M:%S")
    return said.removesuffix(":00")


def used(text: str) -> str:
    """Return the characters that said the time."""
    return "|".join(text[begin:end] for begin, end in read(text).spans)
