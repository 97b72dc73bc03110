"""One verb for several reminders: "cancel the dentist and the plumber".

What follows a cut is said again with the verb. It has to be named for itself, by an article, a
number or a time to move it to: "the milk and eggs" is one reminder.
"""

from __future__ import annotations

import re
from typing import Final

from ontology.dialogue.concepts import Context, Intent, Interpretation
from ontology.dialogue.said import Said
from ontology.dialogue.shared_requests import Read
from ontology.dialogue.targets import COUNTED

_VERB: Final = re.compile(
    r"(?:cancel|delete|remove|scrap|(?:i'?m |i am )?(?:done|finished)(?: with)?|complete|snooze"
    r"|rename|move|change|reschedule|postpone|push|shift|delay|set)\b"
)
_FOR_ITSELF: Final = re.compile(
    rf"(?:the|my)\s+\S|(?:number )?(?:#?[0-9]+|{'|'.join(COUNTED)})\b"
)
_OF_SEVERAL: Final = frozenset({Intent.CANCEL_REMINDER, Intent.DONE, Intent.SNOOZE})


def shared_verb(
    left: str, first: Interpretation, right: str, context: Context, read: Read
) -> tuple[str, str] | None:
    """Return both sides of a cut, each with the verb before it.

    ``first`` is what ``left`` means. None if the verb is not shared.
    """
    said = Said.of(left, context)
    verb = _VERB.match(said.folded)
    if verb is None or first.target is None:
        return None
    spoken = f"{said.text[: verb.end()]} {right}"
    second = read(Said.of(spoken, context))
    if second is None or second.intent is not first.intent or second.target is None:
        return None
    own = Said.of(right, context).folded
    if first.intent is Intent.CHANGE_REMINDER and first.text:
        renamed = first.schedule is None and second.text and _FOR_ITSELF.match(own)
        return (left, spoken) if renamed else None
    if first.intent is Intent.CHANGE_REMINDER:
        timed = first.schedule is not None and second.schedule is not None
        return (left, spoken) if timed and not second.text else None
    behind = said.folded[verb.end() :].strip()
    if first.intent not in _OF_SEVERAL or not _FOR_ITSELF.match(own):
        return None
    if not _FOR_ITSELF.match(behind):
        return None
    return f"{left}{_wait_of(right, first, context)}", spoken


def _wait_of(right: str, first: Interpretation, context: Context) -> str:
    """Return how long the last of several is put off, where the first is so as well."""
    if first.intent is not Intent.SNOOZE:
        return ""
    said = Said.of(right, context)
    time = said.time_in(said.text, bare_durations=True)
    if time is None:
        return ""
    return f" {'for' if time.duration else 'until'} {said.text[time.spans[0][0] :]}"
