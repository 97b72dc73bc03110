"""The words for weekdays, months and units of time, abbreviated and misspelt ones too."""

from __future__ import annotations

from functools import cache
from typing import Final, Literal

from ontology.time.names import DAY_NAMES, MONTH_NAMES
from ontology.time.spelling import slips

Unit = Literal["second", "minute", "hour", "day", "week", "month", "quarter", "year"]

_WEEKDAYS: Final = {name.lower(): number for number, name in enumerate(DAY_NAMES)}
_MONTHS: Final = {name.lower(): number for number, name in enumerate(MONTH_NAMES) if name}
WEEKDAYS: Final = _WEEKDAYS | {
    **dict.fromkeys(("mon", "mond"), 0),
    **dict.fromkeys(("tue", "tues", "tuesd"), 1),
    **dict.fromkeys(("wed", "weds", "wednes", "wensday", "wendsday", "wednsday"), 2),
    **dict.fromkeys(("thu", "thur", "thurs", "thursd", "thr"), 3),
    **dict.fromkeys(("fri", "frid"), 4),
    **dict.fromkeys(("sat", "satur"), 5),
    **dict.fromkeys(("sun",), 6),
}
MONTHS: Final = _MONTHS | {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "sept": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_REAL_WORDS: Final = frozenset(
    [
        "sundry",
        "sundae",
        "mondays",
        "marches",
        "marched",
        "marcher",
        "match",
        "marsh",
        "macho",
        "starch",
        "larch",
    ]
)
_UNITS: Final[dict[str, Unit]] = {
    **dict.fromkeys(("s", "sec", "secs", "second", "seconds"), "second"),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes", "minuet", "mns"), "minute"),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours", "hourss", "hs"), "hour"),
    **dict.fromkeys(("d", "day", "days"), "day"),
    **dict.fromkeys(("w", "wk", "wks", "wek", "week", "weeks"), "week"),
    **dict.fromkeys(("mo", "mos", "mth", "mths", "month", "months"), "month"),
    **dict.fromkeys(("qtr", "qtrs", "quarter", "quarters"), "quarter"),
    **dict.fromkeys(("y", "yr", "yrs", "year", "years"), "year"),
}
_SHORTEST_MISSPELT: Final = 5


def weekday_of(word: str) -> int | None:
    """Return the weekday of this name, abbreviation or misspelling, Monday being 0."""
    number = WEEKDAYS.get(word)
    if number is None and len(word) >= _SHORTEST_MISSPELT:
        number = _misspellings()[0].get(word)
    return number


def month_of(word: str) -> int | None:
    """Return the month of this name, abbreviation or misspelling, from 1."""
    number = MONTHS.get(word)
    if number is None and len(word) >= _SHORTEST_MISSPELT:
        number = _misspellings()[1].get(word)
    return number


def unit_of(word: str) -> Unit | None:
    """Return the unit of time of this name."""
    return _UNITS.get(word.removesuffix("'s"))


@cache
def _misspellings() -> tuple[dict[str, int], dict[str, int]]:
    """Return all words that are one slip away from the name of a weekday, and of a month."""
    weekdays, months = (
        {
            word: number
            for name, number in names.items()
            for word in slips(name)
            if len(word) >= _SHORTEST_MISSPELT and word not in _REAL_WORDS
        }
        for names in (_WEEKDAYS, _MONTHS)
    )
    return weekdays, months
