"""Times over a change of clocks, near its gap and in the hour that it repeats."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ontology.time.reading import Setting, read_time

MADRID = "Europe/Madrid"  # 29 March 2026 has no 02:30, 25 October 2026 has it twice


def instant(text: str, now: str) -> str:
    said_at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(MADRID))
    reading = read_time(text, Setting(said_at, MADRID))
    assert reading is not None and reading.schedule is not None
    return f"{reading.schedule.first:%m-%d %H:%M}"


@pytest.mark.parametrize(
    ("now", "text", "utc"),
    [
        ("2026-03-28 12:00", "tomorrow at 2:30am", "03-29 01:30"),  # becomes 03:30
        ("2026-03-28 12:00", "tomorrow at 3am", "03-29 01:00"),
        ("2026-03-28 12:00", "in 24 hours", "03-29 11:00"),  # 13:00 on the wall
        ("2026-03-28 12:00", "in 1 day", "03-29 10:00"),  # 12:00 on the wall
        ("2026-03-28 23:00", "in 4 hours", "03-29 02:00"),
        ("2026-10-24 12:00", "tomorrow at 2:30am", "10-25 00:30"),  # the first of the two
        ("2026-10-24 12:00", "tomorrow at 4am", "10-25 03:00"),
        ("2026-10-24 12:00", "in 24 hours", "10-25 10:00"),
        ("2026-10-24 12:00", "in 1 day", "10-25 11:00"),
        ("2026-10-25 01:30", "in 2 hours", "10-25 01:30"),  # 02:30 for the second time
        ("2026-10-24 12:00", "in a week at 9", "10-31 08:00"),
        ("2026-03-28 12:00", "2 hours before 4am tomorrow", "03-29 00:00"),
        ("2026-10-24 12:00", "tomorrow at 9am PT", "10-25 16:00"),
        ("2026-10-24 12:00", "tomorrow at 9am PST", "10-25 17:00"),
        ("2026-06-01 12:00", "noon london time tomorrow", "06-02 11:00"),
    ],
)
def test_wall_times_keep_the_wall_and_lengths_elapse(now, text, utc):
    assert instant(text, now) == utc


def test_a_span_over_a_change_of_clocks_ends_on_the_wall_and_lasts_as_said():
    said_at = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo(MADRID))
    spans = [
        read_time(text, Setting(said_at, MADRID))
        for text in ("from 1am to 4am", "1am for 3 hours")
    ]
    lengths = [
        reading.end - reading.schedule.first
        for reading in spans
        if reading is not None and reading.schedule is not None and reading.end is not None
    ]
    assert lengths == [timedelta(hours=2), timedelta(hours=3)]


@pytest.mark.parametrize(
    ("now", "text", "utc"),
    [
        ("2026-10-25T02:15:00+02:00", "at 2:30am", "10-25 00:30"),
        ("2026-10-25T02:15:00+02:00", "at 2:05am", "10-25 01:05"),
        ("2026-10-25T02:15:00+01:00", "at 2:30am", "10-25 01:30"),
        ("2026-10-25T02:15:00+01:00", "at 2:05am", "10-26 01:05"),
        ("2026-03-29T01:45:00+01:00", "at 2:30am", "03-29 01:30"),
    ],
)
def test_in_an_hour_that_is_shown_twice_the_next_time_is_meant(now, text, utc):
    reading = read_time(text, Setting(datetime.fromisoformat(now), MADRID))
    assert reading is not None and reading.schedule is not None
    assert f"{reading.schedule.first:%m-%d %H:%M}" == utc
