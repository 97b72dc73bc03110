"""What stands behind a repetition and narrows it: "on the 3rd", "in may", "from 9 to 5"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ontology.time.day_parts import PARTS
from ontology.time.numbers import read_ordinal, read_whole_number
from ontology.time.read_daily_clocks import at_clocks, read_daily_clocks
from ontology.time.read_places import behind_the_month, read_edge, read_places, read_year_days
from ontology.time.read_weekdays import read_weekdays
from ontology.time.read_windows import days_of_window, in_window, window_of_days
from ontology.time.read_yearly import read_days_of_year, read_months
from ontology.time.repeating import Repetition
from ontology.time.tokens import Line
from ontology.time.values import Impossible

_SUB_DAILY: Final = frozenset({"HOURLY", "MINUTELY"})
_OF_OPEN_DAYS: Final = frozenset({"WEEKLY", "MONTHLY", "YEARLY"})
_AT_PLACES: Final = ("on", "at", "by", "in", "around")
_IN_MONTHS: Final = ("in", "during", "of", "throughout")
_MOST_PARTS: Final = 6
_MINUTES: Final = 60
_HALF: Final = 30
_PARTS_OF_AN_HOUR: Final = {"quarter": 15, "half": 30}
_NOTES: Final = (("(", "if", "there", "is", "one", ")"), ("(", "in", "leap", "years", ")"))

Found = tuple[Repetition | Impossible, int]
_Reader = Callable[[Line, Repetition, int], Found | None]


def narrowed(line: Line, repetition: Repetition | Impossible, at: int) -> Found:
    """Return a repetition with all that stands behind it and says more of its days."""
    behind = at
    for _ in range(_MOST_PARTS):
        if isinstance(repetition, Impossible):
            break
        for reader in _READERS:
            found = reader(line, repetition, behind)
            if found is not None:
                repetition, behind = found
                break
        else:
            break
    return repetition, behind


def _has_days(repetition: Repetition) -> bool:
    said = repetition.by_day or repetition.by_month_day or repetition.by_year_day
    return bool(said) and not repetition.spread


def _on_weekdays(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "on monday and thursday" behind a week, "on weekdays" behind a day or hours."""
    if _has_days(repetition):
        return None
    if repetition.freq not in ("WEEKLY", "DAILY", *_SUB_DAILY, "MONTHLY"):
        return None
    if repetition.freq == "DAILY" and repetition.interval > 1:
        return None
    begin = line.skip(line.skip(at, ",", ":", "("), "on")
    found = read_weekdays(line, line.skip(begin, "the", "every", "each"))
    if found is None:
        return None
    if repetition.freq == "MONTHLY" and begin == at:
        return None
    days, behind = found
    freq = "WEEKLY" if repetition.freq == "DAILY" else repetition.freq
    return (
        replace(
            repetition,
            freq=freq,
            by_day=days.by_day,
            by_month_day=(),
            part=days.part or repetition.part,
            spread=False,
        ),
        line.skip(behind, ")"),
    )


