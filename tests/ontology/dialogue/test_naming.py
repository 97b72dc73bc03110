"""Where a reading is in doubt, the names of a person's reminders tell what is meant."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Context, Intent, Interpretation, Segment
from ontology.dialogue.deciding import Decision, Verdict, decide
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.naming import turns_on_names
from tests.fakes.classifying import ToldClassifier
from tests.ontology.dialogue.reading import MADRID, NOW

KEPT = ("call mum", "take the pills", "do the dishes", "gym", "water the plants")
CANCEL, CHANGE, DONE = Intent.CANCEL_REMINDER, Intent.CHANGE_REMINDER, Intent.DONE


def heard(said: str, *ranked: tuple[Intent, float], kept: tuple[str, ...] | None) -> Segment:
    interpreter = PlainInterpreter(ToldClassifier(*ranked))
    (segment,) = interpreter.interpret(said, Context(now=NOW, zone=MADRID, kept=kept))
    return segment


def decided(said: str, *ranked: tuple[Intent, float]) -> Decision:
    """Return what is made of it where it is in doubt, and these reminders are there."""
    assert turns_on_names(heard(said, *ranked, kept=None).readings)
    return decide(heard(said, *ranked, kept=KEPT).readings)


@pytest.mark.parametrize(
    ("said", "intent", "target"),
    [
        ("already called mum", DONE, "call mum"),
        ("I took the pills", DONE, "pills"),
        ("washed up the dishes", DONE, "dishes"),
        ("watered all... no, watered the plants", DONE, None),
        ("I've been to the gym", DONE, "gym"),
    ],
)
def test_what_names_a_reminder_is_done_although_it_was_only_felt(said, intent, target):
    decision = decided(said, (intent, 0.5))
    if target is None:
        assert decision.verdict is not Verdict.ACT
    else:
        assert (decision.verdict, decision.readings[0].target) == (Verdict.ACT, target)


def test_a_reminder_that_is_named_goes_before_what_is_out_of_scope():
    decision = decided("already called mum", (Intent.OUT_OF_SCOPE, 0.5), (DONE, 0.35))
    assert (decision.verdict, decision.readings[0].intent) == (Verdict.ACT, DONE)


def test_a_calendar_that_nobody_keeps_yields_to_a_reminder_of_that_name():
    decision = decided("please move along the gym to 7pm", (Intent.MOVE_EVENT, 0.8))
    assert (decision.verdict, decision.readings[0].intent) == (Verdict.ACT, CHANGE)


@pytest.mark.parametrize(
    "said",
    [
        "the pills are here",
        "call mum",
        "will call mum later",
        "the gym called",
        "gym was great",
    ],
)
def test_a_name_alone_is_no_news(said):
    assert decide(heard(said, (DONE, 0.5), kept=KEPT).readings).verdict is not Verdict.ACT


@pytest.mark.parametrize(
    "said", ["pills taken", "the dishes are washed", "gym done", "my pills were taken at noon"]
)
def test_what_was_done_to_what_is_named_is_news(said):
    assert decide(heard(said, (DONE, 0.5), kept=KEPT).readings).verdict is Verdict.ACT


def test_what_is_cancelled_or_forgotten_without_being_sure_is_shown_with_its_name():
    for said, intent in (("no gym tomorrow", CANCEL), ("forget the gym", Intent.FORGET)):
        decision = decided(said, (intent, 0.7))
        assert (decision.verdict, decision.readings[0].intent) == (Verdict.CONFIRM, CANCEL)
        assert decision.readings[0].target == "gym"


def test_what_would_be_deleted_is_asked_about_with_its_name():
    for said in ("the gym is off", "gym was cancelled"):
        decision = decide(heard(said, (Intent.SMALL_TALK, 0.6), kept=KEPT).readings)
        assert (decision.verdict, decision.readings[0].target) == (Verdict.CONFIRM, "gym")


@pytest.mark.parametrize(
    "said",
    ["we moved to the kitchen", "I arrived at work", "I'm done with my life", "mum called"],
)
def test_what_names_no_reminder_is_no_news_of_one(said):
    assert decided(said, (DONE, 0.95)).verdict is Verdict.NOT_UNDERSTOOD


@pytest.mark.parametrize(
    "said", ["took care of it", "all sorted now", "that is sorted out now"]
)
def test_what_points_at_the_last_one_needs_no_name(said):
    assert decided(said, (DONE, 0.95)).verdict is Verdict.ACT


def test_a_task_that_sounds_like_deleting_is_a_task_where_no_reminder_is_named_so():
    decision = decided("drop the kids at school at 8")
    assert (decision.verdict, decision.readings[0].intent) == (
        Verdict.ACT,
        Intent.CREATE_REMINDER,
    )


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("I have not taken the pills", DONE),
        ("did you take the pills?", DONE),
        ("don't cancel the gym", CANCEL),
        ("cancel everything except the gym", CANCEL),
        ("I am so done with the dishes", DONE),
    ],
)
def test_a_name_does_not_speak_against_what_was_denied_or_asked(said, intent):
    decision = decide(heard(said, (intent, 0.9), kept=KEPT).readings)
    assert decision.verdict in (Verdict.WHICH_INTENT, Verdict.NOT_UNDERSTOOD)


@pytest.mark.parametrize(
    "said", ["cancel 2", "cancel the gym", "done", "remind me at 5 to leave", "list", "undo"]
)
def test_names_do_not_matter_to_what_is_sure(said):
    segment = heard(said, (Intent.OUT_OF_SCOPE, 0.9), kept=None)
    assert not turns_on_names(segment.readings)
    assert heard(said, (Intent.OUT_OF_SCOPE, 0.9), kept=KEPT) == segment


def test_names_do_not_matter_where_nothing_is_closed_or_changed():
    for intent in (
        set(Intent)
        - {CANCEL, CHANGE, DONE}
        - {*(Intent.CANCEL_EVENT, Intent.MOVE_EVENT, Intent.COMPLETE_TASK)}
    ):
        assert not turns_on_names([Interpretation(intent=intent, confidence=0.4)])
