"""Codes that prove whose an address is: what they are made of, and how long they are good.

A code is six digits, made of a secret key and the id of its row, so that a request repeated
after a crash speaks of the same code. Only a keyed digest of it is kept. Six digits are guessed
sooner or later by who may try often: a code bears a few wrong tries, and a person few codes.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

DIGITS: Final = 6
GOOD_FOR: Final = timedelta(minutes=10)
TRIES: Final = 5
"""Wrong codes after which every code that could have been meant is good no more."""

PER_HOUR: Final = 5
"""Codes that one person may ask for within an hour."""

_AS_TYPED: Final = re.compile(r"[0-9]{3}[\s-]?[0-9]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Code:
    """A code to be said back: by the person, where it was sent to an address of theirs …

    … and by whoever speaks from the account that is to be linked, where ``address`` is None.
    """

    id: UUID
    person_id: UUID
    scheme: str
    address: str | None = None


def digits_of(code: Code, key: bytes) -> str:
    """Return the six digits of a code."""
    drawn = hmac.digest(key, b"digits" + code.id.bytes, "sha256")
    return f"{int.from_bytes(drawn, 'big') % 10**DIGITS:0{DIGITS}}"


def digest_of(digits: str, key: bytes) -> bytes:
    """Return what is kept of a code; of no use to who has not got the key."""
    return hmac.digest(key, b"digest" + digits.encode(), "sha256")


def is_same(one: bytes, other: bytes) -> bool:
    """Compare two digests in a time that does not tell where they differ."""
    return hmac.compare_digest(one, other)


def read_code(text: str) -> str | None:
    """Return the digits of a text that is nothing but a code, else None."""
    typed = text.strip()
    if not _AS_TYPED.fullmatch(typed):
        return None
    return typed[:3] + typed[-3:]
