"""What is told before a request is no part of it, and what it depends on is never dropped."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Problem
from ontology.dialogue.deciding import Verdict, decide
from tests.ontology.dialogue.reading import read, segments, when


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("my sister lands at 6pm, remind me at 5pm to leave", "leave", "11-20 17:00"),
        ("I was away. Could you remind me at 5pm to eat?", "eat", "11-20 17:00"),
        (
            "I keep forgetting to water the plants, so remind me every sunday at 10am please",
            "water the plants",
            "11-22 10:00 FREQ=WEEKLY;BYDAY=SU",
        ),
        ("I have to call Bob, remind me at 5pm", "call Bob", "11-20 17:00"),
        ("eat at 5pm remind me", "eat", "11-20 17:00"),
        ("I need to call Bob at 5pm, don't forget", "call Bob", "11-20 17:00"),
        ("yesterday I forgot the bins, can you remind me at 8pm", "the bins", "11-20 20:00"),
    ],
)
def test_a_request_behind_its_reason_is_read_alone(said, text, expected):
    reading = read(said)
    assert reading.intent is Intent.CREATE_REMINDER
    assert (reading.text, when(reading), reading.problem) == (text, expected, None)


def test_a_time_that_hangs_on_what_was_told_is_asked_for():
    reading = read("I have a dentist appointment on monday at 3pm, remind me an hour before")
    assert (reading.text, reading.problem) == ("dentist appointment", Problem.NO_TIME)


@pytest.mark.parametrize(
    ("said", "condition"),
    [
        ("if it rains tomorrow remind me to take an umbrella", "if it rains tomorrow"),
        ("if Bob calls, remind me at 5pm to leave", "if Bob calls"),
    ],
)
def test_a_condition_is_never_dropped_in_silence(said, condition):
    (segment,) = segments(said)
    assert decide(segment.readings).verdict is Verdict.IS_THAT_ALL
    assert condition in segment.likeliest.left_over


def test_news_before_a_request_is_not_dropped_in_silence():
    reading = read("I did the dishes, remind me of the laundry at 6pm")
    assert (reading.text, reading.left_over) == ("the laundry", ("I did the dishes",))


def test_an_hour_of_another_deed_is_asked_about():
    (segment,) = segments("remind me at 5pm to call mum and buy milk at 6pm")
    assert decide(segment.readings).verdict is Verdict.IS_THAT_ALL
    assert segment.likeliest.left_over == ("at 6pm",)


@pytest.mark.parametrize(
    "said",
    [
        *("why did you remind me at 5?", "did you remind me to eat", "don't remind me at 5"),
        *("remind me at 6 if I'm still here", "no gym today", "gym not today"),
        *("see you next friday at 9", "you're done"),
    ],
)
def test_what_is_asked_or_denied_is_no_request(said):
    assert read(said).intent is not Intent.CREATE_REMINDER
