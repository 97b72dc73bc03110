"""fipa-subscribe (SC00035): one agent asks another to tell, now and whenever it changes.

::

    subscribe ─▶ refuse | not-understood
              ─▶ agree ─▶ inform … ─▶ failure
                       cancel ─▶ inform
"""

from __future__ import annotations

import asyncio
import time
from abc import abstractmethod
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar, cast

import structlog

from behaviours.fipa.exchange import Exchange, Role, Voice
from behaviours.fipa.initiator import advances, conclude, open_with
from ontology.acl import (
    Agreed,
    Content,
    Declined,
    Envelope,
    Expired,
    Performative,
    Question,
    Unexpected,
    Withdrawn,
    new_message_id,
)
from ontology.errors import NoAnswer
from ontology.protocols import SUBSCRIBE, SUBSCRIBED, Conversation
from ontology.vocabulary import Vocabulary

log = structlog.get_logger(__name__)

Q = TypeVar("Q", bound=Question[Any])
R = TypeVar("R", bound=Content)
Say = Callable[[Performative, Content], Awaitable[None]]

AGREE_WITHIN = 5.0
"""Seconds a publisher has to agree."""

LEASE = 180.0
"""Seconds a publisher serves a subscription that nobody cancels or makes anew."""

RENEW_AFTER = 60.0
"""Seconds of silence after which a subscriber subscribes anew: the publisher may have died."""


class Publisher(Role, Generic[Q, R]):
    """Serves subscriptions to one question: write :meth:`tell` and :meth:`changed`."""

    protocol = SUBSCRIBE
    question: ClassVar[type[Question[Any]]]

    @property
    def opens(self) -> type[Question[Any]]:
        """The question subscribed to."""
        return self.question

    @abstractmethod
    async def tell(self, question: Q) -> R:
        """Return the answer as of now, or raise :class:`Refused`."""

    @abstractmethod
    async def changed(self) -> None:
        """Return when the answer may have changed."""

    async def converse(self, opening: Envelope[Q], exchange: Exchange) -> None:
        """Serve one subscription until it is cancelled."""
        walk = Conversation(self.protocol)
        walk.advance(opening.performative)

        async def answer(performative: Performative, content: Content) -> None:
            walk.advance(performative)
            await exchange.say(opening.answer(performative, content))

        try:
            told = await self.tell(opening.content)
            await answer(Performative.AGREE, Agreed())
            await answer(Performative.INFORM, told)
            if await self._follow(opening.content, told, walk, exchange, answer):
                await answer(Performative.INFORM, Withdrawn())
            else:
                await answer(Performative.FAILURE, Expired())
        except Declined as no:
            agreed = walk.state == SUBSCRIBED
            await answer(Performative.FAILURE if agreed else no.performative, no.reason)
        except Exception:
            log.exception("broke", act=opening.content.act, conversation=opening.conversation)
            agreed = walk.state == SUBSCRIBED
            await answer(Performative.FAILURE if agreed else Performative.REFUSE, Unexpected())

    async def _follow(
        self, question: Q, told: R, walk: Conversation, exchange: Exchange, answer: Say
    ) -> bool:
        """Tell every change; return True once cancelled, False when nobody renewed in time."""
        cancelled = asyncio.ensure_future(_hear_cancel(exchange, walk))
        until = time.monotonic() + LEASE
        try:
            while not cancelled.done() and (left := until - time.monotonic()) > 0:
                # Listening begins before telling, so that no change falls in between.
                changed = asyncio.ensure_future(self.changed())
                await asyncio.sleep(0)
                try:
                    if (now := await self.tell(question)) != told:
                        told = now
                        await answer(Performative.INFORM, told)
                    await asyncio.wait(
                        {cancelled, changed}, timeout=left, return_when=asyncio.FIRST_COMPLETED
                    )
                finally:
                    changed.cancel()
            return cancelled.done()
        finally:
            cancelled.cancel()


async def _hear_cancel(exchange: Exchange, walk: Conversation) -> None:
    while True:
        heard = await exchange.hear(RENEW_AFTER)
        if heard is not None and heard.performative is Performative.CANCEL:
            walk.advance(Performative.CANCEL)
            return


async def subscribe(
    voice: Voice, vocabulary: Vocabulary, question: Question[R], *, to: str, conversation: str
) -> AsyncGenerator[R, None]:
    """Subscribe to ``to`` and yield the answer now and at every change.

    Ends when the stream was cut or nothing was heard for a minute: subscribe anew then. Raises
    :class:`NoAnswer` when nobody agrees, :class:`Declined` when it is refused or fails. Closing
    the iterator cancels the subscription.
    """
    opening = open_with(SUBSCRIBE, vocabulary, question, voice, to, conversation, AGREE_WITHIN)
    walk = Conversation(SUBSCRIBE)
    walk.advance(opening.performative)
    with voice.open(to, conversation) as exchange:
        await exchange.say(opening)
        try:
            if not await _agreed(exchange, opening, walk):
                raise NoAnswer(f"{to} does not agree to a subscription")
            seen: set[str] = set()
            while (heard := await exchange.hear(RENEW_AFTER)) is not None:
                if heard.message_id not in seen and advances(walk, heard):
                    seen.add(heard.message_id)
                    yield cast(R, conclude(heard))
        finally:
            if walk.state == SUBSCRIBED:
                await exchange.say(_cancel(opening))


async def _agreed(exchange: Exchange, opening: Envelope[Content], walk: Conversation) -> bool:
    """Wait for the agree, saying the opening again after a cut; raise a refusal."""
    agree_by = time.monotonic() + AGREE_WITHIN
    while (left := agree_by - time.monotonic()) > 0:
        heard = await exchange.hear(left)
        if heard is None:
            await exchange.say(opening)
        elif advances(walk, heard):
            conclude(heard)
            return True
    return False


def _cancel(opening: Envelope[Content]) -> Envelope[Content]:
    return replace(
        opening,
        performative=Performative.CANCEL,
        content=Withdrawn(),
        message_id=new_message_id(),
        reply_by=None,
    )
