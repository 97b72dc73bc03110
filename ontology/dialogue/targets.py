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
_NUMBER: Final = re.compile(
    rf"(?:the )?(?:{_NOUN} )?(?:number |no\.? ?|nr\.? ?|#)?([0-9]{{1,9}})\.?"
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
        return number[1]
    after = _AFTER.search(folded)
    end = after.start() if after is not None else len(spoken)
    before = _BEFORE.match(folded)
    begin = before.end() if before is not None and before.end() < end else 0
    return spoken[begin:end].strip(_MARKS) or None


def means_all(words: str) -> bool:
    """Tell whether everything is meant, which no single word of a reminder can name."""
    return bool(re.match(r"(?:all|everything|every|any|each|both)\b", fold(words.strip())))
