from collections import Counter
from uuid import uuid4

import pytest

from ontology.people.codes import Code, digest_of, digits_of, is_same, read_code

KEY = b"a key for tests"


def code(**more):
    return Code(**{"id": uuid4(), "person_id": uuid4(), "scheme": "telegram", **more})


def test_a_code_is_six_digits_and_the_same_however_often_it_is_made():
    one = code()

    assert digits_of(one, KEY) == digits_of(one, KEY)
    assert len(digits_of(one, KEY)) == 6
    assert digits_of(one, KEY).isdigit()


def test_codes_are_spread_over_all_digits():
    drawn = Counter("".join(digits_of(code(), KEY) for _ in range(2000)))

    assert all(1000 < drawn[digit] < 1400 for digit in "0123456789")


def test_without_the_key_neither_digits_nor_digest_can_be_made():
    one = code()

    assert digits_of(one, KEY) != digits_of(one, b"another key")
    assert digest_of("123456", KEY) != digest_of("123456", b"another key")
    assert b"123456" not in digest_of("123456", KEY)
    assert is_same(digest_of("123456", KEY), digest_of("123456", KEY))
    assert not is_same(digest_of("123456", KEY), digest_of("123457", KEY))


@pytest.mark.parametrize("typed", ["123456", " 123456\n", "123 456", "123-456"])
def test_a_code_is_read_however_it_is_typed(typed):
    assert read_code(typed) == "123456"


@pytest.mark.parametrize(
    "typed", ["", "12345", "1234567", "code 123456", "12 34 56", "١٢٣٤٥٦", "12345a", "1.2345"]
)
def test_what_is_more_or_less_than_a_code_is_none(typed):
    assert read_code(typed) is None
