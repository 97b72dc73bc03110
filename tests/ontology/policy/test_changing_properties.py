"""Whatever is said, in whatever order: preferences stay such that a person can be told."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.errors import ImpossiblePreference
from ontology.policy import limits
from ontology.policy.acts import ChangePreferences
from ontology.policy.changing import apply
from ontology.policy.concepts import Preferences
from ontology.policy.merging import ever_speaks
from ontology.policy.wording import describe, say_change
from tests.ontology.policy.situations import CALL, MADRID, NOON
from tests.ontology.words import spoken

changes = spoken(ChangePreferences).map(lambda act: act.change)
WORDS = ("urgent_words", "vip", "internal", "ring_anyway")


@settings(max_examples=150)
@given(st.lists(changes, max_size=12))
def test_no_series_of_changes_makes_preferences_that_cannot_be(series):
    preferences = Preferences()
    for change in series:
        with suppress(ImpossiblePreference):
            preferences = apply(change, preferences, NOON, "es_ES")
            assert "\n" not in say_change(change, preferences, MADRID)

    assert ever_speaks(preferences)
    assert preferences.channels
    assert preferences.most_calls or CALL not in preferences.channels
    assert len(set(preferences.channels)) == len(preferences.channels)
    assert len(preferences.quiet) <= limits.MOST_RANGES
    for name in WORDS:
        assert len(getattr(preferences, name)) <= limits.MOST_WORDS
    assert Preferences.model_validate_json(preferences.model_dump_json()) == preferences
    assert all("\n" not in line for line in describe(preferences, MADRID, NOON))
