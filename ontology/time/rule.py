"""The recurrence rule of RFC 5545 section 3.3.10: read, and refused when it is hostile.

Taken are FREQ from MINUTELY to YEARLY with INTERVAL, COUNT, UNTIL, WKST, BYMONTH, BYYEARDAY,
BYMONTHDAY, BYDAY, BYHOUR, BYMINUTE, BYSECOND (one value) and BYSETPOS. Refused is what would
fire more than once a minute, what can never fire, and what would cost more to reckon than a
reminder is worth.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Final, Literal

from ontology.errors import HostileRule

Frequency = Literal["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"]

DAY_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LONGEST_COUNT: Final = 10_000
LONGEST_RULE: Final = 500
MOST_TIMES_A_DAY: Final = 288

_MINUTES: Final[dict[Frequency, int]] = {
    "YEARLY": 365 * 1440,
    "MONTHLY": 30 * 1440,
    "WEEKLY": 7 * 1440,
    "DAILY": 1440,
    "HOURLY": 60,
    "MINUTELY": 1,
}
_FREQUENCIES: Final[dict[str, Frequency]] = {name: name for name in _MINUTES}
_CENTURY_MINUTES: Final = 100 * 365 * 1440
_LONGEST_MONTHS: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_PARTS: Final = frozenset(
    {"FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR"}
    | {"BYMINUTE", "BYSECOND", "BYSETPOS", "BYYEARDAY"}
)
_DAY: Final = re.compile(r"([+-]?[0-9]{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,9}")
_UNTIL: Final = re.compile(r"[0-9]{8}(T[0-9]{6}Z?)?")


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in its parts. ``by_day`` holds (n, weekday): n is 0 for every such weekday.

    ``until`` is aware where the rule said UTC, else on the wall clock of the schedule's zone.
    """

    freq: Frequency
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    week_start: int = 0
    by_month: tuple[int, ...] = ()
    by_month_day: tuple[int, ...] = ()
    by_day: tuple[tuple[int, int], ...] = ()
    by_hour: tuple[int, ...] = ()
    by_minute: tuple[int, ...] = ()
    by_second: tuple[int, ...] = ()
    by_set_pos: tuple[int, ...] = ()
    by_year_day: tuple[int, ...] = ()

    @property
    def sub_daily(self) -> bool:
        """Whether it counts hours or minutes, which elapse, rather than days on a calendar."""
        return self.freq in ("HOURLY", "MINUTELY")

    @property
    def picks_days(self) -> bool:
        """Whether a BYxxx part lets only some days through."""
        return bool(self.by_month or self.by_month_day or self.by_day or self.by_year_day)

    @property
    def times_a_day(self) -> int:
        """How many wall times BYHOUR and BYMINUTE combine to."""
        return max(1, len(self.by_hour)) * max(1, len(self.by_minute))

    @property
    def step_minutes(self) -> int:
        """Minutes from one period to the next; a year counts 365 days and a month 30."""
        return _MINUTES[self.freq] * self.interval


def check_rule(rule: str) -> None:
    """Raise :class:`HostileRule`, saying why in one line, unless this rule may be kept."""
    parse_rule(rule)


@lru_cache(maxsize=1024)
def parse_rule(rule: str) -> Rule:
    """Return the parts of the value of an RRULE, or raise :class:`HostileRule`."""
    parsed = _assemble(_split(rule))
    for check in _CHECKS:
        complaint = check(parsed)
        if complaint is not None:
            raise HostileRule(complaint)
    return parsed


def _split(rule: str) -> dict[str, str]:
    if len(rule) > LONGEST_RULE:
        raise HostileRule(f"the rule is longer than {LONGEST_RULE} characters")
    parts: dict[str, str] = {}
    for piece in rule.upper().split(";"):
        name, equals, value = piece.partition("=")
        if name not in _PARTS or not equals or not value:
            raise HostileRule(f"{piece[:40]!r} is not a part of a recurrence rule")
        if name in parts:
            raise HostileRule(f"{name} is given twice")
        parts[name] = value
    return parts


def _assemble(parts: dict[str, str]) -> Rule:
    return Rule(
        freq=_frequency(parts.get("FREQ", "")),
        interval=_one(parts, "INTERVAL", 1, _CENTURY_MINUTES) or 1,
        count=_one(parts, "COUNT", 1, LONGEST_COUNT),
        until=_until(parts["UNTIL"]) if "UNTIL" in parts else None,
        week_start=_week_start(parts.get("WKST", "MO")),
        by_month=_many(parts, "BYMONTH", 1, 12),
        by_month_day=_many(parts, "BYMONTHDAY", 1, 31, negative=True),
        by_day=_days(parts.get("BYDAY", "")),
        by_hour=_many(parts, "BYHOUR", 0, 23),
        by_minute=_many(parts, "BYMINUTE", 0, 59),
        by_second=_many(parts, "BYSECOND", 0, 59),
        by_set_pos=_many(parts, "BYSETPOS", 1, 366, negative=True),
        by_year_day=_many(parts, "BYYEARDAY", 1, 366, negative=True),
    )


def _frequency(value: str) -> Frequency:
    known = _FREQUENCIES.get(value)
    if known is not None:
        return known
    if value == "SECONDLY":
        raise HostileRule("it would fire every second; once a minute is the most")
    raise HostileRule(f"FREQ={value[:20]} is not a frequency")


def _number(name: str, text: str, low: int, high: int, *, negative: bool = False) -> int:
    number = int(text) if _NUMBER.fullmatch(text) else None
    size = abs(number) if negative and number is not None else number
    if number is None or size is None or not low <= size <= high:
        raise HostileRule(f"{name}={text[:20]} is out of bounds ({low} to {high})")
    return number


