"""People's messages between the stream and the behaviours that hear and say them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime
from xml.etree import ElementTree as ET

from behaviours.dialogue.hear_people import Said
from behaviours.xmpp.archive import Archive, Entry, NoArchive
from behaviours.xmpp.stanzas import (
    CLIENT,
    archive_id,
    chat_stanza,
    is_encrypted,
    is_plain_message,
    message_id,
    replaced_id,
    sender_of,
)
from behaviours.xmpp.stream import Stream


def _nothing() -> None:
    """Nobody waits for this message to be handled: it came from our archive."""


def said_in(
    message: ET.Element,
    account: str,
    *,
    handled: Callable[[], None],
) -> Said:
    """Return what a message stanza says.

    The archive id is believed only where our own server vouches for it, and a delay stamp not
    at all: anybody can write such an element. When a message was sent is told by the archive.
    """
    return _said(message, archive_id(message, account), None, handled)


def said_before(entry: Entry, account: str) -> Said | None:
    """Return what an entry of our archive says, None for what we said ourselves."""
    sender = sender_of(entry.message)
    if sender == account or not is_plain_message(entry.message):
        return None
    return _said(entry.message, entry.archive_id, entry.stamp, _nothing)


def _said(
    message: ET.Element,
    archived_as: str | None,
    said_at: datetime | None,
    handled: Callable[[], None],
) -> Said:
    return Said(
        address=sender_of(message),
        body=message.findtext(f"{CLIENT}body") or "",
        message_id=message_id(message),
        archived_as=archived_as,
        said_at=said_at,
        handled=handled,
        encrypted=is_encrypted(message),
        replaces=replaced_id(message),
    )


class ChatStream:
    """A stream and its archive, as the outbox sees them."""

    def __init__(self, stream: Stream, archive: Archive) -> None:
        self._stream = stream
        self._archive = archive

    async def post_once(self, to: str, body: str, key: str) -> None:
        """See :meth:`Stream.post_once`."""
        await self._stream.post_once(chat_stanza(to, body, key), key)

    async def archived(self, since: datetime, to: Collection[str]) -> set[str]:
        """See :meth:`Archive.archived`; a server without one has archived nothing."""
        try:
            return await self._archive.archived(since, to)
        except NoArchive:
            return set()
