"""Stream management (XEP-0198) that acknowledges what was handled, not what was read.

The server keeps every stanza it has not seen acknowledged, and hands it over again when the
same resource comes back, also after a kill -9. So the count of handled stanzas must rise only
once a stanza's effect is safe: each stanza gets a :class:`Ticket`, and the count follows the
longest run of finished tickets. slixmpp's own plugin counts on arrival, and drops what it has
not seen acknowledged when a session cannot be resumed; both are mended here.

Asking and answering are put off for a moment: an acknowledgement costs as much as a stanza.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, cast

from slixmpp.plugins.base import register_plugin
from slixmpp.plugins.xep_0198 import XEP_0198
from slixmpp.plugins.xep_0198 import stanza as sm
from slixmpp.stanza import Iq, Message, Presence
from slixmpp.xmlstream.stanzabase import StanzaBase

BURST = 100
"""Stanzas sent before the server is asked what it has, while more are being sent."""

SOON = 0.002
"""Seconds until the server is asked about a message somebody waits to see settled."""

LATER = 0.5
"""Seconds until the server is asked about all other messages."""

ANSWER_AFTER = 0.03
"""Seconds over which the server's own questions are gathered into one answer."""

REQUEST_TAG = sm.RequestAck.tag_name()
ACK_TAG = sm.Ack.tag_name()
COUNTED = (Message, Presence, Iq)


class Outgoing(str):
    """A message stanza, written out, that may have to be sent again."""

    __slots__ = ("id",)
    id: str

    @classmethod
    def of(cls, stanza: str, message_id: str) -> Outgoing:
        """Return a written stanza together with its id."""
        outgoing = cls(stanza)
        outgoing.id = message_id
        return outgoing


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
        self.lost: list[Outgoing] = []
        self.received = 0
        self.settled: Callable[[str], None] = lambda _message_id: None
        self._open: deque[Ticket] = deque()
        self._answer: asyncio.TimerHandle | None = None
        self._ask_timer: asyncio.TimerHandle | None = None
        self._since_asked = 0
        super().plugin_init()

    # On the way in.

    def ticket(self) -> Ticket:
        """Count a stanza that arrived."""
        self.received += 1
        ticket = Ticket(self._settle)
        if self.enabled_in:
            self._open.append(ticket)
        return ticket

    def asked(self) -> None:
        """Answer the server soon; what is still being handled then, when it is handled."""
        if self._answer is None:
            self._answer = self.xmpp.loop.call_later(ANSWER_AFTER, self._answer_now)

    def _answer_now(self) -> None:
        self._answer = None
        self.send_ack()

    def _settle(self) -> None:
        before = self.handled
        while self._open and self._open[0].done:
            self._open.popleft()
            self.handled = (self.handled + 1) % 2**32
        if self.handled != before:
            self.asked()

    def _handle_incoming(self, stanza: StanzaBase) -> StanzaBase | None:
        if isinstance(stanza, COUNTED):
            self.ticket().handled()
        return stanza

    # On the way out.

    def track(self, outgoing: Outgoing, *, soon: bool) -> None:
        """Count a message that is about to be written to the stream."""
        if self.enabled_out:
            self.seq = (self.seq + 1) % 2**32
            self.unacked_queue.append((self.seq, outgoing))
            self._ask(SOON if soon else LATER)

    def acknowledged(self, ack: Any) -> None:
        """Take note of what the server has."""
        self._handle_ack(ack)

    def _handle_outgoing(self, stanza: StanzaBase) -> StanzaBase:
        self.window_counter = 0  # never counts down to the plugin's own request
        sent: StanzaBase = super()._handle_outgoing(stanza)
        if self.enabled_out and isinstance(stanza, COUNTED):
            self._ask(LATER)
        return sent

    def _ask(self, delay: float) -> None:
        self._since_asked += 1
        if self._since_asked >= BURST:
            self._ask_now()
            return
        timer = self._ask_timer
        if timer is not None and timer.when() <= self.xmpp.loop.time() + delay:
            return
        if timer is not None:
            timer.cancel()
        self._ask_timer = self.xmpp.loop.call_later(delay, self._ask_now)

    def _ask_now(self) -> None:
        if self._ask_timer is not None:
            self._ask_timer.cancel()
            self._ask_timer = None
        self._since_asked = 0
        self.request_ack()

    def _handle_ack(self, ack: Any) -> None:
        # A server that starts anew after losing its memory must not make us pop too much.
        acked = min((ack["h"] - self.last_ack) % 2**32, len(self.unacked_queue))
        for _ in range(acked):
            _, stanza = self.unacked_queue.popleft()
            if isinstance(stanza, Outgoing):
                self.settled(stanza.id)
        self.last_ack = ack["h"]

    # Only while a session stands: amid a login, servers take it for the beginning of a stream.

    def send_ack(self) -> None:
        """Tell the server what was handled; the rest it keeps."""
        if self.enabled_in:
            super().send_ack()

    def request_ack(self, e: Any = None) -> None:
        """Ask the server what it has."""
        if self.enabled_in and self.xmpp.transport:
            super().request_ack(e)

    # When a session ends or comes back.

    async def _handle_sm_feature(self, features: Any) -> Any:
        # From here on, where h is read for a resume, the server repeats what is still open;
        # counting both would run ahead.
        self._open.clear()
        return await super()._handle_sm_feature(features)

    def _handle_resumed(self, stanza: Any) -> None:
        cast(Any, self.xmpp).features.add("stream_management")
        self.enabled_in = True
        self._handle_ack(stanza)
        for _, unacked in self.unacked_queue:
            self.xmpp.send_raw(str(unacked))
        self.xmpp.event("session_resumed", stanza)
        self.xmpp.end_session_on_disconnect = False
        self._ask_now()

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
            stanza for _, stanza in self.unacked_queue if isinstance(stanza, Outgoing)
        )
        self.unacked_queue.clear()


def install(client: Any) -> AcknowledgeHandled:
    """Give a client this stream management."""
    register_plugin(AcknowledgeHandled)
    client.register_plugin(AcknowledgeHandled.name)
    plugin: AcknowledgeHandled = client.plugin[AcknowledgeHandled.name]
    return plugin
