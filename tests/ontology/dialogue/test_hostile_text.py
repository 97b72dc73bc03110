"""Whatever is typed is read, soon, and to something that can be answered."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.dialogue.concepts import Intent, Problem
from tests.ontology.dialogue.reading import asked, segments

HOSTILE = {
    "a long text": "remind me at 5pm to " + "call mum " * 12_000,
    "one word": "x" * 100_000,
    "spaces": "a" + " " * 100_000 + "b",
    "digits": "9" * 100_000,
    "a long number": "in " + "9" * 3_000 + " minutes",
    "brackets": "(" * 50_000 + ")" * 50_000,
    "control characters": "remind me\x00 at\x07 5pm to\x1b[31m call\x9f" * 1_000,
    "right to left": "\u202eremind me tomorrow to call\u202c\u2066" * 1_000,
    "lone surrogates": "remind me at 5pm to \ud800\udfff",
    "letters that grow": "İ" * 500 + " remind me at 5pm to call İpek",
    "days without end": "every monday and " * 6_000,
    "clocks without end": "at 5 and " * 10_000,
    "lengths without end": "1 hour and " * 10_000,
    "dates without end": "the 1st and " * 10_000,
    "requests without end": "set me " * 10_000,
    "marks": "?.,;:!" * 10_000,
    "politeness": "please " * 10_000,
    "questions": "? " * 50_000,
    "names": "mark it as " * 10_000,
    "reasons": "why did you " * 10_000,
    "changes": "change it to " * 10_000,
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_quickly_or_not_at_all(said):
    took: list[float] = []
    for _ in range(3):
        began = process_time()
        segments(said)
        took.append(process_time() - began)
    assert min(took) < 0.05


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.integers(0, 9))
def test_whatever_is_typed_is_answered(text, options):
    reading = segments(text, asked(options))[0].likeliest
    if reading.intent in (Intent.CREATE_REMINDER, Intent.SNOOZE):
        assert reading.schedule is not None or reading.problem is not None
        if reading.schedule is not None:
            assert reading.problem in (None, Problem.NO_TEXT)


PIECES = st.sampled_from(
    [
        *(
            "remind me",
            "to",
            "call mum",
            "tomorrow",
            "at 9",
            "every day",
            "cancel",
            "the dentist",
        ),
        *(
            "change",
            "move it",
            "to 5pm",
            "snooze",
            "15m",
            "until",
            "monday",
            "done",
            "with",
            "2",
        ),
        *("why", "rename", "as", "reminder:", "please", "hey", "list", "my", "time zone", "is"),
        *("Berlin", "?", "!", ",", "in", "5 minutes", "30 february", "it", "again", "later"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=10).map(" ".join), st.integers(0, 3))
def test_any_mixture_of_requests_is_answered(text, options):
    reading = segments(text, asked(options))[0].likeliest
    if reading.intent in (Intent.CREATE_REMINDER, Intent.SNOOZE):
        assert reading.schedule is not None or reading.problem is not None
        if reading.schedule is not None:
            assert reading.problem in (None, Problem.NO_TEXT)
    if reading.intent is Intent.CREATE_REMINDER and reading.problem is None:
        assert reading.text
