"""One agent's XMPP stream: verified TLS, a fixed resource, quick to come back after a cut."""

from __future__ import annotations

import asyncio
import random
import ssl
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast
from xml.etree import ElementTree as ET

import structlog
from slixmpp import ClientXMPP

from behaviours.xmpp.acknowledgement import (
    ACK_TAG,
    REQUEST_TAG,
    AcknowledgeHandled,
    Outgoing,
    Ticket,
    install,
)
from behaviours.xmpp.stanzas import MESSAGE, is_archive_page, is_plain_message
from ontology.errors import ServerError

log = structlog.get_logger(__name__)

SLOWEST_RETRY = 2.0
"""Seconds between attempts to connect while the server is away."""

LONGEST_LOGIN = 8.0
"""Seconds a login may take; it is some ten round trips, and lines can be slow."""

HEARTBEAT = 4.0
"""Seconds of silence before a ping (XEP-0199), and seconds until it must be answered."""


class Unsettled(ServerError):
    """It is not known whether the server has a message: look it up before sending again."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where an agent lives and how it proves it. ``ca_file`` is None for the system's CAs."""

    jid: str
    password: str
    host: str
    port: int
    ca_file: Path | None = None


class Stream(ClientXMPP):
    """A client that hands over messages with a ticket, and reconnects until it is closed.

    ``heard`` gets each message element together with its ticket; ``archived`` gets the pages of
    our own archive. ``began`` is called whenever a new session has started in which nothing of
    the one before is known to the server any more.
    """

    def __init__(self, account: Account) -> None:
        super().__init__(account.jid, account.password)
        self.heard: Callable[[ET.Element, Ticket], None] = lambda _, ticket: ticket.handled()
        self.archived: Callable[[ET.Element], None] = lambda _wrapper: None
        self.began: Callable[[], None] = lambda: None
        self._account = account
        self._closing = False
        self._attempt: asyncio.Task[None] | None = None
        self._held: list[Outgoing] = []
        self._unsettled: dict[str, asyncio.Future[None]] = {}
        self._started = asyncio.Event()
        self._failed = asyncio.Event()
        self._refused = asyncio.Event()
        self._why_refused = ""
        self._was_online = False
        self._secure()
        self._acknowledge: AcknowledgeHandled = install(self)
        self._acknowledge.settled = self._settled
        self.register_plugin("xep_0199")
        self.plugin["xep_0199"].timeout = HEARTBEAT
        self.roster.auto_authorize = cast(bool, None)  # ask us
        self.roster.auto_subscribe = False
        # Not session_start: stream management begins after it, and until then nothing is kept.
        self.add_event_handler("stream_negotiated", self._session_began)
        self.add_event_handler("session_resumed", self._session_resumed)
        self.add_event_handler("disconnected", self._cut)
        self.add_event_handler("connection_failed", lambda _: self._failed.set())
        self.add_event_handler("failed_all_auth", self._locked_out)
        self.add_event_handler("ssl_invalid_chain", self._distrust)

    def _secure(self) -> None:
        self.enable_direct_tls = False
        self.enable_plaintext = False
        context = ssl.create_default_context()
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        self.ssl_context = context
        self.ca_certs = self._account.ca_file

    @property
    def online(self) -> bool:
        """Whether a session stands right now."""
        return self._started.is_set()

    async def open(self, within: float = 30.0) -> None:
        """Connect and wait for the first session. Raises ServerError when refused or late."""
        self._reconnect()
        waits = [
            asyncio.ensure_future(self._started.wait()),
            asyncio.ensure_future(self._refused.wait()),
        ]
        try:
            await asyncio.wait(waits, timeout=within, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
        if not self._started.is_set():
            await self.close()
            why = self._why_refused or f"did not answer within {within:g} s"
            raise ServerError(
                f"the XMPP server at {self._account.host}:{self._account.port} {why}"
            )

    async def close(self) -> None:
        """End the session for good."""
        self._closing = True
        if self._attempt:
            self._attempt.cancel()
        self.cancel_connection_attempt()
        if self.transport:
            self._acknowledge.leave()
            await self.disconnect(wait=1.0)
        if self._run_out_filters is not None:
            self._run_out_filters.cancel()

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

    def _locked_out(self, _: Any) -> None:
        # A server that has let us in may say no while it starts again: it is asked again.
        if not self._was_online:
            self._refuse("refused our password")

    def _distrust(self, error: Any) -> None:
        if not self._was_online:
            why = getattr(error, "verify_message", "")
            self._refuse(
                f"has a certificate that is not trusted ({why}); "
                "set STEWARD_XMPP_CA_FILE to the authority that signed it"
            )
        self.abort()

    def _refuse(self, why: str) -> None:
        self._why_refused = why
        self._refused.set()

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
        self._was_online = True
        self._started.set()
        held, self._held = self._held, []
        for outgoing in (*again, *held):
            self._write(outgoing, soon=False)
        self.plugin["xep_0199"].enable_keepalive(interval=HEARTBEAT, timeout=HEARTBEAT)

    def _settled(self, message_id: str) -> None:
        future = self._unsettled.get(message_id)
        if future and not future.done():
            future.set_result(None)

    def _give_up(self, keys: Iterable[str]) -> None:
        for key in list(keys):
            future = self._unsettled[key]
            if not future.done():
                future.set_exception(Unsettled(key))

    def _cut(self, _: Any) -> None:
        self._started.clear()
        self._failed.set()
        self.plugin["xep_0199"].disable_keepalive()
        if not self._closing:
            if self._was_online:
                log.info("stream cut, reconnecting", agent=self.boundjid.bare)
            self._reconnect()

    def _reconnect(self) -> None:
        if self._attempt is None or self._attempt.done():
            self._attempt = asyncio.ensure_future(self._keep_connecting())

    async def _keep_connecting(self) -> None:
        delay = 0.05
        while not self._closing and not self.online and not self._refused.is_set():
            self._failed.clear()
            if not self.is_connected():
                self.connect(host=self._account.host, port=self._account.port)
            await self._attempt_ends()
            await asyncio.sleep(delay * random.uniform(0.8, 1.2))
            delay = min(delay * 2, SLOWEST_RETRY)
            if not self.online and self.transport and self.transport.is_closing():
                # Cut in the middle of STARTTLS: slixmpp is never told that it is gone.
                self.transport = None

    async def _attempt_ends(self) -> None:
        """Wait until a session stands or the attempt fails; end one that takes too long."""
        ends = [asyncio.ensure_future(event.wait()) for event in (self._started, self._failed)]
        try:
            await asyncio.wait(ends, timeout=LONGEST_LOGIN, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for end in ends:
                end.cancel()
        if not self.online:
            self.cancel_connection_attempt()
            self.abort()
