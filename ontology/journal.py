"""The journal: every ACL message that was said, so that every reminder can be explained."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ontology.acl import Performative


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalEntry:
    """One ACL message. ``about`` are the ids it speaks of (:meth:`ontology.acl.Content.about`).

    ``message_id`` is unique: both ends write the same message, and it is kept once.
    """

    message_id: str
    said_at: datetime
    sender: str
    receiver: str
    performative: Performative
    protocol: str
    ontology: str
    act: str
    conversation: str
    in_reply_to: str | None
    about: tuple[str, ...]
    body: str


class Journal(Protocol):
    """Where messages are kept and looked up."""

    async def write(self, entries: Sequence[JournalEntry]) -> None:
        """Keep messages; those already kept are passed over."""
        ...

    async def about(self, *ids: str, limit: int = 200) -> Sequence[JournalEntry]:
        """Return the messages that speak of any of these ids, the oldest first."""
        ...

    async def latest(self, limit: int) -> Sequence[JournalEntry]:
        """Return the latest messages, the newest first."""
        ...
