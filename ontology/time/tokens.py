"""Text cut into the words, numbers, clocks and dates that the time grammar reads.

Folding keeps every character in its place, so that a token's bounds are those of the text as
the person typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal[
    "iso",
    "date",
    "clock",
    "hours",
    "dotted",
    "ordinal",
    "number",
    "meridiem",
    "word",
    "mark",
    "",
]

# Invisible: no-break and zero-width spaces, joiners and marks of writing direction.
_SPACES: Final = "\u00a0\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BIDI: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_FOLDED: Final = str.maketrans(
    {chr(upper): chr(upper + 32) for upper in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys(_SPACES + _BIDI, " ")
    | {"\u2019": "'", "\u2018": "'"}
)
_TOKEN: Final = re.compile(
    r"""
    (?P<iso>[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:t(?=[0-9])|\b))
  | (?P<date>[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{4}|/[0-9]{2})?(?![0-9/])
           | [0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}(?![0-9]))
  | (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?![0-9:]))
  | (?P<hours>[0-9]{1,3}h[0-9]{2}(?![0-9]))
  | (?P<dotted>[0-9]{1,2}\.[0-9]{2}(?![0-9]|\.[0-9]))
  | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th)\b)
  | (?P<number>[0-9]+(?:\.[0-9]+)*)
  | (?P<meridiem>[ap]\.?m\b(?:\.(?=\s|$))?)
  | (?P<word>[^\W\d_](?:[\w'])*)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)
NUMBERS: Final = {
    "a": 1.0,
    "an": 1.0,
    "one": 1.0,
    "two": 2.0,
    "three": 3.0,
    "four": 4.0,
    "five": 5.0,
    "six": 6.0,
    "seven": 7.0,
    "eight": 8.0,
    "nine": 9.0,
    "ten": 10.0,
    "eleven": 11.0,
    "twelve": 12.0,
    "fifteen": 15.0,
    "twenty": 20.0,
    "thirty": 30.0,
    "forty": 40.0,
    "fifty": 50.0,
    "sixty": 60.0,
    "ninety": 90.0,
}
"""The numbers that are read as words."""

_TENS: Final = frozenset({20.0, 30.0, 40.0, 50.0})
_LONGEST_NUMBER: Final = 9


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text, folded to lower case, with its bounds in the text."""

    kind: Kind
    text: str
    start: int
    end: int


_NOTHING: Final = Token("", "", -1, -1)


class Line:
    """The tokens of a text; beyond either end there is an empty token."""

    def __init__(self, text: str) -> None:
        self.tokens = [
            Token(match.lastgroup, match[0], match.start(), match.end())  # type: ignore[arg-type]
            for match in _TOKEN.finditer(fold(text))
        ]

    def __len__(self) -> int:
        return len(self.tokens)

    def token(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else _NOTHING

    def word(self, at: int) -> str:
        """Return the folded text of a token, "" beyond either end."""
        return self.token(at).text

    def kind(self, at: int) -> Kind:
        return self.token(at).kind

    def skip(self, at: int, *words: str) -> int:
        """Return the place behind one of these words, if it stands here, else this place."""
        return at + 1 if self.word(at) in words else at

    def says(self, at: int, *words: str) -> bool:
        """Tell whether exactly these words stand here, one after the other."""
        return all(self.word(at + offset) == word for offset, word in enumerate(words))


def fold(text: str) -> str:
    """Return the text in ASCII lower case with plain spaces, character by character."""
    return text.translate(_FOLDED)


def read_number(line: Line, at: int) -> tuple[float, int] | None:
    """Return the number that stands here, in digits or words, and the place behind it."""
    token = line.token(at)
    if token.kind in ("number", "dotted"):
        if token.text.count(".") > 1 or len(token.text) > _LONGEST_NUMBER:
            return None
        return float(token.text), at + 1
    number = NUMBERS.get(token.text)
    if number is None:
        return None
    if number in _TENS:
        behind = line.skip(at + 1, "-")
        ones = NUMBERS.get(line.word(behind), 0.0)
        if 1 <= ones <= 9 and line.word(behind) not in ("a", "an"):
            return number + ones, behind + 1
    return number, at + 1
