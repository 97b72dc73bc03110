"""Zones behind a wall time: "9am PT", "10:00 UTC+2", "5pm Madrid time", "17:00+02:00"."""

from __future__ import annotations

from typing import Final

from ontology.time.tokens import Line
from ontology.time.values import Zone
from ontology.time.zone_names import ABBREVIATIONS, BEFORE_TIME
from ontology.time.zones import find_zone

_BEHIND_A_ZONE: Final = frozenset({"on", "tomorrow", "today", "to", "and", "this", "next"})
_LONGEST_CITY: Final = 3
_MOST_MINUTES: Final = 14 * 60


def read_zone(line: Line, at: int) -> tuple[Zone, int] | None:
    """Read a zone that stands right behind a wall time."""
    opened = line.word(at) == "("
    found = _read(line, line.skip(at, "(", "in"))
    if found is None:
        return None
    return found[0], line.skip(found[1], ")") if opened else found[1]


def _read(line: Line, at: int) -> tuple[Zone, int] | None:
    word = line.word(at)
    if word == "z" and line.joined(at):
        return Zone("UTC", 0), at + 1
    apart = word == "-" and not line.joined(at) and line.joined(at + 1)
    if (word == "+" or apart) and line.kind(at + 1) == "number" and len(line.word(at + 1)) == 4:
        offset = _offset(line, at)
        return (Zone(None, offset[0]), offset[1]) if offset is not None else None
    if line.joined(at) and (word == "+" or word == "-" and _is_of_an_iso_time(line, at)):
        offset = _offset(line, at)
        return (Zone(None, offset[0]), offset[1]) if offset is not None else None
    if line.kind(at) != "word":
        return None
    if word in ABBREVIATIONS:
        found = _abbreviation(line, at, word)
        if found is not None:
            return found
    return _city(line, at)


def _is_of_an_iso_time(line: Line, at: int) -> bool:
    """Tell "T10:00-05:00" from the span of "10:00-11:00"."""
    return line.word(at - 2) == "t" and line.joined(at - 1)


def _abbreviation(line: Line, at: int, word: str) -> tuple[Zone, int] | None:
    behind = at + 1
    joined = line.joined(behind) or line.joined(behind + 1)
    if word in ("utc", "gmt") and line.word(behind) in ("+", "-") and joined:
        offset = _offset(line, behind)
        if offset is not None:
            return Zone(None, offset[0]), offset[1]
    if word in BEFORE_TIME:
        behind = line.skip(behind, "standard", "daylight", "summer")
        if line.word(behind) != "time" and not _ends(line, behind):
            return None
    return ABBREVIATIONS[word], line.skip(behind, "time")


def _ends(line: Line, at: int) -> bool:
    return line.kind(at) in ("", "mark") or line.word(at) in _BEHIND_A_ZONE


def _offset(line: Line, at: int) -> tuple[int, int] | None:
    """Read "+2", "-0500", "+05:30" in minutes."""
    sign = -1 if line.word(at) == "-" else 1
    text = line.word(at + 1)
    if line.kind(at + 1) == "clock" and len(text) <= 5:
        hours, minutes = map(int, text.split(":"))
    elif line.kind(at + 1) == "number" and len(text) <= 4:
        hours, minutes = (int(text), 0) if len(text) <= 2 else divmod(int(text), 100)
    else:
        return None
    total = hours * 60 + minutes
    return (sign * total, at + 2) if total <= _MOST_MINUTES and minutes < 60 else None


def _city(line: Line, at: int) -> tuple[Zone, int] | None:
    """Read "madrid time", "new york time", "Europe/Madrid"."""
    if line.word(at + 1) == "/" and line.joined(at + 1) and line.joined(at + 2):
        name = find_zone(f"{line.word(at)}/{line.word(at + 2)}")
        return (Zone(name), at + 3) if name is not None else None
    for length in range(1, _LONGEST_CITY + 1):
        if line.word(at + length) == "time" and line.kind(at + length - 1) == "word":
            city = " ".join(line.word(at + place) for place in range(length))
            name = find_zone(city)
            return (Zone(name), at + length + 1) if name is not None else None
    return None
