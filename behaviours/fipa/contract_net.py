"""fipa-contract-net (SC00029): call for proposals, award the work to the best.

::

    cfp ─▶ refuse | not-understood
        ─▶ propose ─▶ reject-proposal
                   ─▶ accept-proposal ─▶ inform
                                      ─▶ failure
"""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, cast

import structlog

from behaviours.fipa.exchange import Exchange, Role, Voice
from behaviours.fipa.initiator import advances, conclude, hear_next, open_with
from ontology.acl import Content, Declined, Envelope, NotChosen, Performative, Unexpected
from ontology.errors import NoAnswer
from ontology.protocols import CONTRACT_NET, PROPOSED, Conversation
from ontology.vocabulary import Vocabulary

if TYPE_CHECKING:
    from _typeshed import SupportsRichComparison

log = structlog.get_logger(__name__)

C = TypeVar("C", bound=Content)
B = TypeVar("B", bound=Content)
W = TypeVar("W", bound=Content)
R = TypeVar("R", bound=Content)

AWARD_WITHIN = 30.0
"""Seconds a participant keeps its proposal open."""


class Participant(Role, Generic[C, B, W, R]):
    """Bids for one kind of work (:meth:`bid`), and does it when awarded (:meth:`perform`)."""

    protocol = CONTRACT_NET
    call: ClassVar[type[Content]]

    @property
    def opens(self) -> type[Content]:
        """The call for proposals."""
        return self.call

    @abstractmethod
    async def bid(self, call: C) -> B:
        """Return a proposal, or raise :class:`Refused`."""

    @abstractmethod
    async def perform(self, work: W) -> R:
        """Do the awarded work and return what is now true, or raise :class:`Failed`."""

    async def converse(self, opening: Envelope[C], exchange: Exchange) -> None:
        """Bid, wait for the decision, and do the work if it is ours."""
        walk = Conversation(self.protocol)
        walk.advance(opening.performative)
        try:
            proposal = await self.bid(opening.content)
        except Declined as no:
            await exchange.say(opening.answer(Performative.REFUSE, no.reason))
            return
        except Exception:
            log.exception("broke", act=opening.content.act, conversation=opening.conversation)
            await exchange.say(opening.answer(Performative.REFUSE, Unexpected()))
            return
        walk.advance(Performative.PROPOSE)
        await exchange.say(opening.answer(Performative.PROPOSE, proposal))
        try:
            decision = await hear_next(exchange, walk, time.monotonic() + AWARD_WITHIN)
        except NoAnswer:
            return
        if decision.performative is Performative.ACCEPT_PROPOSAL:
            await self._work(decision, exchange)

    async def _work(self, award: Envelope[Any], exchange: Exchange) -> None:
        try:
            result = await self.perform(award.content)
        except Declined as no:
            await exchange.say(award.answer(Performative.FAILURE, no.reason))
        except Exception:
            log.exception("broke", act=award.content.act, conversation=award.conversation)
            await exchange.say(award.answer(Performative.FAILURE, Unexpected()))
        else:
            await exchange.say(award.answer(Performative.INFORM, result))


@dataclass(slots=True)
class _Bidder:
    exchange: Exchange
    walk: Conversation
    proposal: Envelope[Content] | None = None


async def call_for_proposals(
    voice: Voice,
    vocabulary: Vocabulary,
    call: Content,
    *,
    to: Sequence[str],
    conversation: str,
    choose: Callable[[Content], SupportsRichComparison],
    award: Callable[[Content], Awaitable[Content]],
    bids_within: float,
    within: float,
) -> tuple[str, Content] | None:
    """Call ``to`` for proposals, award the work to the best; return who did it and the result.

    ``choose`` scores a proposal; the highest wins. ``award`` is given the winning proposal and
    returns the work, once it has written down that it is about to be tried. Waits
    ``bids_within`` seconds for bids, less when all have answered, and ``within`` seconds for
    the work. Returns None when nobody bids.

    Raises :class:`Failed` or :class:`NoAnswer` when the winner does not deliver.
    """
    opening = open_with(CONTRACT_NET, vocabulary, call, voice, "", conversation, bids_within)
    with ExitStack() as stack:
        bidders = {}
        for peer in to:
            walk = Conversation(CONTRACT_NET)
            walk.advance(opening.performative)
            bidders[peer] = _Bidder(stack.enter_context(voice.open(peer, conversation)), walk)
        await asyncio.gather(
            *(_hear_bid(bidders[peer], opening, peer, bids_within) for peer in to)
        )
        offers = {peer: bidder for peer, bidder in bidders.items() if bidder.proposal}
        if not offers:
            return None
        best = max(offers, key=lambda peer: choose(_proposal(offers[peer]).content))
        for peer in offers.keys() - {best}:
            await _decide(offers[peer], Performative.REJECT_PROPOSAL, NotChosen())
        work = await award(_proposal(offers[best]).content)
        return best, await _award(offers[best], work, within)


async def _hear_bid(
    bidder: _Bidder, opening: Envelope[Content], peer: str, within: float
) -> None:
    await bidder.exchange.say(replace(opening, receiver=peer))
    until = time.monotonic() + within
    while (left := until - time.monotonic()) > 0:
        answer = await bidder.exchange.hear(left)
        if answer is None:
            return
        if advances(bidder.walk, answer):
            if bidder.walk.state == PROPOSED:
                bidder.proposal = answer
            return


def _proposal(bidder: _Bidder) -> Envelope[Content]:
    return cast("Envelope[Content]", bidder.proposal)


async def _decide(bidder: _Bidder, decision: Performative, content: Content) -> None:
    bidder.walk.advance(decision)
    await bidder.exchange.say(_proposal(bidder).answer(decision, content))


async def _award(winner: _Bidder, work: Content, within: float) -> Content:
    await _decide(winner, Performative.ACCEPT_PROPOSAL, work)
    until = time.monotonic() + within
    while (left := until - time.monotonic()) > 0:
        answer = await winner.exchange.hear(left)
        if answer is None:
            # A cut or silence: the award may be lost. The caller calls again, and the work is
            # keyed so that doing it again is harmless.
            raise NoAnswer(f"{_proposal(winner).sender} fell silent after the award")
        if advances(winner.walk, answer):
            return conclude(answer)
    raise NoAnswer(f"{_proposal(winner).sender} did not deliver in {within:g} s")
