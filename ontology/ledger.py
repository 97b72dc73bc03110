"""The ledger: answers kept together with their effect, so that a repeat changes nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

from ontology.acl import Performative


@dataclass(frozen=True, slots=True)
class Answer:
    """The last word of a responder in one conversation: the performative and the JSON body."""

    performative: Performative
    body: str


@dataclass(frozen=True, slots=True)
class ConversationKey:
    """Who answered whom in which conversation. JIDs are bare."""

    responder: str
    initiator: str
    conversation: str


class Ledger(Protocol):
    """Remembers answers across crashes."""

    async def once(self, key: ConversationKey, work: Callable[[], Awaitable[Answer]]) -> Answer:
        """Do ``work`` and keep its answer, both in one transaction; or repeat the kept answer.

        Everything ``work`` writes through the same database joins the transaction. A second
        call with the same key, even at the same time, never does again what ``work`` did. If
        ``work`` returns a refuse or failure, its writes are rolled back and the answer is kept;
        only of two calls at the same time may both have considered it.
        If it raises, nothing is kept and the error passes through.
        Within ``work``, :func:`conversation_now` tells of the key's conversation.
        """
        ...


_conversation: ContextVar[str | None] = ContextVar("_conversation", default=None)


def conversation_now() -> str | None:
    """Return the id of the conversation whose effect is being written, None outside of any."""
    return _conversation.get()


@contextmanager
def under_conversation(conversation: str) -> Iterator[None]:
    """Let what is written within know the conversation that it is written in."""
    token = _conversation.set(conversation)
    try:
        yield
    finally:
        _conversation.reset(token)
