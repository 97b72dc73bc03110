"""What every client does with what it hears, whatever library speaks XMPP for it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 20.0
"""Seconds within which an answer is expected; only a failing test ever waits them out."""


@dataclass(frozen=True, slots=True)
class Account:
    """How to log in. ``jid`` is bare, the port is that of STARTTLS on loopback."""

    jid: str
    password: str = field(repr=False)
    host: str
    port: int
    ca_file: str


@dataclass(frozen=True, slots=True)
class Heard:
    """One message with a body. ``at`` is ``time.time()`` when it was heard."""

    sender: str
    body: str
    message_id: str = ""
    origin_id: str | None = None
    stanza_id: str | None = None
    delayed_since: str | None = None
    at: float = field(default_factory=time.time)

    @property
    def speaker(self) -> str:
        """The bare JID it came from."""
        return self.sender.partition("/")[0]


class Ears:
    """Keeps what was heard, in order, and waits for what is to be heard."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self._read = 0
        self._more = asyncio.Event()

    def hear(self, message: Heard) -> None:
        self.heard.append(message)
        self.wake()

    def wake(self) -> None:
        """Let everybody who waits look again."""
        self._more.set()

    async def until(self, look: Callable[[], T | None], what: str, within: float) -> T:
        """Return what ``look`` finds first that is not None, or fail after ``within``."""
        try:
            async with asyncio.timeout(within):
                while (found := look()) is None:
                    self._more.clear()
                    await self._more.wait()
                return found
        except TimeoutError:
            unread = [message.body[:200] for message in self.heard[self._read :]]
            raise AssertionError(
                f"{what} was not heard within {within:g} s; unread: {unread}"
            ) from None

    async def hears(self, *words: str, within: float = PATIENCE) -> Heard:
        """Return the next message that holds all words (in any case), skipping others."""

        def look() -> Heard | None:
            for index in range(self._read, len(self.heard)):
                if all(word.lower() in self.heard[index].body.lower() for word in words):
                    self._read = index + 1
                    return self.heard[index]
            return None

        return await self.until(look, " … ".join(words) or "anything", within)

    async def news(self) -> None:
        """Return when something more was heard."""
        self._more.clear()
        await self._more.wait()

    def forget(self) -> None:
        """Count everything heard so far as read."""
        self._read = len(self.heard)

    @property
    def unread(self) -> list[Heard]:
        return self.heard[self._read :]

    def count(self, *words: str) -> int:
        """How many messages of all those heard hold all words."""
        return sum(all(word.lower() in m.body.lower() for word in words) for m in self.heard)
