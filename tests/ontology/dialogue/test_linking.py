"""Addresses of one's own: linked, proved by a code, and let go."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Problem
from ontology.dialogue.slots import Linking
from tests.ontology.dialogue.reading import asked, read


def linking(said, question=None):
    reading = read(said, question)
    assert reading.linking is None or reading.intent is Intent.SET_CHANNEL
    return reading.linking


@pytest.mark.parametrize(
    "said",
    ["link telegram", "Connect my Telegram account please", "link my telegarm", "add telegram",
     "how do I link telegram?", "set up telegram"],
)  # fmt: skip
def test_telegram_is_linked_by_a_code(said):
    assert linking(said) == Linking(wish="link", scheme="telegram")


@pytest.mark.parametrize(
    ("said", "scheme", "address"),
    [
        ("my phone number is +34 600 111 222", "tel", "+34 600 111 222"),
        ("my number is 0034600111222", "tel", "0034600111222"),
        ("My mobile is +44 7700 900123.", "tel", "+44 7700 900123"),
        ("link +34 600-111-222", "tel", "+34 600-111-222"),
        ("change my phone number to +34 600 111 223", "tel", "+34 600 111 223"),
        ("add my number +34600111222", "tel", "+34600111222"),
        ("call me on +34 600 111 222", "tel", "+34 600 111 222"),
        ("my e-mail is Ada@Example.org", "mailto", "Ada@Example.org"),
        ("my email address is ada@example.org.", "mailto", "ada@example.org"),
        ("link ada@example.org", "mailto", "ada@example.org"),
        ("add the e-mail address ada@example.org please", "mailto", "ada@example.org"),
        ("link whatsapp +34 600 111 222", "whatsapp", "+34 600 111 222"),
        ("my WhatsApp number is +34600111222", "whatsapp", "+34600111222"),
        ("link my phone", "tel", None),
        ("link my e-mail", "mailto", None),
        ("connect whatsapp", "whatsapp", None),
    ],
)
def test_an_address_is_linked_as_it_was_typed(said, scheme, address):
    written = None if address is None else f"{scheme}:{address}"
    assert linking(said) == Linking(wish="link", scheme=scheme, address=written)


@pytest.mark.parametrize(
    ("said", "scheme"),
    [
        ("unlink telegram", "telegram"),
        ("disconnect my Telegram account", "telegram"),
        ("unlink my number", "tel"),
        ("remove my phone number", "tel"),
        ("forget my number", "tel"),
        ("unlink my e-mail", "mailto"),
        ("delete my email address please", "mailto"),
        ("unlink whatsapp", "whatsapp"),
    ],
)
def test_an_address_is_let_go(said, scheme):
    assert linking(said) == Linking(wish="unlink", scheme=scheme)


@pytest.mark.parametrize(
    "said", ["481516", "481 516", "481-516", "the code is 481516", "here's my code: 481 516"]
)
def test_a_code_alone_proves_an_address(said):
    assert linking(said) == Linking(wish="prove", code="481516")


def test_a_code_is_no_code_where_a_question_is_open():
    what = Interpretation(intent=Intent.CREATE_REMINDER, problem=Problem.NO_TEXT)
    assert linking("481516", OpenQuestion(unfinished=what)) is None
    assert linking("481516", asked(3)) is None
    assert linking("481516", OpenQuestion(more=what)) is not None


@pytest.mark.parametrize(
    "said",
    [
        "remind me to link telegram tomorrow at 9",
        "remind me at 5 that my number is +34 600 111 222",
        "remove number 12",
        "12345",
        "1234567",
        "delete my account",
        "forget my bike code",
        "remember that my bike code is 4711",
        "call +34 600 111 222 at 5pm",
        "write to ada@example.org tomorrow at 9",
    ],
)
def test_what_only_speaks_of_numbers_links_nothing(said):
    assert linking(said) is None
