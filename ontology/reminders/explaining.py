"""How a reminder came to be said, in plain lines, from the messages of the agents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Final

from ontology.journal import JournalEntry
from ontology.reminders.concepts import Occurrence
from ontology.time.words import say_moment

_STEPS: Final = {
    "answer-utterance": "you said “{text}”",
    "create-reminder": "{sender} asked {receiver} to keep it",
    "reminder-created": "{sender} kept it as number {number}",
    "change-reminder": "{sender} asked {receiver} to change it",
    "reminder-changed": "{sender} changed it",
    "snoozed": "you snoozed it, and {sender} let it come again",
    "undone": "you took a change back, and {sender} restored it",
    "notify-people": "it fell due, and {sender} asked {receiver} to tell you",
    "deliver-messages": "{sender} gave it to {receiver}, whose offer was the best",
    "messages-delivered": "{sender} confirmed that it is with you, by {channel}",
    "note-bounce": "{sender} told {receiver} that it came back by {channel}: {why}",
}
"""The messages that tell the story, by their act; the rest is small talk between agents."""


def utterances_behind(entries: Iterable[JournalEntry]) -> tuple[str, ...]:
    """Return the ids of the utterances whose conversations these messages belong to."""
    ids = (
        entry.conversation.partition(":")[0] for entry in entries if ":" in entry.conversation
    )
    return tuple(dict.fromkeys(ids))


def explain(entries: Sequence[JournalEntry], occurrence: Occurrence) -> tuple[str, ...]:
    """Return the story of an occurrence, the oldest line first, one line a message."""
    told = {entry.message_id: entry for entry in entries if entry.act in _STEPS}
    lines: dict[str, None] = {}
    for entry in sorted(told.values(), key=lambda entry: entry.said_at):
        if entry.act in _OF_OCCURRENCE and str(occurrence.id) not in entry.about:
            continue
        at = say_moment(entry.said_at, occurrence.zone, entry.said_at).partition(", ")[2]
        lines[f"{at}: {_line(entry)}"] = None
    return tuple(lines)


_OF_OCCURRENCE: Final = frozenset(
    {"notify-people", "deliver-messages", "messages-delivered", "note-bounce"}
)


def _line(entry: JournalEntry) -> str:
    spoken = json.loads(entry.body)
    reminder = spoken.get("reminder", {})
    return _STEPS[entry.act].format(
        sender=entry.sender.partition("@")[0],
        receiver=entry.receiver.partition("@")[0],
        text=_short(spoken.get("text", "")),
        number=reminder.get("number", "?"),
        channel=spoken.get("channel", "?"),
        why=spoken.get("why", "?").replace("-", " "),
    )


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}…"
