"""Links that act: a token says what is done for whom, until when, and cannot be made by others.

A token is ``<id of the key>.<content>.<HMAC-SHA256 of both>``, each part in the alphabet of
base64url (RFC 4648, section 5), so that it is one part of a path. Following a link only shows
what it would do (mail scanners follow every link); doing it takes a POST.

Keys can be changed at any time: a token names the key that signed it, and an earlier key is
good as long as it is kept.
"""

from __future__ import annotations

import hmac
import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from struct import Struct
from typing import Final
from uuid import UUID

from ontology.errors import ExpiredLink, ForeignLink, ForgedLink
from ontology.notifications.concepts import Acknowledgement
from ontology.time.concepts import zone_named
from ontology.time.recurrence import to_instant


class Purpose(StrEnum):
    """What a link does. The subject of the answers is the notification they answer."""

    DONE = "done"
    SNOOZE_10M = "snooze-10m"
    SNOOZE_1H = "snooze-1h"
    TOMORROW = "tomorrow"
    UNSUBSCRIBE = "unsubscribe"


ANSWERS: Final = (Purpose.DONE, Purpose.SNOOZE_10M, Purpose.SNOOZE_1H, Purpose.TOMORROW)
"""Purposes that answer a notification, in the order in which they are offered."""

EVERY_PURPOSE: Final = frozenset(Purpose)

_SNOOZES: Final = {
    Purpose.SNOOZE_10M: timedelta(minutes=10),
    Purpose.SNOOZE_1H: timedelta(hours=1),
}
_KEY_ID_LENGTH: Final = 8
_FIXED: Final = Struct(">BQ16s16s")
_VERSION: Final = 1
_TOKEN: Final = re.compile(r"([\w-]{8})\.([\w-]{56,120})\.([\w-]{43})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Link:
    """What a token says. ``subject`` is what it is about: a notification, or the person."""

    purpose: Purpose
    person_id: UUID
    subject: UUID
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LinkKeys:
    """The key that signs, and those whose signatures are still good, by their ids."""

    current: str
    keys: Mapping[str, bytes]

    @classmethod
    def of(cls, secret: str, *earlier: str) -> LinkKeys:
        """Return the keys of these secrets; the first one signs."""
        known = {_key_id(each): each.encode() for each in (secret, *earlier)}
        return cls(_key_id(secret), known)


def signed(link: Link, keys: LinkKeys) -> str:
    """Return the token of a link; 123 characters at most. Whole seconds of its expiry count."""
    content = _text(
        _FIXED.pack(
            _VERSION,
            int(link.expires_at.timestamp()),
            link.person_id.bytes,
            link.subject.bytes,
        )
        + link.purpose.encode()
    )
    return f"{keys.current}.{content}.{_mac(keys.current, content, keys.keys[keys.current])}"


def read(
    token: str, keys: LinkKeys, now: datetime, purposes: Collection[Purpose] = EVERY_PURPOSE
) -> Link:
    """Return what a token says.

    Raises:
        ForgedLink: it was not signed by one of these keys.
        ExpiredLink: its time is over.
        ForeignLink: it was made for another purpose than ``purposes``.
    """
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        raise ForgedLink("not the form of a link of ours")
    key_id, content, mac = parts.groups()
    key = keys.keys.get(key_id)
    # Compared before anything is read, and in constant time.
    if key is None or not hmac.compare_digest(mac, _mac(key_id, content, key)):
        raise ForgedLink("not signed by a key of this home")
    link = _link_in(content)
    if now >= link.expires_at:
        raise ExpiredLink(f"it was good until {link.expires_at:%Y-%m-%d %H:%M} UTC")
    if link.purpose not in purposes:
        raise ForeignLink(f"made for {link.purpose.value!r}")
    return link


def answer_of(
    purpose: Purpose, now: datetime, zone: str
) -> tuple[Acknowledgement, datetime | None]:
    """Return what the person says by such a link, and until when they put it off.

    Tomorrow is the same time by the wall clock of ``zone``. Raises ForeignLink for a purpose
    that answers nothing.
    """
    if purpose is Purpose.DONE:
        return Acknowledgement.DONE, None
    if purpose is Purpose.TOMORROW:
        known = zone_named(zone)
        local = now.astimezone(known)
        wall = local.replace(tzinfo=None, fold=0) + timedelta(days=1)
        return Acknowledgement.SNOOZE, to_instant(wall, known)
    if purpose in _SNOOZES:
        return Acknowledgement.SNOOZE, now + _SNOOZES[purpose]
    raise ForeignLink(f"{purpose.value!r} answers no notification")


def _link_in(content: str) -> Link:
    raw = urlsafe_b64decode(content + "=" * (-len(content) % 4))
    version, expires_at, person, subject = _FIXED.unpack_from(raw)
    try:
        purpose = Purpose(raw[_FIXED.size :].decode())
    except ValueError:
        raise ForeignLink("made for a purpose that is not known here") from None
    if version != _VERSION:
        raise ForeignLink("made by another version")
    return Link(
        purpose,
        UUID(bytes=person),
        UUID(bytes=subject),
        datetime.fromtimestamp(expires_at, UTC),
    )


def _key_id(secret: str) -> str:
    return _text(sha256(b"the id of a key for links\0" + secret.encode()).digest())[
        :_KEY_ID_LENGTH
    ]


def _mac(key_id: str, content: str, key: bytes) -> str:
    return _text(hmac.digest(key, f"{key_id}.{content}".encode(), "sha256"))


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).decode().rstrip("=")
