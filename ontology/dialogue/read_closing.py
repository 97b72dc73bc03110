"""Reading that a reminder is over: cancelled, done; and the question why it came at all."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.targets import means_all, place_of, target_of

_CANCEL: Final = re.compile(
    r"(?:(?:cancel|delete|remove|drop|scrap|clear|get rid of)\b"
    r"|stop reminding me\b(?: (?:to|about|of)\b)?|(?:stop|forget)\b(?=.*\breminder\b)"
    r"|forget(?= (?:it|that|#?[0-9]+)[.!]?$))"
)
_DONE: Final = re.compile(
    r"(?:(?:yes|yep|yeah),? )?"
    r"(?:(?:it'?s |it is |i'?m |i am |all |that'?s |that is )?(?:done|finished)\b"
    r"(?: with| doing)?"
    r"|(?:i(?:'?ve| have)? )?(?:already )?(?:did|done|finished|completed)\b"
    r"|complete\b|tick off\b|check off\b)"
    r"(?: thanks| thank you)?"
)
_DID_WHAT: Final = re.compile(r"(?:i )?(?:already )?did\b(?! (?:it|that|this)\b)")
_MARKED: Final = re.compile(r"mark\s(?P<target>.+?)\s?(?:as )?(?:done|finished|completed?)\W*")
_IS_DONE: Final = re.compile(
    r"(?P<target>.{1,80}?)(?:['’]s)?\s(?:(?:is|are|was|were) )?(?:all )?done\W*"
)
_NOT_DONE: Final = re.compile(
    r"(?:is|are|was|were|am|has|have|does|did|will|can|could|should|when|what|who|how)\b"
    r"|(?:you|he|she|they)\b|(?:.*\b)?(?:not|never|nothing|easier|almost|nearly|half)\b|.*n['’]t\b"
)
_DEED_OR_END: Final = re.compile(r"(?:drop|remove|clear|scrap|complete)\b")
"""Verbs that also begin a task: "drop the kids at school at 8", "complete the form by 5"."""

_PERHAPS: Final = 0.6
_BY_PLACE: Final = 0.8
_LESS_SURE: Final = 0.9
_OF_ONESELF: Final = re.compile(r"(?:i'?m|i am|we'?re|we are)\b")
_LONGEST_DONE: Final = 160
_IS_OFF: Final = re.compile(
    r"(?:the |my )?(?P<target>\S.{0,59}?)(?: (?:is|was|has been)|['’]s) "
    r"(?:off|cancelled|canceled|called off)[\s.!]*"
)
_WHY: Final = re.compile(
    r"why\b(?: (?:this|that|now|was that|is that|(?:do|did) i get (?:this|that|it))"
    r"(?: reminder| one)?)?"
    r"(?: (?:did|do|are|were|have) you\b.{0,40}?"
    r"(?:remind|tell|told|ping|wake|write|message|send|sent)\w*(?: me)?"
    r"(?: (?:of|about|to|this|that|it|now))?)?"
)
_UNSURE: Final = Interpretation(intent=Intent.UNKNOWN, confidence=0)


def read_cancelling(said: Said) -> Interpretation | None:
    """Read "cancel 2", "delete the dentist reminder", "stop reminding me to stretch"."""
    match = _CANCEL.match(said.folded)
    if match is None:
        off = _IS_OFF.fullmatch(said.folded)
        return None if off is None else _called_off(said.text[slice(*off.span("target"))])
    words = said.text[match.end() :]
    # Nothing may be deleted by a word that is not meant for one reminder.
    if means_all(words):
        return _UNSURE
    meant = Interpretation(intent=Intent.CANCEL_REMINDER, target=target_of(words))
    if (place := place_of(words)) is not None:
        # The second of a list need not be number 2: which one it is, is shown and asked.
        return meant.model_copy(update={"target": str(place), "confidence": _BY_PLACE})
    return meant.model_copy(update={"confidence": _PERHAPS}) if _is_a_task(said) else meant


def _called_off(words: str) -> Interpretation | None:
    """Read "the gym is off": perhaps its reminder is to go, which is asked."""
    target = target_of(words)
    if target is None:
        return None
    return Interpretation(intent=Intent.CANCEL_REMINDER, target=target, confidence=_PERHAPS)


def read_completing(said: Said) -> Interpretation | None:
    """Read "done", "done 2", "done with the pills", "mark 3 as done"."""
    if len(said.folded) > _LONGEST_DONE or _DID_WHAT.match(said.folded):
        return None
    if said.folded.endswith("?"):
        return None
    marked = _MARKED.fullmatch(said.folded)
    if marked is None and not _NOT_DONE.match(said.folded):
        marked = _IS_DONE.fullmatch(said.folded)
    match = _DONE.match(said.folded)
    if match is not None:
        if _is_a_task(said):
            return None
        words = said.text[match.end() :]
    elif marked is not None:
        words = said.text[slice(*marked.span("target"))]
    else:
        return None
    if means_all(words):
        return _UNSURE
    # "I'm done with today" tells of oneself as often as of a reminder.
    of_oneself = _OF_ONESELF.match(said.folded) is not None and bool(words.strip())
    confidence = _LESS_SURE if of_oneself else 1.0
    return Interpretation(intent=Intent.DONE, target=target_of(words), confidence=confidence)


def read_why(said: Said) -> Interpretation | None:
    """Read "why did you remind me?", "why did you remind me about the dentist?"."""
    match = _WHY.match(said.folded)
    if match is None:
        return None
    words = said.text[match.end() :].strip(" ?!.")
    if words and "remind" not in match[0]:
        return None
    return Interpretation(intent=Intent.WHY, target=target_of(words))


def _is_a_task(said: Said) -> bool:
    """Tell a task with its time, of which no reminder is named, from one that is over."""
    if _DEED_OR_END.match(said.folded) is None or re.search(r"\breminders?\b", said.folded):
        return False
    time = said.time_in(said.text)
    return time is not None and time.schedule is not None
