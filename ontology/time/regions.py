"""The zones of countries and states, which tell Paris in France from Paris in Texas."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files
from typing import Final
from unicodedata import combining, normalize

Zones = tuple[str, ...]
"""IANA names, that of most people first."""

_EAST, _MIDDLE, _WEST = "America/New_York", "America/Chicago", "America/Los_Angeles"
_MOUNTAIN: Final = "America/Denver"
_STATES: Final[dict[str, tuple[str, Zones]]] = {
    # the name of a state or province: its code and its zones
    "alabama": ("al", (_MIDDLE,)),
    "alaska": ("ak", ("America/Anchorage", "America/Adak", "America/Juneau")),
    "arizona": ("az", ("America/Phoenix",)),
    "arkansas": ("ar", (_MIDDLE,)),
    "california": ("ca", (_WEST,)),
    "colorado": ("co", (_MOUNTAIN,)),
    "connecticut": ("ct", (_EAST,)),
    "delaware": ("de", (_EAST,)),
    "district of columbia": ("dc", (_EAST,)),
    "florida": ("fl", (_EAST, _MIDDLE)),
    "state of georgia": ("ga", (_EAST,)),
    "hawaii": ("hi", ("Pacific/Honolulu",)),
    "idaho": ("id", ("America/Boise", _WEST)),
    "illinois": ("il", (_MIDDLE,)),
    "indiana": ("in", ("America/Indiana/Indianapolis", _MIDDLE)),
    "iowa": ("ia", (_MIDDLE,)),
    "kansas": ("ks", (_MIDDLE, _MOUNTAIN)),
    "kentucky": ("ky", ("America/Kentucky/Louisville", _MIDDLE)),
    "louisiana": ("la", (_MIDDLE,)),
    "maine": ("me", (_EAST,)),
    "maryland": ("md", (_EAST,)),
    "massachusetts": ("ma", (_EAST,)),
    "michigan": ("mi", ("America/Detroit", "America/Menominee")),
    "minnesota": ("mn", (_MIDDLE,)),
    "mississippi": ("ms", (_MIDDLE,)),
    "missouri": ("mo", (_MIDDLE,)),
    "montana": ("mt", (_MOUNTAIN,)),
    "nebraska": ("ne", (_MIDDLE, _MOUNTAIN)),
    "nevada": ("nv", (_WEST,)),
    "new hampshire": ("nh", (_EAST,)),
    "new jersey": ("nj", (_EAST,)),
    "new mexico": ("nm", (_MOUNTAIN,)),
    "new york": ("ny", (_EAST,)),
    "north carolina": ("nc", (_EAST,)),
    "north dakota": ("nd", (_MIDDLE, _MOUNTAIN)),
    "ohio": ("oh", (_EAST,)),
    "oklahoma": ("ok", (_MIDDLE,)),
    "oregon": ("or", (_WEST, "America/Boise")),
    "pennsylvania": ("pa", (_EAST,)),
    "rhode island": ("ri", (_EAST,)),
    "south carolina": ("sc", (_EAST,)),
    "south dakota": ("sd", (_MIDDLE, _MOUNTAIN)),
    "tennessee": ("tn", (_MIDDLE, _EAST)),
    "texas": ("tx", (_MIDDLE, _MOUNTAIN)),
    "utah": ("ut", (_MOUNTAIN,)),
    "vermont": ("vt", (_EAST,)),
    "virginia": ("va", (_EAST,)),
    "washington": ("wa", (_WEST,)),
    "west virginia": ("wv", (_EAST,)),
    "wisconsin": ("wi", (_MIDDLE,)),
    "wyoming": ("wy", (_MOUNTAIN,)),
    "alberta": ("ab", ("America/Edmonton",)),
    "british columbia": ("bc", ("America/Vancouver",)),
    "manitoba": ("mb", ("America/Winnipeg",)),
    "new brunswick": ("nb", ("America/Moncton",)),
    "newfoundland": ("nl", ("America/St_Johns",)),
    "nova scotia": ("ns", ("America/Halifax",)),
    "ontario": ("on", ("America/Toronto",)),
    "quebec": ("qc", ("America/Toronto",)),
    "saskatchewan": ("sk", ("America/Regina",)),
    "new south wales": ("nsw", ("Australia/Sydney",)),
    "northern territory": ("nt", ("Australia/Darwin",)),
    "queensland": ("qld", ("Australia/Brisbane",)),
    "south australia": ("sa", ("Australia/Adelaide",)),
    "tasmania": ("tas", ("Australia/Hobart",)),
    "victoria": ("vic", ("Australia/Melbourne",)),
    "western australia": ("wa", ("Australia/Perth",)),
}
_CODES: Final = tuple(_STATES.values())
_GEORGIA: Final = "georgia"
_ALSO: Final = {
    **dict.fromkeys(("uk", "britain", "great britain", "england", "scotland", "wales"), "GB"),
    **dict.fromkeys(("united kingdom", "northern ireland"), "GB"),
    **dict.fromkeys(("us", "usa", "u.s", "u.s.a", "america"), "US"),
    **dict.fromkeys(("holland", "the netherlands"), "NL"),
    "czechia": "CZ",
    "south korea": "KR",
    "north korea": "KP",
    "turkiye": "TR",
    "uae": "AE",
    "bosnia": "BA",
    "burma": "MM",
    "ivory coast": "CI",
}


def zones_of(region: str, *, behind_a_comma: bool) -> Zones:
    """Return the zones of a state or country, none for what is neither.

    ``region`` is in lower case. Codes such as "tx" are one only behind the comma of an address.
    The Georgia of the USA and that of the Caucasus have both theirs.
    """
    coded = [zone for code, zones in _CODES if code == region for zone in zones]
    if behind_a_comma and coded:
        return tuple(coded)
    if region in _STATES:
        return _STATES[region][1]
    country = _countries().get(region, ())
    return (*country, _EAST) if region == _GEORGIA else country


def is_ambiguous(region: str, zones: Zones) -> bool:
    """Tell that a country alone does not say which of its zones is meant."""
    return len(zones) > 1 and region in _countries()


def plain(name: str) -> str:
    """Return a name in lower case, with spaces and without accents."""
    letters = normalize("NFKD", name.casefold().replace("_", " "))
    return "".join(letter for letter in letters if not combining(letter))


@lru_cache(maxsize=1)
def _countries() -> dict[str, Zones]:
    """Return countries by name with their zones, as the time zone database has them."""
    zones: dict[str, Zones] = {}
    for code, _, zone, *_ in _rows("zone.tab"):
        zones[code] = (*zones.get(code, ()), zone)
    names = {plain(name).partition(" (")[0]: code for code, name in _rows("iso3166.tab")}
    return {name: zones[code] for name, code in (names | _ALSO).items() if code in zones}


def _rows(table: str) -> list[list[str]]:
    text = files("tzdata.zoneinfo").joinpath(table).read_text("utf-8")
    return [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
