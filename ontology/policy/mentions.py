"""Which word of a person's list a matter speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from ontology.policy.concepts import Matter
from ontology.reminders.matching import words_of

_words = lru_cache(maxsize=4096)(words_of)


def mentioned(listed: Iterable[str], matter: Matter) -> str | None:
    """Return the first of these words or phrases that stands in a matter's text or people.

    Whole words count, in their order, in upper and lower case alike.
    """
    told = [words_of(text) for text in (matter.text, *matter.people)] if listed else []
    for phrase in listed:
        if any(_within(_words(phrase), words) for words in told):
            return phrase
    return None


def _within(phrase: Sequence[str], words: Sequence[str]) -> bool:
    length = len(phrase)
    if not length:
        return False
    return any(words[at : at + length] == phrase for at in range(len(words) - length + 1))
