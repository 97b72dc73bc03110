"""Intents are ranked with honest probabilities; what is foreign is said to be."""

from __future__ import annotations

import threading

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateways.intents import utterances
from gateways.intents.classifier import LearntClassifier
from ontology.dialogue.concepts import Intent

HOSTILE = ["", " ", "\x00", "\ud800", "😀" * 500, "a" * 100_000, "remind me " * 20_000]


@pytest.fixture(scope="session")
def quick(learnt, lesson, embedder):
    """A classifier that has learnt a short lesson."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utterances, "all_utterances", lambda: lesson)
        patch.setattr(utterances, "taught", lambda said: said)
        classifier = LearntClassifier(learnt, embedder)
        classifier.prepare()
    return classifier


@pytest.mark.parametrize("text", [*HOSTILE, "remind me to call mum at 6"])
def test_every_text_gets_all_intents_likeliest_first(quick, lesson, text):
    (ranked,) = quick.classify([text])
    chances = [one.probability for one in ranked]

    assert {one.intent for one in ranked} == {s.intent for s in lesson} | {Intent.UNKNOWN}
    assert chances == sorted(chances, reverse=True)
    assert sum(chances) == pytest.approx(1, abs=1e-4)
    assert all(0 <= chance <= 1 for chance in chances)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.text())
def test_no_text_raises(quick, text):
    assert quick.classify([text])[0]


def test_what_was_taught_is_known(quick, lesson):
    ranked = quick.classify([said.text for said in lesson])
    right = [
        first.intent is said.intent for (first, *_), said in zip(ranked, lesson, strict=True)
    ]

    assert sum(right) / len(right) > 0.95


def test_what_is_far_from_all_that_was_taught_is_unknown(quick):
    assert quick.classify(["vzkrt plömpf 漢字 qqq"])[0][0].intent is Intent.UNKNOWN


def test_making_a_classifier_does_nothing(tmp_path):
    LearntClassifier(tmp_path / "absent")

    assert list(tmp_path.iterdir()) == []


def test_threads_that_ask_at_once_get_the_same_answer(tmp_path, short_lesson, embedder):
    classifier = LearntClassifier(tmp_path, embedder)
    answers = []
    threads = [
        threading.Thread(target=lambda: answers.append(classifier.classify(["snooze"])))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert answers == [classifier.classify(["snooze"])] * 4
