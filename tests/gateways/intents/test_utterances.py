"""The utterances are many, all different, and a tenth of them is never learnt."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from gateways.intents.utterances import all_utterances, held_out, taught
from ontology.dialogue.concepts import Intent

BY_RULES_ALONE = {
    *(Intent.CHOOSE, Intent.NEVER_MIND, Intent.SHOW_MORE, Intent.UNKNOWN),
    Intent.PAUSE_REMINDER,
}
FEWEST = 80
FOREIGN = Path(__file__).parents[2] / "benchmarks" / "foreign.txt"


def alike(text: str) -> str:
    """Return a text as it is compared: without case, marks and doubled spaces."""
    return re.sub(r"[\W_]+", " ", text.lower()).strip() or text


@pytest.mark.parametrize("intent", sorted(set(Intent) - BY_RULES_ALONE))
def test_an_intent_has_many_utterances_and_some_of_them_are_held_out(intent):
    lines = [said for said in all_utterances() if said.intent is intent]

    assert len(lines) >= FEWEST
    assert len(held_out(lines)) >= 4
    assert len(taught(lines)) >= 0.8 * len(lines)


def test_what_only_rules_can_tell_has_none():
    assert not BY_RULES_ALONE & {said.intent for said in all_utterances()}


def test_no_utterance_is_said_twice_not_even_for_another_intent():
    lines = Counter(alike(said.text) for said in all_utterances())

    assert [line for line, count in lines.items() if count > 1] == []


def test_a_line_is_a_plain_request_without_stray_space():
    stray = [said.text for said in all_utterances() if said.text != said.text.strip()]
    long = [said.text for said in all_utterances() if not 0 < len(said.text) <= 200]

    assert stray == []
    assert long == []


def test_each_line_is_either_taught_or_held_out():
    lines = all_utterances()

    assert set(taught(lines)) | set(held_out(lines)) == set(lines)
    assert not set(taught(lines)) & set(held_out(lines))
    assert 0.08 < len(held_out(lines)) / len(lines) < 0.12


def test_the_foreign_lines_of_the_bench_are_not_among_what_is_taught():
    known = {alike(said.text) for said in all_utterances()}

    assert not known & {alike(line) for line in FOREIGN.read_text().splitlines()}
