"""Cutting a text into messages that Telegram takes.

It counts UTF-16 units after entities, and we send none (Bot API, sendMessage).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 4096
"""UTF-16 units of one message."""

_ENDS: Final = (r"\n{2,}", r"\n", r"[.!?…]\s", r"\s")
"""Where a text may be cut, the better places first."""

_JOINER: Final = "\u200d"
_LEANING: Final = frozenset({"Mn", "Me", "Mc", "Cf", "Sk"})
"""Categories of characters that belong to the one before them."""


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) + sum(character > "\uffff" for character in text)


def split(text: str, longest: int = LONGEST) -> list[str]:
    """Return a text in pieces of at most ``longest`` units, cut at sensible places.

    Nothing is lost but blanks at the cuts. What is one character to a reader stays whole.
    """
    pieces = []
    while units(text) > longest:
        cut = _cut(text, longest)
        pieces.append(text[:cut].rstrip())
        text = text[cut:].lstrip()
    pieces.append(text)
    return [piece for piece in pieces if piece] or [text]


def _cut(text: str, longest: int) -> int:
    end = _reach(text, longest)
    for pattern in _ENDS:
        # A piece of less than half is a worse sight than a lesser cut.
        found = [m.end() for m in re.finditer(pattern, text[:end]) if m.end() > end // 2]
        if found:
            return found[-1]
    cut = end
    while cut > end // 2 and _leans(text, cut):
        cut -= 1
    return cut


def _reach(text: str, longest: int) -> int:
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > longest:
            return index
    return len(text)


def _leans(text: str, at: int) -> bool:
    follows = text[at : at + 1]
    return text[at - 1] == _JOINER or (
        bool(follows) and (follows == _JOINER or unicodedata.category(follows) in _LEANING)
    )
