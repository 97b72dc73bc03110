"""Our own message archive on the server (XEP-0313): what we have sent, and what we missed."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4
from xml.etree import ElementTree as ET

from slixmpp.exceptions import IqError, IqTimeout

from behaviours.xmpp.stanzas import (
    ARCHIVE,
    ARCHIVE_RESULT,
    CLIENT,
    DELAY,
    FORM,
    ORIGIN_ID,
    sender_of,
    stamped,
)
from behaviours.xmpp.stream import Stream
from ontology.errors import ServerError

SKEW = timedelta(minutes=2)
"""How far the server's clock may differ from the database's."""

PAGE = 100
ANSWER_WITHIN = 15
FORWARDED = "{urn:xmpp:forward:0}forwarded"
RSM = "{http://jabber.org/protocol/rsm}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A message in the archive, the id it has there, and when the server got it."""

    archive_id: str
    message: ET.Element
    stamp: datetime | None


class NoArchive(ServerError):
    """The server keeps no archive for us."""


class Forgotten(ServerError):
    """The archive does not hold the message any more after which it was to be read."""


class Archive:
    """Reads the archive of the account a stream is logged in to."""

    def __init__(self, stream: Stream) -> None:
        self._stream = stream
        self._pages: dict[str, list[Entry]] = {}
        stream.archived = self._collect

    async def keep_all_but(self, never: Collection[str]) -> None:
        """Ask the server to archive our messages, but not those with these bare JIDs.

        Raises ServerError when it will not.
        """
        prefs = ET.Element(f"{ARCHIVE}prefs", {"default": "always"})
        ET.SubElement(prefs, f"{ARCHIVE}always")
        excepted = ET.SubElement(prefs, f"{ARCHIVE}never")
        for address in never:
            ET.SubElement(excepted, f"{ARCHIVE}jid").text = address
        await self._ask(prefs)

    async def archived(self, since: datetime, to: Collection[str]) -> set[str]:
        """Return the origin-ids of all we sent to these bare JIDs since then."""
        start = (since - SKEW).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        found: set[str] = set()
        for address in to:
            async for entry in self._read({"start": start, "with": address}, None):
                origin = entry.message.find(ORIGIN_ID)
                ours = sender_of(entry.message) == self._stream.boundjid.bare
                if ours and origin is not None:
                    found.add(origin.get("id", ""))
        return found

    async def after(self, archive_id: str | None) -> AsyncIterator[Entry]:
        """Yield all that was archived after this id, or at all, the oldest first.

        Raises :class:`Forgotten`, or ServerError when the archive cannot be read.
        """
        async for entry in self._read({}, archive_id):
            yield entry

    async def _read(self, fields: dict[str, str], after: str | None) -> AsyncIterator[Entry]:
        while True:
            query, query_id = _query(fields, after)
            with self._collecting(query_id) as page:
                answer = await self._ask(query)
            for entry in page:
                yield entry
            fin = answer.find(f"{ARCHIVE}fin")
            after = None if fin is None else fin.findtext(f"{RSM}set/{RSM}last")
            if fin is None or not after or fin.get("complete") in ("true", "1"):
                return

    async def _ask(self, payload: ET.Element) -> ET.Element:
        iq: Any = self._stream.make_iq_set()
        iq.append(payload)
        try:
            answer: ET.Element = (await iq.send(timeout=ANSWER_WITHIN)).xml
        except IqError as error:
            if error.condition == "item-not-found":
                raise Forgotten("our archive goes back less far") from error
            if error.condition in ("service-unavailable", "feature-not-implemented"):
                raise NoArchive("the XMPP server has no archive (XEP-0313)") from error
            raise ServerError(f"our archive says no: {error.condition}") from error
        except IqTimeout as error:
            raise ServerError("our archive does not answer") from error
        return answer

    @contextmanager
    def _collecting(self, query_id: str) -> Iterator[list[Entry]]:
        page = self._pages[query_id] = []
        try:
            yield page
        finally:
            del self._pages[query_id]

    def _collect(self, wrapper: ET.Element) -> None:
        result = wrapper.find(ARCHIVE_RESULT)
        if result is None or (page := self._pages.get(result.get("queryid", ""))) is None:
            return
        forwarded = result.find(FORWARDED)
        message = None if forwarded is None else forwarded.find(f"{CLIENT}message")
        if forwarded is not None and message is not None:
            page.append(Entry(result.get("id", ""), message, stamped(forwarded.find(DELAY))))


def _query(fields: dict[str, str], after: str | None) -> tuple[ET.Element, str]:
    query_id = uuid4().hex
    query = ET.Element(f"{ARCHIVE}query", {"queryid": query_id})
    form = ET.SubElement(query, f"{FORM}x", {"type": "submit"})
    for name, value in {"FORM_TYPE": "urn:xmpp:mam:2", **fields}.items():
        field = ET.SubElement(form, f"{FORM}field", {"var": name})
        ET.SubElement(field, f"{FORM}value").text = value
    page = ET.SubElement(query, f"{RSM}set")
    ET.SubElement(page, f"{RSM}max").text = str(PAGE)
    if after is not None:
        ET.SubElement(page, f"{RSM}after").text = after
    return query, query_id
