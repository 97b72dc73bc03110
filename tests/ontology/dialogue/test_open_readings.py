"""Where a rule only looked at a verb, a classifier may know better; where it is sure, never."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Context, Intent, Interpretation
from ontology.dialogue.interpreter import PlainInterpreter
from tests.fakes.classifying import ToldClassifier
from tests.ontology.dialogue.reading import MADRID, NOW


def read(said: str, intent: Intent, probability: float) -> list[tuple[Intent, float]]:
    classifier = ToldClassifier((intent, probability))
    context = Context(now=NOW, zone=MADRID)
    (segment,) = PlainInterpreter(classifier).interpret(said, context)
    return [(each.intent, each.confidence) for each in segment.readings]


@pytest.mark.parametrize(
    ("said", "rule", "better"),
    [
        ("push the workshop to tuesday", Intent.CHANGE_REMINDER, Intent.MOVE_EVENT),
        ("finished the laundry", Intent.DONE, Intent.COMPLETE_TASK),
        ("what's my horoscope", Intent.RECALL, Intent.OUT_OF_SCOPE),
        ("set an alarm for 6 instead", Intent.CREATE_REMINDER, Intent.CHANGE_REMINDER),
    ],
)
def test_an_open_reading_is_overruled_by_a_surer_one(said, rule, better):
    assert read(said, better, 0.8) == [(better, 0.8), (rule, 0.6)]
    ((intent, confidence),) = read(said, better, 0.5)
    assert (intent, confidence >= 0.9) == (rule, True)
    ((intent, _),) = read(said, Intent.UNKNOWN, 0.9)
    assert intent is rule


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("done do task near00041", Intent.DONE),
        ("move the qzx to tuesday", Intent.CHANGE_REMINDER),
        ("drop the kids at school at 8", Intent.CANCEL_REMINDER),
    ],
)
def test_what_was_asked_of_reminders_is_never_out_of_scope(said, rule):
    assert [intent for intent, _ in read(said, Intent.OUT_OF_SCOPE, 0.99)][0] is rule


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("cancel 2", Intent.CANCEL_REMINDER),
        ("cancel it", Intent.CANCEL_REMINDER),
        ("cancel the milk reminder", Intent.CANCEL_REMINDER),
        ("cancel the barbecue", Intent.CANCEL_REMINDER),
        ("cancel do task far00041", Intent.CANCEL_REMINDER),
        ("move 2 to friday", Intent.CHANGE_REMINDER),
        ("remind me at 5 to leave", Intent.CREATE_REMINDER),
        ("done", Intent.DONE),
        ("snooze", Intent.SNOOZE),
    ],
)
def test_a_sure_reading_is_not_even_asked_about(said, rule):
    classifier = ToldClassifier((Intent.OUT_OF_SCOPE, 1.0))
    (segment,) = PlainInterpreter(classifier).interpret(said, Context(now=NOW, zone=MADRID))
    assert segment.likeliest.intent is rule
    assert classifier.asked == []


def test_a_task_with_a_time_stays_a_reminder_where_nothing_better_is_known():
    for other in (Intent.ADD_EVENT, Intent.ADD_TASK, Intent.OUT_OF_SCOPE, Intent.UNKNOWN):
        assert read("dentist monday 15:00", other, 0.9) == [(Intent.CREATE_REMINDER, 0.6)]
    assert read("dentist monday 15:00", Intent.CREATE_REMINDER, 0.9) == [
        (Intent.CREATE_REMINDER, 0.9)
    ]
    assert read("anything monday", Intent.SHOW_AGENDA, 0.7) == [(Intent.SHOW_AGENDA, 0.7)]


def test_no_confidence_leaves_its_bounds():
    assert read("mumble", Intent.HELP, 1.2) == [(Intent.HELP, 1.0)]
    assert Interpretation(intent=Intent.HELP).confidence == 1
