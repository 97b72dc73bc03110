"""Text cut into the words, numbers, clocks and dates that the time grammar reads.

Folding keeps every character in its place, so that a token's bounds are those of the text as
the person typed it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Final

from ontology.time.spelling import spelled

# Invisible: no-break and zero-width spaces, joiners and marks of writing direction.
_SPACES: Final = "\u00a0\u2009\u202f\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_BIDI: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_DASHES: Final = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"
_FOLDED: Final = str.maketrans(
    {chr(upper): chr(upper + 32) for upper in range(ord("A"), ord("Z") + 1)}
    | dict.fromkeys(_SPACES + _BIDI, " ")
    | dict.fromkeys(_DASHES, "-")
    | {"\u2019": "'", "\u2018": "'", "\u02bc": "'"}
)
_TOKEN: Final = re.compile(
    r"""
    (?P<address>(?:https?://|www\.|(?<!\S)(?:~|\.\.?)?/[a-z][^\s/]*/)[^\s<>"]+
      | [a-z0-9._+-]{1,64}@[a-z0-9-]+(?:\.[a-z]{2,})+)
  | (?P<iso>[0-9]{4}(?P<is>[-/.])[0-9]{1,2}(?P=is)[0-9]{1,2}(?![0-9]|(?P=is)[0-9]))
  | (?P<compact>20[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))
  | (?P<date>[0-9]{1,2}(?P<ds>[-/.])[0-9]{1,2}(?P=ds)(?:[0-9]{4}|[0-9]{2})
           (?![0-9]|(?P=ds)[0-9]))
  | (?P<run>[0-9]+(?P<rs>[-./,])[0-9]+(?:(?P=rs)[0-9]+)+)
  | (?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?![0-9:]))
  | (?P<hours>[0-9]{1,3}h[0-9]{2}(?![0-9]))
  | (?P<slash>[0-9]{1,2}/[0-9]{1,2}(?![0-9/]))
  | (?P<month>[0-9]{1,2}[/.][0-9]{4}(?![0-9/])|[0-9]{4}[-/][0-9]{1,2}(?![0-9]))
  | (?P<dotted>[0-9]{1,2}\.[0-9]{1,2}(?![0-9]))
  | (?P<decimal>[0-9]+\.[0-9]+)
  | (?P<ordinal>[0-9]{1,2}(?:st|nd|rd|th)\b)
  | (?P<texted>2(?:day|mor+ow|moro|nite|night)\b|b4\b)
  | (?P<number>[0-9]+)
  | (?P<meridiem>[ap]\.m\b\.?|[ap]m\b)
  | (?P<word>week-ends?\b|[^\W\d_]+(?:'[^\W\d_]+)*'?)
  | (?P<mark>[^\w\s]|_)
    """,
    re.VERBOSE,
)
MOST_TOKENS: Final = 320
"""How many pieces of a text are looked at; nobody says a time behind so many words."""


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text, folded to lower case, with its bounds in the text.

    ``kind`` is the name of the group that matched, "" beyond either end of the text.
    """

    kind: str
    text: str
    start: int
    end: int


_NOTHING: Final = Token("", "", -1, -1)


class Line:
    """The tokens of a text; beyond either end there is an empty token.

    ``month_first``, ``british`` and ``bare_durations`` are what the reader was told;
    ``memory`` keeps what was read at a place, so that no place is read twice, and ``depth``
    how deep times stand inside of times.
    """

    def __init__(
        self,
        text: str,
        *,
        month_first: bool = False,
        british: bool = False,
        bare_durations: bool = False,
    ) -> None:
        self.month_first = month_first
        self.british = british
        self.bare_durations = bare_durations
        self.memory: dict[tuple[str, int], Any] = {}
        self.depth = 0
        self.text = text
        self.tokens: list[Token] = []
        for match in _TOKEN.finditer(fold(text)):
            self.tokens.append(Token(_kind(match), match[0], match.start(), match.end()))
            if len(self.tokens) == MOST_TOKENS:
                break
        self._words = {at: spelled(token.text) for at, token in enumerate(self.tokens)}
        self._kinds = {at: token.kind for at, token in enumerate(self.tokens)}

    def __len__(self) -> int:
        return len(self.tokens)

    def token(self, at: int) -> Token:
        return self.tokens[at] if 0 <= at < len(self.tokens) else _NOTHING

    def word(self, at: int) -> str:
        """Return the folded text of a token, rightly spelled, "" beyond either end."""
        return self._words.get(at, "")

    def kind(self, at: int) -> str:
        return self._kinds.get(at, "")

    def joined(self, at: int) -> bool:
        """Tell whether nothing stands between this token and the one before it."""
        return 0 < at < len(self.tokens) and self.tokens[at].start == self.tokens[at - 1].end

    def skip(self, at: int, *words: str) -> int:
        """Return the place behind one of these words, if it stands here, else this place."""
        return at + 1 if self._words.get(at, "") in words else at

    def says(self, at: int, *words: str) -> bool:
        """Tell whether exactly these words stand here, one after the other."""
        known = self._words
        return all(known.get(at + offset) == word for offset, word in enumerate(words))


def fold(text: str) -> str:
    """Return the text in ASCII lower case with plain spaces and dashes, each in its place."""
    return text.translate(_FOLDED)


def _kind(match: re.Match[str]) -> str:
    # "2day" and "2night" are words, for all their digit.
    return "word" if match.lastgroup == "texted" else match.lastgroup or ""
