"""Answers to open questions: a number, yes or no, never mind; and questions of one's zone."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option
from tests.ontology.dialogue.reading import asked, read, segments


def confirming() -> OpenQuestion:
    leave = Option(label="no", then=Interpretation(intent=Intent.NEVER_MIND))
    return OpenQuestion(options=(leave, leave), confirms=True)


@pytest.mark.parametrize(
    "said", ["yes", "Yes please", "ok", "sure", "yep!", "do it", "go ahead"]
)
def test_a_question_of_yes_and_no_is_answered_by_yes(said):
    chosen = Interpretation(intent=Intent.CHOOSE, choice=1)
    assert segments(said, confirming())[0].likeliest == chosen
    assert segments(said, asked(2))[0].likeliest != chosen


@pytest.mark.parametrize("said", ["no", "No thanks", "nope", "none of them", "neither"])
def test_any_question_is_left_by_no(said):
    left = Interpretation(intent=Intent.NEVER_MIND)
    assert segments(said, confirming())[0].likeliest == left
    assert segments(said, asked(3))[0].likeliest == left


def test_the_last_one_is_the_last_choice():
    last = Interpretation(intent=Intent.CHOOSE, choice=3)
    assert segments("the last one", asked(3))[0].likeliest == last


@pytest.mark.parametrize("said", ["never mind", "nevermind", "leave it", "forget about it"])
def test_a_person_may_leave_it(said):
    assert read(said) == Interpretation(intent=Intent.NEVER_MIND)


@pytest.mark.parametrize(
    "said", ["which timezone am I on?", "what's my time zone", "what time zone is set"]
)
def test_a_person_may_ask_for_their_zone(said):
    assert read(said) == Interpretation(intent=Intent.SET_ZONE)
