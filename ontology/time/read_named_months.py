"""Months by name in a text: "march", "august 2027", "sept '96", "may in 2 years"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.lexicon import MONTHS, month_of, unit_of
from ontology.time.numbers import full_year, read_year
from ontology.time.read_durations import read_duration
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import Duration, NamedPeriod

_ADDRESSING: Final = frozenset(
    {"call", "ask", "tell", "ring", "text", "email", "phone", "message", "thank", "visit"}
)
_BEHIND_A_TIME: Final = frozenset(
    {"in", "on", "by", "from", "with", "about", "before", "after", "please", "every", "each"}
    | {"the", "i", "we", "my", "our", "because", "if", "when", "once", "but", "except", "as"}
    | {"beginning", "start", "end", "early", "late", "mid", "then", "this", "that", "a"}
)
_AMBIGUOUS: Final = frozenset({"may", "march", "mar"})
_ENDING: Final = frozenset({",", ".", "?", "!", ")", "-", ";", "'"})
_BEFORE_A_MONTH: Final = frozenset(
    {"from", "since", "by", "until", "till", "between", "before", "through", "thru"}
)
_BEFORE_A_VERB: Final = frozenset(
    {"i", "you", "we", "it", "he", "she", "they", "that", "which", "who", "the", "a", "on"}
)
_BEHIND_A_MONTH: Final = frozenset({"at", "to", "through", "until", "till", "and", "or", "for"})


def is_month_behind(line: Line, word: str, at: int) -> bool:
    """Tell "this may" from what "this may be"."""
    ends = line.kind(at) != "word" or line.word(at) in _BEHIND_A_MONTH
    return word not in _AMBIGUOUS or ends


def read_named_month(line: Line, at: int, *, announced: bool) -> tuple[NamedPeriod, int] | None:
    """Read "march", "march 2027", "aug '96", "march in 1 year"."""
    begin = at
    if line.word(at + 1) == "of" or line.word(at + 2) == "of":
        begin = line.skip(line.skip(line.skip(at, "the"), "month"), "of")
    word = line.word(begin)
    month = month_of(word)
    if month is None:
        return None
    behind = begin + 1
    if word in MONTHS and len(word) <= 4 and line.word(behind) == "." and line.joined(behind):
        behind += 1
    named = _in_year(line, NamedPeriod("month", month), behind)
    if named[1] > behind or announced or _is_meant(line, begin, behind):
        return named
    return None


def _in_year(line: Line, month: NamedPeriod, at: int) -> tuple[NamedPeriod, int]:
    year = year_behind(line, at)
    if year is not None:
        return replace(month, year=year[0]), year[1]
    if line.says(at, "after", "next"):
        return replace(month, in_years=1), at + 2
    shift = read_shift(line, line.skip(at, "of", ","))
    if shift is not None and unit_of(line.word(shift[2])) == "year":
        return replace(month, in_years=100 + shift[0]), shift[2] + 1
    if line.word(at) != "in":
        return month, at
    duration, behind = read_duration(line, at + 1) or (None, at)
    if not isinstance(duration, Duration) or duration.days or duration.seconds:
        return month, at
    years, rest = divmod(duration.months, 12)
    return (replace(month, in_years=years), behind) if years and not rest else (month, at)


def _is_meant(line: Line, at: int, behind: int) -> bool:
    """Tell May and March from what one may do and from marching."""
    word, before, follows = line.word(at), line.word(at - 1), line.word(behind)
    if word not in _AMBIGUOUS:
        return not (before in _ADDRESSING or _describes_a_thing(line, behind))
    if before in ("to", "-", "and", "or"):
        return month_of(line.word(at - 2)) is not None
    if before in _BEFORE_A_VERB:
        return False
    if before in _BEFORE_A_MONTH or month_of(line.word(behind + 1)) is not None:
        return True
    if line.kind(behind) in ("", "number") or follows in _ENDING:
        return True
    return follows in _BEHIND_A_MONTH and not (word == "march" and follows in ("for", "to"))


def _describes_a_thing(line: Line, at: int) -> bool:
    """Tell the month of "october invoices" and "april called" from one that is a time."""
    word = line.word(at)
    time = word in _BEHIND_A_MONTH or word in _BEHIND_A_TIME or read_shift(line, at) is not None
    return line.kind(at) == "word" and not time


def year_behind(line: Line, at: int) -> tuple[int, int] | None:
    """Read the year behind a month or season: "2027", ", 2027", "of 2027", "96"."""
    behind = line.skip(line.skip(at, ",", "-", "/"), "of", "in")
    year = read_year(line, behind)
    if year is not None:
        if 1000 <= year[0] < 1900 and line.kind(behind) == "number" and behind == at:
            return None
        return year
    if line.kind(behind) == "number" and len(line.word(behind)) == 2:
        number = int(line.word(behind))
        if number > 31 and behind == at and line.kind(behind + 1) in ("", "mark"):
            return full_year(number), behind + 1
    return None
