"""What the pages need to know of settings, home and agents, whatever stands behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Sized
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

from gateways.http.webhooks import Webhook
from ontology.figures import KeepFigures
from ontology.journal import Journal

if TYPE_CHECKING:
    from aiohttp import web


class Settings(Protocol):
    """The settings that the pages obey."""

    @property
    def http_host(self) -> str: ...
    @property
    def http_port(self) -> int | None: ...
    @property
    def http_allow_remote(self) -> bool: ...
    @property
    def http_open_metrics(self) -> bool: ...
    @property
    def public_url(self) -> str | None: ...
    @property
    def xmpp_domain(self) -> str: ...
    @property
    def timezone(self) -> str: ...


class Home(Protocol):
    """The directory that keeps the password and the ports."""

    def secret(self, name: str) -> str: ...
    def port(
        self, name: str, wanted: int | None, *, preferred: int, host: str = ...
    ) -> int: ...
    def move_port(self, name: str, *, host: str = ...) -> int: ...


class Message(Protocol):
    """An ACL message as SPADE keeps it; senders and receivers are JIDs."""

    sender: Any
    to: Any
    body: str | None
    thread: str | None
    sent: bool

    def get_metadata(self, key: str) -> str | None: ...


class Traces(Protocol):
    """The messages that an agent remembers, the newest first."""

    store: Sequence[tuple[datetime, Message, str | None]]


class Behaviour(Protocol):
    """A role, a duty or any other SPADE behaviour. ``str()`` is ``<kind>/<name>``."""

    def mailbox_size(self) -> int: ...
    def is_killed(self) -> bool: ...
    def kill(self) -> None: ...


class WebApp(Protocol):
    """SPADE's web application of one agent, before SPADE's own routes are set up."""

    app: web.Application
    menu_entries: Mapping[str, tuple[str, str]]

    def add_template_path(self, templates_path: str) -> None: ...


class Presence(Protocol):
    """Who is there. Contacts are SPADE's, by bare JID."""

    contacts: Mapping[str, Any]

    def unsubscribe(self, jid: str) -> None: ...


class Stream(Protocol):
    """The connection to the server."""

    @property
    def online(self) -> bool: ...
    def send_message(self, mto: Any, mbody: str, *, mtype: str) -> None: ...


class Agent(Protocol):
    """An agent, as far as it can be looked at and acted on."""

    @property
    def address(self) -> str: ...
    @property
    def stream(self) -> Stream: ...
    @property
    def conversations(self) -> Sized: ...
    @property
    def behaviours(self) -> Sequence[Behaviour]: ...
    @property
    def traces(self) -> Traces: ...
    @property
    def presence(self) -> Presence: ...
    @property
    def web(self) -> WebApp: ...
    def is_alive(self) -> bool: ...
    async def stop(self) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What a process serves. ``channels`` tells of each channel what it still needs, if any.

    With ``main`` it has the port of the home, to which a proxy points; other processes of the
    home have ports of their own.
    """

    agents: Sequence[Agent] = ()
    journal: Journal | None = None
    webhooks: Sequence[Webhook] = ()
    figures: KeepFigures | None = None
    channels: Mapping[str, str] = field(default_factory=dict)
    main: bool = True
