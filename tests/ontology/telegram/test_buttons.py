from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.notifications.concepts import Acknowledgement
from ontology.telegram.buttons import Choice, buttons_of, read_choice
from ontology.telegram.concepts import Place
from ontology.telegram.wording import without_slash

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


def choices(id_, step) -> list[Any]:
    """What comes back of each button."""
    return [read_choice(button.data) for button in buttons_of(id_, step)]


@given(st.uuids(), st.integers(min_value=0, max_value=9999))
def test_what_comes_back_names_the_notification_and_the_step(id_, step):
    done, ten, hour = choices(id_, step)

    assert done == Choice(id_, step, None)
    assert (ten.minutes, hour.minutes) == (10, 60)
    assert all(len(button.data.encode()) <= 64 for button in buttons_of(id_, step))


def test_a_button_is_an_answer():
    done, ten, _ = choices(uuid4(), 0)

    assert (done.answer, done.until(AT)) == (Acknowledgement.DONE, None)
    assert (ten.answer, ten.until(AT)) == (
        Acknowledgement.SNOOZE,
        AT + timedelta(minutes=10),
    )


@given(st.text(max_size=80))
def test_no_data_breaks_the_reader(data):
    read_choice(data)
    read_choice(f"n.{data}.0.d")


def test_what_is_no_button_of_ours_is_none():
    good = buttons_of(UUID(int=1), 0)[0].data

    for data in ("", "d", good + "x", good.replace(".0.", ".-1."), good.replace(".d", ".99")):
        assert read_choice(data) is None


@pytest.mark.parametrize("reference", [None, "", "1", "1/", "/1", "a/b", "1/2/3", "call 1"])
def test_what_is_no_place_is_none(reference):
    assert Place.of(reference) is None


def test_a_place_is_read_back():
    assert Place.of(str(Place(-100, 7))) == Place(-100, 7)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/start", "hello"),
        ("/start 123456", "123456"),
        ("/start@steward_bot", "hello"),
        ("/help", "help"),
        ("/what_did_i_miss", "what did i miss"),
        ("/remind me in 1 minute", "remind me in 1 minute"),
        ("remind me /start", "remind me /start"),
        ("/", "/"),
        ("/etc/passwd", "/etc/passwd"),
        ("", ""),
    ],
)
def test_a_command_is_read_as_words(typed, meant):
    assert without_slash(typed) == meant
