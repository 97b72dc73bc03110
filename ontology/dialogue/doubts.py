"""What speaks against doing what a classifier takes a text for.

It tells what a text is about, not whether it was denied ("not done yet"), asked ("is it
done?"), or said of something else ("come home at 5" sounds like "come again at 5"). What would
be changed is then asked for first.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.deciding import DELETING
from ontology.dialogue.read_creation import NO_REQUEST
from ontology.dialogue.said import Said, beside
from ontology.dialogue.targets import COUNTED
from ontology.time.tokens import fold

DOUBTED: Final = 0.45
"""Confidence at the most of a reading that something speaks against: it is named, not done."""

LEAST: Final = 0.1
"""Confidence left to what was denied, or would mean a reminder that is not there."""

_UNNAMED: Final = 0.85
"""Confidence at the most that something not named by a word of its own is to be deleted."""

_SURE: Final = 0.75
"""Probability from which something that is there is changed by sense alone."""

_CHANGES: Final = frozenset(
    {Intent.DONE, Intent.UNDO, Intent.SNOOZE, Intent.CHANGE_REMINDER, Intent.SET_ZONE}
)
_NOT_BY_QUESTION: Final = _CHANGES | {Intent.CREATE_REMINDER, Intent.CANCEL_REMINDER}
_QUESTION: Final = re.compile(
    r"(?:is|are|am|was|were|has|had|does|did|when|who|where|which|should)\b"
    r"|(?:do|have|can|may|might|could) (?:i|we|you|they)\b|(?:what|how)\b(?! about\b)"
)
_DENIED: Final = re.compile(
    r"\b(?:not|never|nothing|neither|yet|almost|nearly|half|un(?:done|finished))\b|\w+n(?:'t|’t)\b"
    r"|\b(?:is|are|was|were|have|has|had|do|does|did|ca|wo)nt\b"
)
_WEARY: Final = re.compile(
    r"\b(?:so|too|really|totally|completely|quite) (?:done|over|finished)\b"
    r"|\b(?:done|finished) (?:here|for (?:today|now|the day|tonight)|with (?:today|you|life"
    r"|work))\b"
)
"""Said of oneself, not of what was to be done."""

_TAKES_BACK: Final = re.compile(
    r"\b(?:un\w+|rever\w+|back|restor\w+|reinstat\w+|recover\w*|mistake\w*|accident\w*|mean"
    r"|meant|rewind|ctrl|scratch|as (?:it|they) (?:was|were)|last (?:change|one|thing))\b"
)
_NOT_DONE: Final = re.compile(r"\b(?:not|\w+n['’]?t) (?:do|done|take|taken|finish|finished)\b")
ALL: Final = re.compile(r"\b(?:all|every|everything|any|anything|each|both|except)\b")
"""Said of more than one name can tell."""

_EXCEPT: Final = re.compile(r"\b(?:except|apart from|all but|everything but)\b")
_TO_COME: Final = re.compile(
    r"\b(?:will|shall|gonna|going to|later|tomorrow|tonight|soon|wish|hope|if|when|no|nobody"
    r"|needs?|needed|should|must|want|gone|\w+ing)\b|['’]ll\b|\?\s*$"
)
"""Said of what is still to be done, or need not be."""

_TOO: Final = re.compile(r"\b(?:too|also|as well)\b")
_TELLS: Final = re.compile(
    r"\b(?:i|we|you|he|she|they|it|that|this)(?:['’](?:ll|m|re|s|ve)"
    r"| (?:will|am|are|is|was|were|took|takes|had))\b"
)
_A_NUMBER: Final = re.compile(rf"[0-9]|\b(?:{'|'.join(COUNTED[1:])})\b")
_PUTS_OFF: Final = re.compile(
    r"\b(?:ask|remind|tell|ping|nudge|again|later|wait|busy|driving|snooze|hold|hang|back to"
    r"|(?:do|get to|on) it|not (?:now|yet)|more|please|another|postpone|delay|ready)\b"
)
_NOT_REMINDED: Final = re.compile(
    r"\b(?:not|never|don't|don’t|dont) (?:\w+ )?(?:remind|wake|alert|notify|ping|nudge)"
    r"|\b(?:thanks|thank you|thx|cheers|sorry) for (?:\w+ )?remind"
    r"|\bno need to (?:\w+ )?remind"
)
_REMINDED: Final = re.compile(r"(?<!\bbe )(?<!\bget )\breminded\b")
"""Said of what was, not of what is to be."""

_NO_REMINDER: Final = re.compile(
    rf"{NO_REQUEST}|\b(?:unless|if(?! (?:you|possible|i may|that's ok)))\b"
)
_NOT_THAT: Final = re.compile(
    r"\b(?:not|never|don't|don’t|dont) (?:\w+ )?"
    r"(?:cancel|delete|remove|erase|forget|drop|clear|undo|revert|change)\b"
)
_ON_THE_WAY: Final = re.compile(r"\b(?:travell?|fly|go|head|mov|leav)ing (?:to|for)\b")
_OF_WHAT_IS_THERE: Final = re.compile(
    r"(?:(?:a|an|the|i|i'm|me|we|you|it|that|this|these|one|once|them|no|not|now|yes|ok|okay"
    r"|sorry|actually|rather|instead|again|more|another|later|earlier|then|too|also|just|same"
    r"|maybe|perhaps|probably|nothing|anything|busy|bit|while|moment|minute|say|do|make|let|us"
    r"|let's|lets|remind|ask|tell|bug|nag|ping|poke|nudge|wake|ring|try|repeat|come|get|give"
    r"|gimme|back|wait|hold|hang|put|push|move|set|change|delay|defer|off|on|up|over|in|at|by"
    r"|about|for|to|till|until|of|and|or|so|please|pls|thanks)\b[\W_]*)*"
)


_DENIALS: Final = {
    Intent.DONE: (_DENIED,),
    Intent.UNDO: (_NOT_THAT, _NOT_DONE),
    Intent.CANCEL_REMINDER: (_NOT_THAT,),
    Intent.CANCEL_EVENT: (_NOT_THAT,),
    Intent.FORGET: (_NOT_THAT,),
    Intent.CHANGE_REMINDER: (_NOT_THAT,),
    Intent.CREATE_REMINDER: (_NOT_REMINDED, _REMINDED),
}
_AGAINST: Final = {
    Intent.DONE: (_WEARY, _TO_COME),
    Intent.CANCEL_REMINDER: (_EXCEPT,),
    Intent.CREATE_REMINDER: (_NO_REMINDER,),
    Intent.SNOOZE: (re.compile(r"^no\b,?(?! (?:not )?now)"), _REMINDED),
    Intent.CHANGE_REMINDER: (re.compile(r"\bnot\b"), _TOO, _REMINDED),
}


def doubted(reading: Interpretation, said: Said) -> Interpretation:
    """Return what was sensed, below the line of deeds where something speaks against it.

    What was denied is not even named in a question.
    """
    if _is_denied(reading, said):
        return reading.model_copy(update={"confidence": min(reading.confidence, LEAST)})
    if reading.confidence > DOUBTED and _is_doubtful(reading, said):
        return reading.model_copy(update={"confidence": DOUBTED})
    if reading.intent in DELETING and (reading.target is None or ALL.search(said.folded)):
        return reading.model_copy(update={"confidence": min(reading.confidence, _UNNAMED)})
    return reading


def is_of_what_is_there(words: str) -> bool:
    """Tell whether words beside a time name nothing of their own: "ask me again"."""
    return _OF_WHAT_IS_THERE.fullmatch(fold(words)) is not None


def speaks_against(reading: Interpretation, said: Said) -> bool:
    """Tell whether the words deny what a reading would do, ask it, or tell something else."""
    intent = reading.intent
    if intent in _NOT_BY_QUESTION and _QUESTION.match(said.folded):
        return True
    if _is_denied(reading, said):
        return True
    against = _AGAINST.get(intent, ())
    return any(pattern.search(said.folded) for pattern in against)


def _is_denied(reading: Interpretation, said: Said) -> bool:
    denials = _DENIALS.get(reading.intent, ())
    return any(pattern.search(said.folded) for pattern in denials)


def _is_doubtful(reading: Interpretation, said: Said) -> bool:
    intent = reading.intent
    if intent is Intent.SET_ZONE:
        unsure = reading.confidence < _SURE or _QUESTION.match(said.folded) is not None
        return reading.zone is not None and (unsure or _is_for_then(said))
    if intent in _CHANGES and reading.confidence < _SURE:
        return True
    if intent is Intent.SNOOZE and _is_something_else(said):
        return True
    if intent is Intent.UNDO and not _TAKES_BACK.search(said.folded):
        return True
    return speaks_against(reading, said)


def _is_something_else(said: Said) -> bool:
    """Tell "in an hour we will know" and "tea 5 min" from a wait for what was told."""
    time = said.time_in(said.text, bare_durations=True)
    if time is None and _A_NUMBER.search(said.folded):
        return True
    if _PUTS_OFF.search(said.folded):
        return False
    if time is None or _TELLS.search(said.folded):
        return time is not None
    return not is_of_what_is_there(beside(said.text, time))


def _is_for_then(said: Said) -> bool:
    """Tell "I'm in London tomorrow" from where somebody is by now."""
    if _ON_THE_WAY.search(said.folded):
        return True
    time = said.time_in(said.text)
    if time is None or time.schedule is None or time.until:
        return False
    return time.schedule.first > said.context.now
