"""fipa-request (SC00026): one agent asks another to act.

The responder promises exactly one of these endings to every request it reads::

    request ─▶ refuse
            ─▶ not-understood
            ─▶ (agree) ─▶ inform
                       ─▶ failure

The agree is said when the work takes longer than a moment, or where the role announces it
always: SC00026 asks for it only "if notification necessary".

Where the act changes something, the ending is kept in the ledger together with the effect, so
a request said again – after a cut, a crash, or out of impatience – only repeats the ending.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Awaitable, Callable
from typing import Any, ClassVar, Generic, TypeVar, cast

import structlog

from behaviours.fipa.exchange import Exchange, Role, Voice
from behaviours.fipa.initiator import conclude, hear_out, open_with
from ontology.acl import (
    Action,
    Agreed,
    Content,
    Declined,
    Envelope,
    Performative,
    Unexpected,
)
from ontology.errors import NoAnswer, ServerError
from ontology.ledger import Answer, ConversationKey, Ledger, under_conversation
from ontology.protocols import AGREED, REQUEST, Conversation
from ontology.vocabulary import Vocabulary

log = structlog.get_logger(__name__)

A = TypeVar("A", bound=Action[Any])
R = TypeVar("R", bound=Content)

MOMENT = 0.2
"""Seconds that work may take before the agree is said."""


class RequestResponder(Role, Generic[A, R]):
    """Answers one kind of action: write :meth:`perform`, and sometimes :meth:`consider`."""

    protocol = REQUEST
    action: ClassVar[type[Action[Any]]]
    ledger: Ledger | None = None
    """Where endings are kept; None for acts that may safely be done again."""
    announces = False
    """Whether the agree is said before the work begins, however short that is."""

    @property
    def opens(self) -> type[Action[Any]]:
        """The action."""
        return self.action

    async def consider(self, action: A) -> None:
        """Raise :class:`Refused` to decline before any work is done. Agrees by default."""

    @abstractmethod
    async def perform(self, action: A, asker: str) -> R:
        """Do it and return what is now true, or raise :class:`Refused` or :class:`Failed`.

        ``asker`` is the bare JID of who asks, as the server stamped it. Within it,
        :func:`ontology.ledger.conversation_now` tells of the conversation.
        """

    def ended(self, action: A, result: R, asker: str) -> None:
        """Hear that a result was told, and all of its effect is committed. Does nothing.

        It may be heard again where a request is said again.
        """

    async def converse(self, opening: Envelope[A], exchange: Exchange) -> None:
        """Carry one request to its end."""
        walk = Conversation(self.protocol)
        walk.advance(opening.performative)

        async def answer(performative: Performative, content: Content) -> None:
            walk.advance(performative)
            await exchange.say(opening.answer(performative, content))

        try:
            await self.consider(opening.content)
            if self.announces:
                await answer(Performative.AGREE, Agreed())
            work = asyncio.ensure_future(self._end(opening))
            try:
                await asyncio.wait({work}, timeout=MOMENT)
                if not work.done() and not self.announces:
                    await answer(Performative.AGREE, Agreed())
                ending = await work
            finally:
                work.cancel()
        except Declined as no:
            await answer(_fitting(no.performative, walk), no.reason)
        except (NoAnswer, ServerError) as error:
            # Whom we need is silent or away, and what becomes of it is not known: to say that
            # it failed would be a lie. Who asked us hears nothing, and asks again.
            log.warning("no answer to pass on", act=opening.content.act, why=str(error))
            exchange.unsay()
        except Exception:
            log.exception("broke", act=opening.content.act, conversation=opening.conversation)
            await answer(Performative.FAILURE, Unexpected())
            exchange.unsay()  # asked again, it may go well
        else:
            await answer(*ending)
            self._note(opening, *ending)

    def _note(self, opening: Envelope[A], performative: Performative, result: Content) -> None:
        if performative is Performative.INFORM:
            self.ended(opening.content, cast(R, result), opening.sender)

    async def _end(self, opening: Envelope[A]) -> tuple[Performative, Content]:
        if self.ledger is None:
            with under_conversation(opening.conversation):
                result = await self.perform(opening.content, opening.sender)
            return Performative.INFORM, result
        key = ConversationKey(opening.receiver, opening.sender, opening.conversation)
        kept = await self.ledger.once(key, self._answering(opening))
        return kept.performative, self.vocabulary.decode(kept.body)

    def _answering(self, opening: Envelope[A]) -> Callable[[], Awaitable[Answer]]:
        async def work() -> Answer:
            try:
                result = await self.perform(opening.content, opening.sender)
            except Declined as no:
                return Answer(Performative.FAILURE, self.vocabulary.encode(no.reason))
            return Answer(Performative.INFORM, self.vocabulary.encode(result))

        return work


def _fitting(performative: Performative, walk: Conversation) -> Performative:
    """A no after an agree is a failure: SC00026 knows no refuse any more."""
    return Performative.FAILURE if walk.state == AGREED else performative


async def request(
    voice: Voice,
    vocabulary: Vocabulary,
    action: Action[R],
    *,
    to: str,
    conversation: str,
    within: float,
    agreed: Callable[[], Awaitable[None]] | None = None,
) -> R:
    """Ask ``to`` for an action and return its result.

    Says the request again, under the same conversation id, while nothing is heard. ``within``
    is in seconds. ``agreed`` is called once, when the responder has agreed.

    Raises :class:`Refused`, :class:`Failed`, :class:`NotUnderstood` or :class:`NoAnswer`.
    """
    opening = open_with(REQUEST, vocabulary, action, voice, to, conversation, within)
    walk = Conversation(REQUEST)
    walk.advance(opening.performative)
    async for answer in hear_out(voice, opening, walk, within):
        if answer.performative is Performative.AGREE and agreed is not None:
            await agreed()
    return cast(R, conclude(answer))
