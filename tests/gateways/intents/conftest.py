"""A classifier over hashed n-grams and a few utterances, quick to learn."""

from __future__ import annotations

import shutil

import pytest

FEW = 6
"""Lines of each intent."""


@pytest.fixture(scope="session")
def lesson():
    from gateways.intents.utterances import all_utterances, taught

    by_intent: dict[str, list[object]] = {}
    for said in taught(all_utterances()):
        by_intent.setdefault(said.intent, []).append(said)
    return tuple(said for lines in by_intent.values() for said in lines[:FEW])


@pytest.fixture(scope="session")
def embedder():
    from gateways.embeddings.hashed import HashedGrams

    return HashedGrams()


@pytest.fixture
def short_lesson(lesson, monkeypatch):
    """Let a classifier find only this lesson in the files of utterances."""
    from gateways.intents import utterances

    monkeypatch.setattr(utterances, "all_utterances", lambda: lesson)
    monkeypatch.setattr(utterances, "taught", lambda said: said)
    return lesson


@pytest.fixture(scope="session")
def learnt(tmp_path_factory, lesson, embedder):
    """The directory in which a classifier keeps what this lesson taught it."""
    from gateways.intents import utterances
    from gateways.intents.classifier import LearntClassifier

    directory = tmp_path_factory.mktemp("learnt")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(utterances, "all_utterances", lambda: lesson)
        patch.setattr(utterances, "taught", lambda said: said)
        LearntClassifier(directory, embedder).prepare()
    return directory


@pytest.fixture
def kept(tmp_path, learnt, short_lesson, embedder):
    """A classifier that found its model in the temporary directory of the test."""
    from gateways.intents.classifier import FILE, LearntClassifier

    shutil.copy(learnt / FILE, tmp_path)
    classifier = LearntClassifier(tmp_path, embedder)
    classifier.prepare()
    return classifier
