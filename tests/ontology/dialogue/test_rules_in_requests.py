"""Of what is said of a rule, nothing remains in the text of the reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ontology.dialogue.concepts import Context
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.time.concepts import Schedule
from ontology.time.recurrence import next_after
from ontology.time.words import say_rule
from tests.ontology.dialogue.reading import MADRID, NOW
from tests.ontology.time.test_round_trip import is_kept, is_read_as, rules

INTERPRETER = PlainInterpreter()


@pytest.mark.parametrize(
    "carrier",
    ["remind me to water the plants {}", "{} remind me to water the plants"],
)
@settings(max_examples=100, deadline=None)
@given(rule=rules, minutes=st.integers(-400 * 1440, 400 * 1440))
def test_nothing_of_a_rule_remains_in_the_task(carrier, rule, minutes):
    begin = (NOW + timedelta(minutes=minutes)).replace(second=0, tzinfo=None)
    of = Schedule(zone=MADRID, start=begin, rule=rule)
    assume(is_kept(of) and next_after(of, NOW) is not None)
    words = say_rule(of, NOW)
    assume(is_read_as(words, of, NOW))
    said = carrier.format(words)
    segments = INTERPRETER.interpret(said, Context(now=NOW, zone=MADRID))
    assert [each.likeliest.text for each in segments] == ["water the plants"], said
    assert segments[0].likeliest.left_over == (), said
