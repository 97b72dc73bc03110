"""What is understood but has no agent yet: said honestly, with what can be done instead.

An intent leaves this table when the agent that serves it comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ontology.dialogue.concepts import Intent, Interpretation


@dataclass(frozen=True, slots=True)
class NotYet:
    """What cannot be done, and what can be done instead."""

    cannot: str
    hint: str

    def __str__(self) -> str:
        return f"{self.cannot} {self.hint}"


_CALENDAR: Final = "I cannot keep a calendar yet."
_TASKS: Final = "I cannot keep a list of tasks yet."
_MEMORY: Final = "I cannot remember facts yet."
_DOCUMENTS: Final = "I cannot read documents yet."
_LIST: Final = "“list” shows your reminders."
_REMIND: Final = "But I can remind you of it: say when."

NOT_YET: Final[dict[Intent, NotYet]] = {
    Intent.SHOW_AGENDA: NotYet(_CALENDAR, _LIST),
    Intent.ADD_EVENT: NotYet(_CALENDAR, _REMIND),
    Intent.MOVE_EVENT: NotYet(_CALENDAR, "A reminder is moved like this: “move 2 to friday”."),
    Intent.CANCEL_EVENT: NotYet(_CALENDAR, "A reminder is cancelled like this: “cancel 2”."),
    Intent.FREE_BUSY: NotYet(_CALENDAR, _LIST),
    Intent.FIND_SLOT: NotYet(_CALENDAR, "Once you know the time, I can remind you of it."),
    Intent.ADD_TASK: NotYet(_TASKS, _REMIND),
    Intent.LIST_TASKS: NotYet(_TASKS, _LIST),
    Intent.COMPLETE_TASK: NotYet(_TASKS, "A reminder that has fired is closed by “done”."),
    Intent.REMEMBER: NotYet(_MEMORY, _REMIND),
    Intent.RECALL: NotYet(_MEMORY, _LIST),
    Intent.FORGET: NotYet(
        _MEMORY, "So there is nothing to forget; “cancel 2” ends a reminder."
    ),
    Intent.EXPORT_MEMORY: NotYet(_MEMORY, f"So there is nothing to export. {_LIST}"),
    Intent.ASK_DOCUMENTS: NotYet(_DOCUMENTS, _LIST),
    Intent.ADD_DOCUMENT: NotYet(_DOCUMENTS, _REMIND),
    Intent.PAUSE_REMINDER: NotYet(
        "I cannot pause or skip a reminder yet.",
        "“snooze 2h” puts off what has fired, “cancel 2” ends a reminder.",
    ),
    Intent.BRIEFING: NotYet("I cannot put a briefing together yet.", _LIST),
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
