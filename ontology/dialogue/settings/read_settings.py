"""Reading how a person wants to be reached: by rules for whole utterances, the surest first."""

from __future__ import annotations

from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.settings.read_channels import read_channels
from ontology.dialogue.settings.read_leads import read_leads
from ontology.dialogue.settings.read_links import read_links
from ontology.dialogue.settings.read_quiet import read_quiet
from ontology.dialogue.settings.read_rest import read_rest
from ontology.dialogue.settings.read_words import read_words
from ontology.dialogue.settings.way import Heard, Way, first_meant, ways

_LONGEST: Final = 300
"""Characters of a wish; what is longer tells a story."""

_READERS: Final = (read_links, read_rest, read_quiet, read_channels, read_leads, read_words)
_SHOW: Final = (
    r"(?:show|list|see|view|display|tell|give|what are|what'?s|which are|read)(?: me)?"
)
_WAYS_TO_ME: Final = r"(?:(?:notification |reminder )?channels?|addresses|ways to reach me)"


def read_settings(said: Said) -> Interpretation | None:
    """Return what is to change in how a person is reached, or that they ask how that is.

    A reading that neither changes nor links anything asks. None where they speak of no such.
    """
    if said.rest or len(said.folded) > _LONGEST:
        return None
    for read in _READERS:
        if (meant := read(said)) is not None:
            return meant
    return first_meant(_ASKED, said)


def _asks_for(intent: Intent) -> Interpretation:
    return Interpretation(intent=intent)


def _all(heard: Heard) -> Interpretation:
    return _asks_for(Intent.SET_PREFERENCE)


def _channels(heard: Heard) -> Interpretation:
    return _asks_for(Intent.SET_CHANNEL)


_ASKED: Final[tuple[Way, ...]] = (
    *ways(
        _all,
        rf"(?:{_SHOW} )?(?:all )?(?:(?:my|the) )?(?:current )?(?:settings|preferences|prefs"
        r"|rules)",
    ),
    *ways(
        _channels,
        r"(?:how|where) (?:do|will|can|would|are|should)(?: you| my (?:reminders"
        r"|notifications))"
        r"(?: (?:going to|gonna))? (?:reach|remind|notify|contact|tell|call|alert|go|come"
        r"|arrive"
        r"|send)(?: me)?(?: (?:my|the) (?:reminders|notifications))?(?: to)?",
        rf"{_SHOW} (?:(?:my|the) )?{_WAYS_TO_ME}",
        rf"(?:which|what) {_WAYS_TO_ME}(?: (?:do i have|are (?:set up|linked|connected|there)"
        r"|can you use|have i|is (?:linked|used)))?",
        rf"(?:my |list )?{_WAYS_TO_ME}",
        r"(?:which|what) (?:phone |mobile )?(?:number|e-?mail(?: address)?|address) (?:do you"
        r" have(?: for me| of mine)?|would you (?:call|use))",
        r"(?:am i|is telegram|is whatsapp|is my (?:phone|e-?mail|number)) (?:linked|connected)",
    ),
)
