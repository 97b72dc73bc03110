"""The days of the year that have a name: how each is found in a year."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

Rule = Callable[[int], date]
_MON, _TUE, _WED, _THU, _FRI, _SAT, _SUN = range(7)
_JULIAN_LAG: Final = 13  # days, from 1900 to 2099


def western_easter(year: int) -> date:
    """Return Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher)."""
    golden, century, of_century = year % 19, *divmod(year, 100)
    leap_centuries, rest = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - leap_centuries - moon + 15) % 30
    leaps, of_leaps = divmod(of_century, 4)
    sunday = (32 + 2 * rest + 2 * leaps - epact - of_leaps) % 7
    correction = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * correction + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Return the Orthodox Easter Sunday in the Gregorian calendar, from 1900 to 2099."""
    epact = (19 * (year % 19) + 15) % 30
    sunday = (2 * (year % 4) + 4 * (year % 7) - epact + 34) % 7
    month, day = divmod(epact + sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=_JULIAN_LAG)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """Return the n-th such weekday of a month, from its end when negative."""
    length = monthrange(year, month)[1]
    if nth > 0:
        day = 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (nth - 1)
    else:
        last = length - (date(year, month, length).weekday() - weekday) % 7
        day = last + 7 * (nth + 1)
    return date(year, month, day) if 1 <= day <= length else None


def _on(month: int, day: int) -> Rule:
    return lambda year: date(year, month, day)


def _nth(month: int, nth: int, weekday: int, later: int = 0) -> Rule:
    def rule(year: int) -> date:
        found = nth_weekday(year, month, nth, weekday)
        return (found or date(year, month, 1)) + timedelta(days=later)

    return rule


def _easter(days: int) -> Rule:
    return lambda year: western_easter(year) + timedelta(days=days)


def _orthodox(days: int) -> Rule:
    return lambda year: orthodox_easter(year) + timedelta(days=days)


def _weekday_from(month: int, day: int, weekday: int) -> Rule:
    """Return the first such weekday on or after a day."""

    def rule(year: int) -> date:
        begin = date(year, month, day)
        return begin + timedelta(days=(weekday - begin.weekday()) % 7)

    return rule


def _super_bowl(year: int) -> date:
    """Return the Sunday of the game: since 2022, with a longer season, a week later."""
    return _nth(2, 1, _SUN, later=0 if year < 2022 else 7)(year)


def _on_a_workday(month: int, day: int) -> Rule:
    def rule(year: int) -> date:
        exact = date(year, month, day)
        return exact + timedelta(days={_SAT: -1, _SUN: 1}.get(exact.weekday(), 0))

    return rule


def _before_sunday(month: int, day: int) -> Rule:
    def rule(year: int) -> date:
        exact = date(year, month, day)
        return exact - timedelta(days=exact.weekday() == _SUN)

    return rule


