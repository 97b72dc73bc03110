"""One agent's XMPP stream: messages in and out of it, across cuts and sessions."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, cast
from xml.etree import ElementTree as ET

import structlog

from behaviours.xmpp.acknowledgement import (
    ACK_TAG,
    REQUEST_TAG,
    AcknowledgeHandled,
    Outgoing,
    Ticket,
    install,
)
from behaviours.xmpp.connection import Account, Connection
from behaviours.xmpp.stanzas import MESSAGE, is_archive_page, is_plain_message
from ontology.errors import ServerError

__all__ = ["Account", "Stream", "Unsettled"]

log = structlog.get_logger(__name__)


class Unsettled(ServerError):
    """It is not known whether the server has a message: look it up before sending again."""


class Stream(Connection):
    """A connection that hands over messages with a ticket.

    ``heard`` gets each message element together with its ticket; ``archived`` gets the pages of
    our own archive. ``began`` is called whenever a new session has started in which nothing of
    the one before is known to the server any more.
    """

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self.heard: Callable[[ET.Element, Ticket], None] = lambda _, ticket: ticket.handled()
        self.archived: Callable[[ET.Element], None] = lambda _wrapper: None
        self.began: Callable[[], None] = lambda: None
        self._held: list[Outgoing] = []
        self._unsettled: dict[str, asyncio.Future[None]] = {}
        self._acknowledge: AcknowledgeHandled = install(self)
        self._acknowledge.settled = self._settled
        self.roster.auto_authorize = cast(bool, None)  # ask us
        self.roster.auto_subscribe = False
        # Not session_start: stream management begins after it, and until then nothing is kept.
        self.add_event_handler("stream_negotiated", self._session_began)
        self.add_event_handler("session_resumed", self._session_resumed)

    def post(self, stanza: str, message_id: str) -> None:
        """Send a message, now or as soon as a session stands.

        It is sent again in a later session unless the server is known to have it.
        """
        outgoing = Outgoing.of(stanza, message_id)
        if self.online:
            self._write(outgoing, soon=False)
        else:
            self._held.append(outgoing)

    async def post_once(self, stanza: str, message_id: str) -> None:
        """Send a message and return once the server has it. Raises :class:`Unsettled`.

        An unsettled message is never sent again from here.
        """
        if not self.online:
            raise Unsettled(message_id)
        settled = self._unsettled[message_id] = self.loop.create_future()
        try:
            self._write(Outgoing.of(stanza, message_id), soon=True)
            await settled
        finally:
            self._unsettled.pop(message_id, None)

    def _write(self, outgoing: Outgoing, *, soon: bool) -> None:
        self._acknowledge.track(outgoing, soon=soon)
        # Between a cut and the event that tells of it, there is nothing to write to.
        if self.transport:
            self.send_raw(outgoing)

    def _leave(self) -> None:
        self._acknowledge.send_ack()

    # What follows is called by slixmpp.

    def _spawn_event(self, xml: ET.Element) -> None:
        if xml.tag == REQUEST_TAG:
            self._acknowledge.asked()
        elif xml.tag == ACK_TAG:
            self._acknowledge.acknowledged({"h": int(xml.get("h", "0"))})
        elif xml.tag == MESSAGE:
            self._hear(xml)
        else:
            self._handle_by_slixmpp(xml)

    def _hear(self, message: ET.Element) -> None:
        if message.get("type") == "error" or is_plain_message(message):
            self.heard(message, self._acknowledge.ticket())
        elif is_archive_page(message) and self._is_ours(message):
            self._acknowledge.ticket().handled()
            self.archived(message)
        else:
            self._handle_by_slixmpp(message)

    def _is_ours(self, message: ET.Element) -> bool:
        return message.get("from", "") in ("", self.boundjid.bare)

    def _handle_by_slixmpp(self, xml: ET.Element) -> None:
        before = self._acknowledge.received
        try:
            super()._spawn_event(xml)
        except RecursionError:
            log.warning("stanza nested too deeply, dropped")
        if xml.tag.startswith("{jabber:client}") and self._acknowledge.received == before:
            # One that could not be parsed: the server has counted it, so must we.
            self._acknowledge.ticket().handled()

    def _session_began(self, _: Any) -> None:
        lost, self._acknowledge.lost = self._acknowledge.lost, []
        again = [outgoing for outgoing in lost if outgoing.id not in self._unsettled]
        self._give_up(self._unsettled)
        self._start(again)
        self.began()

    def _session_resumed(self, _: Any) -> None:
        in_flight = {
            stanza.id
            for _, stanza in self._acknowledge.unacked_queue
            if isinstance(stanza, Outgoing)
        }
        self._give_up({key for key in self._unsettled if key not in in_flight})
        self._start([])

    def _start(self, again: list[Outgoing]) -> None:
        self._stands()
        held, self._held = self._held, []
        for outgoing in (*again, *held):
            self._write(outgoing, soon=False)

    def _settled(self, message_id: str) -> None:
        future = self._unsettled.get(message_id)
        if future and not future.done():
            future.set_result(None)

    def _give_up(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            future = self._unsettled[key]
            if not future.done():
                future.set_exception(Unsettled(key))
