"""Reading a request behind what it is for: "my flight lands at 6, remind me at 5 to leave".

What stands before is no part of the reminder, but it may hold its text, and a condition in it
("if it rains") is never dropped in silence.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Interpretation, Problem
from ontology.dialogue.read_creation import read_creation, request_in
from ontology.dialogue.said import Said, beside, task, with_time
from ontology.time.tokens import fold

_SURE: Final = 0.9
_ENDS: Final = re.compile(
    r"(?:[,.;:!–—-]|\b(?:so|and|then|but|please|(?:can|could|would|will) you(?: please)?"
    r"|so that you|i want you to))\s*$"
)
_JOINTS: Final = re.compile(
    r"(?:[\s,.;:!–—-]|\b(?:so|and|then|but|please|(?:can|could|would|will) you)\b)+$", re.I
)
_ASKS: Final = re.compile(r"remind ?(?:me|us)|(?:do not|don't|dont) forget")
_ASKS_YOU: Final = re.compile(r"\b(?:can|could|would|will) you\b")
_CONDITION: Final = re.compile(r"\b(?:if|unless|in case|once|as soon as|when(?:ever)?)\b")
_NEWS: Final = re.compile(
    r"(?:(?:i|we)(?:['’]ve| have)? )?(?:already |just )?(?:did|done|finished|took|taken)\b"
)
_LEADING: Final = re.compile(
    r"(?:(?:and|but|so)\s+)*(?:(?:i|we)(?:['’]ve)?\s+(?:really\s+)?"
    r"(?:have|need|must|should|ought|want|keep forgetting|always forget|forgot|had|got)\b"
    r"(?:\s+got)?(?:\s+to)?|it['’]?s|there['’]?s|there is)\s+(?:an?\s+)?",
    re.I,
)


def read_behind_reason(said: Said) -> Interpretation | None:
    """Return the reminder that is asked for behind a clause of its own."""
    request = request_in(said)
    if request is None:
        return None
    before = said.text[: request.start()]
    last = not said.folded[request.end() :].strip(" .!")
    if last and _ASKS.fullmatch(request[0]) and said.time_in(before) is not None:
        meant = read_creation(Said.of(f"remind me {_JOINTS.sub('', before)}", said.context))
        return meant and _of_reason(meant)
    conditional = _CONDITION.search(fold(before)) is not None
    if not conditional and not _ENDS.search(fold(before)):
        return None
    behind = said.text[request.start() :]
    if _ASKS_YOU.search(fold(before)):
        behind = behind.rstrip("? ")
    meant = read_creation(Said.of(behind, said.context))
    if meant is None or meant.confidence < _SURE:
        return None
    reason = _JOINTS.sub("", before).strip()
    if conditional or _NEWS.match(fold(reason)):
        meant = _at_the_time_of(reason, meant, said)
        meant = meant.model_copy(update={"left_over": (*meant.left_over, reason)})
    if meant.problem is Problem.NO_TEXT:
        meant = _about(reason, meant, said)
    return meant.model_copy(update={"confidence": _SURE})


def _at_the_time_of(reason: str, meant: Interpretation, said: Said) -> Interpretation:
    """Return what is meant at the time that is said in its condition, if at no other."""
    time = said.time_in(reason)
    if meant.problem is not Problem.NO_TIME or time is None or time.schedule is None:
        return meant
    return with_time(meant, time, said)


def _of_reason(meant: Interpretation) -> Interpretation:
    """Return what is meant where the request stands last: "eat at 6pm, remind me"."""
    return meant.model_copy(update={"text": deed_in(meant.text), "confidence": _SURE})


def deed_in(text: str) -> str:
    """Return what is to be done of "I need to call mum"."""
    leading = _LEADING.match(text)
    return text[leading.end() :] if leading is not None else text


def _about(reason: str, meant: Interpretation, said: Said) -> Interpretation:
    """Return a reminder whose text is what was told before it."""
    text = deed_in(task(beside(reason, said.time_in(reason))))
    if not text:
        return meant
    problem = None if meant.schedule is not None else Problem.NO_TIME
    return meant.model_copy(update={"text": text, "problem": problem})
