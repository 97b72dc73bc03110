"""Turning what agents say into HTML that is only ever text.

Everything shown may have been written by somebody hostile. Templates escape by default, and
every value passes :func:`visible` first, so that no character hides or reorders others.
"""

from __future__ import annotations

import json
import unicodedata
import warnings
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote
from zoneinfo import ZoneInfo

import aiohttp_jinja2
import jinja2
from aiohttp import web
from markupsafe import Markup

TEMPLATES: Final = Path(__file__).with_name("templates")
STATIC: Final = Path(__file__).with_name("static")

LONGEST_BODY: Final = 4_000
"""Characters of a message that a page shows."""

DEEPEST_BODY: Final = 100
"""Nested brackets up to which a body is laid out as JSON."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Whose browser this is: its cookie, and the token that forms shown to it carry."""

    signed_in: bool
    cookie: str
    token: str


VISIT: Final = web.RequestKey("visit", Visit)


def render(template: str, request: web.Request, **context: Any) -> web.Response:
    """Return a page. Every template knows the ``request`` and, by ``visit``, whose it is."""
    return aiohttp_jinja2.render_template(template, request, {"request": request, **context})


@jinja2.pass_context
def visit(context: jinja2.runtime.Context) -> Visit:
    """Return the visit for which a template is rendered; a request refused early has none."""
    nobody = Visit(signed_in=False, cookie="", token="")
    known: Visit = context["request"].get(VISIT, nobody)
    return known


def own_pages(app: web.Application, zone: str, **known: Any) -> None:
    """Let a web application render the templates of this package."""
    loader = jinja2.FileSystemLoader(TEMPLATES)
    aiohttp_jinja2.setup(app, loader=loader, trim_blocks=True, lstrip_blocks=True)
    prepare(app, zone, **known)


def plain_page(template: str, **shown: Any) -> str:
    """Render a template that knows no visit, without any web application."""
    return _alone().get_template(template).render(**shown)


@cache
def _alone() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        finalize=visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def prepare(app: web.Application, zone: str, **known: Any) -> None:
    """Add what our templates need to an application: filters, the zone, what is ``known``."""
    environment = aiohttp_jinja2.get_env(app)
    # aiohttp_jinja2 still names what it keeps in a request by strings, as SPADE has it do.
    warnings.filterwarnings("ignore", category=web.NotAppKeyWarning, module="aiohttp_jinja2")
    # SPADE makes its environment itself, so this cannot be an argument.
    environment.finalize = visible
    local = ZoneInfo(zone)
    environment.filters["readable"] = readable
    environment.filters["quoted"] = quoted
    environment.filters["clock"] = lambda at: clock(at, local)
    environment.globals.update(known, zone=zone, visit=visit)


def visible(value: Any) -> Any:
    """Write characters that hide, reorder or cannot be sent as escapes such as ``\\u202e``."""
    if value is None:
        return ""
    if isinstance(value, Markup):
        return value
    text = str(value)
    return text if text.isascii() and text.isprintable() else "".join(map(_shown, text))


def readable(body: str | None) -> str:
    """Return a message body for reading: laid out if it is JSON, cut if it is long."""
    text = _laid_out(body or "")
    if len(text) <= LONGEST_BODY:
        return text
    return f"{text[:LONGEST_BODY]}\n… {len(text) - LONGEST_BODY} more characters"


def quoted(text: object) -> str:
    """Return text for a place in a URL, whatever is in it."""
    return quote(str(text), safe="", errors="replace")


def clock(at: datetime, zone: ZoneInfo) -> str:
    """Return an instant as local date and time, to the millisecond. Naive means system time."""
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def _laid_out(body: str) -> str:
    # json's own recursion is not to be trusted with what came over the network.
    if body.count("[") + body.count("{") > DEEPEST_BODY * 10:
        return body
    try:
        return json.dumps(json.loads(body), indent=2, ensure_ascii=False)
    except (ValueError, RecursionError):
        return body


def _shown(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _HIDDEN:
        return character
    return character.encode("unicode_escape").decode("ascii")


_HIDDEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Unicode categories: control, format (bidirectional overrides), surrogate, separators."""

_HARMLESS: Final = frozenset("\n\t\u200c\u200d")
"""Line breaks, and the joiners of emoji and of Persian and Indic scripts."""
