"""The interaction protocols, each declared once as its table of legal moves.

Both ends of a conversation walk the same table, so neither can drift from FIPA alone.
Sources: FIPA SC00026 (request), SC00027 (query), SC00029 (contract net), SC00035 (subscribe).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from ontology.acl import Performative as P
from ontology.errors import OutOfSequence

OPENING: Final = "opening"
CLOSED: Final = "closed"
AGREED: Final = "agreed"
SUBSCRIBED: Final = "subscribed"
PROPOSED: Final = "proposed"


@dataclass(frozen=True)
class Protocol:
    """A named graph: in this state, these performatives lead to those states."""

    name: str
    moves: Mapping[str, Mapping[P, str]]

    @property
    def opening(self) -> P:
        """The one performative that opens a conversation."""
        (performative,) = self.moves[OPENING]
        return performative


@dataclass
class Conversation:
    """One walk through a protocol, from its opening to its close."""

    protocol: Protocol
    state: str = field(default=OPENING)

    def advance(self, performative: P) -> None:
        """Take one move, or raise :class:`OutOfSequence`."""
        try:
            self.state = self.protocol.moves[self.state][performative]
        except KeyError:
            raise OutOfSequence(
                f"{self.protocol.name}: {performative} is not a move from {self.state!r}"
            ) from None

    @property
    def is_closed(self) -> bool:
        """Whether nothing more may be said."""
        return self.state == CLOSED


REQUEST: Final = Protocol(
    name="fipa-request",
    moves={
        OPENING: {P.REQUEST: "asked"},
        "asked": {
            P.AGREE: AGREED,
            P.REFUSE: CLOSED,
            P.NOT_UNDERSTOOD: CLOSED,
            P.INFORM: CLOSED,
            P.FAILURE: CLOSED,
        },
        AGREED: {P.INFORM: CLOSED, P.FAILURE: CLOSED},
    },
)
"""The agree may be left out where no notification is necessary (SC00026)."""

QUERY: Final = Protocol(
    name="fipa-query",
    moves={
        OPENING: {P.QUERY_REF: "asked"},
        "asked": {
            P.INFORM: CLOSED,
            P.REFUSE: CLOSED,
            P.FAILURE: CLOSED,
            P.NOT_UNDERSTOOD: CLOSED,
        },
    },
)
"""The agree is left out, as SC00027 allows: an answer is always at hand."""

CONTRACT_NET: Final = Protocol(
    name="fipa-contract-net",
    moves={
        OPENING: {P.CFP: "called"},
        "called": {P.PROPOSE: PROPOSED, P.REFUSE: CLOSED, P.NOT_UNDERSTOOD: CLOSED},
        PROPOSED: {P.ACCEPT_PROPOSAL: "awarded", P.REJECT_PROPOSAL: CLOSED},
        "awarded": {P.INFORM: CLOSED, P.FAILURE: CLOSED},
    },
)
"""As one participant lives it; the initiator walks one of these per bidder."""

SUBSCRIBE: Final = Protocol(
    name="fipa-subscribe",
    moves={
        OPENING: {P.SUBSCRIBE: "asked"},
        "asked": {P.AGREE: SUBSCRIBED, P.REFUSE: CLOSED, P.NOT_UNDERSTOOD: CLOSED},
        SUBSCRIBED: {P.INFORM: SUBSCRIBED, P.FAILURE: CLOSED, P.CANCEL: "cancelling"},
        "cancelling": {P.INFORM: CLOSED, P.FAILURE: CLOSED},
    },
)

PROTOCOLS: Final[Mapping[str, Protocol]] = {
    protocol.name: protocol for protocol in (REQUEST, QUERY, CONTRACT_NET, SUBSCRIBE)
}
