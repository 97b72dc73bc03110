"""Words that say a time and belong to the task, too: they stay in its text."""

from __future__ import annotations

import pytest

from ontology.dialogue.said import beside, task
from ontology.time.recurrence import next_after
from tests.ontology.time.friday import NOW, read

THINGS = [
    ("catch the 8:15 bus tomorrow", "catch the 8:15 bus", "11-21 08:15"),
    ("the 19.40 ferry on sunday", "the 19.40 ferry", "11-22 19:40"),
    ("prepare for my 3pm", "prepare for my 3pm", "11-20 15:00"),
    ("pick up dad's 6pm parcel on monday", "pick up dad's 6pm parcel", "11-23 18:00"),
    ("a noon lunch on tuesday", "a noon lunch", "11-24 12:00"),
    ("catch the 7:42 train every weekday", "catch the 7:42 train", "11-23 07:42"),
    ("tomorrow catch the 8:15 bus at 7:30", "catch the 8:15 bus", "11-21 07:30"),
    ("at 2pm book seats on the 6pm ferry", "book seats on the 6pm ferry", "11-20 14:00"),
    ("think of my 3pm at 2:30pm", "think of my 3pm", "11-20 14:30"),
    ("call at 7:30pm about the 9am flight", "call about the 9am flight", "11-20 19:30"),
]
LENGTHS = [
    ("bake the cake for 20 min at 6pm", "bake the cake for 20 min", "11-20 18:00"),
    ("run for 30 min every morning", "run for 30 min", "11-21 09:00"),
    ("read for an hour every day at 9pm", "read for an hour", "11-20 21:00"),
    ("practise every monday at 5 for 45 minutes", "practise for 45 minutes", "11-23 17:00"),
    ("look away for 20 seconds every 20 minutes", "look away for 20 seconds", "11-20 12:20"),
    ("stretch for 5 min every hour from 9 to 5", "stretch for 5 min", "11-20 13:00"),
    ("visit gran for 3 days every month", "visit gran for 3 days", "12-20 09:00"),
    ("swim every tuesday for 6 weeks", "swim", "11-24 09:00"),
    ("rest every 10 minutes for an hour", "rest", "11-20 12:10"),
    ("meet ann at 6pm for 20 min", "meet ann", "11-20 18:00"),
]
DAYS = [
    ("book a table for friday tomorrow at 9", "book a table for friday", "11-21 09:00"),
    ("ask about monday tomorrow at 9", "ask about monday", "11-21 09:00"),
    ("buy bread for sunday today at 6pm", "buy bread for sunday", "11-20 18:00"),
    ("buy bread for saturday tomorrow at 8", "buy bread", "11-21 08:00"),
]


@pytest.mark.parametrize(("said", "text", "start"), THINGS + LENGTHS + DAYS)
def test_nothing_of_the_task_is_lost_to_its_time(said, text, start):
    reading = read(said)
    assert reading.schedule is not None
    first = next_after(reading.schedule, NOW)
    assert first is not None
    assert f"{first.astimezone(NOW.tzinfo):%m-%d %H:%M}" == start
    assert (task(beside(said, reading)), reading.left_over) == (text, ())


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("friday tomorrow at 9", "friday"),
        ("tomorrow at 9, monday", "monday"),
        ("on 3 december tomorrow at 9", "tomorrow at 9"),
        ("tomorrow saturday at 9", None),
        ("tomorrow, 21 november, at 9", None),
        ("tonight, friday, at 8", None),
    ],
)
def test_of_two_days_that_differ_the_other_is_left_over(said, left):
    words = [each.words for each in read(said).left_over]
    assert words == ([left] if left else [])
