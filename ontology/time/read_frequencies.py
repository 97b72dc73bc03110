"""How often, in one word or as a number: "fortnightly", "bi-weekly", "3 times a week"."""

from __future__ import annotations

from typing import Final

from ontology.time.day_parts import NIGHT, PARTS
from ontology.time.lexicon import Unit, month_of, unit_of, weekday_of
from ontology.time.numbers import NUMBERS, read_whole_number
from ontology.time.read_weekdays import WEEKEND, WORKING_DAYS, plural_weekday
from ontology.time.read_which import read_shift
from ontology.time.repeating import Repetition
from ontology.time.rule import Frequency
from ontology.time.tokens import Line
from ontology.time.values import Clock, Impossible, TimeProblem

_HALF_YEARLY: Final = Repetition("MONTHLY", 6)
_ADVERBS: Final[dict[str, Repetition]] = {
    **dict.fromkeys(("daily", "everyday"), Repetition("DAILY")),
    "nightly": Repetition("DAILY", part=NIGHT),
    **dict.fromkeys(("weekly", "wkly"), Repetition("WEEKLY")),
    **dict.fromkeys(("fortnightly", "biweekly"), Repetition("WEEKLY", 2)),
    **dict.fromkeys(("monthly", "mthly"), Repetition("MONTHLY")),
    "bimonthly": Repetition("MONTHLY", 2),
    "semimonthly": Repetition("MONTHLY", by_month_day=(1, 15)),
    **dict.fromkeys(("quarterly", "trimonthly"), Repetition("MONTHLY", 3)),
    **dict.fromkeys(("biannually", "semiannually", "semiyearly"), _HALF_YEARLY),
    **dict.fromkeys(("biannual", "semiannual"), _HALF_YEARLY),
    **dict.fromkeys(("yearly", "annually", "annual"), Repetition("YEARLY")),
    **dict.fromkeys(("biennially", "biennial", "biyearly"), Repetition("YEARLY", 2)),
    "hourly": Repetition("HOURLY"),
    "bihourly": Repetition("HOURLY", 2),
    "minutely": Repetition("MINUTELY"),
}
_PREFIXES: Final = frozenset({"bi", "semi", "half", "tri", "every"})
_HALF_YEARLY_WORDS: Final = frozenset({"yearly", "annually", "annual"})
_REMINDERS: Final = frozenset(
    {"reminder", "reminders", "alarm", "alarms", "alert", "alerts", "notification", "nudge"}
    | {"notifications", "ping", "basis"}
)
_BEHIND_ADVERBS: Final = frozenset(
    {"at", "to", "in", "on", "from", "until", "till", "til", "through", "thru", "for", "that"}
    | {"starting", "beginning", "commencing", "except", "but", "excluding", "by", "before"}
    | {"after", "around", "about", "and", "between", "every", "each", "please", "thanks", "the"}
    | {"noon", "midnight", "midday", "half", "quarter", "i", "we", "my", "during", "when"}
    | {"not", "once", "twice", "until", "up", "over", "as", "or", "with", "excepting", "a"}
)
_DETERMINERS: Final = frozenset(
    {"the", "my", "our", "your", "his", "her", "their", "this", "that", "its", "a", "an"}
    | {"another", "some", "any", "no", "next", "last"}
)
_DAYS_SAID: Final = frozenset({"tomorrow", "today", "tonight", "next", "this"})
TIMES_WORDS: Final = frozenset(
    {"times", "time", "x", "occurrences", "occurrence", "repetitions", "repeats", "reps"}
    | {"instances", "goes", "iterations"}
)
"""What a repetition is counted in."""

_COUNTS: Final = {"once": 1, "twice": 2, "thrice": 3}
_A: Final = frozenset({"a", "an", "per", "each", "every", "/", "the", "in"})
_BY_ADVERB: Final[dict[str, Unit]] = {
    "hourly": "hour",
    "daily": "day",
    "nightly": "day",
    "weekly": "week",
    "monthly": "month",
    "yearly": "year",
    "annually": "year",
}
_DAYS_OF_WEEK: Final[dict[int, tuple[int, ...]]] = {
    2: (0, 3),
    3: (0, 2, 4),
    4: (0, 1, 3, 4),
    5: WORKING_DAYS,
    6: (0, 1, 2, 3, 4, 5),
}
_DAYS_OF_MONTH: Final = {2: (1, 15), 3: (1, 11, 21), 4: (1, 8, 15, 22)}
_FREQUENCIES: Final[dict[Unit, tuple[Frequency, int]]] = {
    "minute": ("MINUTELY", 1),
    "hour": ("HOURLY", 1),
    "day": ("DAILY", 1),
    "week": ("WEEKLY", 1),
    "month": ("MONTHLY", 1),
    "quarter": ("MONTHLY", 3),
    "year": ("YEARLY", 1),
}
_MINUTES: Final = {"half": 30, "quarter": 15}
_LONGEST_INTERVAL: Final = 1_000
_HOURS: Final = frozenset({"clock", "meridiem", "hours"})
_NAMING_HOURS: Final = frozenset({"at", "@", "noon", "midnight", "o'clock"})
_FIRST_HOUR: Final = 9
_WAKING_MINUTES: Final = 12 * 60
_MOST_A_DAY: Final = 13

