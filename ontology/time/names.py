"""The English names of days, months and ordinals."""

from __future__ import annotations

from collections.abc import Iterable
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
