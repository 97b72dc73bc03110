"""Anything at all can be read: without failing, without hanging, in bounded time."""

from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.time.reading import Setting, read_time, read_times
from tests.ontology.time import (
    test_clocks,
    test_dates,
    test_holidays,
    test_lengths,
    test_spans,
    test_weekdays,
)
from tests.ontology.time.wednesday import NOW

TABLES = (test_clocks, test_dates, test_holidays, test_lengths, test_spans, test_weekdays)
SAID = sorted({word for table in TABLES for text, _ in table.CASES for word in text.split()})
ODD = ["", ",", "(", ")", "-", "/", "9" * 40, "0", "99:99"]
ODD += ["\u202e", "\x00", "é", "½", "\ud800"]
WORDS = st.lists(st.sampled_from(SAID + ODD), max_size=16).map(" ".join)
INSTANTS = st.datetimes(
    datetime.fromisoformat("1980-01-01"),
    datetime.fromisoformat("2150-01-01"),
    timezones=st.just(UTC),
)
LONGEST = 10_000
HOSTILE = (
    *("1 ", "1/1 ", "1:", "1-", "(", "x", "a ", "at 5 ", "1h ", "may ", "until ", "every "),
    *("the 1st and ", "2 days before ", "from 3 to ", "the day after ", "the week of "),
    *("9:00 - ", "early late ", "first monday of ", "2 weeks from ", "in the morning of "),
    *("twenty ", "half past ", "new year's "),
)


@settings(max_examples=400, deadline=None)
@given(WORDS, INSTANTS, st.booleans())
def test_any_mixture_of_words_of_time_is_read_without_failing(text, now, bare):
    for reading in read_times(text, Setting(now, "Europe/Madrid", bare_durations=bare)):
        said = (reading.schedule, reading.problem, reading.relation)
        assert sum(each is not None for each in said) == 1
        assert all(0 <= begin < end <= len(text) for begin, end in reading.spans)
        assert reading.end is None or reading.end.tzinfo is not None


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_any_text_is_read_without_failing(text):
    reading = read_time(text, Setting(NOW, "America/New_York", "en_US", bare_durations=True))
    if reading is not None:
        assert all(0 <= begin < end <= len(text) for begin, end in reading.spans)


@pytest.mark.parametrize("piece", HOSTILE)
def test_ten_thousand_hostile_characters_take_little_time(piece):
    text = (piece * LONGEST)[:LONGEST]
    took: list[float] = []
    for _ in range(3):
        began = process_time()
        read_time(text, Setting(NOW, "UTC"))
        took.append(process_time() - began)
    assert min(took) < 0.05
