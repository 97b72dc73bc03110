"""What a reading would do, in plain words: the labels of numbered choices."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation
from ontology.dialogue.wording import Wording, quoted
from ontology.time.words import say_span

_PLANS: Final[dict[Intent, str]] = {
    Intent.CREATE_REMINDER: "remind you of {text}",
    Intent.LIST_REMINDERS: "list your reminders",
    Intent.SHOW_NEXT: "show the next reminder",
    Intent.SHOW_MORE: "go on with the list",
    Intent.CANCEL_REMINDER: "cancel {target}",
    Intent.CHANGE_REMINDER: "change {target}",
    Intent.PAUSE_REMINDER: "pause {target}",
    Intent.SNOOZE: "let {target} come again later",
    Intent.DONE: "note that {target} is done",
    Intent.UNDO: "take back the last change",
    Intent.MISSED: "show what you missed",
    Intent.SET_ZONE: "set your time zone",
    Intent.SET_PREFERENCE: "keep a preference",
    Intent.SET_QUIET_HOURS: "set quiet hours",
    Intent.SET_CHANNEL: "choose where reminders reach you",
    Intent.SHOW_AGENDA: "show your calendar",
    Intent.ADD_EVENT: "put {text} in your calendar",
    Intent.MOVE_EVENT: "move {target} in your calendar",
    Intent.CANCEL_EVENT: "cancel {target} in your calendar",
    Intent.FREE_BUSY: "look whether you are free",
    Intent.FIND_SLOT: "find a free time",
    Intent.ADD_TASK: "put {text} on your list",
    Intent.LIST_TASKS: "show your list of tasks",
    Intent.COMPLETE_TASK: "tick {target} off your list",
    Intent.REMEMBER: "remember {text}",
    Intent.RECALL: "look up what you told me",
    Intent.FORGET: "forget what you told me",
    Intent.EXPORT_MEMORY: "export your data",
    Intent.ASK_DOCUMENTS: "look into your documents",
    Intent.ADD_DOCUMENT: "take in a document",
    Intent.BRIEFING: "sum up your day",
    Intent.WHY: "explain the last reminder",
    Intent.HELP: "show what you can say",
    Intent.NEVER_MIND: "leave it as it is",
}


def intended(reading: Interpretation, say: Wording) -> str:
    """Return what a reading would do, with the full local date it would do it at.

    That can be said of every intent but those which
    :data:`ontology.dialogue.deciding.NEVER_NAMED` holds.
    """
    target = quoted(reading.target) if reading.target else "the latest reminder"
    words = _PLANS[reading.intent].format(
        text=quoted(reading.text) if reading.text else "it", target=target
    )
    if reading.later is not None:
        when = "later" if reading.later > timedelta(0) else "earlier"
        return f"{words} – {say_span(abs(reading.later).total_seconds())} {when}"
    if reading.zone is not None:
        return f"{words} to {reading.zone}"
    if reading.schedule is None:
        return words
    return f"{words} – {say.schedule(reading.schedule)}"
