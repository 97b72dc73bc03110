"""Finding the slots of an intent that was told by its sense, not by its form.

"Could you poke me about the laundry around 6" asks for a reminder in words that no rule knows;
its time is read like any other, and the task stands behind "about".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Final

from ontology.dialogue.anaphora import with_what_is_meant
from ontology.dialogue.concepts import Intent, Interpretation, Problem
from ontology.dialogue.read_frames import filled
from ontology.dialogue.read_reasons import deed_in
from ontology.dialogue.read_snoozing import USUAL_SNOOZE, snoozed_until
from ontology.dialogue.read_zone import zone_in
from ontology.dialogue.said import Said, task, with_time, without
from ontology.dialogue.targets import target_of
from ontology.time.concepts import Schedule
from ontology.time.tokens import fold

_THING: Final = r"(?:reminders?|alarms?|notifications?|ones?|things?|tasks?|events?|entry)"
_NUMBERED: Final = re.compile(
    rf"(?:\b{_THING} |\bnumber |\bno\.? ?|#)(?P<target>[0-9]{{1,9}})\b"
)
_ABOUT_IT: Final = re.compile(
    rf"\b{_THING} (?:about|for|to|of|called|on|with|concerning) (?P<target>.+)"
)
_NAMED_SO: Final = re.compile(
    rf"\b(?:the|my|that|this|our) (?P<target>(?:[\w'’-]+ ){{1,4}}?){_THING}\b"
)
_THE: Final = re.compile(r"\b(?:the|my|our) (?P<target>.+)")
_TRAILING: Final = re.compile(
    r"(?:[\s,]+(?:any ?more|any longer|please|now|thanks|off|away|again|already|too|then"
    r"|after all"
    r"|instead|is (?:done|finished|sorted)|was (?:done|finished)|done|finished"
    r"|sorted))+[\s.!?]*$"
)
_TASK: Final = re.compile(
    r"\b(?:(?:me|us|myself)\b.{0,30}?\b(?:about|to|of|that|for|with|re:?)"
    r"|(?:forget|remember|reminder|note|nudge|alarm|alert|shout)\s(?:about|to|of|that|for))"
    r"\s+(?P<task>.+)",
    re.DOTALL,
)
_DANGLING: Final = re.compile(
    r"(?:[\s,]+(?:around|about|at|by|on|for|or so|ish|until|till|before|come|when it's"
    r"|when it is))+"
    r"[\s.!?]*$"
)
_QUERY: Final = frozenset({Intent.RECALL, Intent.ASK_DOCUMENTS})


def filled_in(said: Said, intent: Intent, probability: float) -> Interpretation:
    """Return what was said as this intent, with what slots of it can be found."""
    fill = _FILLERS.get(intent)
    meant = Interpretation(intent=intent) if fill is None else fill(intent, said)
    return meant.model_copy(update={"confidence": min(1.0, max(0.0, probability))})


def _creation(intent: Intent, said: Said) -> Interpretation:
    reading = said.time_in(said.text)
    left = said.text if reading is None else without(said.text, reading.spans)
    left = _DANGLING.sub("", left)
    asked = _TASK.search(fold(left))
    text = task(left[asked.start("task") :] if asked is not None else deed_in(left))
    meant = Interpretation(intent=intent, text=text)
    if not text:
        return meant.model_copy(update={"problem": Problem.NO_TEXT})
    if reading is None:
        return meant.model_copy(update={"problem": Problem.NO_TIME})
    return with_what_is_meant(with_time(meant, reading, said), said.context.last_told)


def _of_a_target(intent: Intent, said: Said) -> Interpretation:
    return Interpretation(intent=intent, target=_target_in(said.text))


def _change(intent: Intent, said: Said) -> Interpretation:
    reading = said.time_in(said.text)
    if reading is None:
        target = _target_in(said.text)
        return Interpretation(intent=intent, target=target, problem=Problem.NO_TIME)
    left = _DANGLING.sub("", re.sub(r"\s+to\s*$", "", without(said.text, reading.spans)))
    return with_time(Interpretation(intent=intent, target=_target_in(left)), reading, said)


def _snooze(intent: Intent, said: Said) -> Interpretation:
    reading = said.time_in(said.text, bare_durations=True)
    if reading is not None:
        return snoozed_until(reading, None, said)
    return Interpretation(intent=intent, schedule=_soon(said, USUAL_SNOOZE))


def _soon(said: Said, wait: timedelta) -> Schedule:
    return Schedule.once(said.context.now + wait, said.context.zone)


def _zone(intent: Intent, said: Said) -> Interpretation:
    return Interpretation(intent=intent, zone=zone_in(said.folded))


def _kept(intent: Intent, said: Said) -> Interpretation:
    """Take the whole for what is kept, asked, or timed, as a frame without words would."""
    holes = {"text": said.text} if intent in _QUERY else {"text": said.text, "when": ""}
    return filled(intent, holes, said, 1.0)


def _timed(intent: Intent, said: Said) -> Interpretation:
    return filled(intent, {"when": said.text}, said, 1.0)


def _moved(intent: Intent, said: Said) -> Interpretation:
    meant = _change(Intent.CHANGE_REMINDER, said)
    return meant.model_copy(update={"intent": intent, "problem": None})


def _target_in(text: str) -> str | None:
    """Return the words that seem to name what is meant; None for "it"."""
    folded = _TRAILING.sub("", fold(text))
    for pattern in (_NUMBERED, _ABOUT_IT, _NAMED_SO, _THE):
        match = pattern.search(folded)
        if match is not None:
            return target_of(text[slice(*match.span("target"))])
    return None


_FILLERS: Final[dict[Intent, Callable[[Intent, Said], Interpretation]]] = {
    Intent.CREATE_REMINDER: _creation,
    Intent.CHANGE_REMINDER: _change,
    Intent.CANCEL_REMINDER: _of_a_target,
    Intent.DONE: _of_a_target,
    Intent.WHY: _of_a_target,
    Intent.SNOOZE: _snooze,
    Intent.SET_ZONE: _zone,
    Intent.SHOW_AGENDA: _timed,
    Intent.FREE_BUSY: _timed,
    Intent.BRIEFING: _timed,
    Intent.ADD_EVENT: _kept,
    Intent.FIND_SLOT: _kept,
    Intent.MOVE_EVENT: _moved,
    Intent.CANCEL_EVENT: _of_a_target,
    Intent.ADD_TASK: _kept,
    Intent.COMPLETE_TASK: _of_a_target,
    Intent.REMEMBER: _kept,
    Intent.RECALL: _kept,
    Intent.FORGET: _of_a_target,
    Intent.ASK_DOCUMENTS: _kept,
    Intent.ADD_DOCUMENT: _kept,
    Intent.SET_PREFERENCE: _kept,
}
