"""What reads people's words."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ontology.dialogue.ports import BatchInterpreter, IntentClassifier


def interpreter() -> BatchInterpreter:
    """Return what reads people's words: the same for the planner and for those who try it."""
    from ontology.dialogue.interpreter import PlainInterpreter

    return PlainInterpreter(classifier())


def classifier() -> IntentClassifier:
    """Return what ranks intents where no rule reads a text.

    What it learns follows from our own utterances only and may be deleted at any time: it is
    kept in the user's cache, for all homes.
    """
    from platformdirs import user_cache_path

    from gateways.intents.classifier import LearntClassifier

    cache = user_cache_path("steward", appauthor=False)
    with suppress(OSError):
        cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LearntClassifier(cache)
