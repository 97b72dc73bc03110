"""Slots are found also where only the sense of a request was known, not its form."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Context, Intent, Interpretation, Problem
from ontology.dialogue.interpreter import PlainInterpreter
from tests.fakes.classifying import ToldClassifier
from tests.ontology.dialogue.reading import MADRID, NOW, when


def read(said: str, *ranked: tuple[Intent, float]) -> tuple[Interpretation, ...]:
    context = Context(now=NOW, zone=MADRID)
    (segment,) = PlainInterpreter(ToldClassifier(*ranked)).interpret(said, context)
    return segment.readings


def read_as(said: str, intent: Intent) -> Interpretation:
    (reading,) = read(said, (intent, 0.8))
    assert reading.intent is intent
    assert reading.confidence == 0.8
    return reading


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("could you poke me about the laundry at 6", "the laundry", "11-20 18:00"),
        ("give me a shout tomorrow at 9 about the parcel", "the parcel", "11-21 09:00"),
        (
            "tap me on the shoulder in 20 minutes to check the oven",
            "check the oven",
            "11-20 12:20",
        ),
        ("i must not forget to pay the rent on monday", "pay the rent", "11-23 09:00"),
    ],
)
def test_a_reminder_in_unknown_words_has_its_task_and_time(said, text, expected):
    reading = read_as(said, Intent.CREATE_REMINDER)
    assert (reading.text, when(reading), reading.problem) == (text, expected, None)


def test_what_such_a_reminder_lacks_is_named():
    assert (
        read_as("poke me about the laundry", Intent.CREATE_REMINDER).problem is Problem.NO_TIME
    )
    assert read_as("a poke would be nice", Intent.CREATE_REMINDER).problem is Problem.NO_TIME


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("no need for the dentist reminder anymore", "dentist"),
        ("i don't need the thing about the bins any more", "bins"),
        ("kill number 4", "4"),
        ("you can drop #12 now", "12"),
        ("please strike that", None),
        ("scratch my piano lesson", "piano lesson"),
    ],
)
def test_what_is_meant_is_found_among_other_words(said, target):
    readings = read(said, (Intent.CANCEL_REMINDER, 0.8))
    assert readings[0].target == target


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        ("bug me about that in half an hour", Intent.SNOOZE, "11-20 12:30"),
        ("not yet", Intent.SNOOZE, "11-20 12:10"),
        ("the plumber ought to be at 4pm instead", Intent.CHANGE_REMINDER, "11-20 16:00"),
        ("anything in the diary for monday then", Intent.SHOW_AGENDA, "11-23 09:00"),
        ("could someone see me tomorrow at noon", Intent.FREE_BUSY, "11-21 12:00"),
    ],
)
def test_times_are_read_by_the_same_grammar(said, intent, expected):
    assert when(read_as(said, intent)) == expected


def test_a_place_is_found_in_a_sentence():
    assert read_as("flew over to Lisbon yesterday", Intent.SET_ZONE).zone == "Europe/Lisbon"
    assert read_as("which clock do you go by", Intent.SET_ZONE).zone is None


def test_what_rules_read_is_not_asked_of_the_classifier():
    classifier = ToldClassifier((Intent.HELP, 1.0))
    (segment,) = PlainInterpreter(classifier).interpret("list", Context(now=NOW, zone=MADRID))
    assert segment.likeliest.intent is Intent.LIST_REMINDERS
    assert classifier.asked == []


def test_the_likeliest_few_are_ranked():
    ranked = [(intent, 0.1) for intent in Intent]
    assert len(read("mumble", *ranked)) == 4


@pytest.mark.parametrize("intent", Intent)
@pytest.mark.parametrize(
    "said", ["mumble", "🍕", "the", "a 1", "at 25:99 on 30 february", "to"]
)
def test_any_intent_can_be_filled_from_anything(said, intent):
    assert all(0 <= each.confidence <= 1 for each in read(said, (intent, 1.1)))
