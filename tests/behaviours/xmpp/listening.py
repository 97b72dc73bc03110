"""A stream under test, which keeps what it hears and handles it when it is told to."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self
from uuid import uuid4
from xml.etree import ElementTree as ET

from behaviours.xmpp.acknowledgement import AcknowledgeHandled, Ticket
from behaviours.xmpp.stanzas import CLIENT, chat_stanza, sender_of
from behaviours.xmpp.stream import Account, Stream
from tests.clients import hearing
from tests.clients.hearing import Ears, Heard


def login(account: hearing.Account, resource: str = "steward", port: int = 0) -> Account:
    """How the stream of an agent logs in with this account."""
    return Account(
        jid=f"{account.jid}/{resource}",
        password=account.password,
        host=account.host,
        port=port or account.port,
        ca_file=Path(account.ca_file),
    )


class Listener(Ears):
    """Logged in while the block lasts. ``handles`` tells whether what it hears is handled."""

    def __init__(
        self,
        account: hearing.Account,
        *,
        resource: str = "steward",
        port: int = 0,
        handles: bool = True,
    ) -> None:
        super().__init__()
        self.jid = account.jid
        self.handles = handles
        self.sessions = 0
        self.resumptions = 0
        self.stanzas: list[ET.Element] = []
        self.pages: list[ET.Element] = []
        self.tickets: list[Ticket] = []
        self.stream = Stream(login(account, resource, port))
        self.stream.heard = self._heard
        self.stream.archived = self.pages.append
        self.stream.began = self._began
        self.stream.add_event_handler("session_resumed", self._resumed)
        self.stream.add_event_handler("disconnected", lambda _: self.wake())
        # What the tests do not look at, slixmpp need not complain about.
        self.stream.add_event_handler("message", lambda _: None)

    async def __aenter__(self) -> Self:
        await self.stream.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stream.close()

    @property
    def management(self) -> AcknowledgeHandled:
        """Its stream management."""
        return self.stream._acknowledge

    @property
    def bodies(self) -> list[str]:
        return [message.body for message in self.heard]

    def say(self, to: str, body: str) -> str:
        """Post a chat message and return its id."""
        key = uuid4().hex
        self.stream.post(chat_stanza(to, body, key), key)
        return key

    async def say_once(self, to: str, body: str) -> str:
        """Post a chat message and return its id once the server has it."""
        key = uuid4().hex
        await self.stream.post_once(chat_stanza(to, body, key), key)
        return key

    async def hears_all(self, count: int, within: float = 20.0) -> list[str]:
        """Return all bodies once there are this many."""
        await self.until(
            lambda: self.heard if len(self.heard) >= count else None,
            f"{count} messages ({len(self.heard)} so far)",
            within,
        )
        return self.bodies

    async def began(self, sessions: int, within: float = 20.0) -> None:
        """Wait until this many sessions have begun."""
        await self.until(lambda: self.sessions >= sessions or None, "a new session", within)

    async def resumed(self, times: int, within: float = 20.0) -> None:
        """Wait until sessions were resumed this often."""
        await self.until(lambda: self.resumptions >= times or None, "a resumption", within)

    def _heard(self, stanza: ET.Element, ticket: Ticket) -> None:
        self.stanzas.append(stanza)
        self.tickets.append(ticket)
        if self.handles:
            ticket.handled()
        self.hear(
            Heard(
                sender=sender_of(stanza),
                body=stanza.findtext(f"{CLIENT}body") or "",
                message_id=stanza.get("id", ""),
            )
        )

    def _began(self) -> None:
        self.sessions += 1
        self.stream.send_presence()
        self.wake()

    def _resumed(self, _: Any) -> None:
        self.resumptions += 1
        self.wake()