Found = tuple[Repetition | Impossible, int]


def of_unit(unit: Unit, interval: int = 1) -> Repetition | None:
    """Return the repetition every so many of a unit; seconds are none."""
    if unit not in _FREQUENCIES:
        return None
    freq, size = _FREQUENCIES[unit]
    return Repetition(freq, interval * size)


def read_adverb(line: Line, at: int) -> Found | None:
    """Read "weekly", "bi-weekly", "on a daily basis", where it is not just an adjective."""
    begin = at
    if line.word(at) == "on" and line.word(at + 1) in ("a", "an"):
        begin = at + 2
    found = adverb_at(line, begin)
    if found is None:
        return None
    repetition, behind = found
    if begin > at:
        return (repetition, behind + 1) if line.word(behind) == "basis" else None
    return found if _says_how_often(line, at, behind) else None


def adverb_at(line: Line, at: int) -> tuple[Repetition, int] | None:
    """Return the repetition of the adverb or adjective that stands here."""
    counted = _of_so_many(line, at)
    if counted is not None:
        return counted
    word, behind = line.word(at), at + 1
    if word in _PREFIXES:
        behind = line.skip(behind, "-")
        second = line.word(behind)
        if word == "half":
            return (_HALF_YEARLY, behind + 1) if second in _HALF_YEARLY_WORDS else None
        if word == "every" and behind == at + 1:
            return None
        word, behind = word + second, behind + 1
    repetition = _ADVERBS.get(word)
    return (repetition, behind) if repetition is not None else None


def _of_so_many(line: Line, at: int) -> tuple[Repetition, int] | None:
    """Read "6-hourly", "three-monthly", "4 hourly"; of "take 2 daily" the number is no step."""
    if line.word(at) in _MINUTES and line.word(line.skip(at + 1, "-")) == "hourly":
        return Repetition("MINUTELY", _MINUTES[line.word(at)]), line.skip(at + 1, "-") + 1
    counted = read_whole_number(line, at)
    if counted is None or not 1 <= counted[0] <= _LONGEST_INTERVAL:
        return None
    behind = line.skip(counted[1], "-")
    unit = _BY_ADVERB.get(line.word(behind))
    joined = behind > counted[1] and line.joined(behind)
    if unit is None or not (joined or unit == "hour"):
        return None
    repetition = of_unit(unit, counted[0])
    return (repetition, behind + 1) if repetition is not None else None


def _says_how_often(line: Line, at: int, behind: int) -> bool:
    """Tell "remind me weekly to …" and "a weekly reminder" from "the weekly report"."""
    following, kind = line.word(behind), line.kind(behind)
    if following in _REMINDERS:
        return True
    if line.word(at - 1) in _DETERMINERS or line.word(at - 1).endswith("'s"):
        return False
    if following in _BEHIND_ADVERBS or kind not in ("word", "mark") or following in PARTS:
        return True
    if kind == "mark":
        return following not in ("-", "'")
    if following in NUMBERS or weekday_of(following) is not None or _picks(line, behind):
        return True
    if plural_weekday(following) is not None or unit_of(following) is not None:
        return True
    # "Daily standup at 9:30" opens with how often; "Monthly report due tomorrow" does not.
    opens = at == 0 and line.word(at) != "everyday" and _says_an_hour(line, behind)
    return opens and not _says_a_day(line, behind)


def _picks(line: Line, at: int) -> bool:
    """Tell the time of "daily next week" from the noun of "the weekly next steps"."""
    shift = read_shift(line, at)
    if shift is None:
        return False
    word = line.word(shift[2])
    return unit_of(word) is not None or month_of(word) is not None


