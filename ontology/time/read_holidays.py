"""Holidays in a text: "christmas", "next thanksgiving", "easter 2027", "new year's eve"."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from ontology.time.holiday_names import names, plain
from ontology.time.lexicon import unit_of
from ontology.time.numbers import read_year
from ontology.time.read_durations import read_duration
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import Day, Duration, Holiday, Later, Moment, WeekendOf, Which

_OTHERS: Final = frozenset(
    {"chinese", "lunar", "jewish", "islamic", "persian", "parsi", "tamil", "hindu", "tibetan"}
)
_MARKS: Final = ("-", ".")


def read_holiday(line: Line, at: int) -> tuple[Day, int] | None:
    """Read the name of a holiday with the year or the words that pick it out."""
    shift = read_shift(line, at)
    begin = shift[2] if shift is not None else line.skip(at, "the")
    found = _name(line, begin)
    if found is None:
        return None
    name, behind = found
    if line.word(behind) == "eve":
        # Of Christmas and of the new year the eve has a name of its own.
        eve = Duration(days=-1, unit="day")
        return Later(eve, Moment(Holiday(name))), behind + 1
    holiday = Holiday(name)
    if shift is not None:
        which: Which = "this" if shift[0] == 0 else "next" if shift[0] > 0 else "last"
        holiday = replace(holiday, which=which)
    if line.word(behind) in ("weekend", "wknd"):
        holiday, behind = _in_year(line, holiday, behind + 1)
        return WeekendOf(holiday), behind
    return _in_year(line, holiday, behind)


def _name(line: Line, at: int) -> tuple[str, int] | None:
    known = names().get(plain(line.word(at)))
    if known is None or line.word(at - 1) in _OTHERS:
        return None
    for words, key in known:
        behind = _behind(line, at, words)
        if behind is not None:
            if key == "kings day" and line.month_first and words[0] == "kings":
                return None
            if words[0] == "labour" and line.month_first:
                return "labor day", behind
            if key == "mothers day" and line.british:
                return "mothering sunday", behind
            return key, behind
    return None


def _behind(line: Line, at: int, words: tuple[str, ...]) -> int | None:
    behind = at
    for place, word in enumerate(words):
        if place:
            behind = line.skip(behind, *_MARKS)
        if plain(line.word(behind)) != word:
            return None
        behind += 1
    return behind


def _in_year(line: Line, holiday: Holiday, at: int) -> tuple[Holiday, int]:
    behind = line.skip(line.skip(at, ","), "of", "in")
    year = read_year(line, behind)
    if year is not None and (behind > at or not 1000 < year[0] < 1900):
        return replace(holiday, year=year[0]), year[1]
    shift = read_shift(line, behind)
    if shift is not None and unit_of(line.word(shift[2])) == "year":
        which: Which = "this" if shift[0] == 0 else "next" if shift[0] > 0 else "last"
        return replace(holiday, which=which, shift=shift[0] or 100), shift[2] + 1
    return _years_away(line, holiday, at)


def _years_away(line: Line, holiday: Holiday, at: int) -> tuple[Holiday, int]:
    """Read "christmas in 2 years", "christmas 2 years ago"."""
    duration, behind = read_duration(line, line.skip(at, "in")) or (None, at)
    if not isinstance(duration, Duration) or duration.days or duration.seconds:
        return holiday, at
    years, rest = divmod(duration.months, 12)
    ago = line.word(behind) in ("ago", "back")
    if rest or not years or not (ago or line.word(at) == "in"):
        return holiday, at
    return replace(holiday, shift=-years if ago else years), behind + ago
