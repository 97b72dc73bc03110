"""Which reminder a person means, in as few of their own words as tell it from others."""

from __future__ import annotations

import re
from typing import Final

from ontology.time.tokens import fold

_NOUN: Final = r"(?:reminders?|alarms?|notifications?)"
_IT: Final = re.compile(
    rf"(?:it|that|this|them|(?:(?:the|that|this|my) )?(?:last |latest )?(?:one|{_NOUN})"
    rf"|(?:the |my )?(?:last|latest)(?: one| {_NOUN})?)?"
)
COUNTED: Final = (
    *("one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
ORDERED: Final = (
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
)
_NUMBER: Final = re.compile(
    rf"(?:the )?(?:{_NOUN} )?(?:(?:number |no\.? ?|nr\.? ?|#)?(?P<digits>[0-9]{{1,9}})\.?"
    rf"|(?:number )?(?P<counted>{'|'.join(COUNTED)}))"
)
_NTH: Final = re.compile(
    rf"(?:the |my )?(?:(?P<word>{'|'.join(ORDERED)})|(?P<digits>[0-9]{{1,2}})(?:st|nd|rd|th))"
    rf"(?: (?:one|{_NOUN}))?"
)
_BEFORE: Final = re.compile(
    rf"(?:(?:the|my|that|this|a) )?(?:{_NOUN} )?(?:(?:to|about|for|of|called|with) )?"
    r"(?:(?:the|my|that|this|a) )?"
)
_AFTER: Final = re.compile(rf" (?:{_NOUN}|one)$")
_MARKS: Final = " \t\r\n.,;:!?\"“”'"


def target_of(words: str) -> str | None:
    """Return the words, or the digits of the number, that name a reminder; None for "it"."""
    spoken = " ".join(words.split()).strip(_MARKS)
    folded = fold(spoken)
    if _IT.fullmatch(folded):
        return None
    number = _NUMBER.fullmatch(folded)
    if number is not None:
        return number["digits"] or str(COUNTED.index(number["counted"]) + 1)
    after = _AFTER.search(folded)
    end = after.start() if after is not None else len(spoken)
    before = _BEFORE.match(folded)
    begin = before.end() if before is not None and before.end() < end else 0
    return spoken[begin:end].strip(_MARKS) or None


def place_of(words: str) -> int | None:
    """Return which one by its place is named ("the second"), counted from 1.

    It may not be the one that bears this number.
    """
    nth = _NTH.fullmatch(fold(" ".join(words.split()).strip(_MARKS)))
    if nth is None:
        return None
    return ORDERED.index(nth["word"]) + 1 if nth["word"] else int(nth["digits"])


def means_all(words: str) -> bool:
    """Tell whether everything is meant, which no single word of a reminder can name."""
    return bool(
        re.match(r"(?:(?:them )?all|everything|every|any|each|both)\b", fold(words.strip()))
    )
