"""What a gateway offers over HTTP, free of any HTTP library: routes, and plain functions.

A gateway package offers ``webhooks(…) -> Sequence[Webhook]``. The routes are mounted beside the
pages, without session and form token: a handler checks itself who is speaking. What it is given
has passed the limits on size, type, rate and host; what it raises never reaches the sender.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
XML: Final = "application/xml"
HTML: Final = "text/html"
TEXT: Final = "text/plain"

LONGEST_BODY: Final = 64 * 1024
"""Bytes of a body that are read, where a route does not say otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request. Names of headers are in lower case; of a repeated one the last counts.

    ``url`` is what the sender called, by the public address where one is set: what signatures
    are made of. ``path`` is without query, ``query`` is as it was sent, without question mark.
    ``parts`` are the parts of the path that the route names. ``remote`` is the IP address of
    the sender, as far as it can be known.
    """

    method: str
    url: str
    path: str
    query: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    remote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What to answer. A text is sent as UTF-8."""

    status: int = 200
    content_type: str = TEXT
    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


Handler: TypeAlias = Callable[[Request], Awaitable[Answer]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """One route. ``path`` may name parts, as in ``/a/{token}``; each matches up to a slash.

    ``source`` groups routes in metrics and limits ("twilio"). ``takes`` are the media types of
    bodies that are read; with none, a body is refused. ``statuses`` are what the handler
    answers besides the limits' own refusals. ``headers`` are names of headers it asks for.
    """

    method: Literal["GET", "POST"]
    path: str
    handler: Handler
    source: str
    summary: str
    takes: tuple[str, ...] = ()
    longest_body: int = LONGEST_BODY
    statuses: tuple[int, ...] = (200,)
    headers: tuple[str, ...] = ()