HOLIDAYS: Final[dict[str, Rule]] = {
    "new year": _on(1, 1),
    "new years eve": _on(12, 31),
    "epiphany": _on(1, 6),
    "burns night": _on(1, 25),
    "australia day": _on(1, 26),
    "mlk day": _nth(1, 3, _MON),
    "groundhog day": _on(2, 2),
    "super bowl": _super_bowl,
    "candlemas": _on(2, 2),
    "valentines day": _on(2, 14),
    "presidents day": _nth(2, 3, _MON),
    "st davids day": _on(3, 1),
    "womens day": _on(3, 8),
    "pi day": _on(3, 14),
    "ides of march": _on(3, 15),
    "st patricks day": _on(3, 17),
    "st josephs day": _on(3, 19),
    "april fools": _on(4, 1),
    "tax day": _on_a_workday(4, 15),
    "emancipation day": _on(4, 16),
    "earth day": _on(4, 22),
    "arbor day": _nth(4, -1, _FRI),
    "st georges day": _on(4, 23),
    "anzac day": _on(4, 25),
    "kings day": _before_sunday(4, 27),
    "administrative professionals day": _nth(4, 4, _WED),
    "walpurgis night": _on(4, 30),
    "may day": _on(5, 1),
    "star wars day": _on(5, 4),
    "cinco de mayo": _on(5, 5),
    "europe day": _on(5, 9),
    "early may bank holiday": _nth(5, 1, _MON),
    "mothers day": _nth(5, 2, _SUN),
    "mothering sunday": _easter(-21),
    "victoria day": lambda year: (
        date(year, 5, 24) - timedelta(days=date(year, 5, 24).weekday())
    ),
    "memorial day": _nth(5, -1, _MON),
    "norwegian constitution day": _on(5, 17),
    "childrens day": _on(6, 1),
    "environment day": _on(6, 5),
    "flag day": _on(6, 14),
    "fathers day": _nth(6, 3, _SUN),
    "juneteenth": _on(6, 19),
    "st johns day": _on(6, 24),
    "canada day": _on(7, 1),
    "independence day": _on(7, 4),
    "bastille day": _on(7, 14),
    "parents day": _nth(7, 4, _SUN),
    "swiss national day": _on(8, 1),
    "assumption": _on(8, 15),
    "summer bank holiday": _nth(8, -1, _MON),
    "labor day": _nth(9, 1, _MON),
    "grandparents day": _nth(9, 1, _MON, later=6),
    "patriot day": _on(9, 11),
    "michaelmas": _on(9, 29),
    "german unity day": _on(10, 3),
    "columbus day": _nth(10, 2, _MON),
    "canadian thanksgiving": _nth(10, 2, _MON),
    "bosss day": _on_a_workday(10, 16),
    "halloween": _on(10, 31),
    "all saints day": _on(11, 1),
    "vegan day": _on(11, 1),
    "all souls day": _on(11, 2),
    "election day": _nth(11, 1, _MON, later=1),
    "bonfire night": _on(11, 5),
    "remembrance day": _on(11, 11),
    "remembrance sunday": _nth(11, 2, _SUN),
    "veterans day": _on(11, 11),
    "singles day": _on(11, 11),
    "thanksgiving": _nth(11, 4, _THU),
    "black friday": _nth(11, 4, _THU, later=1),
    "small business saturday": _nth(11, 4, _THU, later=2),
    "cyber monday": _nth(11, 4, _THU, later=4),
    "giving tuesday": _nth(11, 4, _THU, later=5),
    "st andrews day": _on(11, 30),
    "advent sunday": _weekday_from(11, 27, _SUN),
    "st nicholas day": _on(12, 6),
    "immaculate conception": _on(12, 8),
    "st lucys day": _on(12, 13),
    "christmas eve": _on(12, 24),
    "christmas": _on(12, 25),
    "boxing day": _on(12, 26),
    "kwanzaa": _on(12, 26),
    # by Easter
    "shrove monday": _easter(-48),
    "shrove tuesday": _easter(-47),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3),
    "good friday": _easter(-2),
    "holy saturday": _easter(-1),
    "easter": _easter(0),
    "easter monday": _easter(1),
    "ascension day": _easter(39),
    "pentecost": _easter(49),
    "whit monday": _easter(50),
    "trinity sunday": _easter(56),
    "corpus christi": _easter(60),
    "clean monday": _orthodox(-48),
    "lazarus saturday": _orthodox(-8),
    "orthodox palm sunday": _orthodox(-7),
    "orthodox good friday": _orthodox(-2),
    "orthodox easter": _orthodox(0),
    "orthodox easter monday": _orthodox(1),
    "orthodox christmas": _on(1, 7),
}
"""By a name in lower case without apostrophes; other names are in the table of names."""


def date_of(name: str, year: int) -> date:
    """Return the day of the holiday of this name, a key of :data:`HOLIDAYS`, in a year."""
    return HOLIDAYS[name](year)
