"""Which word of a person's list a matter speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TypeAlias

from ontology.policy.concepts import Matter
from ontology.reminders.matching import words_of

Said: TypeAlias = Sequence[Sequence[str]]
"""The words of each text that belongs to a matter."""

_words = lru_cache(maxsize=4096)(words_of)


def said_of(matter: Matter) -> Said:
    """Return the words of a matter's text, and of each of its people."""
    return [words_of(text) for text in (matter.text, *matter.people)]


def mentioned(listed: Iterable[str], said: Said) -> str | None:
    """Return the first of these words or phrases that was said.

    Whole words count, in their order, in upper and lower case alike.
    """
    for phrase in listed:
        sought = _words(phrase)
        if any(_within(sought, words) for words in said):
            return phrase
    return None


def _within(phrase: Sequence[str], words: Sequence[str]) -> bool:
    if not phrase or phrase[0] not in words:
        return False
    length = len(phrase)
    return any(words[at : at + length] == phrase for at in range(len(words) - length + 1))
