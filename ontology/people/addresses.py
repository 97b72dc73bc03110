"""Addresses: by which scheme people are known, and how each is written.

A bare JID is written as it is; all others begin with their scheme: ``mailto:ada@example.org``
(RFC 6068), ``tel:+34600111222`` (RFC 3966), ``whatsapp:+34600111222``, ``telegram:4711``.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from ontology.errors import NotAnAddress

XMPP: Final = "xmpp"
MAILTO: Final = "mailto"
TEL: Final = "tel"
WHATSAPP: Final = "whatsapp"
TELEGRAM: Final = "telegram"

LONGEST: Final = 254
"""Characters of a mail address that fits into an SMTP path (RFC 5321, 4.5.3.1.3)."""

SHOWN: Final = 80
"""Characters of what is no address that a complaint repeats."""

_BETWEEN_DIGITS: Final = re.compile(r"[\s().\-/\u00a0\u2010-\u2015]")
_NUMBER: Final = re.compile(r"\+[1-9][0-9]{6,14}")
_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN: Final = re.compile(rf"{_LABEL}(?:\.{_LABEL})+")
_TELEGRAM_ID: Final = re.compile(r"[1-9][0-9]{0,19}")


def scheme_of(address: str) -> str:
    """Return the scheme of an address; what has none of those we know is taken as a JID."""
    scheme, colon, _ = address.partition(":")
    known = scheme.strip().lower()
    return known if colon and known in _READERS else XMPP


def normalised(address: str) -> str:
    """Return the one way in which an address is written.

    Domains are in lower case (RFC 5321, 2.4), JIDs all over; numbers are as E.164 writes them.
    Raises :class:`NotAnAddress`, with words for a person.
    """
    scheme = scheme_of(address)
    if scheme == XMPP:
        return address.strip().casefold()
    return f"{scheme}:{_READERS[scheme](address.partition(':')[2].strip())}"


def _number(text: str) -> str:
    bare = _BETWEEN_DIGITS.sub("", text)
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    if not _NUMBER.fullmatch(bare):
        raise NotAnAddress(
            f"“{_shown(text)}” is no number with its country code, such as +34 600 111 222"
        )
    return bare


def _mailbox(text: str) -> str:
    local, _, domain = text.rpartition("@")
    domain = domain.lower()
    if (
        not _LOCAL_PART.fullmatch(local)
        or local.startswith(".")
        or local.endswith(".")
        or ".." in local
        or not _DOMAIN.fullmatch(domain)
        or len(text) > LONGEST
    ):
        raise NotAnAddress(f"“{_shown(text)}” is no mail address, such as ada@example.org")
    return f"{local}@{domain}"


def _telegram_id(text: str) -> str:
    if not _TELEGRAM_ID.fullmatch(text):
        raise NotAnAddress(
            f"“{_shown(text)}” is no Telegram id: it is a number; names may change hands"
        )
    return text


def _shown(text: str) -> str:
    return " ".join(text.split())[:SHOWN]


_READERS: Final[dict[str, Callable[[str], str]]] = {
    MAILTO: _mailbox,
    TEL: _number,
    WHATSAPP: _number,
    TELEGRAM: _telegram_id,
}
