"""Days told from today, and now."""

from __future__ import annotations

import pytest

from tests.ontology.time.wednesday import assert_read

CASES = [
    ("2moro at 10am", "2026-03-12 10:00"),
    ("2day at 5pm", "2026-03-11 17:00"),
    ("2nite at 8", "2026-03-11 20:00"),
    ("the day before yesterday", "2026-03-09 09:00"),
    ("on the fifteenth", "2026-03-15 09:00"),
    ("right now", "2026-03-11 10:20"),
    ("the 26th at 10am", "2026-03-26 10:00"),
    ("10:00 on the 26th", "2026-03-26 10:00"),
    ("at 10 on the 26th", "2026-03-26 10:00"),
    ("later today", "2026-03-11 15:00"),
    ("this time tomorrow", "2026-03-12 10:20"),
    ("same time tomorrow", "2026-03-12 10:20"),
    ("on tomorrow", "2026-03-12 09:00"),
    ("sometime tomorrow", "2026-03-12 09:00"),
    ("yesturday", "2026-03-10 09:00"),
    ("next day", "2026-03-12 09:00"),
    ("the next day", "2026-03-12 09:00"),
    ("the following day", "2026-03-12 09:00"),
    ("next hour", "2026-03-11 11:20"),
    ("next minute", "2026-03-11 10:21"),
    ("the 31st", "2026-03-31 09:00"),
    ("tomorrow mid-day", "2026-03-12 12:00"),
    ("tomorrow midday", "2026-03-12 12:00"),
    ("the 15th, 6pm", "2026-03-15 18:00"),
    ("15th at 6pm", "2026-03-15 18:00"),
    ("at 6pm on the 15th", "2026-03-15 18:00"),
    ("in couple of hours", "2026-03-11 12:20"),
    ("in ½ hour", "2026-03-11 10:50"),
    ("in under an hour", "2026-03-11 11:20"),
    ("15th, 8:00 am", "2026-03-15 08:00"),
    ("end of tomorrow", "2026-03-12 17:00"),
    ("next business day", "2026-03-12 10:20"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_day_told_from_today(text, expected):
    assert_read(text, expected)
