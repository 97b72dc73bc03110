"""A person's client on slixmpp: resumes its stream, resends what was not acknowledged,
and catches up from its account's archive where the server keeps one."""

from __future__ import annotations

import asyncio
import ssl
import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import slixmpp
from slixmpp.exceptions import IqError, IqTimeout

from tests.clients.hearing import PATIENCE, Account, Ears, Heard
from tests.clients.own_archive import OwnArchive

PLUGINS = ("0030", "0059", "0184", "0198", "0199", "0203", "0280", "0297", "0313", "0359")
RECONNECT_AFTER = 0.3
PING_AFTER, PING_WITHIN = 2.0, 3
ASK_FOR_ACK = "<r xmlns='urn:xmpp:sm:3'/>"


class SlixmppClient(Ears):
    """One session of one account. ``say`` returns the id that the message travels under.

    ``keeps_everything`` has the server archive this account, so that not even a server that
    dies with messages in hand keeps them from this client. ``port`` is that of a proxy.
    """

    def __init__(
        self,
        account: Account,
        contact: str,
        resource: str = "slixmpp",
        *,
        port: int = 0,
        keeps_everything: bool = False,
    ) -> None:
        super().__init__()
        self.account = account
        self.contact = contact
        self.jid = f"{account.jid}/{resource}"
        self.sessions = 0
        self.refusals: list[str] = []
        self._port = port or account.port
        self._unacknowledged: dict[str, Any] = {}
        self._seen: set[str] = set()
        self._live = asyncio.Event()
        self._stopping = False
        self._watching: asyncio.Task[None] | None = None
        self._keeps_everything = keeps_everything
        self.xmpp = self._build()
        self._archive = OwnArchive(self.xmpp, account.jid)

    # -- a session and its end ---------------------------------------------------------------

    def _build(self) -> slixmpp.ClientXMPP:
        xmpp = slixmpp.ClientXMPP(self.jid, self.account.password)
        xmpp.ca_certs = Path(self.account.ca_file)
        xmpp.ssl_context.check_hostname = True
        xmpp.ssl_context.verify_mode = ssl.CERT_REQUIRED
        xmpp.enable_plaintext = False
        xmpp.enable_direct_tls = False
        for plugin in PLUGINS:
            xmpp.register_plugin(f"xep_{plugin}")
        xmpp.plugin["xep_0184"].auto_ack = True
        handlers = {
            "session_start": self._session_started,
            "session_resumed": self._session_resumed,
            "stanza_acked": self._acknowledged,
            "disconnected": self._disconnected,
            "connection_failed": self._failed,
            "message": self._heard,
            "message_error": self._refused,
            "carbon_received": self._carbon,
        }
        for event, handler in handlers.items():
            xmpp.add_event_handler(event, handler)
        return xmpp

    async def __aenter__(self) -> SlixmppClient:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, within: float = PATIENCE) -> SlixmppClient:
        self.xmpp.connect(self.account.host, self._port)
        self._watching = asyncio.create_task(self._watch())
        await asyncio.wait_for(self._live.wait(), within)
        return self

    async def stop(self) -> None:
        """Leave politely: the server forgets the session."""
        self._stopping = True
        if self._watching is not None:
            self._watching.cancel()
        if self.xmpp.transport is None:
            self.xmpp.cancel_connection_attempt()
        else:
            await self.xmpp.disconnect(wait=2.0)
        self.xmpp.abort()
        if self.xmpp._run_out_filters is not None:
            self.xmpp._run_out_filters.cancel()

    def cut(self) -> None:
        """Drop the connection without a word, as a lost network would."""
        if self.xmpp.transport is not None:
            self.xmpp.transport.abort()

    async def _watch(self) -> None:
        """Drop a connection that has fallen silent, as every client has to."""
        own = slixmpp.JID(self.account.jid)
        while True:
            await asyncio.sleep(PING_AFTER)
            if self._live.is_set():
                try:
                    await self.xmpp.plugin["xep_0199"].send_ping(own, timeout=PING_WITHIN)
                except (IqError, IqTimeout):
                    self.cut()

    @property
    def is_live(self) -> bool:
        return self._live.is_set()

    async def live(self, within: float = PATIENCE) -> None:
        await asyncio.wait_for(self._live.wait(), within)

    async def _session_started(self, _: object) -> None:
        self.sessions += 1
        session = self.sessions
        if session > 1:
            self._archive.note_loss()
        self.xmpp.send_presence()
        try:
            await self.xmpp.plugin["xep_0280"].enable(timeout=5)
            if self._keeps_everything:
                await self._archive.keep_everything()
            async for archive_id, message in self._archive.unheard():
                self._heard(message, archived_as=archive_id)
        except (IqError, IqTimeout):
            # Whatever went wrong: the next session starts over.
            if session == self.sessions:
                self.cut()
            return
        if session == self.sessions:
            self._live.set()
            for message in list(self._unacknowledged.values()):
                self._send(message)

    def _session_resumed(self, _: object) -> None:
        resent = {stanza["id"] for _, stanza in self.xmpp.plugin["xep_0198"].unacked_queue}
        self._live.set()
        for name, message in list(self._unacknowledged.items()):
            if name not in resent:
                self._send(message)
        self.xmpp.send(ASK_FOR_ACK)

    def _disconnected(self, _: object) -> None:
        self._live.clear()
        self._connect_again()

    def _failed(self, _: object) -> None:
        self._connect_again()

    def _connect_again(self) -> None:
        def connect() -> None:
            if not self._stopping and self.xmpp.transport is None:
                self.xmpp.connect(self.account.host, self._port)

        asyncio.get_running_loop().call_later(RECONNECT_AFTER, connect)

    # -- speaking ----------------------------------------------------------------------------

    def say(
        self, text: str, *, to: str | None = None, message_id: str | None = None, **extra: str
    ) -> str:
        """Send a message, again and again under the same id until the server has it."""
        message = self.xmpp.make_message(mto=to or self.contact, mbody=text, mtype="chat")
        message["id"] = message_id or uuid.uuid4().hex
        message["origin_id"]["id"] = message["id"]
        for xml in extra.values():
            message.append(ElementTree.fromstring(xml))
        self._unacknowledged[message["id"]] = message
        if self._live.is_set():
            self._send(message)
        return str(message["id"])

    def _send(self, message: Any) -> None:
        # slixmpp's own request for an acknowledgement goes out before the stanza it is about.
        message.send()
        self.xmpp.send(ASK_FOR_ACK)

    async def ask(self, text: str, within: float = PATIENCE) -> str:
        """Say something and return what is said next."""
        self.forget()
        self.say(text)
        return (await self.hears(within=within)).body

    def say_raw(self, xml: str) -> None:
        """Put bytes on the stream as they are."""
        self.xmpp.send_raw(xml)

    @property
    def unsent(self) -> int:
        """How many messages the server has not acknowledged yet."""
        return len(self._unacknowledged)

    async def sent(self, within: float = PATIENCE) -> None:
        """Return when the server has everything that was said."""
        await self.until(lambda: True if not self._unacknowledged else None, "ack", within)

    async def nothing_under_way(self) -> None:
        """Return when everything the server had for us before this call has been heard."""
        await self.xmpp.plugin["xep_0199"].send_ping(
            slixmpp.JID(self.account.jid), timeout=int(PATIENCE)
        )

    async def add_contact(self, jid: str | None = None) -> None:
        """Ask to see the contact's presence and wait until it shows."""
        contact = jid or self.contact
        present = asyncio.Event()

        def seen(presence: Any) -> None:
            if presence["from"].bare == contact:
                present.set()

        self.xmpp.add_event_handler("presence_available", seen)
        self.xmpp.send_presence_subscription(pto=contact)
        await asyncio.wait_for(present.wait(), PATIENCE)

    def _acknowledged(self, stanza: Any) -> None:
        self._unacknowledged.pop(stanza["id"], None)
        self.wake()

    # -- hearing -----------------------------------------------------------------------------

    def _heard(self, message: Any, archived_as: str | None = None) -> None:
        if not message["body"]:
            return
        stanza_id = archived_as or self._stanza_id(message)
        if stanza_id is not None:
            if stanza_id in self._seen:
                return
            self._seen.add(stanza_id)
            self._archive.note(stanza_id)
        stamp = message.xml.find("{urn:xmpp:delay}delay")
        origin = message.xml.find("{urn:xmpp:sid:0}origin-id")
        self.hear(
            Heard(
                sender=str(message["from"]),
                body=message["body"],
                message_id=message["id"],
                origin_id=origin.get("id") if origin is not None else None,
                stanza_id=stanza_id,
                delayed_since=stamp.get("stamp") if stamp is not None else None,
            )
        )

    def _stanza_id(self, message: Any) -> str | None:
        for element in message.xml.iterfind("{urn:xmpp:sid:0}stanza-id"):
            if element.get("by") == self.account.jid:
                return element.get("id")
        return None

    def _carbon(self, message: Any) -> None:
        if message["from"].bare == self.account.jid:
            self._heard(message["carbon_received"])

    def _refused(self, message: Any) -> None:
        self._unacknowledged.pop(message["id"], None)
        self.refusals.append(message["error"]["condition"])
        self.wake()
