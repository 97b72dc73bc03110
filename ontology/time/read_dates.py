"""Days of a month in a text: "5 may", "may the 5th, 2027", "the 3rd", "20th of next month"."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import Final

from ontology.time.lexicon import MONTHS, month_of, unit_of, weekday_of
from ontology.time.numbers import full_year, read_ordinal, read_whole_number, read_year
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import (
    CalendarDate,
    Day,
    Impossible,
    NamedPeriod,
    NthDay,
    Period,
)

_LONGEST_MONTH: Final = 31
_LAST_HOUR: Final = 24
_LAST_HOUR_BEFORE_NOON: Final = 12
_FIRST_SURE_ORDINAL: Final = 10  # "the second" may be a choice among others
_BEHIND_A_YEAR: Final = frozenset({"at", "@", ",", "from", "in", "until", "till", "noon"})
_BEHIND_A_DAY: Final = ("at", "@", ",", "to")
_SEPARATORS: Final = ("-", "/", ".", ",")
_NOT_BEHIND_A_DAY: Final = ("o'clock", "oclock", "times", "occurrences", "occasions")

Found = tuple[Day | Impossible, int]


def read_date(line: Line, at: int) -> Found | None:
    """Read a day of a named month, in either order, with or without its year."""
    begin = line.skip(at, "the")
    leap = read_leap_day(line, begin)
    if leap is not None:
        month, day, behind = leap
        return _with_year(line, day, month, behind, _year_at(line, behind, written=False))
    return _day_first(line, begin) or (_month_first(line, at) if begin == at else None)


def read_leap_day(line: Line, at: int) -> tuple[int, int, int] | None:
    """Read "leap day": its month and day, which most years do not have."""
    return (2, 29, at + 2) if line.says(at, "leap", "day") else None


def read_day_number(line: Line, at: int) -> tuple[int, int, bool] | None:
    """Read the number of a day: "5", "5th", "fifth", "twenty five"; and whether an ordinal."""
    ordinal = read_ordinal(line, at)
    if ordinal is not None:
        return ordinal[0], ordinal[1], True
    number = read_whole_number(line, at)
    if number is None or (line.kind(at) == "number" and len(line.word(at)) > 2):
        return None
    return number[0], number[1], False


def _day_first(line: Line, at: int) -> Found | None:
    """Read "5 may", "5th of may 2027", "10-august-2012", "28. nov"."""
    found = read_day_number(line, at)
    if found is None or (line.joined(at) and line.kind(at - 1) == "word"):
        return None
    day, behind, _ = found
    behind = line.skip(line.skip(behind, "day"), "of", "-", "/", ".", "in")
    behind = line.skip(behind, "the", "this")
    month = month_of(line.word(behind))
    if month is None or line.kind(behind) != "word":
        return None
    if line.word(behind - 1) == "in" or (line.word(behind) == "sat"):
        return None
    written = line.word(behind - 1) in ("-", "/")
    if behind == at + 1 and _is_an_hour_before(line, at, behind):
        return None
    behind = _behind_abbreviation(line, behind)
    year = _year_at(line, behind, written=written)
    return _with_year(line, day, month, behind, _unless_a_clock(line, at, day, month, year))


def _is_an_hour_before(line: Line, at: int, month: int) -> bool:
    """Tell the hour of "at 9 may 5" from the day of "at 9 may 5pm"."""
    if line.word(at - 1) not in ("at", "@") or line.kind(at) != "number":
        return False
    if line.kind(month + 1) == "ordinal":
        return True
    is_number = line.kind(month + 1) == "number" and line.kind(month + 2) != "meridiem"
    return is_number and 1 <= int(line.word(month + 1)[:4]) <= _LONGEST_MONTH


def _month_first(line: Line, at: int) -> Found | None:
    """Read "may 5", "may the 5th", "jan/3", "sep-23-2020", "march, 6th 2016"."""
    month = month_of(line.word(at))
    if month is None:
        return None
    behind = _behind_abbreviation(line, at)
    behind = line.skip(line.skip(behind, *_SEPARATORS), "the", "on")
    found = read_day_number(line, behind)
    if found is None or (line.kind(behind) == "word" and not _is_day_in_words(line, *found)):
        return None
    day, end, ordinal = found
    written = line.word(behind - 1) in ("-", "/")
    if not ordinal and _is_no_day(line, end):
        return None
    end = line.skip(end, ".") if line.kind(end + 1) == "" else end
    year = _year_at(line, end, written=written)
    return _with_year(line, day, month, end, _unless_a_clock(line, at, day, month, year))


def _unless_a_clock(
    line: Line, at: int, day: int, month: int, year: tuple[int, int] | None
) -> tuple[int, int] | None:
    """Tell the wall time of "tue 24 oct 2050": in that year it is no Tuesday."""
    name = at - 1 if line.word(at - 1) not in (",", ".", "the") else at - 2
    weekday = weekday_of(line.word(name))
    if year is None or weekday is None or line.word(year[1] - 2) in _SEPARATORS:
        return year
    text = line.word(year[1] - 1)
    if not text.isdigit() or len(text) != 4 or int(text[:2]) > 23 or int(text[2:]) > 59:
        return year
    fits = day <= monthrange(year[0], month)[1] and date(year[0], month, day).weekday()
    return year if fits == weekday else None


def _is_day_in_words(line: Line, day: int, end: int, ordinal: bool) -> bool:
    """Tell "march first" and "january twenty four" from "may one"."""
    return 1 <= day <= _LONGEST_MONTH and (ordinal or day > 1)


def _is_no_day(line: Line, at: int) -> bool:
    """Tell that the number before is an hour, "may 5pm", or counts: "from may, 10 times"."""
    return line.kind(at) == "meridiem" or line.word(at) in _NOT_BEHIND_A_DAY


def _behind_abbreviation(line: Line, at: int) -> int:
    word, behind = line.word(at), at + 1
    if word in MONTHS and len(word) <= 4 and line.word(behind) == "." and line.joined(behind):
        return behind + 1
    return behind


def _year_at(line: Line, at: int, *, written: bool) -> tuple[int, int] | None:
    """Read a year behind a month: "2027", ", 2027", "of '27", "-2027", "/96"."""
    behind = line.skip(at, ",", "-", "/", "of", "in", ".")
    year = read_year(line, behind)
    if year is not None:
        if line.kind(behind) == "number" and behind == at and _reads_as_clock(line, behind):
            return None
        if line.kind(year[1]) == "word" and unit_of(line.word(year[1])) is not None:
            return None
        return year
    if line.kind(behind) != "number" or len(line.word(behind)) != 2:
        return None
    joined = behind > at and line.word(at) != "," and line.word(at) != "in"
    number = int(line.word(behind))
    follows = line.kind(behind + 1)
    if joined and line.word(at) in ("-", "/") and not (written and line.joined(behind)):
        return None
    ends = number > _LAST_HOUR and _ends_a_date(line, behind + 1)
    if joined or ends or (number > _LONGEST_MONTH and follows in ("", "mark", "word")):
        if line.word(behind + 1) in (":",) or follows == "meridiem":
            return None
        return full_year(number), behind + 1
    return None


def _ends_a_date(line: Line, at: int) -> bool:
    """Tell the year of "5 jan 27 at 0800" from the number of "5 jan 27 people"."""
    return line.kind(at) in ("", "clock") or line.word(at) in _BEHIND_A_YEAR


def _reads_as_clock(line: Line, at: int) -> bool:
    """Tell that four digits behind a date are a wall time: years people plan for are near."""
    text = line.word(at)
    if line.kind(at + 1) == "meridiem" or line.word(at + 1) in ("h", "hrs", "hours"):
        return True
    if line.word(at + 1) == "-" and line.kind(at + 2) == "number" and len(text) == 4:
        return not 1900 <= int(line.word(at + 2)[:4]) < 2100
    return not 1900 <= int(text) < 2100 and int(text[:2]) < 24 and int(text[2:]) < 60


def _with_year(
    line: Line, day: int, month: int, behind: int, year: tuple[int, int] | None
) -> Found | None:
    if not 1 <= day <= _LONGEST_MONTH:
        return (Impossible(), year[1] if year is not None else behind)
    if year is None:
        return CalendarDate(day, month), behind
    return CalendarDate(day, month, year[0]), year[1]


def read_day_of_month(line: Line, at: int, *, beside_day: bool) -> Found | None:
    """Read "the 3rd", "on the 24th", "20 of next month", "15th day of this month".

    ``beside_day`` tells that a weekday stands right before: "tuesday the 19th", "monday 24".
    """
    begin = line.skip(at, "the")
    found = read_day_number(line, begin)
    if found is None:
        return None
    day, behind, ordinal = found
    of = _of_month(line, line.skip(behind, "day"))
    if of is not None:
        # "The month" is the one in which the day is still to come.
        rolls = of[0] == Period("month") and line.word(of[1] - 2) == "the"
        return (CalendarDate(day) if rolls else NthDay(day, None, of[0])), of[1]
    if line.kind(begin) == "word" and (not ordinal or (begin == at and not beside_day)):
        return None
    said = ordinal and (begin > at or line.word(at - 1) == "on" or beside_day)
    said = said or (line.kind(begin) == "ordinal" and _is_clock_ahead(line, behind))
    on = line.word(at - 1) == "on" and line.kind(begin) == "number"
    said = said or (on and (line.kind(behind) == "" or line.word(behind) in _BEHIND_A_DAY))
    if line.kind(begin) == "word" and line.word(at - 1) != "on":
        said = beside_day or (begin > at and day >= _FIRST_SURE_ORDINAL)
    # "sunday 6" is rather at six than the sixth.
    alone = beside_day and line.kind(begin) == "number" and day > _LAST_HOUR_BEFORE_NOON
    if not (said or alone) or _counts_something(line, behind):
        return None
    if alone and not said and not _may_follow_a_number(line, begin, behind):
        return None
    if not 1 <= day <= _LONGEST_MONTH:
        return (Impossible(), behind) if said else None
    return CalendarDate(day), behind


def _is_clock_ahead(line: Line, at: int) -> bool:
    """Tell "15th at 8" and "15th, 8:00"."""
    if line.word(at) in ("at", "@"):
        return True
    return line.word(at) == "," and line.kind(at + 1) in ("clock", "number", "hours")


def _may_follow_a_number(line: Line, at: int, behind: int) -> bool:
    """Tell "monday 24" from "monday 7 to 9am" and "sunday 10 people"."""
    word = line.word(behind)
    if int(line.word(at)) < 1 or word in ("-", ":", "%", "till", "until", "o'clock", "oclock"):
        return False
    if word in ("to", "and") and line.kind(behind + 1) in (
        "number",
        "clock",
        "dotted",
        "hours",
    ):
        return False
    if line.kind(behind) == "word" and (
        line.joined(behind) or read_ordinal(line, at) is None and int(line.word(at)) <= 12
    ):
        return False
    return line.kind(behind) != "meridiem"


def _counts_something(line: Line, at: int) -> bool:
    """Tell that an ordinal counts a thing, "the 3rd chapter", rather than a day."""
    word = line.word(at)
    if line.kind(at) != "word" or word in _MAY_FOLLOW:
        return False
    return month_of(word) is None and weekday_of(word) is None


_MAY_FOLLOW: Final = frozenset(
    {"at", "on", "in", "of", "to", "for", "from", "by", "until", "till", "til", "and"}
    | {"before", "after", "about", "around", "between", "or", "the", "with", "every"}
    | {"each", "this", "next", "morning", "afternoon", "evening", "night", "early"}
    | {"late", "mid", "noon", "midnight", "i", "we", "you", "he", "she", "it", "they"}
    | {"my", "our", "call", "pay", "buy", "remind", "starting", "a", "p", "through"}
    | {"thru", "day", "please", "thanks", "instead", "too", "again"}
)


def _of_month(line: Line, at: int) -> tuple[Period | NamedPeriod, int] | None:
    """Read "of next month", "of the month", "in this month"."""
    shift = read_shift(line, at)
    if shift is not None and unit_of(line.word(shift[2])) == "month":
        return Period("month", shift[0]), shift[2] + 1
    if line.word(at) not in ("of", "in"):
        return None
    shift = read_shift(line, at + 1)
    if shift is not None and unit_of(line.word(shift[2])) == "month":
        return Period("month", shift[0]), shift[2] + 1
    behind = line.skip(at + 1, "the")
    if behind > at + 1 and line.word(behind) == "month":
        return Period("month"), behind + 1
    return None
