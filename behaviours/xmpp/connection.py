"""A verified connection to the XMPP server that comes back after a cut, until it is closed.

slixmpp ends a connection it is not content with – one that cannot be read, a ping unanswered –
by saying good-bye, maybe some seconds later, on whatever connection stands then. A good-bye
ends the session too: it cannot be resumed, and the server hands over again, out of order, what
was heard and not acknowledged yet. Here nothing but :meth:`Connection.close` says good-bye.
"""

from __future__ import annotations

import asyncio
import random
import ssl
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import structlog
from slixmpp import ClientXMPP

from ontology.errors import ServerError

log = structlog.get_logger(__name__)

SLOWEST_RETRY = 2.0
"""Seconds between attempts to connect while the server is away."""

LONGEST_LOGIN = 8.0
"""Seconds a login may take; it is some ten round trips, and lines can be slow."""

HEARTBEAT = 4.0
"""Seconds of silence before a ping (XEP-0199), and seconds until it must be answered."""


@dataclass(frozen=True, slots=True)
class Account:
    """Where an agent lives and how it proves it. ``ca_file`` is None for the system's CAs."""

    jid: str
    password: str
    host: str
    port: int
    ca_file: Path | None = None


class Connection(ClientXMPP):
    """A client whose connection is verified, and made again until it is closed.

    Whoever sees a session begin, or resumed, calls ``_stands``.
    """

    def __init__(self, account: Account) -> None:
        super().__init__(account.jid, account.password)
        self._account = account
        self._closing = False
        self._attempt: asyncio.Task[None] | None = None
        self._started = asyncio.Event()
        self._failed = asyncio.Event()
        self._refused = asyncio.Event()
        self._why_refused = ""
        self._was_online = False
        self._secure()
        self.register_plugin("xep_0199")
        self.plugin["xep_0199"].timeout = HEARTBEAT
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
        self._come_back()
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
            self._leave()
            await super().disconnect(wait=1.0)
        if self._run_out_filters is not None:
            self._run_out_filters.cancel()

    def disconnect(
        self,
        wait: float = 2.0,
        reason: str | None = None,
        ignore_send_queue: bool = False,
    ) -> asyncio.Future[Any]:
        """End the connection, as slixmpp wants it, but not the session."""
        self.reconnect(wait, reason or "")
        ended = self.loop.create_future()
        ended.set_result(None)
        return ended

    def reconnect(self, wait: float = 2.0, reason: str = "") -> None:
        """End the connection, as slixmpp wants it, but not the session; it comes back."""
        self._failed.set()
        self.abort()

    def _leave(self) -> None:
        """Do what is to be done last of all before the session ends."""

    def _stands(self) -> None:
        self._was_online = True
        self._started.set()
        self.plugin["xep_0199"].enable_keepalive(interval=HEARTBEAT, timeout=HEARTBEAT)

    # What follows is called by slixmpp.

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

    def _cut(self, _: Any) -> None:
        self._started.clear()
        self._failed.set()
        self.plugin["xep_0199"].disable_keepalive()
        if not self._closing:
            if self._was_online:
                log.info("stream cut, reconnecting", agent=self.boundjid.bare)
            self._come_back()

    def _come_back(self) -> None:
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
