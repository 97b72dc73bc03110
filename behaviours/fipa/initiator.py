"""What all initiators share: opening, saying it again while nobody answers, and concluding."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from behaviours.fipa.exchange import Exchange, Voice
from ontology.acl import DECLINATIONS, Content, Envelope, Reason
from ontology.errors import NoAnswer, OutOfSequence
from ontology.protocols import AGREED, Conversation, Protocol
from ontology.vocabulary import Vocabulary

log = structlog.get_logger(__name__)

PATIENCE = 3.0
"""Seconds without any word after which an opening is said again; doubles each time."""

PATIENCE_WITH_WORK = 4.0
"""The same once the responder has agreed and is at work."""


def open_with(
    protocol: Protocol,
    vocabulary: Vocabulary,
    content: Content,
    voice: Voice,
    to: str,
    conversation: str,
    within: float,
) -> Envelope[Content]:
    """Return the opening of a conversation that must be over ``within`` seconds."""
    return Envelope(
        performative=protocol.opening,
        protocol=protocol.name,
        ontology=vocabulary.name,
        conversation=conversation,
        sender=voice.name,
        receiver=to,
        content=content,
        reply_by=datetime.now(UTC) + timedelta(seconds=within),
    )


async def hear_out(
    voice: Voice, opening: Envelope[Any], walk: Conversation, within: float
) -> AsyncIterator[Envelope[Content]]:
    """Say the opening and yield each legal answer until the conversation is closed.

    Says the opening again while nothing is heard; passes over what is out of sequence, late or
    double. Raises :class:`NoAnswer` after ``within`` seconds.
    """
    deadline = time.monotonic() + within
    with voice.open(opening.receiver, opening.conversation) as exchange:
        await exchange.say(opening)
        patience = PATIENCE
        while not walk.is_closed:
            left = deadline - time.monotonic()
            if left <= 0:
                raise NoAnswer(
                    f"{opening.receiver} did not answer {opening.content.act} in {within:g} s"
                )
            wait = max(patience, PATIENCE_WITH_WORK) if walk.state == AGREED else patience
            answer = await exchange.hear(min(wait, left))
            if answer is None:
                patience *= 2
                await exchange.say(opening)
            elif advances(walk, answer):
                yield answer


def advances(walk: Conversation, answer: Envelope[Any]) -> bool:
    """Take the move if it is legal; tell whether it was."""
    try:
        walk.advance(answer.performative)
    except OutOfSequence as error:
        log.debug("out of sequence", complaint=str(error), conversation=answer.conversation)
        return False
    return True


def conclude(answer: Envelope[Content]) -> Content:
    """Return the result of a last answer, or raise what it declines with."""
    no = DECLINATIONS.get(answer.performative)
    if no is None:
        return answer.content
    if isinstance(answer.content, Reason):
        raise no(answer.content)
    raise NoAnswer(f"{answer.sender} declined without a reason we know")


async def hear_next(exchange: Exchange, walk: Conversation, until: float) -> Envelope[Content]:
    """Return the next legal message before ``until`` (monotonic). Raises NoAnswer."""
    while (left := until - time.monotonic()) > 0:
        heard = await exchange.hear(left)
        if heard is not None and advances(walk, heard):
            return heard
    raise NoAnswer("the peer fell silent in the middle of a conversation")
