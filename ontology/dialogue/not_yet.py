"""What is understood but has no agent yet: said honestly, with what can be done instead.

An intent leaves this table when the agent that serves it comes.
"""

from __future__ import annotations

from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation

_CALENDAR: Final = "I cannot keep a calendar yet."
_LIST: Final = "“list” shows your reminders."
_TASKS: Final = "I cannot keep a list of tasks yet."
_MEMORY: Final = "I cannot remember facts yet."
_DOCUMENTS: Final = "I cannot read documents yet."

NOT_YET: Final[dict[Intent, str]] = {
    Intent.SHOW_AGENDA: f"{_CALENDAR} {_LIST}",
    Intent.ADD_EVENT: f"{_CALENDAR} But I can remind you of it.",
    Intent.MOVE_EVENT: f"{_CALENDAR} A reminder is moved like this: “move 2 to friday”.",
    Intent.CANCEL_EVENT: f"{_CALENDAR} A reminder is cancelled like this: “cancel 2”.",
    Intent.FREE_BUSY: f"{_CALENDAR} {_LIST}",
    Intent.FIND_SLOT: f"{_CALENDAR} Once you know the time, I can remind you of it.",
    Intent.ADD_TASK: f"{_TASKS} But I can remind you of it.",
    Intent.LIST_TASKS: f"{_TASKS} {_LIST}",
    Intent.COMPLETE_TASK: f"{_TASKS} A reminder that has fired is closed by “done”.",
    Intent.REMEMBER: f"{_MEMORY} But I can remind you of it at a time.",
    Intent.RECALL: f"{_MEMORY} {_LIST}",
    Intent.FORGET: f"{_MEMORY} So there is nothing to forget; “cancel 2” ends a reminder.",
    Intent.EXPORT_MEMORY: f"{_MEMORY} So there is nothing to export; {_LIST}",
    Intent.ASK_DOCUMENTS: f"{_DOCUMENTS} {_LIST}",
    Intent.ADD_DOCUMENT: f"{_DOCUMENTS} A reminder may hold up to 1000 characters.",
    Intent.SET_QUIET_HOURS: "I cannot keep quiet hours yet. “snooze 2h” puts off what fired.",
    Intent.SET_CHANNEL: "I can reach you by chat only, so far. Your reminders come here.",
    Intent.BRIEFING: f"I cannot put a briefing together yet. {_LIST}",
    Intent.SET_PREFERENCE: (
        "I cannot keep that preference yet. Your time zone I can: "
        "“set my time zone to Europe/Madrid”."
    ),
}

_BECOMES_A_REMINDER: Final = frozenset({Intent.ADD_EVENT, Intent.ADD_TASK, Intent.REMEMBER})


def instead_of(reading: Interpretation) -> Interpretation | None:
    """Return the reminder that can be kept in place of what cannot be done yet, if any."""
    if reading.intent not in _BECOMES_A_REMINDER:
        return None
    if not reading.text or reading.schedule is None or reading.problem is not None:
        return None
    return Interpretation(
        intent=Intent.CREATE_REMINDER,
        text=reading.text,
        schedule=reading.schedule,
        given=reading.given,
    )
