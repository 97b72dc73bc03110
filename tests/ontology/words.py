"""Instances of every word of every vocabulary, made by hypothesis from the words' own types."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from hypothesis import strategies as st
from pydantic import AwareDatetime

from ontology.acl import Content
from ontology.dialogue.concepts import Interpretation
from ontology.notifications.acts import DeliveryBid
from ontology.policy.concepts import QuietRange
from ontology.time.concepts import Schedule
from ontology.vocabularies import VOCABULARIES
from ontology.vocabulary import Vocabulary

INSTANTS = st.datetimes(timezones=st.just(UTC))
SECONDS = st.floats(allow_nan=False, allow_infinity=False)

st.register_type_strategy(AwareDatetime, INSTANTS)
st.register_type_strategy(
    Schedule,
    st.builds(
        Schedule,
        zone=st.sampled_from(["UTC", "Europe/Madrid", "Pacific/Chatham"]),
        start=st.datetimes(),
        fold=st.integers(0, 1),
    ),
)
st.register_type_strategy(Interpretation, st.builds(Interpretation, confidence=st.floats(0, 1)))
st.register_type_strategy(
    DeliveryBid, st.builds(DeliveryBid, expected_delay=SECONDS, cost=SECONDS)
)
st.register_type_strategy(
    QuietRange,
    st.builds(
        QuietRange,
        start=st.times(),
        end=st.times(),
        days=st.frozensets(st.integers(0, 6), min_size=1),
    ),
)


def words_of(vocabulary: Vocabulary) -> list[type[Content]]:
    """All that may be said in it."""
    return list(vocabulary._words.values())


EVERY_WORD: list[tuple[Vocabulary, type[Content]]] = [
    (vocabulary, word) for vocabulary in VOCABULARIES.values() for word in words_of(vocabulary)
]


def spoken(word: type[Content]) -> st.SearchStrategy[Any]:
    """Anything this word can say."""
    return st.from_type(word)