def _one(parts: dict[str, str], name: str, low: int, high: int) -> int | None:
    return _number(name, parts[name], low, high) if name in parts else None


def _many(
    parts: dict[str, str], name: str, low: int, high: int, *, negative: bool = False
) -> tuple[int, ...]:
    if name not in parts:
        return ()
    texts = parts[name].split(",")
    numbers = {_number(name, text, low, high, negative=negative) for text in texts}
    return tuple(sorted(numbers, key=_from_the_front))


def _from_the_front(place: int) -> tuple[bool, int]:
    """Order places as people name them: those counted from the end come last."""
    return place < 0, place


def _days(value: str) -> tuple[tuple[int, int], ...]:
    days: set[tuple[int, int]] = set()
    for text in value.split(",") if value else ():
        match = _DAY.fullmatch(text)
        nth = int(match[1] or 0) if match else 0
        if match is None or abs(nth) > 53 or (match[1] and not nth):
            raise HostileRule(f"BYDAY={text[:20]} is not a day")
        days.add((nth, DAY_CODES.index(match[2])))
    return tuple(sorted(days, key=lambda day: (_from_the_front(day[0]), day[1])))


def _week_start(value: str) -> int:
    if value not in DAY_CODES:
        raise HostileRule(f"WKST={value[:20]} is not a day")
    return DAY_CODES.index(value)


def _until(value: str) -> datetime:
    if not _UNTIL.fullmatch(value):
        raise HostileRule(f"UNTIL={value[:20]} is not a date")
    try:
        if value.endswith("Z"):
            return datetime.strptime(value, "%Y%m%dT%H%M%S%z").astimezone(UTC)
        if "T" in value:
            return datetime.strptime(value + "+0000", "%Y%m%dT%H%M%S%z").replace(tzinfo=None)
        # A bare date lets the whole of that day through.
        day = datetime.strptime(value + "+0000", "%Y%m%d%z").replace(tzinfo=None)
        return day + timedelta(hours=23, minutes=59, seconds=59)
    except ValueError as error:
        raise HostileRule(f"UNTIL={value[:20]} is not a date") from error


def _ends_once(rule: Rule) -> str | None:
    if rule.count is not None and rule.until is not None:
        return "COUNT and UNTIL exclude each other"
    return None


def _fires_in_a_lifetime(rule: Rule) -> str | None:
    if rule.step_minutes > _CENTURY_MINUTES:
        return "it would fire less than once in a hundred years"
    return None


def _fires_once_a_minute(rule: Rule) -> str | None:
    if len(rule.by_second) > 1:
        return "it would fire several times a minute; once a minute is the most"
    return None


def _fires_in_a_day(rule: Rule) -> str | None:
    if not rule.sub_daily and rule.times_a_day > MOST_TIMES_A_DAY:
        return f"it names more than {MOST_TIMES_A_DAY} times a day; use FREQ=MINUTELY"
    return None


def _has_such_days(rule: Rule) -> str | None:
    months = rule.by_month or tuple(range(1, 13))
    lengths = [_LONGEST_MONTHS[month - 1] for month in months]
    if rule.by_month_day and all(abs(day) > max(lengths) for day in rule.by_month_day):
        return "there is no such day in any of its months, so it would never fire"
    return None


def _numbers_days_of_a_month_or_year(rule: Rule) -> str | None:
    counted = [nth for nth, _ in rule.by_day if nth]
    if counted and rule.freq not in ("MONTHLY", "YEARLY"):
        return "a numbered BYDAY needs FREQ=MONTHLY or FREQ=YEARLY"
    if counted and (rule.freq == "MONTHLY" or rule.by_month) and min(map(abs, counted)) > 5:
        return "no month has a sixth week day of a kind, so it would never fire"
    if rule.by_year_day and rule.freq != "YEARLY":
        return "BYYEARDAY needs FREQ=YEARLY"
    if rule.by_month_day and rule.freq == "WEEKLY":
        return "BYMONTHDAY has no meaning with FREQ=WEEKLY"
    return None


def _picks_from_something(rule: Rule) -> str | None:
    if not rule.by_set_pos:
        return None
    if rule.sub_daily:
        return "BYSETPOS needs FREQ=DAILY or longer"
    if not (rule.picks_days or rule.by_hour or rule.by_minute):
        return "BYSETPOS needs another BYxxx part to pick from"
    if rule.freq == "DAILY" and min(map(abs, rule.by_set_pos)) > rule.times_a_day:
        return "BYSETPOS picks none of the times of a day, so it would never fire"
    return None


def _meets_its_filters(rule: Rule) -> str | None:
    """Let an hourly rule name hours or days only if every one of them is met."""
    if not rule.sub_daily:
        return None
    if rule.by_second:
        return "BYSECOND needs FREQ=DAILY or longer"
    if rule.by_minute and rule.interval > 1:
        return "BYMINUTE with an INTERVAL needs FREQ=DAILY"
    if rule.by_hour and rule.step_minutes > 60:
        return "BYHOUR with an INTERVAL needs FREQ=DAILY"
    if rule.picks_days and rule.step_minutes > 1440:
        return "days with an INTERVAL longer than one need FREQ=DAILY"
    return None


_CHECKS: Final[tuple[Callable[[Rule], str | None], ...]] = (
    _ends_once,
    _fires_in_a_lifetime,
    _fires_once_a_minute,
    _fires_in_a_day,
    _has_such_days,
    _numbers_days_of_a_month_or_year,
    _picks_from_something,
    _meets_its_filters,
)
