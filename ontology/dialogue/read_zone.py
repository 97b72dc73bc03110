"""Reading where a person is: "set my time zone to Europe/Madrid", "I'm in New York"."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.said import Said
from ontology.time.zones import find_zone

_ZONE: Final = r"time ?-?zone"
_NAMED: Final = re.compile(
    rf"(?:(?:set|change|switch|update|put|make) )?(?:(?:my|the) )?{_ZONE}"
    r"(?: ?(?:to|is|:|=|as|into)| is now)? (?P<place>.+)"
    r"|(?:use|switch to|set) (?P<clock>.{1,60}?) time"
)
_STAYING: Final = re.compile(
    r"(?:i'?m|i am|i'm now|we'?re|we are)(?: (?:now|currently|back))? in (?P<place>.+)"
    r"|(?:i|we)(?: now)? live in (?P<home>.+)"
    r"|(?:i|we)(?:'ve| have)?(?: just)? (?:moved|arrived|landed|travelled|traveled|flew)"
    r" (?:to|in|at) (?P<new>.+)"
)
_NOW: Final = re.compile(r"(?: right now| now| at the moment| this week)$")
_LONGEST: Final = 100


def read_zone(said: Said) -> Interpretation | None:
    """Return the zone that a person wants, or says to be in."""
    folded = " ".join(said.folded.split()).rstrip(" .!?")
    if len(folded) > _LONGEST:
        return None
    named = _NAMED.fullmatch(folded)
    if named is not None:
        place = named["place"] or named["clock"]
        zone = find_zone(place)
        if zone is not None:
            return Interpretation(intent=Intent.SET_ZONE, zone=zone)
        return Interpretation(intent=Intent.SET_ZONE, text=place, problem=Problem.UNKNOWN_ZONE)
    staying = _STAYING.fullmatch(folded)
    if staying is None:
        return None
    # "I'm in a meeting" names no place, and then means nothing here.
    place = staying["place"] or staying["home"] or staying["new"]
    zone = find_zone(_NOW.sub("", place))
    return Interpretation(intent=Intent.SET_ZONE, zone=zone) if zone is not None else None
