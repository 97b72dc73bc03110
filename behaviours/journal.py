"""Keeping every ACL message in the journal, in batches, never in the way of a conversation."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from datetime import UTC, datetime

import structlog

from behaviours.duty import Duty
from behaviours.xmpp.stanzas import Heard
from ontology.acl import Content, Envelope, NotUnderstood
from ontology.journal import Journal, JournalEntry
from ontology.vocabularies import VOCABULARIES

log = structlog.get_logger(__name__)

GATHER = 0.25
"""Seconds between the first message of a batch and its writing."""

BATCH = 500
REMEMBERED = 5_000
"""Messages whose ids are remembered, so that they are not noted at both ends."""

MOST_WAITING = 20_000
"""Messages held while the database is away; beyond that the oldest are given up."""


class WriteJournal(Duty):
    """Gathers messages in memory and writes them together.

    The agents of one process share it: what one says and another hears is noted once. Each of
    them has it as a duty, and they take turns.
    """

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self._waiting: deque[JournalEntry] = deque(maxlen=MOST_WAITING)
        self._noted: OrderedDict[str, None] = OrderedDict()
        self._something = asyncio.Event()
        self._turn = asyncio.Lock()

    def said(self, envelope: Envelope[Content], body: str) -> None:
        """Note a message an agent of this process sends."""
        self._note(
            JournalEntry(
                message_id=envelope.message_id,
                said_at=datetime.now(UTC),
                sender=envelope.sender,
                receiver=envelope.receiver,
                performative=envelope.performative,
                protocol=envelope.protocol,
                ontology=envelope.ontology,
                act=envelope.content.act,
                conversation=envelope.conversation,
                in_reply_to=envelope.in_reply_to,
                about=envelope.content.about(),
                body=body,
            )
        )

    def heard(self, heard: Heard) -> None:
        """Note a message it hears; the process that sent it may have died with its notes."""
        vocabulary = VOCABULARIES.get(heard.metadata.get("ontology", ""))
        message_id = heard.metadata.get("reply-with")
        if vocabulary is None or not message_id or message_id in self._noted:
            return
        try:
            self.said(heard.envelope(vocabulary), heard.body)
        except NotUnderstood:
            log.debug("unreadable message not journalled", sender=heard.sender)

    async def once(self) -> None:
        """Wait for messages, gather for a moment, and write."""
        async with self._turn:
            await self._something.wait()
            await asyncio.sleep(GATHER)
            await self.flush()

    async def flush(self) -> None:
        """Write everything gathered so far; what cannot be written is kept for later."""
        self._something.clear()
        while self._waiting:
            batch = [self._waiting.popleft() for _ in range(min(BATCH, len(self._waiting)))]
            try:
                await self._journal.write(batch)
            except BaseException:
                self._waiting.extendleft(reversed(batch))
                self._something.set()
                raise

    def _note(self, entry: JournalEntry) -> None:
        self._noted[entry.message_id] = None
        if len(self._noted) > REMEMBERED:
            self._noted.popitem(last=False)
        self._waiting.append(entry)
        self._something.set()
