from __future__ import annotations

import pytest

from ontology.reminders.matching import holds, number_in, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Call the BANK", ("call", "the", "bank")),
        ("  ", ()),
        ("", ()),
        ("⏰", ("⏰",)),
        ("café-au-lait", ("café", "au", "lait")),
        ("ＦＵＬＬ ｗｉｄｔｈ", ("full", "width")),
        ("Straße", ("strasse",)),
    ],
)
def test_a_text_is_its_words_in_lower_case(text, words):
    assert words_of(text) == words


@pytest.mark.parametrize(
    ("said", "number"),
    [("3", 3), ("#3", 3), (" 12 ", 12), ("three", None), ("3 cats", None), ("", None),
     ("-3", None), ("3.5", None), ("1234567890", None)],
)  # fmt: skip
def test_a_number_alone_is_the_number_of_a_reminder(said, number):
    assert number_in(said) == number


@pytest.mark.parametrize(
    ("text", "words", "meant"),
    [
        ("call the bank", "bank", True),
        ("call the bank", "Bank call", True),
        ("call the bank", "ban", True),
        ("call the bank", "the", True),
        ("call the bank", "ank", False),
        ("call the bank", "bank mum", False),
        ("call the bank", "", False),
        ("call the bank", "  ", False),
        ("💊", "💊", True),
        ("take 💊", "pills", False),
    ],
)
def test_words_mean_a_text_when_each_begins_one_of_its_words(text, words, meant):
    assert holds(text, words) is meant
