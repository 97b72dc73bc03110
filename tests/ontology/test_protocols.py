from __future__ import annotations

from itertools import product

import pytest

from ontology.acl import Performative as P
from ontology.errors import OutOfSequence
from ontology.protocols import (
    CLOSED,
    CONTRACT_NET,
    OPENING,
    PROTOCOLS,
    QUERY,
    REQUEST,
    SUBSCRIBE,
    Conversation,
    Protocol,
)

EVERY_STATE = [
    pytest.param(protocol, state, id=f"{protocol.name}, {state}")
    for protocol in PROTOCOLS.values()
    for state in (*protocol.moves, CLOSED)
]


def reachable(protocol: Protocol, start: str) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        for state in protocol.moves.get(ahead.pop(), {}).values():
            if state not in found:
                found.add(state)
                ahead.append(state)
    return found


def walked(protocol: Protocol, *performatives: P) -> Conversation:
    conversation = Conversation(protocol)
    for performative in performatives:
        conversation.advance(performative)
    return conversation


@pytest.mark.parametrize(("protocol", "state"), EVERY_STATE)
def test_every_state_can_be_reached_and_can_reach_its_close(protocol, state):
    assert state in reachable(protocol, OPENING)
    assert CLOSED in reachable(protocol, state)


@pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=lambda protocol: protocol.name)
def test_one_performative_alone_opens_a_protocol_and_no_later_move_is_it(protocol):
    later = [
        move for state, moves in protocol.moves.items() if state != OPENING for move in moves
    ]

    assert protocol.opening not in later


def test_every_protocol_is_known_by_its_fipa_name_and_opened_by_a_performative_of_its_own():
    assert PROTOCOLS == {
        "fipa-request": REQUEST,
        "fipa-query": QUERY,
        "fipa-contract-net": CONTRACT_NET,
        "fipa-subscribe": SUBSCRIBE,
    }
    assert {protocol.opening for protocol in PROTOCOLS.values()} == {
        P.REQUEST,
        P.QUERY_REF,
        P.CFP,
        P.SUBSCRIBE,
    }


@pytest.mark.parametrize(("protocol", "state"), EVERY_STATE)
def test_what_the_table_does_not_name_is_out_of_sequence_and_changes_nothing(protocol, state):
    for performative in set(P) - protocol.moves.get(state, {}).keys():
        conversation = Conversation(protocol, state)

        with pytest.raises(OutOfSequence, match=f"{performative} is not a move from '{state}'"):
            conversation.advance(performative)
        assert conversation.state == state


@pytest.mark.parametrize(
    ("protocol", "said"),
    [
        (REQUEST, (P.REQUEST, P.INFORM)),
        (REQUEST, (P.REQUEST, P.AGREE, P.INFORM)),
        (REQUEST, (P.REQUEST, P.AGREE, P.FAILURE)),
        (REQUEST, (P.REQUEST, P.REFUSE)),
        (REQUEST, (P.REQUEST, P.NOT_UNDERSTOOD)),
        (QUERY, (P.QUERY_REF, P.INFORM)),
        (QUERY, (P.QUERY_REF, P.FAILURE)),
        (CONTRACT_NET, (P.CFP, P.REFUSE)),
        (CONTRACT_NET, (P.CFP, P.PROPOSE, P.REJECT_PROPOSAL)),
        (CONTRACT_NET, (P.CFP, P.PROPOSE, P.ACCEPT_PROPOSAL, P.INFORM)),
        (CONTRACT_NET, (P.CFP, P.PROPOSE, P.ACCEPT_PROPOSAL, P.FAILURE)),
        (SUBSCRIBE, (P.SUBSCRIBE, P.REFUSE)),
        (SUBSCRIBE, (P.SUBSCRIBE, P.AGREE, P.INFORM, P.INFORM, P.CANCEL, P.INFORM)),
        (SUBSCRIBE, (P.SUBSCRIBE, P.AGREE, P.INFORM, P.FAILURE)),
    ],
    ids=lambda part: part.name if isinstance(part, Protocol) else "-".join(part),
)
def test_a_whole_conversation_closes_with_its_last_word_and_not_before(protocol, said):
    *before, last = said
    conversation = walked(protocol, *before)
    assert not conversation.is_closed

    conversation.advance(last)

    assert conversation.is_closed


def test_a_refusal_after_the_agree_is_out_of_sequence():
    conversation = walked(REQUEST, P.REQUEST, P.AGREE)

    with pytest.raises(OutOfSequence, match="fipa-request: refuse is not a move from 'agreed'"):
        conversation.advance(P.REFUSE)


def test_nothing_is_a_move_after_the_close():
    for protocol, performative in product(PROTOCOLS.values(), P):
        with pytest.raises(OutOfSequence):
            Conversation(protocol, CLOSED).advance(performative)