def _says_an_hour(line: Line, at: int) -> bool:
    """Tell "daily standup at 9:30" from "daily mail crossword"."""
    places = range(at, len(line))
    return any(line.kind(each) in _HOURS or line.word(each) in _NAMING_HOURS for each in places)


def _says_a_day(line: Line, at: int) -> bool:
    words = (line.word(place) for place in range(at, len(line)))
    return any(
        word in _DAYS_SAID or weekday_of(word) is not None or month_of(word) is not None
        for word in words
    )


def read_times_a_period(line: Line, at: int) -> Found | None:
    """Read "once a week", "3 times daily", "2x per month", spread over the period."""
    found = _count(line, at)
    if found is None:
        return None
    count, behind = found
    adverb = _BY_ADVERB.get(line.word(behind))
    if adverb is not None:
        return _spread(count, adverb, behind + 1)
    article = line.word(behind)
    if article not in _A or (article == "in" and line.word(behind + 1) != "a"):
        return None
    behind = line.skip(behind + 1, "a", "single", "every", "the")
    return _times_a(line, count, behind, after_slash=article == "/")


def _times_a(line: Line, count: int, behind: int, *, after_slash: bool) -> Found | None:
    word = line.word(behind)
    if word in ("fortnight", "fortnights"):
        spread = Repetition("WEEKLY", 2) if count == 1 else Repetition("WEEKLY")
        return (spread, behind + 1) if count < 3 else None
    if word == "weekend" and count < 3:
        days = WEEKEND[:count]
        return Repetition("WEEKLY", by_day=tuple((0, day) for day in days)), behind + 1
    if word in ("weekday", "workday"):
        return _on_working_days(count, behind + 1)
    if word in ("night", "evening", "morning", "afternoon"):
        return (Repetition("DAILY", part=PARTS[word]), behind + 1) if count == 1 else None
    unit = unit_of(word)
    if unit is None or (len(word) < 3 and not after_slash):
        return None
    return _spread(count, unit, behind + 1)


def _count(line: Line, at: int) -> tuple[int, int] | None:
    word = line.word(at)
    if word in _COUNTS:
        return _COUNTS[word], line.skip(at + 1, "-")
    found = read_whole_number(line, at)
    if found is None:
        return None
    behind = line.skip(found[1], "times", "time", "x")
    if behind == found[1] and line.word(behind + 2) == "week":
        # "5 days a week"
        behind = line.skip(behind, "days", "nights", "mornings", "evenings")
    return (found[0], behind) if behind > found[1] and found[0] else None


def _spread(count: int, unit: Unit, behind: int) -> Found | None:
    once = of_unit(unit)
    if count == 1 or once is None:
        return (once, behind) if once is not None else None
    spread: Repetition | None = None
    if unit == "hour" and 60 % count == 0:
        spread = Repetition("MINUTELY", 60 // count)
    elif unit == "day" and count <= _MOST_A_DAY:
        spread = Repetition("DAILY", clocks=_clocks(count), spread=True)
    elif unit == "week" and count in _DAYS_OF_WEEK:
        spread = _weekly(_DAYS_OF_WEEK[count])
    elif unit == "week" and count == 7:
        spread = Repetition("DAILY")
    elif unit == "month" and count in _DAYS_OF_MONTH:
        spread = Repetition("MONTHLY", by_month_day=_DAYS_OF_MONTH[count], spread=True)
    elif unit == "year" and 12 % count == 0:
        spread = Repetition("MONTHLY", 12 // count, spread=True)
    return (spread or Impossible(TimeProblem.TOO_OFTEN), behind)


def _on_working_days(count: int, behind: int) -> Found | None:
    if count > _MOST_A_DAY:
        return Impossible(TimeProblem.TOO_OFTEN), behind
    clocks = _clocks(count) if count > 1 else ()
    days = tuple((0, day) for day in WORKING_DAYS)
    return Repetition("WEEKLY", by_day=days, clocks=clocks), behind


def _weekly(days: tuple[int, ...]) -> Repetition:
    return Repetition("WEEKLY", by_day=tuple((0, day) for day in days), spread=True)


def _clocks(count: int) -> tuple[Clock, ...]:
    """Spread so many times evenly from 09:00 to 21:00."""
    minutes = (_WAKING_MINUTES * nth // (count - 1) for nth in range(count))
    return tuple(Clock(_FIRST_HOUR + at // 60, at % 60 // 5 * 5) for at in minutes)
