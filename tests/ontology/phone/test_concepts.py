"""What a call is about, as a part of a path."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.notifications.concepts import Acknowledgement
from ontology.phone.concepts import KEYS, MOST_AT_ONCE, REPEAT, SAID_BY_KEY, About
from ontology.phone.wording import LONGEST_SPOKEN, say_call, shortened

ids = st.lists(st.uuids(), min_size=1, max_size=MOST_AT_ONCE).map(tuple)


@given(st.uuids(), st.integers(0, 999), ids)
def test_what_is_written_reads_the_same(person, step, notifications):
    about = About(person, step, notifications)
    assert About.read(*str(about).split("/")) == about


@pytest.mark.parametrize(
    ("person", "step", "written"),
    [
        ("ada", "1", UUID(int=1).hex),
        (UUID(int=1).hex, "-1", UUID(int=1).hex),
        (UUID(int=1).hex, "one", UUID(int=1).hex),
        (UUID(int=1).hex, "1", ""),
        (UUID(int=1).hex, "1", "-".join([UUID(int=1).hex] * (MOST_AT_ONCE + 1))),
    ],
)
def test_anything_else_is_no_subject(person, step, written):
    with pytest.raises(ValueError):
        About.read(person, step, written)


def test_every_key_that_answers_can_be_said_too():
    assert KEYS.keys() | {REPEAT} == SAID_BY_KEY.keys()
    assert KEYS["1"].answer is Acknowledgement.DONE


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_what_is_spoken_names_us_and_the_keys_and_is_bounded(texts):
    said = say_call(texts)
    assert "Steward" in said
    assert "Press 1" in said
    assert len(said) < 300 + len(texts) * (LONGEST_SPOKEN + 10)


@given(st.text(), st.integers(1, 50))
def test_a_shortened_text_is_short(text, most):
    assert len(shortened(text, most)) <= most
