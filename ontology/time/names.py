"""The English names of days, months and ordinals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

DAY_NAMES: Final = (
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
)
"""By the number that :meth:`datetime.date.weekday` gives."""

MONTH_NAMES: Final = (
    "",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""By the number of the month, from 1."""
_NTH: Final = ("", "first", "second", "third", "fourth", "fifth")


def say_ordinal(number: int) -> str:
    """Return 1st, 2nd, 3rd, 11th, 21st …"""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def say_date(day: date, *, with_year: bool) -> str:
    """Return "30 April" or "30 April 2027"."""
    said = f"{day.day} {MONTH_NAMES[day.month]}"
    return f"{said} {day.year}" if with_year else said


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return words in a row: "a, b and c"."""
    several = list(words)
    if len(several) < 2:
        return "".join(several)
    return f"{', '.join(several[:-1])} {joint} {several[-1]}"


def say_place(nth: int) -> str:
    """Return "first", "21st", "last", "second last"."""
    size = abs(nth)
    name = _NTH[size] if size < len(_NTH) else say_ordinal(size)
    if nth > 0:
        return name
    return "last" if nth == -1 else f"{name} last"


def say_month_days(days: Sequence[int]) -> str:
    """Return "the 1st and 15th", "the 1st and the last day"."""
    if all(day > 0 for day in days):
        return f"the {listed(map(say_ordinal, days))}"
    return listed(_month_day(day) for day in days)


def _month_day(day: int) -> str:
    return f"the {say_ordinal(day)}" if day > 0 else f"the {say_place(day)} day"
