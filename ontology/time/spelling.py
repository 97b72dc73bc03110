"""Words that are one slip away from another: "minuts", "afternon", "tomorro"."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from string import ascii_lowercase
from typing import Final

_SHORTEST_SUBSTITUTED: Final = 6
_SHORTEST_MISSPELT: Final = 4
_OFTEN_MISSPELT: Final = frozenset(
    {"minute", "minutes", "hour", "hours", "week", "weeks", "month", "months", "year", "years"}
    | {"second", "seconds", "morning", "mornings", "afternoon", "afternoons", "evening"}
    | {"evenings", "night", "nights", "tonight", "tomorrow", "noon", "midnight", "weekend"}
    | {"weekends", "weekday", "weekdays", "every", "other", "quarter", "until", "between"}
    | {"christmas", "halloween", "thanksgiving"}
)
_TEXTED: Final = {"b4": "before"}
_REAL_WORDS: Final = frozenset(
    {"moth", "moths", "mouths", "mont", "yearn", "yearns", "yeas", "minuted", "minuses"}
    | {"mourning", "mournings", "moaning", "moanings", "others", "eventing", "secondo", "hors"}
    | {"ever", "eery", "everly", "nigh", "nono", "noons", "quartet", "hourly", "weekly"}
    | {"yearly", "monthly"}
)


def spelled(word: str) -> str:
    """Return a word of time as it is spelled where it was mistyped, any other as it is."""
    if len(word) < _SHORTEST_MISSPELT:
        return _TEXTED.get(word, word)
    return _misspellings().get(word, word)


@cache
def _misspellings() -> dict[str, str]:
    known = _REAL_WORDS.union(_OFTEN_MISSPELT)
    return {
        slip: word
        for word in sorted(_OFTEN_MISSPELT)
        for slip in slips(word)
        if slip not in known and len(slip) >= _SHORTEST_MISSPELT
    }


def slips(name: str) -> Iterator[str]:
    """Yield a letter missed, doubled or put in, two exchanged, and in long names one mistaken.

    The first letter is taken to be right, and an "s" at the end to be a plural.
    """
    for at in range(1, len(name)):
        yield name[:at] + name[at + 1 :]
        if at + 1 < len(name):
            yield name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        for letter in ascii_lowercase:
            yield name[:at] + letter + name[at:]
            if len(name) >= _SHORTEST_SUBSTITUTED and letter != name[at]:
                yield name[:at] + letter + name[at + 1 :]
