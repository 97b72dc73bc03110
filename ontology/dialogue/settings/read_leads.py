"""Reading how long before something begins it is told: "remind me 1 hour before meetings"."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.settings.times import length, lengths
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways
from ontology.policy.changes import Change, SetLeadTimes, SetTravel
from ontology.policy.concepts import MatterKind

_MANY: Final = r"(?:events|meetings|appointments|tasks|deadlines|to-?dos)"
_ONE: Final = r"(?:event|meeting|appointment|task|deadline|to-?do)"
_KIND: Final = (
    rf"(?P<kind>(?:(?:all|my|of|the|any) )*{_MANY}|(?:every|each|any) (?:of my )?{_ONE}s?)"
)
_TASKS: Final = re.compile(r"task|deadline|to-?do")
_TELL: Final = r"(?:always )?(?:tell|remind|warn|alert|notify|ping)(?: me)?(?: always)?"
_LENS: Final = r"(?P<lengths>[\w.,½& -]{2,60}?)"
_LEN: Final = r"(?P<length>[\w.½ -]{2,40}?)"
_BEFORE: Final = (
    r"(?:before(?:hand)?|ahead|in advance|early|earlier)"
    r"(?: (?:they|it) (?:starts?|begins?|(?:is|are) due))?"
)
_TRIP: Final = (
    r"(?:(?:the |my )?(?:travel(?:ling)?(?: times?)?|way(?: there)?|journeys?|trips?|commute)"
    r"|getting there)"
)


def read_leads(said: Said) -> Interpretation | None:
    """Return how long before events or tasks they are to be told; None if unsaid."""
    return first_meant(_WAYS, said)


def _of(change: Change) -> Interpretation:
    return Interpretation(intent=Intent.SET_PREFERENCE, change=change)


def _leads(heard: Heard) -> Interpretation | None:
    before, named = lengths(heard["lengths"]), heard["kind"] or ""
    if before is None:
        return None
    kind = MatterKind.TASK if _TASKS.search(named.lower()) else MatterKind.EVENT
    return _of(SetLeadTimes(kind=kind, before=before))


def _travel(heard: Heard) -> Interpretation | None:
    buffer = length(heard["length"])
    return None if buffer is None else _of(SetTravel(buffer=buffer))


_WAYS: Final[tuple[Way, ...]] = (
    *ways(
        _leads,
        rf"{_TELL}(?: of| about)? {_KIND} {_LENS} {_BEFORE}",
        rf"(?:by default,? )?{_TELL} {_LENS} (?:before|ahead of) {_KIND}",
        rf"(?:set )?(?:my |the )?lead times?(?: for| of)? {_KIND}(?: is| are|:| to| at)?"
        rf" {_LENS}"
        rf"(?: {_BEFORE})?",
        rf"{_KIND}:? {_LENS} {_BEFORE}",
    ),
    *ways(
        _travel,
        rf"(?:allow|add|plan|leave|reckon|count|i need)(?: me)?(?: with)? {_LEN} (?:for"
        rf"|of) {_TRIP}",
        rf"(?:allow|add|plan|leave|reckon with) {_LEN} (?:travel(?:ling)?|travel time|commute)",
        rf"(?:set )?(?:my |the )?(?:travel(?:ling)? (?:time|buffer)|commute)(?: is| to|:|"
        rf" of| takes)?"
        rf" {_LEN}",
        rf"(?:it takes me|i need) {_LEN} to get (?:there|to (?:places|a place|my meetings))",
    ),
)
