"""Saying things in chat exactly once.

A message is written to the outbox before it is tried and closed when the server has it. When
a session is lost, what was still open is looked up in our own archive (XEP-0313) by its
origin-id (XEP-0359): only what the server never got is sent again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Collection, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

import structlog

from behaviours.duty import Duty
from ontology.dialogue.concepts import ChatMessage
from ontology.dialogue.ports import Outbox
from ontology.errors import ServerError

log = structlog.get_logger(__name__)

GATHER = 0.005
"""Seconds over which settled messages are gathered into one commit."""


class Chat(Protocol):
    """The stream, as far as saying things to people needs it."""

    async def post_once(self, to: str, body: str, key: str) -> None:
        """Send and return when the server has it; ServerError when that is not known."""
        ...

    async def archived(self, since: datetime, to: Collection[str]) -> set[str]:
        """Return the origin-ids our archive holds of messages sent since then.

        Raises ServerError when the archive cannot be read.
        """
        ...


class SendChat(Duty):
    """The outbox at work. As a duty it commits what the server has acknowledged."""

    def __init__(self, outbox: Outbox, chat: Chat) -> None:
        self._outbox = outbox
        self._chat = chat
        self._open: dict[UUID, asyncio.Future[None]] = {}
        self._owned: set[UUID] = set()
        self._posting: set[asyncio.Task[None]] = set()
        self._arrived: list[UUID] = []
        self._arrival = asyncio.Event()
        self._recovered = asyncio.Event()
        self._recovering = asyncio.Lock()
        self._in_doubt = False
        self._touched: set[UUID] = set()

    async def deliver(self, messages: Sequence[ChatMessage]) -> None:
        """Say messages, in order, each once; return once the server is known to have all."""
        await self._recovered.wait()
        keys = [message.key for message in messages]
        await self.say(keys, lambda: self._outbox.put(messages))
        if self._in_doubt:
            raise ServerError("a write is in doubt; what was sent is not known yet")
        waits = (asyncio.shield(self._open[key]) for key in keys if key in self._open)
        await asyncio.gather(*waits)

    async def say(
        self, keys: Sequence[UUID], write: Callable[[], Awaitable[Sequence[ChatMessage]]]
    ) -> None:
        """Send what ``write`` commits to the outbox, under some or all of ``keys``.

        Recovery leaves alone what is owned here: written, but not posted yet.
        """
        self._own(keys)
        new: Sequence[ChatMessage] = ()
        try:
            new = await write()
        except BaseException:
            # It may be written all the same; then nobody would send it in this session.
            self._in_doubt = True
            self._arrival.set()
            raise
        finally:
            self._owned.difference_update(set(keys) - {message.key for message in new})
        for message in new:
            self._start(message)

    async def recover(self) -> None:
        """Look up what was left open, and send what the server never got.

        Raises ServerError when the archive cannot be read; try again then.
        """
        async with self._recovering:
            await self._recover()

    async def _recover(self) -> None:
        self._recovered.clear()
        self._in_doubt = True
        await asyncio.gather(*self._posting, return_exceptions=True)
        self._touched = self._owned | set(self._arrived)
        unsettled = await self._outbox.unsettled()
        left = [each for each in unsettled if each[0].key not in self._touched]
        if left:
            since = min(began for _, began in left)
            archived = await self._chat.archived(since, {each.address for each, _ in left})
            log.info("outbox recovered", open=len(left), archived=len(archived))
            for message, _ in left:
                if str(message.key) in archived:
                    self._note_arrival(message.key)
                else:
                    self._start(message)
        self._in_doubt = False
        self._recovered.set()

    async def once(self) -> None:
        """Commit what has arrived, together; clear up what a failed write left in doubt."""
        await self._arrival.wait()
        await self._clear_doubt()
        await asyncio.sleep(GATHER)
        self._arrival.clear()
        arrived, self._arrived = self._arrived, []
        try:
            await self._outbox.settle(arrived)
        except BaseException:
            self._arrived.extend(arrived)
            self._arrival.set()
            raise
        for key in arrived:
            settled = self._open.pop(key, None)
            if settled and not settled.done():
                settled.set_result(None)

    async def _clear_doubt(self) -> None:
        if self._in_doubt:
            await self.recover()

    def _own(self, keys: Sequence[UUID]) -> None:
        self._owned.update(keys)
        if self._recovering.locked():
            # Written while a recovery reads: it may be among what that finds unsettled.
            self._touched.update(keys)

    def _start(self, message: ChatMessage) -> None:
        self._owned.add(message.key)
        self._open.setdefault(message.key, asyncio.get_running_loop().create_future())
        posting = asyncio.create_task(self._post(message))
        self._posting.add(posting)
        posting.add_done_callback(self._posting.discard)

    async def _post(self, message: ChatMessage) -> None:
        try:
            await self._chat.post_once(message.address, message.body, str(message.key))
        except ServerError:
            # It stays open until a recovery finds out. A session that is resumed brings none
            # by itself, so the duty insists on one.
            self._in_doubt = True
            self._arrival.set()
            return
        finally:
            self._owned.discard(message.key)
        self._note_arrival(message.key)

    def _note_arrival(self, key: UUID) -> None:
        self._arrived.append(key)
        self._arrival.set()