def _each_week(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Step over "every week" behind days of the week."""
    if repetition.freq != "WEEKLY" or repetition.interval > 1 or not repetition.by_day:
        return None
    if line.word(at) in ("every", "each") and line.word(at + 1) == "week":
        return repetition, at + 2
    return (repetition, at + 1) if line.word(at) == "weekly" else None


def _on_nth_day_of_week(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "on the 4th day" behind a week; where months come first, so does Sunday."""
    if repetition.freq != "WEEKLY" or repetition.by_day or line.word(at) != "on":
        return None
    begin = line.skip(at + 1, "the")
    found = (-1, begin + 1) if line.word(begin) == "last" else read_ordinal(line, begin)
    if found is None or line.word(found[1]) != "day" or abs(found[0]) > 7:
        return None
    first = 6 if line.month_first else 0
    place = found[0] - 1 if found[0] > 0 else 6
    return replace(repetition, by_day=((0, (first + place) % 7),)), found[1] + 1


def _in_month(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "on the 4th", "on the last monday", "at the end" behind a month."""
    several_a_year = repetition.interval > 1 and repetition.spread
    if repetition.freq != "MONTHLY" or _has_days(repetition) or several_a_year:
        return None
    begin = line.skip(at, ",")
    begin = line.skip(begin, *_AT_PLACES)
    found = read_edge(line, begin) or read_places(line, line.skip(begin, "the"))
    if found is None or isinstance(found[0], Impossible):
        return found
    return _on(repetition, found[0]), behind_the_month(line, found[1])


def _in_year(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "on december 31st", "on the fourth thursday in november" behind a year."""
    several_a_year = repetition.freq == "MONTHLY" and repetition.spread
    if _has_days(repetition) or not (repetition.freq == "YEARLY" or several_a_year):
        return None
    begin = line.skip(at, ",")
    begin = line.skip(begin, "on", "in", "at", "for", "every")
    found = read_days_of_year(line, begin)
    numbered = read_year_days(line, begin) if found is None else None
    if numbered is not None:
        behind = _behind_the_year(line, numbered[1])
        if behind > numbered[1] or line.word(behind) not in ("of", "in"):
            return replace(repetition, by_year_day=numbered[0]), behind
    found = found or _some_of_year(line, begin)
    if found is None or isinstance(found[0], Impossible):
        return found
    if repetition.freq == "MONTHLY":
        repetition = replace(repetition, freq="YEARLY", interval=1)
    return _on(repetition, found[0]), found[1]


def _some_of_year(line: Line, at: int) -> Found | None:
    """Read "the 20th monday", "every friday of march", "the 4th of every month" in a year."""
    begin = line.skip(at, "the", "every", "each")
    found = read_places(line, begin)
    weekdays = read_weekdays(line, begin)
    if found is not None and not isinstance(found[0], Impossible):
        if found[0].by_day:
            return found[0], _behind_the_year(line, found[1])
        of_month = behind_the_month(line, found[1])
        return (found[0], of_month) if of_month > found[1] else None
    if weekdays is None:
        return None
    days, behind = Repetition("YEARLY", by_day=weekdays[0].by_day), weekdays[1]
    months = read_months(line, behind + 1) if line.word(behind) in _IN_MONTHS else None
    if months is not None:
        return replace(days, by_month=months[0]), months[1]
    return days, _behind_the_year(line, behind)


def _behind_the_year(line: Line, at: int) -> int:
    return at + 3 if line.says(at, "of", "the", "year") else at


def _on(repetition: Repetition, days: Repetition) -> Repetition:
    return replace(
        repetition,
        by_month=days.by_month,
        by_month_day=days.by_month_day,
        by_day=days.by_day,
        places=days.places,
        spread=False,
    )


def _in_months(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "in november", "in june and july" behind any repetition of days."""
    if repetition.by_month or line.word(at) not in _IN_MONTHS:
        return None
    months = read_months(line, line.skip(at + 1, "each", "every", "the", "month"))
    if months is None or line.kind(months[1]) in ("number", "ordinal"):
        return None
    freq = repetition.freq
    nth = any(nth for nth, _ in repetition.by_day) or repetition.by_month_day
    if freq == "MONTHLY" and repetition.interval == 1 and nth:
        freq = "YEARLY"
    return replace(repetition, freq=freq, by_month=months[0]), months[1]


def _at_minute(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "at :15", "at quarter past", "on the half hour", "on the hour" behind hours."""
    if repetition.freq != "HOURLY" or repetition.minute is not None:
        return None
    begin = line.skip(line.skip(line.skip(at, ","), "at", "on", "@"), "a", "the")
    if begin == at:
        return None
    if line.word(begin) == ":" and line.kind(begin + 1) == "number" and line.joined(begin + 1):
        minute, behind = int(line.word(begin + 1)), begin + 2
    elif line.word(begin) == "hour" and line.word(begin - 1) == "the":
        minute, behind = 0, begin + 1
    elif line.says(begin, "half", "hour") and line.word(begin - 1) == "the":
        minute, behind = _HALF, begin + 2
    else:
        past = _past_the_hour(line, begin)
        if past is None:
            return None
        minute, behind = past
    if not 0 <= minute < _MINUTES:
        return None
    return replace(repetition, minute=minute), behind


def _past_the_hour(line: Line, at: int) -> tuple[int, int] | None:
    """Read "quarter past", "10 minutes past the hour", "ten to"."""
    number = read_whole_number(line, at)
    if line.word(at) in _PARTS_OF_AN_HOUR:
        number = (_PARTS_OF_AN_HOUR[line.word(at)], at + 1)
    if number is None:
        return None
    behind = line.skip(number[1], "minutes", "mins", "min", "minute")
    word = line.word(behind)
    if word not in ("past", "after", "to", "before"):
        return None
    named = line.says(behind + 1, "the", "hour") or line.says(behind + 1, "each", "hour")
    if not named and (word in ("to", "after", "before") or line.kind(behind + 1) == "number"):
        return None
    minute = number[0] if word in ("past", "after") else (_MINUTES - number[0]) % _MINUTES
    return minute, behind + (3 if named else 1)


def _if_it_is(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read "if it is a friday" behind dates or so many days, and "if it is the 13th"."""
    begin = line.skip(at, ",")
    if not line.says(begin, "if", "it", "is"):
        return None
    begin = line.skip(begin + 3, "a", "the")
    weekdays = read_weekdays(line, begin)
    if weekdays is not None and not repetition.by_day:
        both = replace(repetition, by_day=weekdays[0].by_day)
        return both, line.skip(line.skip(weekdays[1], "day"), ",")
    places = read_places(line, begin)
    if places is None or isinstance(places[0], Impossible) or repetition.by_month_day:
        return None
    freq = "DAILY" if repetition.freq == "WEEKLY" else repetition.freq
    both = replace(repetition, freq=freq, by_month_day=places[0].by_month_day)
    return both, line.skip(places[1], ",")


def _behind_a_note(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Step over what is only said for the person's sake: "(if there is one)"."""
    for note in _NOTES:
        if line.says(at, *note):
            return repetition, at + len(note)
    return None


def _in_part_of_day(line: Line, repetition: Repetition, at: int) -> Found | None:
    part = PARTS.get(line.word(at))
    if part is None or repetition.part is not None:
        return None
    return replace(repetition, part=part), at + 1


def _behind_a_clock(line: Line, repetition: Repetition, at: int) -> Found | None:
    """Read the days of "every week at 10 on tuesday and friday", which then has that clock."""
    if _has_days(repetition) or repetition.clocks or repetition.freq not in _OF_OPEN_DAYS:
        return None
    found = read_daily_clocks(line, at)
    if found is None:
        return None
    clocks, behind = found
    if line.word(line.skip(behind, ",")) not in ("on", "in", "every", "each"):
        return None
    for reader in (_on_weekdays, _in_month, _in_year):
        days = reader(line, repetition, behind)
        if days is not None and isinstance(days[0], Repetition):
            return replace(days[0], clocks=clocks), days[1]
    return None


_READERS: Final[tuple[_Reader, ...]] = (
    _each_week,
    _on_nth_day_of_week,
    _on_weekdays,
    _in_month,
    _in_year,
    _in_months,
    _in_part_of_day,
    _if_it_is,
    _behind_a_note,
    _at_minute,
    at_clocks,
    _behind_a_clock,
    in_window,
    days_of_window,
    window_of_days,
)
