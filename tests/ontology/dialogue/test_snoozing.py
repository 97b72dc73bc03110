"""What has fired comes again: after a while, or at a time."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from tests.ontology.dialogue.reading import read, when


@pytest.mark.parametrize(
    ("said", "target", "expected"),
    [
        ("snooze", None, "11-20 12:10"),
        ("later", None, "11-20 12:10"),
        ("not now", None, "11-20 12:10"),
        ("remind me later", None, "11-20 12:10"),
        ("snooze 15m", None, "11-20 12:15"),
        ("snooze 15", None, "11-20 12:15"),
        ("snooze for an hour", None, "11-20 13:00"),
        ("snooze it for 15 minutes", None, "11-20 12:15"),
        ("snooze until 5pm", None, "11-20 17:00"),
        ("snooze till tomorrow", None, "11-21 09:00"),
        ("snooze 2", "2", "11-20 12:10"),
        ("snooze 2 for 15m", "2", "11-20 12:15"),
        ("snooze the pills until 5pm", "pills", "11-20 17:00"),
        ("snooze the dentist", "dentist", "11-20 12:10"),
        ("remind me again in 10 min", None, "11-20 12:10"),
        ("remind me again at 5", None, "11-20 17:00"),
        ("postpone it by an hour", None, "11-20 13:00"),
        ("snooze by 10 min", None, "11-20 12:10"),
        ("snooze for a bit", None, "11-20 12:10"),
        ("give me 20 minutes", None, "11-20 12:20"),
        ("5 more minutes", None, "11-20 12:05"),
        ("10 min", None, "11-20 12:10"),
        ("10m", None, "11-20 12:10"),
        ("15 minutes please", None, "11-20 12:15"),
        ("half an hour", None, "11-20 12:30"),
        ("1h30", None, "11-20 13:30"),
        ("in 10 minutes", None, "11-20 12:10"),
        ("until 5pm", None, "11-20 17:00"),
        ("till tomorrow", None, "11-21 09:00"),
        ("until monday", None, "11-23 09:00"),
    ],
)
def test_snoozing_waits_for_a_while_or_until_a_time(said, target, expected):
    reading = read(said)
    assert reading.intent is Intent.SNOOZE
    assert reading.target == target
    assert when(reading) == expected


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("snooze every day", Problem.NO_TIME),
        ("snooze until 30 february", Problem.NO_SUCH_TIME),
        ("until 25:99", Problem.NO_SUCH_TIME),
    ],
)
def test_a_snooze_that_cannot_be_says_why(said, problem):
    if said.startswith("snooze"):
        assert read(said) == Interpretation(intent=Intent.SNOOZE, problem=problem)
    else:
        assert read(said).schedule is None
