from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.policy.concepts import Preferences, QuietRange, WeekendRule
from ontology.policy.merging import ever_speaks, merged
from tests.ontology.policy.situations import NIGHT, quiet

WEEKDAYS = frozenset(range(5))
hours = st.integers(0, 23).map(time)
ranges = st.lists(
    st.builds(
        QuietRange, start=hours, end=hours, days=st.frozensets(st.integers(0, 6), min_size=1)
    ),
    max_size=4,
)


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ([], []),
        ([NIGHT], [NIGHT]),
        ([NIGHT, NIGHT], [NIGHT]),
        ([quiet("23:00", "06:00"), NIGHT], [NIGHT]),
        ([quiet("22:00", "01:00"), quiet("01:00", "07:00")], [NIGHT]),
        ([NIGHT, quiet("13:00", "14:00")], [quiet("13:00", "14:00"), NIGHT]),
        ([quiet("22:00", "07:00", WEEKDAYS), quiet("22:00", "07:00", {5, 6})], [NIGHT]),
        ([quiet("22:00:59", "07:00:30")], [NIGHT]),
        # Friday evening to Sunday morning is said day by day.
        (
            [
                quiet("22:00", "00:00", {4}),
                quiet("00:00", "00:00", {5}),
                quiet("00:00", "07:00", {6}),
            ],
            [
                quiet("00:00", "00:00", {5}),
                quiet("00:00", "07:00", {6}),
                quiet("22:00", "00:00", {4}),
            ],
        ),
        # Over the end of the week.
        (
            [quiet("22:00", "02:00", {6}), quiet("01:00", "03:00", {0})],
            [quiet("22:00", "03:00", {6})],
        ),
    ],
)
def test_ranges_that_overlap_or_meet_are_one(said, kept):
    assert merged(said) == tuple(kept)


@given(ranges)
def test_joining_changes_no_minute_and_joins_all_there_is_to_join(said):
    once = merged(said)

    assert merged(once) == once
    assert ever_speaks(Preferences(quiet=once)) == ever_speaks(Preferences(quiet=tuple(said)))


@pytest.mark.parametrize(
    ("ranges", "weekend", "speaks"),
    [
        ([NIGHT], WeekendRule.SILENT, True),
        ([quiet("00:00", "00:00")], WeekendRule.NORMAL, False),
        ([quiet("00:00", "00:00", WEEKDAYS)], WeekendRule.EMAIL_ONLY, True),
        ([quiet("00:00", "00:00", WEEKDAYS)], WeekendRule.SILENT, False),
        ([NIGHT, quiet("07:00", "22:00", WEEKDAYS)], WeekendRule.SILENT, False),
        ([NIGHT, quiet("07:00", "21:59", WEEKDAYS)], WeekendRule.SILENT, True),
    ],
)
def test_a_week_without_a_free_minute_is_found(ranges, weekend, speaks):
    assert ever_speaks(Preferences(quiet=tuple(ranges), weekend=weekend)) == speaks
