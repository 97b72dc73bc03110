"""The abbreviations of time zones, and what people who say them mean."""

from __future__ import annotations

from typing import Final

from ontology.time.values import Zone

_PLACES: Final = {
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
}
_OFFSETS: Final = {
    # abbreviation: hours ahead of UTC, and where people live who say it
    "utc": (0.0, "UTC"),
    "gmt": (0.0, "UTC"),
    "wet": (0.0, "Europe/Lisbon"),
    "west": (1.0, "Europe/Lisbon"),
    "bst": (1.0, "Europe/London"),
    "cet": (1.0, "Europe/Paris"),
    "cest": (2.0, "Europe/Paris"),
    "eet": (2.0, "Europe/Athens"),
    "eest": (3.0, "Europe/Athens"),
    "msk": (3.0, "Europe/Moscow"),
    "ist": (5.5, "Asia/Kolkata"),
    "sgt": (8.0, "Asia/Singapore"),
    "hkt": (8.0, "Asia/Hong_Kong"),
    "awst": (8.0, "Australia/Perth"),
    "jst": (9.0, "Asia/Tokyo"),
    "kst": (9.0, "Asia/Seoul"),
    "aest": (10.0, "Australia/Sydney"),
    "aedt": (11.0, "Australia/Sydney"),
    "acst": (9.5, "Australia/Adelaide"),
    "nzst": (12.0, "Pacific/Auckland"),
    "nzdt": (13.0, "Pacific/Auckland"),
    "brt": (-3.0, "America/Sao_Paulo"),
    "adt": (-3.0, "America/Halifax"),
    "edt": (-4.0, "America/New_York"),
    "est": (-5.0, "America/New_York"),
    "cdt": (-5.0, "America/Chicago"),
    "cst": (-6.0, "America/Chicago"),
    "mdt": (-6.0, "America/Denver"),
    "mst": (-7.0, "America/Denver"),
    "pdt": (-7.0, "America/Los_Angeles"),
    "pst": (-8.0, "America/Los_Angeles"),
    "akdt": (-8.0, "America/Anchorage"),
    "akst": (-9.0, "America/Anchorage"),
    "hst": (-10.0, "Pacific/Honolulu"),
    "sast": (2.0, "Africa/Johannesburg"),
    "pkt": (5.0, "Asia/Karachi"),
}
ABBREVIATIONS: Final = {
    **{word: Zone(name) for word, name in _PLACES.items()},
    **{word: Zone(name, round(hours * 60)) for word, (hours, name) in _OFFSETS.items()},
}
"""What may stand right behind a wall time."""

BEFORE_TIME: Final = frozenset({"eastern", "central", "mountain", "pacific"})
"""What is a zone only with "time" behind it, or "standard time", "daylight time"."""
