from __future__ import annotations

import json
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ontology.acl import Agreed, Content, NotUnderstood, Performative, Unexpected
from ontology.dialogue.acts import DIALOGUE, Reply
from ontology.directory.acts import DIRECTORY, Registered
from ontology.errors import ForeignContent
from ontology.reminders.acts import REMINDERS, EmptyText, NothingFound
from ontology.vocabularies import VOCABULARIES
from ontology.vocabulary import COMMON_WORDS
from tests.ontology.words import EVERY_WORD, spoken, words_of

EACH_WORD = pytest.mark.parametrize(
    ("vocabulary", "word"),
    EVERY_WORD,
    ids=[f"{vocabulary.name}, {word.__name__}" for vocabulary, word in EVERY_WORD],
)


@EACH_WORD
def test_whatever_a_word_can_say_is_read_as_it_was_written(vocabulary, word):
    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(spoken(word))
    def reads_as_written(content):
        assert vocabulary.decode(vocabulary.encode(content)) == content

    reads_as_written()


@EACH_WORD
def test_every_word_is_known_by_its_class_name_in_lower_case_with_hyphens(vocabulary, word):
    name = re.sub(r"(?<!^)(?=[A-Z])", "-", word.__name__).lower()

    assert word.model_fields["act"].default == name
    assert name in vocabulary


@pytest.mark.parametrize("vocabulary", VOCABULARIES.values(), ids=VOCABULARIES.keys())
def test_every_vocabulary_holds_the_words_that_any_conversation_may_need(vocabulary):
    assert set(COMMON_WORDS) <= set(words_of(vocabulary))


def test_no_two_words_of_the_platform_share_a_name():
    own = [
        word.model_fields["act"].default
        for vocabulary, word in EVERY_WORD
        if word not in COMMON_WORDS
    ]

    assert len(own) == len(set(own))


def test_a_word_of_another_vocabulary_is_not_written():
    with pytest.raises(ForeignContent, match="'registered' is not a word of 'dialogue'"):
        DIALOGUE.encode(Registered())


def test_a_stranger_that_borrows_the_name_of_a_word_is_not_written():
    class Impostor(Content):
        act: str = "reply"
        secret: str = "for another's ears"

    with pytest.raises(ForeignContent):
        DIALOGUE.encode(Impostor())


def complaint_about(text: str) -> str:
    with pytest.raises(NotUnderstood) as no:
        DIALOGUE.decode(text)
    assert no.value.performative is Performative.NOT_UNDERSTOOD
    # The complaint itself can be said in the same vocabulary.
    assert DIALOGUE.decode(DIALOGUE.encode(no.value.reason)) == no.value.reason
    complaint = no.value.reason.model_dump()["complaint"]
    assert isinstance(complaint, str)
    return complaint


def test_a_word_that_is_not_in_the_vocabulary_is_not_understood():
    assert complaint_about('{"act": "sing"}') == "'sing' is not a word of 'dialogue'"


def test_a_word_of_another_vocabulary_is_not_understood():
    assert "not a word of 'dialogue'" in complaint_about(DIRECTORY.encode(Registered()))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "null",
        "7",
        "[]",
        '"reply"',
        "{}",
        '{"act": null}',
        '{"act": 7}',
        '{"act": ["reply"]}',
        '{"act": "reply"}',
        '{"act": "reply", "text": 7}',
        '{"act": "reply", "text": "hello", "spell": "abracadabra"}',
        '{"act": "\\ud800"}',
        "remind me tomorrow",
        "\x00",
    ],
)
def test_what_does_not_fit_a_word_is_not_understood_and_the_complaint_says_why(text):
    assert complaint_about(text)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.text())
def test_no_text_at_all_raises_anything_but_not_understood(text):
    with pytest.raises(NotUnderstood):
        REMINDERS.decode(text)


@pytest.mark.parametrize("depth", [50, 5_000, 500_000])
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_deep_nesting_is_not_understood_and_breaks_nothing(depth, opened, closed):
    nested = opened * depth + ("1" if opened != "[" else "") + closed * depth

    assert complaint_about(f'{{"act": "reply", "text": {nested}}}')
    assert complaint_about(nested)


@pytest.mark.parametrize(
    "hostile", ["x" * 100_000, "\N{PILE OF POO}" * 50_000], ids=["x", "poo"]
)
def test_a_complaint_is_short_however_long_what_it_complains_about(hostile):
    assert len(complaint_about(json.dumps({"act": hostile}))) < 1_000
    assert len(complaint_about(json.dumps({"act": "reply", "text": [hostile]}))) < 1_000
    assert len(complaint_about(json.dumps({"act": "reply", hostile: 1}))) < 1_000


def test_what_is_not_given_is_not_written():
    assert json.loads(REMINDERS.encode(NothingFound())) == {"act": "nothing-found"}


def test_every_content_knows_what_it_is_about_and_most_is_about_nothing():
    assert Agreed().about() == Unexpected().about() == Reply(text="yes").about() == ()
    assert EmptyText().about() == ()


def test_content_cannot_be_changed_once_it_is_made():
    with pytest.raises(ValueError, match="frozen"):
        Reply(text="yes").text = "no"
