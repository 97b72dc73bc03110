"""Which reminder do these words mean? One rule, for every place where reminders are kept."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

_WORD: Final = re.compile(r"\w+")
_NUMBER: Final = re.compile(r"#?(\d{1,9})")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case; a text without any is a word itself."""
    folded = normalize("NFKC", text).casefold()
    return tuple(_WORD.findall(folded)) or tuple(filter(None, (folded.strip(),)))


def number_in(words: str) -> int | None:
    """Return the reminder number that was said ("3", "#3"), if it was one."""
    said = _NUMBER.fullmatch(words.strip())
    return int(said[1]) if said else None


def holds(text: str, words: str) -> bool:
    """Tell whether each of ``words`` begins a word of ``text``, in whatever order."""
    said, there = words_of(words), words_of(text)
    return bool(said) and all(any(word.startswith(w) for word in there) for w in said)
