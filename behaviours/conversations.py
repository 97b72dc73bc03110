"""The conversations an agent holds open, and the repetition of those it has just closed."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from behaviours.fipa.exchange import Exchange
from ontology.acl import Content, Envelope, Performative

REMEMBERED = 2_000
"""Closed conversations whose last words are kept in memory, for openings said again."""

OF_THE_INITIATOR = frozenset(
    {Performative.ACCEPT_PROPOSAL, Performative.REJECT_PROPOSAL, Performative.CANCEL}
)
"""What an initiator says after its opening; all the rest is said by participants."""

Send = Callable[[Envelope[Any]], Awaitable[None]]
Key = tuple[str, str]


class OpenConversation(Exchange):
    """A conversation in memory: a queue of what was heard, a list of what was said."""

    def __init__(self, send: Send) -> None:
        self.said: list[Envelope[Any]] = []
        self._send = send
        self._heard: asyncio.Queue[Envelope[Content] | None] = asyncio.Queue()

    async def say(self, envelope: Envelope[Any]) -> None:
        """Send one message and keep it, to be said again if the peer asks again."""
        self.said.append(envelope)
        await self._send(envelope)

    async def hear(self, within: float) -> Envelope[Content] | None:
        """Return the next message, or None after ``within`` seconds or a cut."""
        try:
            return await asyncio.wait_for(self._heard.get(), within)
        except TimeoutError:
            return None

    async def say_again(self) -> None:
        """Repeat everything said so far, word for word."""
        for envelope in self.said:
            await self._send(envelope)

    def unsay(self) -> None:
        """Forget what was said; said again, the opening is considered anew."""
        self.said.clear()

    def deliver(self, envelope: Envelope[Content]) -> None:
        """Put a message where :meth:`hear` finds it."""
        self._heard.put_nowait(envelope)

    def cut(self) -> None:
        """Let :meth:`hear` return None: what was said may be lost."""
        self._heard.put_nowait(None)


class Conversations:
    """Conversations by peer and conversation id; implements :class:`Voice`.

    Those begun here and those begun by the peer are kept apart: an agent may talk to itself.
    """

    def __init__(self, name: str, send: Send) -> None:
        self.name = name
        self._send = send
        self._begun: dict[Key, OpenConversation] = {}
        self._joined: dict[Key, OpenConversation] = {}
        self._closed: OrderedDict[Key, OpenConversation] = OrderedDict()

    @contextmanager
    def open(self, peer: str, conversation: str) -> Iterator[OpenConversation]:
        """Open this side of a conversation that we begin."""
        with self._holding(self._begun, (peer, conversation)) as held:
            yield held

    @contextmanager
    def respond(self, peer: str, conversation: str) -> Iterator[OpenConversation]:
        """Open this side of a conversation begun by the peer; remember it when it closes."""
        key = (peer, conversation)
        with self._holding(self._joined, key) as held:
            yield held
        if not held.said:
            return
        self._closed[key] = held
        while len(self._closed) > REMEMBERED:
            self._closed.popitem(last=False)

    def joined(self, peer: str, conversation: str) -> OpenConversation | None:
        """Return the conversation begun by the peer, open or closed a short while ago."""
        key = (peer, conversation)
        return self._joined.get(key) or self._closed.get(key)

    def deliver(self, envelope: Envelope[Content]) -> bool:
        """Hand a message to the open conversation it belongs to; tell whether there is one."""
        side = self._joined if envelope.performative in OF_THE_INITIATOR else self._begun
        held = side.get((envelope.sender, envelope.conversation))
        if held is not None:
            held.deliver(envelope)
        return held is not None

    def cut(self) -> None:
        """Tell every open conversation that what it said may be lost."""
        for held in [*self._begun.values(), *self._joined.values()]:
            held.cut()

    def __len__(self) -> int:
        return len(self._begun) + len(self._joined)

    @contextmanager
    def _holding(
        self, side: dict[Key, OpenConversation], key: Key
    ) -> Iterator[OpenConversation]:
        held = side[key] = OpenConversation(self._send)
        try:
            yield held
        finally:
            if side.get(key) is held:
                del side[key]
