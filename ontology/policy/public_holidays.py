"""The days on which a country rests by law, as far as one rule finds them in every year.

Only what holds for a whole country (for Great Britain: England and Wales) is listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ontology.time.holidays import date_of

_SAT, _SUN = 5, 6
_BY_COUNTRY: Final = {
    "AT": "new year, epiphany, easter monday, may day, ascension day, whit monday, "
    "corpus christi, assumption, 10-26, all saints day, immaculate conception, christmas, "
    "boxing day",
    "BE": "new year, easter monday, may day, ascension day, whit monday, 7-21, assumption, "
    "all saints day, remembrance day, christmas",
    "DE": "new year, good friday, easter monday, may day, ascension day, whit monday, "
    "german unity day, christmas, boxing day",
    "ES": "new year, epiphany, good friday, may day, assumption, 10-12, all saints day, 12-6, "
    "immaculate conception, christmas",
    "FR": "new year, easter monday, may day, 5-8, ascension day, whit monday, bastille day, "
    "assumption, all saints day, remembrance day, christmas",
    "GB": "new year, good friday, easter monday, early may bank holiday, memorial day, "
    "summer bank holiday, christmas, boxing day",
    "IT": "new year, epiphany, easter monday, 4-25, may day, 6-2, assumption, 10-4, "
    "all saints day, immaculate conception, christmas, boxing day",
    "NL": "new year, easter monday, kings day, ascension day, whit monday, christmas, "
    "boxing day",
    "PL": "new year, epiphany, easter monday, may day, 5-3, corpus christi, assumption, "
    "all saints day, 11-11, christmas eve, christmas, boxing day",
    "PT": "new year, good friday, 4-25, may day, corpus christi, 6-10, assumption, 10-5, "
    "all saints day, 12-1, immaculate conception, christmas",
    "US": "new year, mlk day, presidents day, memorial day, juneteenth, independence day, "
    "labor day, columbus day, veterans day, thanksgiving, christmas",
}
"""Holidays by name, or by month and day where the name is the country's own.

The last Monday in May, memorial day in the US, is the spring bank holiday in Great Britain.
"""


def country_of(locale: str) -> str:
    """Return the country of a locale such as en_GB or de-AT, in capitals; empty without one."""
    return locale.replace("-", "_").partition(".")[0].partition("_")[2].upper()


def known_countries() -> tuple[str, ...]:
    """Return the countries whose public holidays are known here (ISO 3166-1 alpha-2)."""
    return tuple(_BY_COUNTRY)


def has_known_holidays(locale: str) -> bool:
    """Whether the public holidays of this locale's country are known here."""
    return country_of(locale) in _BY_COUNTRY


def is_public_holiday(day: date, locale: str) -> bool:
    """Whether most people of this locale's country need not work on this day, by law."""
    return day in _in_year(country_of(locale), day.year)


@lru_cache(maxsize=64)
def _in_year(country: str, year: int) -> frozenset[date]:
    named = _BY_COUNTRY.get(country, "")
    days = [_date(name, year) for name in filter(None, named.split(", "))]
    if country == "US":
        # New Year's Day of the next year may be observed in this one.
        days = [_nearest_workday(day) for day in (*days, date(year + 1, 1, 1))]
    elif country == "GB":
        days = list(_in_lieu(sorted(days)))
    return frozenset(days)


def _date(name: str, year: int) -> date:
    if name[0].isdigit():
        month, _, day = name.partition("-")
        return date(year, int(month), int(day))
    return date_of(name, year)


def _nearest_workday(day: date) -> date:
    """Return the day a federal holiday of the US is observed (5 U.S.C. 6103(b))."""
    return day + timedelta(days={_SAT: -1, _SUN: 1}.get(day.weekday(), 0))


def _in_lieu(days: list[date]) -> Iterator[date]:
    """Yield bank holidays, and for each at a weekend the next working day after it."""
    taken = set(days)
    for day in days:
        yield day
        moved = day
        while moved.weekday() in (_SAT, _SUN) or (moved != day and moved in taken):
            moved += timedelta(days=1)
        taken.add(moved)
        yield moved
