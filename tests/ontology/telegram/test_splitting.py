import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.telegram.splitting import LONGEST, split, units


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", [""]),
        ("short", ["short"]),
        ("one two three", ["one two", "three"]),
        ("first.\nsecond", ["first.", "second"]),
        ("a b c\n\nd e f", ["a b c", "d e f"]),
        ("Go now. Then rest", ["Go now.", "Then rest"]),
        ("abcdefghijklm", ["abcdefghij", "klm"]),
        ("x\naaaaaaaa bbb", ["x\naaaaaaaa", "bbb"]),
    ],
)
def test_a_text_is_cut_where_it_can_be_read(text, pieces):
    assert split(text, 10) == pieces


def test_what_is_one_character_to_a_reader_stays_whole():
    family, flagged = "👩\u200d👩\u200d👧", "é" * 3

    assert split(f"12345{family}", 10) == ["12345", family]
    assert split("123456789e\u0301x", 10) == ["123456789", "e\u0301x"]
    assert split(flagged, 10) == [flagged]


def test_a_message_that_just_fits_is_left_whole():
    assert split("x" * LONGEST) == ["x" * LONGEST]
    assert split("😀" * (LONGEST // 2)) == ["😀" * (LONGEST // 2)]
    assert len(split("😀" * (LONGEST // 2 + 1))) == 2


@given(st.text(max_size=400), st.integers(min_value=4, max_value=40))
def test_every_piece_fits_and_nothing_but_blanks_is_lost(text, longest):
    pieces = split(text, longest)

    assert all(units(piece) <= longest for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())


@given(st.text())
def test_units_are_those_of_utf_16(text):
    assert units(text) == len(text.encode("utf-16-le", "surrogatepass")) // 2
