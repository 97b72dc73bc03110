"""Another time or another text for a reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from tests.ontology.dialogue.reading import read, when


@pytest.mark.parametrize(
    ("said", "target", "expected", "given_parts"),
    [
        ("change the dentist to 5pm", "dentist", "11-20 17:00", {"time"}),
        ("change the dentist reminder to 17:00", "dentist", "11-20 17:00", {"time"}),
        ("move it to tomorrow at 9", None, "11-21 09:00", {"date", "time"}),
        ("reschedule 2 to friday", "2", "11-27 09:00", {"date"}),
        ("move reminder 3 to 6", "3", "11-20 18:00", {"time"}),
        ("move the call to Bob to monday", "call to Bob", "11-23 09:00", {"date"}),
        ("postpone the dentist until friday", "dentist", "11-27 09:00", {"date"}),
        ("change the time of the dentist to 6pm", "dentist", "11-20 18:00", {"time"}),
        ("make it 5pm", None, "11-20 17:00", {"time"}),
        ("set 1 to 5pm", "1", "11-20 17:00", {"time"}),
        ("postpone 2 to 5pm", "2", "11-20 17:00", {"time"}),
        ("make it every day", None, "11-21 09:00 FREQ=DAILY", {"rule"}),
        (
            "change the pills to every day at 9",
            "pills",
            "11-21 09:00 FREQ=DAILY",
            {"rule", "time"},
        ),
    ],
)
def test_changing_the_time_tells_which_parts_were_said(said, target, expected, given_parts):
    reading = read(said)
    assert reading.intent is Intent.CHANGE_REMINDER
    assert reading.target == target
    assert when(reading) == expected
    assert reading.given == given_parts
    assert reading.text == ""


@pytest.mark.parametrize(
    ("said", "target", "text"),
    [
        ("rename the dentist to orthodontist", "dentist", "orthodontist"),
        ("rename 2 to Buy Oat Milk", "2", "Buy Oat Milk"),
        ("replace the gym with swimming", "gym", "swimming"),
        ("change the text of 2 to buy oat milk", "2", "buy oat milk"),
        ("change 2 to buy oat milk", "2", "buy oat milk"),
        ("rename it to call Bob at 5", None, "call Bob at 5"),
    ],
)
def test_changing_the_text(said, target, text):
    reading = read(said)
    assert reading == Interpretation(intent=Intent.CHANGE_REMINDER, target=target, text=text)


def test_text_and_time_can_change_at_once():
    reading = read("change the dentist to orthodontist at 5pm")
    assert (reading.target, reading.text) == ("dentist", "orthodontist")
    assert when(reading) == "11-20 17:00"


@pytest.mark.parametrize(
    ("said", "target", "later"),
    [
        ("postpone the dentist by an hour", "dentist", timedelta(hours=1)),
        ("move the dentist 1 hour later", "dentist", timedelta(hours=1)),
        ("push gym back by 15 min", "gym", timedelta(minutes=15)),
        ("push the gym back 30 min", "gym", timedelta(minutes=30)),
        ("delay 2 by a day", "2", timedelta(days=1)),
        ("bring the gym forward an hour", "gym", timedelta(hours=-1)),
        ("move the gym an hour earlier", "gym", timedelta(hours=-1)),
    ],
)
def test_what_is_named_is_put_off_by_a_length(said, target, later):
    meant = Interpretation(intent=Intent.CHANGE_REMINDER, target=target, later=later)
    assert read(said) == meant


@pytest.mark.parametrize(
    ("said", "target", "problem"),
    [
        ("move it", None, Problem.NO_TIME),
        ("update 2", "2", Problem.NO_TIME),
        ("postpone the rent by a month", "rent", Problem.NO_TIME),
        ("move the dentist forward an hour", "dentist", Problem.NO_TIME),
        ("make it 10 minutes later", None, Problem.NO_TIME),
        ("move it to 30 february", None, Problem.NO_SUCH_TIME),
        ("change 2 to every second", "2", Problem.TOO_OFTEN),
    ],
)
def test_a_change_that_cannot_be_made_says_why(said, target, problem):
    assert read(said) == Interpretation(
        intent=Intent.CHANGE_REMINDER, target=target, problem=problem
    )
