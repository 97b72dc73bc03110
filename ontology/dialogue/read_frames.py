"""Reading wishes by frames, and filling the slots that an intent has."""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.frames.calendar import CALENDAR
from ontology.dialogue.frames.frame import Frame
from ontology.dialogue.frames.keeping import DOCUMENTS, MEMORY, TASKS
from ontology.dialogue.frames.settings import SETTINGS
from ontology.dialogue.meetings import meeting_in
from ontology.dialogue.said import Said, task, with_time, without
from ontology.dialogue.targets import target_of

_FRAMES: Final[tuple[Frame, ...]] = (*SETTINGS, *TASKS, *MEMORY, *DOCUMENTS, *CALENDAR)
_LONGEST: Final = 300
"""Characters of a wish; what is longer tells a story, which no frame fits."""

_IS_A_REMINDER: Final = re.compile(r".*\b(?:reminders?|alarms?)\b", re.DOTALL)
_NO_PLAIN_LIST: Final = re.compile(
    r".*\b(?:tasks?|to-?dos?|shopping|grocer\w+|packing|buy|get|do)\b", re.DOTALL
)
_OF_REMINDERS_TOO: Final = frozenset(
    {
        *(Intent.SET_CHANNEL, Intent.SET_QUIET_HOURS, Intent.SET_PREFERENCE),
        Intent.PAUSE_REMINDER,
    }
)
_PERHAPS_A_REMINDER: Final = {
    Intent.LIST_TASKS: Intent.LIST_REMINDERS,
    Intent.CANCEL_EVENT: Intent.CANCEL_REMINDER,
    Intent.MOVE_EVENT: Intent.CHANGE_REMINDER,
}
PERHAPS: Final = 0.6
"""Confidence that a meeting which is cancelled is the reminder of it."""

_ARTICLE: Final = re.compile(r"(?:an?|the|my|our) ", re.I)
_TO: Final = re.compile(r" (?:to|for|into) ", re.I)
_TIMED: Final = frozenset({Intent.ADD_EVENT, Intent.ADD_TASK, Intent.FIND_SLOT})
_WITH_PEOPLE: Final = frozenset({Intent.ADD_EVENT, Intent.FIND_SLOT})


def read_framed(said: Said) -> Interpretation | None:
    """Return what a wish means that fits a frame."""
    if said.rest or len(said.folded) > _LONGEST:
        return None
    for frame in _FRAMES:
        match = frame.pattern.fullmatch(said.folded)
        if match is not None and not _speaks_of_reminders(frame.intent, said):
            found = match.groupdict()
            holes = {
                name: said.text[slice(*match.span(name))]
                for name in found
                if found[name] is not None
            }
            return filled(frame.intent, holes, said, frame.confidence)
    return None


def filled(
    intent: Intent, holes: dict[str, str], said: Said, confidence: float
) -> Interpretation:
    """Return a reading with what was found in the holes of a frame."""
    meant = Interpretation(intent=intent, confidence=confidence)
    kept, when = holes.get("text", ""), holes.get("when", "")
    if intent in _TIMED:
        kept, when = f"{kept} {when}".strip(), ""
        meant, kept = _with_time(meant, kept, said)
    elif when:
        to = _TO.match(when)
        spoken = (when,) if to is None else (when[to.end() :], f"at {when[to.end() :]}")
        meant = next(
            (
                timed
                for words in spoken
                if (timed := _with_time(meant, words, said)[0]).schedule
            ),
            meant,
        )
    meeting = None
    if intent in _WITH_PEOPLE:
        kept, meeting = meeting_in(kept, said)
    target = target_of(holes["target"]) if "target" in holes else None
    return meant.model_copy(
        update={
            "text": _named(intent, task(kept)),
            "target": target,
            "meeting": meeting,
        }
    )


def perhaps_a_reminder(reading: Interpretation, said: Said) -> Interpretation | None:
    """Return the same wish for a reminder, where a meeting or list may only stand in one."""
    intent = _PERHAPS_A_REMINDER.get(reading.intent)
    if intent is None:
        return None
    if intent is Intent.LIST_REMINDERS and _NO_PLAIN_LIST.match(said.folded):
        return None
    return reading.model_copy(update={"intent": intent, "confidence": PERHAPS})


def _with_time(meant: Interpretation, words: str, said: Said) -> tuple[Interpretation, str]:
    reading = said.time_in(words, bare_durations=meant.intent not in _WITH_PEOPLE)
    if reading is None:
        return meant, words
    return with_time(meant, reading, said), without(words, reading.spans)


def _named(intent: Intent, text: str) -> str:
    """Return what a new entry is called, without its article."""
    article = _ARTICLE.match(text) if intent in _TIMED else None
    return text[article.end() :] if article is not None else text


def _speaks_of_reminders(intent: Intent, said: Said) -> bool:
    """Tell whether reminders are spoken of; only where they arrive is not theirs to say."""
    if intent in _OF_REMINDERS_TOO:
        return False
    return _IS_A_REMINDER.match(said.folded) is not None
