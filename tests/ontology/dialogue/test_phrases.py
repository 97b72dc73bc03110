"""Short phrases that mean one thing, and what means nothing here."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Interpretation
from tests.ontology.dialogue.reading import asked, read


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("list", Intent.LIST_REMINDERS),
        ("my reminders", Intent.LIST_REMINDERS),
        ("what reminders do I have?", Intent.LIST_REMINDERS),
        ("what are my reminders", Intent.LIST_REMINDERS),
        ("show reminders", Intent.LIST_REMINDERS),
        ("Show me all my reminders, please", Intent.LIST_REMINDERS),
        ("list all reminders", Intent.LIST_REMINDERS),
        ("do i have any reminders?", Intent.LIST_REMINDERS),
        ("what's coming up?", Intent.LIST_REMINDERS),
        ("next", Intent.SHOW_NEXT),
        ("what's next?", Intent.SHOW_NEXT),
        ("show next", Intent.SHOW_NEXT),
        ("when is my next reminder?", Intent.SHOW_NEXT),
        ("what did I miss?", Intent.MISSED),
        ("missed?", Intent.MISSED),
        ("did I miss anything", Intent.MISSED),
        ("undo", Intent.UNDO),
        ("Undo that.", Intent.UNDO),
        ("undo the last change", Intent.UNDO),
        ("help", Intent.HELP),
        ("?", Intent.HELP),
        ("What can you do?", Intent.HELP),
        ("hi", Intent.GREETING),
        ("Hello there!", Intent.GREETING),
        ("good morning", Intent.GREETING),
        ("thanks", Intent.THANKS),
        ("ok thank you!", Intent.THANKS),
        ("ok", Intent.THANKS),
    ],
)
def test_short_phrases_mean_one_thing(said, intent):
    assert read(said) == Interpretation(intent=intent)


@pytest.mark.parametrize(
    ("said", "choice"),
    [("2", 2), ("2.", 2), ("#2", 2), ("number 3", 3), ("the second", 2), ("the first one", 1)],
)
def test_a_number_answers_while_choices_stand_open(said, choice):
    assert read(said, asked(3)) == Interpretation(intent=Intent.CHOOSE, choice=choice)
    assert read(said).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "!!!",
        "asdf",
        "buy milk",
        "the quick brown fox",
        "what is the weather tomorrow",
        "do you like fridays?",
        "I was born on 3 may 1980",
        "the meeting is at 5",
        "I'm in a meeting",
        "I'm in Paris tomorrow",
        "why not",
        "why is the sky blue",
        "make coffee",
        "forget me",
        "bring me coffee",
        "did you see the game",
        "42",
        "I love you",
    ],
)
def test_what_has_no_sure_meaning_is_not_guessed(said):
    assert read(said) == Interpretation(intent=Intent.UNKNOWN, confidence=0)
