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
_ASKED: Final = re.compile(
    rf"(?:(?:what|which)(?:'s| is)? (?:my |the )?{_ZONE}(?: am i (?:in|on|at)| is (?:it|set"
    rf"|this)"
    rf"| do (?:you|i) (?:have|use|think i'?m in))?(?: for me)?|(?:show|tell)(?: me)? my {_ZONE}"
    rf"|where do you think i am|my {_ZONE})"
)
_WORD: Final = re.compile(r"[^\W\d_][\w'/-]*")
_COMMON_WORDS: Final = frozenset(
    {"central", "eastern", "mountain", "pacific", "most", "easter"}
)
_NOW: Final = re.compile(r"(?: right now| now| at the moment| this week)$")
_LONGEST: Final = 100
_MOST_WORDS: Final = 4


def read_zone(said: Said) -> Interpretation | None:
    """Return the zone that a person wants, or says to be in; none where they ask for theirs."""
    folded = " ".join(said.folded.split()).rstrip(" .!?")
    if len(folded) > _LONGEST:
        return None
    if _ASKED.fullmatch(folded):
        return Interpretation(intent=Intent.SET_ZONE)
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


def zone_in(folded: str) -> str | None:
    """Return the zone of the first place that is named anywhere in a text."""
    words = list(_WORD.finditer(folded, 0, _LONGEST))
    for begin in range(len(words)):
        for end in range(min(begin + _MOST_WORDS, len(words)), begin, -1):
            # With the comma of "paris, texas", which is another place than Paris.
            name = folded[words[begin].start() : words[end - 1].end()]
            # "et" and "pt" are words of other languages, "central" is one of this.
            if len(name) > 2 and (zone := find_zone(name)) and name not in _COMMON_WORDS:
                return zone
    return None
