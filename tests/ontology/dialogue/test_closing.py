"""Reminders that are over: cancelled, done; and why they came at all."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.deciding import Verdict, decide
from tests.ontology.dialogue.reading import read, segments


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("cancel", None),
        ("cancel it", None),
        ("cancel that reminder", None),
        ("delete the last one", None),
        ("forget it", None),
        ("cancel 2", "2"),
        ("cancel #4", "4"),
        ("delete reminder 3", "3"),
        ("remove number 12.", "12"),
        ("cancel the dentist", "dentist"),
        ("Cancel my Dentist reminder", "Dentist"),
        ("cancel the reminder about the dentist", "dentist"),
        ("forget the dentist reminder", "dentist"),
        ("please delete the reminder to call Bob", "call Bob"),
        ("stop reminding me to stretch", "stretch"),
        ("stop the stretch reminder", "stretch"),
        ("cancel my 5pm reminder", "5pm"),
        ("cancel number two", "2"),
        ("delete reminder three", "3"),
        ("cancel the first aid course", "first aid course"),
    ],
)
def test_cancelling_names_its_reminder_or_means_the_latest(said, target):
    assert read(said) == Interpretation(intent=Intent.CANCEL_REMINDER, target=target)


@pytest.mark.parametrize("said", ["delete the second", "cancel the 2nd one", "remove second"])
def test_what_is_named_by_its_place_is_shown_before_it_is_cancelled(said):
    (segment,) = segments(said)
    assert segment.likeliest.target == "2"
    assert decide(segment.readings).verdict is Verdict.CONFIRM


@pytest.mark.parametrize(
    "said",
    [
        "cancel all reminders",
        "delete everything",
        "delete them all",
        "snooze everything",
        "done with everything",
        "move all to 5pm",
    ],
)
def test_nothing_is_done_to_all_reminders_at_once(said):
    assert read(said) == Interpretation(intent=Intent.UNKNOWN, confidence=0)


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("done", None),
        ("Done!", None),
        ("ok done", None),
        ("all done", None),
        ("did it", None),
        ("I did it", None),
        ("I've done it", None),
        ("finished", None),
        ("it's done", None),
        ("done 2", "2"),
        ("2 done", "2"),
        ("mark 2 as done", "2"),
        ("complete #3", "3"),
        ("done with the pills", "pills"),
        ("finished the report", "report"),
        ("the pills are done", "pills"),
        ("laundry's done", "laundry"),
        ("yes, done, thanks", None),
    ],
)
def test_done_names_its_reminder_or_means_the_one_that_fired(said, target):
    assert read(said) == Interpretation(intent=Intent.DONE, target=target)


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("why", None),
        ("why?", None),
        ("why did you remind me?", None),
        ("why did you remind me of this?", None),
        ("why did you remind me about the dentist?", "dentist"),
        ("why did I get this?", None),
    ],
)
def test_why(said, target):
    assert read(said) == Interpretation(intent=Intent.WHY, target=target)
