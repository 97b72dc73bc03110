"""Time zones by the names that people use: cities, countries and common abbreviations."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from zoneinfo import available_timezones

from ontology.time.regions import Zones, is_ambiguous, plain, zones_of

_CONTINENTS: Final = frozenset(
    {"Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe"}
    | {"Indian", "Pacific"}
)
_SPOKEN: Final = {
    # abbreviations: the wall clock of the place, with its summer time
    "utc": "UTC",
    "gmt": "UTC",
    "z": "UTC",
    "cet": "Europe/Paris",
    "cest": "Europe/Paris",
    "bst": "Europe/London",
    "eastern": "America/New_York",
    "est": "America/New_York",
    "edt": "America/New_York",
    "et": "America/New_York",
    "central": "America/Chicago",
    "cdt": "America/Chicago",
    "mountain": "America/Denver",
    "mst": "America/Denver",
    "mdt": "America/Denver",
    "pacific": "America/Los_Angeles",
    "pst": "America/Los_Angeles",
    "pdt": "America/Los_Angeles",
    "pt": "America/Los_Angeles",
    "jst": "Asia/Tokyo",
    # countries with one zone
    "austria": "Europe/Vienna",
    "belgium": "Europe/Brussels",
    "china": "Asia/Shanghai",
    "czechia": "Europe/Prague",
    "denmark": "Europe/Copenhagen",
    "england": "Europe/London",
    "finland": "Europe/Helsinki",
    "france": "Europe/Paris",
    "germany": "Europe/Berlin",
    "greece": "Europe/Athens",
    "hungary": "Europe/Budapest",
    "india": "Asia/Kolkata",
    "ireland": "Europe/Dublin",
    "italy": "Europe/Rome",
    "japan": "Asia/Tokyo",
    "kenya": "Africa/Nairobi",
    "morocco": "Africa/Casablanca",
    "nepal": "Asia/Kathmandu",
    "netherlands": "Europe/Amsterdam",
    "norway": "Europe/Oslo",
    "poland": "Europe/Warsaw",
    "romania": "Europe/Bucharest",
    "scotland": "Europe/London",
    "south korea": "Asia/Seoul",
    "portugal": "Europe/Lisbon",
    "spain": "Europe/Madrid",
    "sweden": "Europe/Stockholm",
    "switzerland": "Europe/Zurich",
    "thailand": "Asia/Bangkok",
    "uk": "Europe/London",
    "wales": "Europe/London",
    # cities that share the zone of another
    "barcelona": "Europe/Madrid",
    "atlanta": "America/New_York",
    "beijing": "Asia/Shanghai",
    "boston": "America/New_York",
    "cape town": "Africa/Johannesburg",
    "delhi": "Asia/Kolkata",
    "dallas": "America/Chicago",
    "edinburgh": "Europe/London",
    "el paso": "America/Denver",
    "frankfurt": "Europe/Berlin",
    "geneva": "Europe/Zurich",
    "hamburg": "Europe/Berlin",
    "houston": "America/Chicago",
    "kyoto": "Asia/Tokyo",
    "manchester": "Europe/London",
    "miami": "America/New_York",
    "milan": "Europe/Rome",
    "montreal": "America/Toronto",
    "mumbai": "Asia/Kolkata",
    "munich": "Europe/Berlin",
    "new delhi": "Asia/Kolkata",
    "nyc": "America/New_York",
    "osaka": "Asia/Tokyo",
    "porto": "Europe/Lisbon",
    "rio": "America/Sao_Paulo",
    "rio de janeiro": "America/Sao_Paulo",
    "san francisco": "America/Los_Angeles",
    "seattle": "America/Los_Angeles",
    "seville": "Europe/Madrid",
    "valencia": "Europe/Madrid",
    "washington": "America/New_York",
    "la": "America/Los_Angeles",
}
_LONGEST_NAME: Final = 60


def find_zone(name: str) -> str | None:
    """Return the IANA name of the zone that a person calls ``name``, None if there is none.

    "Europe/Madrid", "madrid", "New York", "Spain", "CET" and "Paris, Texas" are understood.
    """
    if len(name) > _LONGEST_NAME:
        return None
    wanted = " ".join(plain(name).split()).strip(" .,!?'\"").removeprefix("the ")
    for ending in (" time zone", " timezone", " time"):
        wanted = wanted.removesuffix(ending)
    return _SPOKEN.get(wanted) or _iana_names().get(wanted) or _in_a_region(wanted)


def _in_a_region(wanted: str) -> str | None:
    """Return the zone of "paris, texas", "london ontario", "croatia"."""
    words = wanted.replace(",", " , ").split()
    for begin in range(len(words)):
        city, region = " ".join(words[:begin]), " ".join(words[begin:])
        zones = zones_of(region, behind_a_comma=city.endswith(","))
        if zones:
            return _zone_within(city.strip(" ,"), region, zones)
    return None


def _zone_within(city: str, region: str, zones: Zones) -> str | None:
    """Return a city's own zone if its region has it, else the region's; None if unsure."""
    own = _SPOKEN.get(city) or _iana_names().get(city)
    if own in zones:
        return own
    alone = _SPOKEN.get(region)
    return alone or (None if is_ambiguous(region, zones) else zones[0])


@lru_cache(maxsize=1)
def _iana_names() -> dict[str, str]:
    """Return zones by full name and by city, in lower case with spaces."""
    names: dict[str, str] = {}
    for zone in sorted(available_timezones()):
        continent, slash, place = zone.partition("/")
        if continent in _CONTINENTS and slash:
            city = place.rpartition("/")[2]
            names.setdefault(plain(city), zone)
        elif continent != "Etc" and zone != "UTC":
            continue
        names[plain(zone)] = zone
    return names
