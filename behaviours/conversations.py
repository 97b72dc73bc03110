"""The conversations an agent holds open, and the repetition of those it has just closed."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import Any

from behaviours.fipa.exchange import Exchange
from ontology.acl import Content, Envelope

REMEMBERED = 2_000
"""Closed conversations whose last words are kept in memory, for openings said again."""

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

    def deliver(self, envelope: Envelope[Content]) -> None:
        """Put a message where :meth:`hear` finds it."""
        self._heard.put_nowait(envelope)

    def cut(self) -> None:
        """Let :meth:`hear` return None: what was said may be lost."""
        self._heard.put_nowait(None)


class Conversations:
    """Conversations by peer and conversation id; implements :class:`Voice`."""

    def __init__(self, name: str, send: Send) -> None:
        self.name = name
        self._send = send
        self._open: dict[Key, OpenConversation] = {}
        self._closed: OrderedDict[Key, OpenConversation] = OrderedDict()

    @contextmanager
    def open(self, peer: str, conversation: str) -> Iterator[OpenConversation]:
        """Open this side of a conversation that we begin. Two at once share nothing."""
        held = OpenConversation(self._send)
        key = (peer, conversation)
        self._open[key] = held
        try:
            yield held
        finally:
            if self._open.get(key) is held:
                del self._open[key]

    @contextmanager
    def respond(self, peer: str, conversation: str) -> Iterator[OpenConversation]:
        """Open this side of a conversation begun by the peer; remember it when it closes."""
        key = (peer, conversation)
        with self.open(peer, conversation) as held:
            yield held
        self._closed[key] = held
        while len(self._closed) > REMEMBERED:
            self._closed.popitem(last=False)

    def held_with(self, peer: str, conversation: str) -> OpenConversation | None:
        """Return the conversation if it stands open."""
        return self._open.get((peer, conversation))

    def held_before(self, peer: str, conversation: str) -> OpenConversation | None:
        """Return the conversation if it was closed a short while ago."""
        return self._closed.get((peer, conversation))

    def cut(self) -> None:
        """Tell every open conversation that what it said may be lost."""
        for held in list(self._open.values()):
            held.cut()

    def __len__(self) -> int:
        return len(self._open)
