"""Several days of the week in a text: "monday, wednesday and friday", "mon-fri", "weekends"."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ontology.time.day_parts import NIGHT, PARTS
from ontology.time.lexicon import WEEKDAYS, weekday_of
from ontology.time.tokens import Line
from ontology.time.values import PartOfDay

WORKING_DAYS: Final = (0, 1, 2, 3, 4)
WEEKEND: Final = (5, 6)
_KINDS: Final[dict[str, tuple[int, ...]]] = {
    **dict.fromkeys(("weekday", "weekdays", "workday", "workdays"), WORKING_DAYS),
    **dict.fromkeys(("weeknight", "weeknights", "schoolday", "schooldays"), WORKING_DAYS),
    **dict.fromkeys(("weekend", "weekends"), WEEKEND),
}
_KINDS_OF_TWO_WORDS: Final = {
    **dict.fromkeys(("week", "work", "working", "business", "school"), WORKING_DAYS),
    "weekend": WEEKEND,
}
_DAY_NOUNS: Final = frozenset({"day", "days", "night", "nights"})
_CODES: Final = {"mo": 0, "tu": 1, "we": 2, "th": 3, "fr": 4, "sa": 5, "su": 6}
_RUNS: Final[dict[str, tuple[int, ...]]] = {
    "mw": (0, 2),
    "mwf": (0, 2, 4),
    "mtwtf": WORKING_DAYS,
    "mtwthf": WORKING_DAYS,
    **dict.fromkeys(("tth", "tuth"), (1, 3)),
}
_LETTERS: Final = {"m": 0, "t": 1, "w": 2, "f": 4}
_SHORTEST_PLURAL: Final = 6
_SHORTEST_NAME: Final = 6
_UP_TO: Final = frozenset({"-", "to", "thru", "through", "till", "til", "until"})
_MOST_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Weekdays:
    """Days of the week in the order they were said, and the part of each that was meant.

    ``plural`` tells that they were said as every such day ("mondays"), ``run`` that they were
    said as "mon-fri" or "mon/wed/fri", ``row`` as the bare "mon wed fri" of a timetable.
    """

    days: tuple[int, ...]
    plural: bool = False
    part: PartOfDay | None = None
    run: bool = False
    row: bool = False

    @property
    def by_day(self) -> tuple[tuple[int, int], ...]:
        """The days as :attr:`ontology.time.repeating.Repetition.by_day` holds them."""
        return tuple((0, day) for day in sorted(set(self.days)))


def plural_weekday(word: str) -> int | None:
    """Return the weekday whose plural this word is: 1 for "tuesdays"."""
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word in WEEKDAYS:
        return None
    return weekday_of(word[:-1])


def read_weekdays(line: Line, at: int) -> tuple[Weekdays, int] | None:
    """Read days of the week, at least one, in a row."""
    days: list[int] = []
    plural, part, behind = False, None, at
    place = at
    while len(days) < _MOST_DAYS and (found := _one(line, place, first=not days)) is not None:
        item, behind = _up_to(line, *found)
        days.extend(item.days)
        plural = plural or item.plural
        part = part or item.part
        place = _joint(line, behind)
        if place == behind and not _goes_on(line, place):
            break
    if not days:
        return None
    if part is None and line.word(behind) in PARTS:
        plural = plural or line.word(behind).endswith("s")
        part, behind = PARTS[line.word(behind)], behind + 1
    run, row = _is_run(line, at, len(days), behind), _is_row(line, at, len(days))
    return Weekdays(tuple(days), plural, part, run or row, row), behind


def _goes_on(line: Line, at: int) -> bool:
    """Tell whether another day stands here with nothing between: "mon wed", "mo we"."""
    word = line.word(at)
    short = word in _CODES and line.word(at - 1) in _CODES
    return short or weekday_of(word) is not None or plural_weekday(word) is not None


def _is_run(line: Line, at: int, days: int, behind: int) -> bool:
    """Tell days said by their ends, or with strokes between, from those of a list."""
    said = [line.word(place) for place in range(at, behind)]
    return days > 1 and (said.count("/") > 1 or any(word in _UP_TO for word in said))


def _is_row(line: Line, at: int, days: int) -> bool:
    """Tell "mon wed fri" and "tue thu", which nothing joins, from the days of a sentence."""
    said = [line.word(place) for place in range(at, at + days)]
    bare = days > 1 and all(word in _CODES or weekday_of(word) is not None for word in said)
    return bare and (days > 2 or all(len(word) < _SHORTEST_NAME for word in said))


def _one(line: Line, at: int, *, first: bool) -> tuple[Weekdays, int] | None:
    word = line.word(at)
    if word in _KINDS_OF_TWO_WORDS and line.word(at + 1) in _DAY_NOUNS:
        noun = line.word(at + 1)
        night = NIGHT if noun.startswith("night") else None
        return Weekdays(_KINDS_OF_TWO_WORDS[word], noun.endswith("s"), night), at + 2
    if word == "week" and line.word(at + 1) in ("end", "ends"):
        return Weekdays(WEEKEND, line.word(at + 1) == "ends"), at + 2
    if word in _KINDS:
        night = NIGHT if word.startswith("weeknight") else None
        return Weekdays(_KINDS[word], word.endswith("s"), night), at + 1
    plural = plural_weekday(word)
    if plural is not None:
        return Weekdays((plural,), plural=True), at + 1
    day = weekday_of(word)
    if day is not None:
        return Weekdays((day,)), _behind_abbreviation(line, at)
    return _short(line, at, first=first)


def _short(line: Line, at: int, *, first: bool) -> tuple[Weekdays, int] | None:
    """Read "mo", "MWF" and "m/w/f"; what is a word of its own only among others."""
    word = line.word(at)
    if word in _RUNS:
        return Weekdays(_RUNS[word], plural=True), at + 1
    behind = at + 2 if line.word(at + 1) in _UP_TO else _joint(line, at + 1)
    following = line.word(behind)
    among = not first or following in _CODES or weekday_of(following) is not None
    if word in _CODES and among:
        return Weekdays((_CODES[word],)), at + 1
    slashed = "/" in (line.word(at + 1), line.word(at - 1))
    if word in _LETTERS and slashed and (not first or following in (*_LETTERS, "th")):
        return Weekdays((_LETTERS[word],)), at + 1
    return None


def _behind_abbreviation(line: Line, at: int) -> int:
    """Return the place behind a name and the full stop of "wed.", unless that ends it all."""
    if len(line.word(at)) > 5 or line.word(at + 1) != ".":
        return at + 1
    return at + 2


def _up_to(line: Line, item: Weekdays, behind: int) -> tuple[Weekdays, int]:
    """Read on to the end of "monday to friday"."""
    if len(item.days) != 1 or line.word(behind) not in _UP_TO:
        return item, behind
    found = _one(line, behind + 1, first=False)
    if found is None or len(found[0].days) != 1:
        return item, behind
    (begin,), (end,) = item.days, found[0].days
    days = tuple((begin + step) % 7 for step in range((end - begin) % 7 + 1))
    return Weekdays(days, item.plural or found[0].plural), found[1]


def _joint(line: Line, at: int) -> int:
    """Return the place behind ", and on", or this place."""
    behind = line.skip(line.skip(at, ",", "/", "&", "+"), "and", "or", "plus", "&")
    return behind if behind == at else line.skip(behind, "on", "every", "each", "the")
