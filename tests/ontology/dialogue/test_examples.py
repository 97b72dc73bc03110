"""The examples that people are shown mean what they promise, and the page lists them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.dialogue.concepts import Context, Intent
from ontology.dialogue.deciding import Verdict, decide
from ontology.dialogue.examples import LATER, TOPICS, Example, help_text
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.not_yet import NOT_YET
from tests.documentation import PAGE, page

EXAMPLES = [example for topic in TOPICS for example in topic.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.say)
def test_every_example_is_read_as_promised(example: Example):
    context = Context(now=datetime(2026, 11, 20, 11, tzinfo=UTC), zone="Europe/Madrid")
    for segment in PlainInterpreter().interpret(example.say, context):
        assert segment.likeliest.intent is example.intent
        assert segment.likeliest.problem is None
        assert segment.likeliest.confidence == 1
        assert decide(segment.readings).verdict is Verdict.ACT


@pytest.mark.parametrize("example", LATER.examples, ids=lambda example: example.say)
def test_what_cannot_be_done_yet_is_read_as_such(example: Example):
    context = Context(now=datetime(2026, 11, 20, 11, tzinfo=UTC), zone="Europe/Madrid")
    (segment,) = PlainInterpreter().interpret(example.say, context)
    assert segment.likeliest.intent is example.intent
    assert segment.likeliest.problem is None


def test_there_is_an_example_for_all_that_people_ask_for():
    shown = {example.intent for example in EXAMPLES}
    manners = {Intent.GREETING, Intent.THANKS, Intent.SMALL_TALK, Intent.NEVER_MIND}
    without = {Intent.CHOOSE, Intent.OUT_OF_SCOPE, Intent.UNKNOWN}
    assert shown == set(Intent) - manners - without - set(NOT_YET)
    assert {example.intent for example in LATER.examples} == set(NOT_YET)


def test_help_is_short_and_made_of_examples():
    text = help_text()
    assert len(text) < 900
    assert text.count("\n") < 10
    assert all(topic.examples[0].say in text for topic in TOPICS[:-1])


def test_the_page_of_what_can_be_said_is_current():
    assert PAGE.read_text(encoding="utf-8") == page()
