"""Numbers and ordinals in a text, in digits or in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from ontology.time.tokens import Line

_ONES: Final = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS: Final = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
UNITS_OF_NUMBERS: Final = {word: number for number, word in enumerate(_ONES)}
TENS: Final = {word: 10 * number for number, word in enumerate(_TENS, 2)} | {"fourty": 40}
NUMBERS: Final = UNITS_OF_NUMBERS | TENS
"""The whole numbers that are one word."""

AMOUNTS: Final = {
    "a": 1.0,
    "an": 1.0,
    "couple": 2.0,
    "pair": 2.0,
    "few": 3.0,
    "several": 3.0,
    "dozen": 12.0,
    "half": 0.5,
    "\u00bd": 0.5,
    "\u00bc": 0.25,
    "\u00be": 0.75,
}
"""The words that say how many of a unit, beside numbers."""

_ORDINALS_BELOW_TWENTY: Final = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
]
ORDINALS: Final = {
    **{word: number for number, word in enumerate(_ORDINALS_BELOW_TWENTY) if number},
    "twentieth": 20,
    "thirtieth": 30,
    "fith": 5,
    "nineth": 9,
    "twelveth": 12,
}
_ENDINGS: Final = frozenset({"st", "nd", "rd", "th"})
_LONGEST_NUMBER: Final = 9


def read_number(line: Line, at: int) -> tuple[float, int] | None:
    """Return the number that stands here, in digits or words, and the place behind it."""
    kind = line.kind(at)
    if kind in ("number", "dotted", "decimal"):
        text = line.word(at)
        return (float(text), at + 1) if len(text) <= _LONGEST_NUMBER else None
    if kind == "word":
        if line.word(at) in ("a", "an") and line.word(at + 1) not in ("hundred", "thousand"):
            return 1.0, at + 1
        found = read_whole_number(line, at)
        return (float(found[0]), found[1]) if found is not None else None
    return None


def read_whole_number(line: Line, at: int) -> tuple[int, int] | None:
    """Return the whole number below a thousand thousands that stands here, in digits or words.

    "twenty-five", "twenty and five", "a hundred", "two hundred and fifty", "two thousand".
    """
    if line.kind(at) == "number":
        text = line.word(at)
        return (int(text), at + 1) if len(text) <= _LONGEST_NUMBER else None
    found = _below_hundred(line, at)
    if found is None and line.word(at) == "a" and line.word(at + 1) in ("hundred", "thousand"):
        found = 1, at + 1
    if found is None:
        return None
    number, behind = found
    for word, size in (("thousand", 1000), ("hundred", 100)):
        if line.word(behind) == word:
            number, behind = number * size, behind + 1
            rest = _below_hundred(line, line.skip(behind, "and"))
            if rest is not None:
                return number + rest[0], rest[1]
    return number, behind


def _below_hundred(line: Line, at: int) -> tuple[int, int] | None:
    word = line.word(at)
    number = NUMBERS.get(word)
    if number is None:
        return None
    if word in TENS:
        behind = line.skip(at + 1, "-", "and")
        ones = UNITS_OF_NUMBERS.get(line.word(behind), 0)
        if 1 <= ones <= 9:
            return number + ones, behind + 1
    return number, at + 1


def read_ordinal(line: Line, at: int) -> tuple[int, int] | None:
    """Return the ordinal that stands here: "3rd", "third", "twenty-first", "thirty first"."""
    if line.kind(at) == "ordinal":
        return int(line.word(at)[:-2]), at + 1
    word = line.word(at)
    if line.kind(at) == "number" and line.word(at + 1) in _ENDINGS and len(word) <= 2:
        return int(word), at + 2
    if word in ORDINALS:
        return ORDINALS[word], at + 1
    if word in ("twenty", "thirty"):
        behind = line.skip(at + 1, "-")
        ones = ORDINALS.get(line.word(behind), 0)
        if 1 <= ones <= 9:
            return TENS[word] + ones, behind + 1
    return None


def read_year(line: Line, at: int) -> tuple[int, int] | None:
    """Return the year that stands here: "2027", "'96", "nineteen eighty six"."""
    if line.kind(at) == "number":
        return _year_in_digits(line, at)
    if line.word(at) == "'" and line.kind(at + 1) == "number" and line.joined(at + 1):
        return _short_year(line.word(at + 1), at + 2)
    if line.says(at, "two", "thousand"):
        return read_whole_number(line, at)
    century = NUMBERS.get(line.word(at))
    if century not in (18, 19, 20):
        return None
    rest = _below_hundred(line, line.skip(at + 1, "hundred", "-"))
    if rest is None or rest[0] < 10:
        return None
    return century * 100 + rest[0], rest[1]


def _year_in_digits(line: Line, at: int) -> tuple[int, int] | None:
    text = line.word(at)
    if len(text) != 4 or not 1000 <= int(text) < 3000:
        return None
    return int(text), at + 1


def _short_year(text: str, behind: int) -> tuple[int, int] | None:
    return (full_year(int(text)), behind) if len(text) == 2 else None


def full_year(year: int) -> int:
    """Return the four digits of a year written in two: 50 is 2050, 74 is 1974."""
    if year >= 100:
        return year
    return year + (2000 if year < 60 else 1900)
