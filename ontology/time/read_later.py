"""Times counted from another: "in 2 hours", "3 days ago", "a week on friday"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from ontology.time.lexicon import unit_of, weekday_of
from ontology.time.numbers import AMOUNTS, read_whole_number
from ontology.time.read_durations import length_of, read_duration
from ontology.time.read_parts_of_day import read_part_of_day
from ontology.time.read_which import read_shift
from ontology.time.tokens import Line
from ontology.time.values import (
    DayOffset,
    Duration,
    Impossible,
    Later,
    Moment,
    Relation,
    Weekday,
)

_ANNOUNCING: Final = frozenset({"in", "within", "after", "inside"})
_SOFTENING: Final = frozenset(
    {"about", "around", "exactly", "another", "roughly", "approximately", "just", "approx"}
    | {"like", "maybe", "some", "almost", "under", "the", "nearly", "abt", "~"}
    | {"less", "more", "than", "no"}
)
_FROM_NOW: Final = (
    ("from", "now"),
    ("from", "right", "now"),
    ("from", "this", "moment"),
    ("after", "now"),
    ("after", "that"),
    ("later",),
    ("hence",),
)
_EARLIER: Final = frozenset({"ago", "back", "earlier", "before", "previously", "prior"})
_FORWARD: Final = frozenset({"after", "from", "past", "following", "since"})
_BACKWARD: Final = frozenset({"before", "prior", "until", "till", "ahead", "earlier"})
_MOST_DEPTH: Final = 2
_MOST_WORDS_OF_AN_EVENT: Final = 6

ReadMoment = Callable[[Line, int], tuple[Moment | Impossible, int] | None]
Read = tuple[Later | Moment | Relation | Impossible, int]


def read_later(line: Line, at: int, moment: ReadMoment) -> Read | None:
    """Read a length of time from now or from another time, before or after it.

    ``moment`` reads that other time; it is given, since moments themselves are read with this.
    """
    announced = line.word(at) in _ANNOUNCING
    begin = _behind_softening(line, at + 1) if announced else line.skip(at, *_SOFTENING)
    weekdays = _weekdays(line, begin)
    if weekdays is not None:
        return weekdays
    found = read_duration(line, begin)
    if found is None:
        return _one_unit(line, at) or _next_amount(line, begin if announced else at)
    duration, behind = found
    if isinstance(duration, Impossible):
        return (duration, behind) if announced or line.says(behind, "from", "now") else None
    counted = _counted(line, duration, behind, moment)
    if counted is not None:
        return counted
    if announced:
        # "after 2 days of rain" counts nothing from now.
        of = line.word(at) == "after" and line.word(behind) == "of"
        if line.says(behind, "or", "so"):
            behind += 2
        return None if of else (Later(duration), line.skip(behind, "time"))
    alone = line.bare_durations or _stands_alone(line, at, behind, duration)
    return (Later(duration), behind) if alone else None


def _stands_alone(line: Line, at: int, behind: int, duration: Duration) -> bool:
    """Tell that a length of several amounts at the end of what was said is counted from now."""
    amounts = sum(map(bool, (duration.months, duration.days, duration.seconds)))
    if line.word(at - 1) in ("for", "of", "takes", "take", "lasts", "about", "-", "+", "last"):
        return False
    return (
        amounts > 1
        and line.kind(behind) in ("",)
        or (amounts > 1 and line.word(behind) == "to")
    )


def _behind_softening(line: Line, at: int) -> int:
    behind = at
    while line.word(behind) in _SOFTENING and behind < at + 3:
        shift = read_shift(line, behind)
        if shift is not None:
            return shift[2]
        behind += 1
    return behind


def _counted(line: Line, duration: Duration, at: int, moment: ReadMoment) -> Read | None:
    """Read what says from when a length of time is counted."""
    word = line.word(at)
    for words in _FROM_NOW:
        if line.says(at, *words):
            return Later(duration), at + len(words)
    if line.says(at, "from", "today"):
        return Later(duration, Moment(DayOffset(0))), at + 2
    if word in ("ago", "back") or (word in _EARLIER and _ends(line, at + 1)):
        # "Two hours prior to call" is not prior to anything.
        prior = _from_another(line, duration, at, moment) if word == "prior" else None
        return prior or (Later(-duration), at + 1)
    if line.says(at, "before", "now"):
        return Later(-duration), at + 2
    if word in _FORWARD or word in _BACKWARD or word == "on":
        return _from_another(line, duration, at, moment)
    if line.word(at - 2) in ("upcoming", "coming"):
        return Later(duration), at
    return _weeks_from(line, duration, at, moment)


def _weeks_from(line: Line, duration: Duration, at: int, moment: ReadMoment) -> Read | None:
    """Read the British "two weeks tomorrow", "a week friday"."""
    if duration.seconds or duration.months or duration.days % 7:
        return None
    word = line.word(at)
    if word in ("tomorrow", "today") and line.kind(at - 1) == "word":
        return Moment(Later(duration, Moment(DayOffset(int(word == "tomorrow"))))), at + 1
    if weekday_of(word) is not None and line.word(at - 1) in ("week", "weeks"):
        return _from_another(line, duration, at - 1, moment)
    return None


def _ends(line: Line, at: int) -> bool:
    return line.kind(at) in ("", "mark") or line.word(at) in ("to", "that", "i", "please")


def _from_another(line: Line, duration: Duration, at: int, moment: ReadMoment) -> Read | None:
    """Read "before christmas", "from tomorrow", "on friday", "before my 3pm"."""
    if line.depth >= _MOST_DEPTH:
        return None
    before = line.word(at) in _BACKWARD
    behind = at + 1
    if line.word(at) in ("prior", "ahead", "earlier"):
        behind = line.skip(behind, "to", "of", "than")
        if behind == at + 1:
            return None
    if line.word(at) == "on" and (duration.days % 7 or duration.seconds or duration.months):
        return None
    line.depth += 1
    found = moment(line, behind) or read_part_of_day(line, behind, before="at", beside=True)
    line.depth -= 1
    signed = -duration if before else duration
    base, end = found if found is not None else (None, behind)
    if base is None or isinstance(base, Impossible):
        return _relation(line, duration, behind, before=before)
    later = Later(signed, replace(base, clock=None, part=None, zone=None))
    if duration.seconds or base.day is None:
        return Later(signed, base), end
    return replace(base, day=later), end


def _relation(line: Line, duration: Duration, at: int, *, before: bool) -> Read | None:
    """Read "15 min before my 3pm": an event that only its words tell."""
    if line.word(at) not in ("my", "the", "our", "his", "her", "their", "every", "each"):
        return None
    if line.word(at - 1) not in ("before", "after"):
        return None
    end = at + 1
    while line.kind(end) in ("word", "number", "clock", "meridiem", "ordinal", "hours"):
        if (
            line.word(end) in ("to", "and", "about", "that")
            or end - at > _MOST_WORDS_OF_AN_EVENT
        ):
            break
        end += 1
    if end == at + 1:
        return None
    return Relation(duration, before, f"{at}:{end}"), end


def _weekdays(line: Line, at: int) -> Read | None:
    """Read "two fridays from now", "3 thursdays back"."""
    number = read_whole_number(line, at)
    if number is None:
        if line.word(at) not in ("a", "couple"):
            return None
        behind = line.skip(line.skip(at, "a"), "couple")
        if behind == at or line.word(behind - 1) != "couple":
            return None
        number = (int(AMOUNTS["couple"]), line.skip(behind, "of"))
    count, behind = number
    name = line.word(behind)
    weekday = weekday_of(name.removesuffix("s")) if len(name) > 3 else None
    if weekday is None or not 1 <= count <= 99:
        return None
    if line.says(behind + 1, "from", "now") or line.says(behind + 1, "from", "today"):
        return Moment(Weekday(weekday, "this", weeks=count - 1, strictly=True)), behind + 3
    if line.word(behind + 1) in ("ago", "back"):
        return Moment(Weekday(weekday, "last", weeks=1 - count)), behind + 2
    if line.word(behind + 1) in ("later", "hence"):
        return Moment(Weekday(weekday, "this", weeks=count - 1, strictly=True)), behind + 2
    return None


def _one_unit(line: Line, at: int) -> Read | None:
    """Read "within the hour", "in the next hour", "next hour"."""
    if line.word(at) == "next" and line.word(at + 1) in ("business", "working"):
        one = Duration(business=1, unit="day")
        return (Later(one), at + 3) if line.word(at + 2) == "day" else None
    if line.word(at) == "next" and unit_of(line.word(at + 1)) in ("minute", "hour"):
        unit = unit_of(line.word(at + 1))
        return (Later(length_of(unit, 1)), at + 2) if unit is not None else None
    if line.word(at) not in ("within", "inside", "in", "over") or line.word(at + 1) != "the":
        return None
    begin = line.skip(at + 2, "next", "coming")
    unit = unit_of(line.word(begin))
    if unit is None or (begin == at + 2 and line.word(at) in ("in", "over")):
        return None
    return Later(length_of(unit, 1)), begin + 1


def _next_amount(line: Line, at: int) -> Read | None:
    """Read "next 2 weeks 3 days", "the past 3 hours", "upcoming two days"."""
    shift = read_shift(line, at)
    if shift is None or abs(shift[0]) > 1 or shift[0] == 0:
        return None
    begin = line.skip(shift[2], "few", "couple") if line.word(shift[2]) == "of" else shift[2]
    counted = read_whole_number(line, begin) is not None or line.kind(begin) != "word"
    if not counted and line.word(begin) not in ("couple", "few", "several"):
        return None
    found = read_duration(line, begin)
    if found is None or isinstance(found[0], Impossible):
        return None
    return Later(found[0] if shift[0] > 0 else -found[0]), found[1]
