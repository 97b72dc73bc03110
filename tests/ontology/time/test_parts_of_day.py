"""Parts of the day, meals, and its beginning and end."""

from __future__ import annotations

import pytest

from tests.ontology.time.wednesday import assert_read

CASES = [
    ("friday am", "2026-03-13 09:00"),
    ("tomorrow pm", "2026-03-12 15:00"),
    ("eod", "2026-03-11 17:00"),
    ("close of business tomorrow", "2026-03-12 17:00"),
    ("tonight", "2026-03-11 21:00"),
    ("tomorrow morning", "2026-03-12 09:00"),
    ("on the morning of the 20th", "2026-03-20 09:00"),
    ("early tomorrow morning", "2026-03-12 07:00"),
    ("tomorrow early morning", "2026-03-12 07:00"),
    ("first thing tomorrow", "2026-03-12 08:00"),
    ("first thing in the morning", "2026-03-12 08:00"),
    ("at lunchtime", "2026-03-11 12:00"),
    ("at lunch tomorrow", "2026-03-12 12:00"),
    ("after lunch tomorrow", "2026-03-12 14:00"),
    ("after work", "2026-03-11 18:00"),
    ("at dinner time", "2026-03-11 19:00"),
    ("end of day tomorrow", "2026-03-12 17:00"),
    ("at sunset", "2026-03-11 19:00"),
    ("sunrise tomorrow", "2026-03-12 06:00"),
    ("mid-morning tomorrow", "2026-03-12 10:00"),
    ("late morning", "2026-03-11 11:00"),
    ("early evening", "2026-03-11 18:00"),
    ("late evening tomorrow", "2026-03-12 21:00"),
    ("late at night", "2026-03-11 22:00"),
    ("late tonight", "2026-03-11 22:00"),
    ("at breakfast tomorrow", "2026-03-12 08:00"),
    ("after breakfast", "2026-03-12 09:00"),
    ("at bedtime", "2026-03-11 22:00"),
    ("at tea time", "2026-03-11 17:00"),
    ("tommorrow morning", "2026-03-12 09:00"),
    ("the next morning", "2026-03-12 09:00"),
    ("next morning", "2026-03-12 09:00"),
    ("the following morning", "2026-03-12 09:00"),
    ("next evening", "2026-03-12 19:00"),
    ("today in the evening", "2026-03-11 19:00"),
    ("today evening", "2026-03-11 19:00"),
    ("today after lunch", "2026-03-11 14:00"),
    ("later tonight", "2026-03-11 22:00"),
    ("end of today", "2026-03-11 17:00"),
    ("in the morning", "2026-03-12 09:00"),
    ("in the evening", "2026-03-11 19:00"),
    ("at night", "2026-03-11 21:00"),
    ("this morning", "2026-03-11 11:00"),
    ("this night", "2026-03-11 21:00"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_part_of_the_day_means_its_usual_hour(text, expected):
    assert_read(text, expected)
