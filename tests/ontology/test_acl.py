from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.acl import (
    DECLINATIONS,
    Agreed,
    Envelope,
    Failed,
    NotUnderstood,
    Performative,
    Refused,
    Unexpected,
    Withdrawn,
)
from ontology.errors import StewardError

OPENING = Envelope(
    performative=Performative.REQUEST,
    protocol="fipa-request",
    ontology="reminders",
    conversation="c1",
    sender="planner@home",
    receiver="reminder@home",
    content=Withdrawn(),
    reply_by=datetime(2026, 3, 2, tzinfo=UTC),
)


def test_an_answer_goes_back_in_the_same_conversation_and_names_what_it_answers():
    answer = OPENING.answer(Performative.AGREE, Agreed())

    assert (answer.sender, answer.receiver) == ("reminder@home", "planner@home")
    assert (answer.protocol, answer.ontology, answer.conversation) == (
        "fipa-request",
        "reminders",
        "c1",
    )
    assert answer.in_reply_to == OPENING.message_id
    assert answer.content == Agreed()
    assert answer.reply_by is None


def test_no_two_messages_have_the_same_id():
    answers = [OPENING.answer(Performative.AGREE, Agreed()) for _ in range(1_000)]

    assert len({OPENING.message_id, *(answer.message_id for answer in answers)}) == 1_001


@pytest.mark.parametrize("no", [Refused, Failed, NotUnderstood])
def test_a_no_is_an_error_of_ours_that_carries_its_reason_and_its_performative(no):
    error = no(Unexpected())

    assert issubclass(no, StewardError)
    assert error.reason == Unexpected()
    assert DECLINATIONS[error.performative] is no
