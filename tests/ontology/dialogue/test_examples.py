"""The examples that people are shown mean what they promise, and the page lists them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.dialogue.concepts import Context, Intent
from ontology.dialogue.examples import TOPICS, Example, help_text
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.not_yet import NOT_YET
from tests.documentation import WHAT_TO_SAY, what_to_say

EXAMPLES = [example for topic in TOPICS for example in topic.examples]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.say)
def test_every_example_is_read_as_promised(example: Example):
    context = Context(now=datetime(2026, 11, 20, 11, tzinfo=UTC), zone="Europe/Madrid")
    (segment,) = PlainInterpreter().interpret(example.say, context)
    (reading,) = segment.readings
    assert reading.intent is example.intent
    assert reading.problem is None
    assert reading.confidence == 1


def test_there_is_an_example_for_all_that_people_ask_for():
    shown = {example.intent for example in EXAMPLES}
    manners = {Intent.GREETING, Intent.THANKS, Intent.SMALL_TALK, Intent.LEAVE_IT}
    without = {Intent.CHOOSE, Intent.OUT_OF_SCOPE, Intent.UNKNOWN}
    assert shown == set(Intent) - manners - without - set(NOT_YET)


def test_help_is_short_and_made_of_examples():
    text = help_text()
    assert len(text) < 800
    assert text.count("\n") < 10
    assert all(topic.examples[0].say in text for topic in TOPICS[:-1])


def test_the_page_of_what_to_say_is_current():
    assert WHAT_TO_SAY.read_text(encoding="utf-8") == what_to_say()
