"""How a notification is said by mail."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from typing import Final

from ontology.links import Purpose
from ontology.notifications.concepts import Notification
from ontology.notifications.wording import LATE_AFTER
from ontology.time.words import say_moment

LONGEST_SUBJECT: Final = 120
"""Characters of what is told that a subject shows."""

SUBJECT_OF_TEXT: Final = "A message from Steward"

LABELS: Final = {
    Purpose.DONE: "Done",
    Purpose.SNOOZE_10M: "Snooze 10 min",
    Purpose.SNOOZE_1H: "Snooze 1 h",
    Purpose.TOMORROW: "Tomorrow",
}
"""What stands on the buttons."""

ANSWER_IN_CHAT: Final = (
    "To answer, tell Steward in chat: “done”, “snooze 10 min” or “snooze till tomorrow”."
)
STOP_IN_CHAT: Final = "To get no more of these mails, tell Steward in chat: “don't use e-mail”."

_LINE_ENDS: Final = re.compile("\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_HIDDEN: Final = frozenset({"Cc", "Cs"})
"""Unicode categories: control characters, and halves of surrogate pairs."""
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of all that follows, beyond the text it stands in."""


def clean(text: str) -> str:
    """Return a text without what is no writing: control, unpaired and turning characters.

    What ends a line ends one; a mail and a calendar (RFC 5545, 3.1) may hold nothing else.
    """
    return "".join(
        character
        for character in _LINE_ENDS.sub("\n", text)
        if character in "\n\t"
        or (character not in _TURNING and unicodedata.category(character) not in _HIDDEN)
    )


def subject_of(notification: Notification) -> str:
    """Return the subject of a notification: one line, cut if it is long."""
    said = " ".join(clean(notification.text).split()) or "a reminder"
    if len(said) > LONGEST_SUBJECT:
        said = f"{said[: LONGEST_SUBJECT - 1].rstrip()}…"
    return f"⏰ {said}"


def notes_of(notification: Notification, zone: str) -> tuple[str, ...]:
    """Return what is to be said beside the text: when it was due, and how often since."""
    notes = [_say_due(notification, zone)]
    if notification.skipped:
        times = "once" if notification.skipped == 1 else f"{notification.skipped} times"
        notes.append(f"It fell due {times} more since then.")
    return tuple(notes)


def _say_due(notification: Notification, zone: str) -> str:
    due = say_moment(notification.due_at, zone, notification.claimed_at)
    if notification.claimed_at - notification.due_at <= LATE_AFTER:
        return f"Due {due}."
    if notification.held_by is None:
        return f"Late: this was due {due}."
    return f"Due {due}; held by {notification.held_by}."


def say_until(at: datetime, zone: str, now: datetime) -> str:
    """Return until when the links of a mail are good."""
    return f"These links work until {say_moment(at, zone, now)}."
