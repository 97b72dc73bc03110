"""Stream management (XEP-0198) that acknowledges what was handled, not what was read.

The server keeps every stanza it has not seen acknowledged, and hands it over again when the
same resource comes back, also after a kill -9. So the count of handled stanzas must rise only
once a stanza's effect is safe: each stanza gets a :class:`Ticket`, and the count follows the
longest run of finished tickets. slixmpp's own plugin counts on arrival and drops what it has
not seen acknowledged when a session cannot be resumed; both are mended here.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any

from slixmpp.plugins.base import register_plugin
from slixmpp.plugins.xep_0198 import XEP_0198
from slixmpp.plugins.xep_0198 import stanza as sm
from slixmpp.stanza import Iq, Message, Presence
from slixmpp.xmlstream.stanzabase import StanzaBase

BURST = 100
"""Stanzas sent before the server is asked for an acknowledgement while more are being sent."""

PAUSE = 0.002
"""Seconds without sending after which the server is asked for an acknowledgement."""

COUNTED = (Message, Presence, Iq)
Intercept = Callable[[Message, "Ticket"], bool]


class Ticket:
    """The promise that one received stanza will be handled."""

    __slots__ = ("_settle", "done")

    def __init__(self, settle: Callable[[], None]) -> None:
        self.done = False
        self._settle = settle

    def handled(self) -> None:
        """Say that the stanza's effect is safe; the server may forget it."""
        self.done = True
        self._settle()


class AcknowledgeHandled(XEP_0198):
    """XEP-0198 with tickets on the way in, and nothing forgotten on the way out."""

    name = "acknowledge_handled"
    description = "XEP-0198: Stream Management, acknowledging what was handled"

    def plugin_init(self) -> None:
        """Start with empty books, as slixmpp calls it."""
        self.intercept: Intercept = lambda _message, _ticket: False
        self.lost: list[StanzaBase] = []
        self.received = 0
        self._open: deque[Ticket] = deque()
        self._asked = False
        self._request: asyncio.TimerHandle | None = None
        self._since_request = 0
        super().plugin_init()

    def count_unreadable(self) -> None:
        """Count a stanza that could not be parsed: the server has counted it too."""
        self._ticket().handled()

    def _ticket(self) -> Ticket:
        self.received += 1
        ticket = Ticket(self._settle)
        if self.enabled_in:
            self._open.append(ticket)
        return ticket

    def _settle(self) -> None:
        before = self.handled
        while self._open and self._open[0].done:
            self._open.popleft()
            self.handled = (self.handled + 1) % 2**32
        if self._asked and self.handled != before:
            self._asked = bool(self._open)
            self.send_ack()

    def _handle_incoming(self, stanza: StanzaBase) -> StanzaBase | None:
        if not isinstance(stanza, COUNTED):
            return stanza
        ticket = self._ticket()
        if isinstance(stanza, Message) and self.intercept(stanza, ticket):
            return None
        ticket.handled()
        return stanza

    def _handle_request_ack(self, req: Any) -> None:
        # What is still being handled is acknowledged by _settle as soon as it is.
        self._asked = bool(self._open)
        self.send_ack()

    def _handle_outgoing(self, stanza: StanzaBase) -> StanzaBase:
        if isinstance(stanza, sm.Resume):
            # The server is about to repeat what is still open; counting both would run ahead.
            self._open.clear()
        self.window_counter = 0  # never counts down to the plugin's own request
        sent: StanzaBase = super()._handle_outgoing(stanza)
        if self.enabled_out and isinstance(stanza, COUNTED):
            self._ask_soon()
        return sent

    def _ask_soon(self) -> None:
        self._since_request += 1
        if self._request is not None:
            if self._since_request < BURST:
                return
            self._request.cancel()
            self._ask()
            return
        self._request = self.xmpp.loop.call_later(PAUSE, self._ask)

    def _ask(self) -> None:
        self._request = None
        self._since_request = 0
        if self.enabled_out and self.xmpp.transport:
            self.request_ack()

    def _handle_resumed(self, stanza: Any) -> None:
        super()._handle_resumed(stanza)
        self._ask()

    def _handle_failed(self, stanza: Any) -> None:
        self._keep_lost()
        super()._handle_failed(stanza)

    def session_end(self, event: Any) -> None:
        """Put aside what was sent but not acknowledged, then forget the session."""
        self._keep_lost()
        self._open.clear()
        super().session_end(event)

    def _keep_lost(self) -> None:
        self.lost.extend(
            stanza for _, stanza in self.unacked_queue if isinstance(stanza, Message)
        )
        self.unacked_queue.clear()


def install(client: Any, intercept: Intercept) -> AcknowledgeHandled:
    """Give a client this stream management; ``intercept`` takes the messages it wants."""
    register_plugin(AcknowledgeHandled)
    client.register_plugin(AcknowledgeHandled.name)
    plugin: AcknowledgeHandled = client[AcknowledgeHandled.name]
    plugin.intercept = intercept
    return plugin
