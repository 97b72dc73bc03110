"""A classifier over hashed n-grams and a few utterances, quick to learn."""

from __future__ import annotations

import pytest

FEW = 12
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
