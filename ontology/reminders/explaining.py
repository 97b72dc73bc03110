"""How a reminder came to be said, in plain lines, from the messages of the agents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from ontology.journal import JournalEntry
from ontology.notifications.concepts import Outcome
from ontology.notifications.wording import CHANNEL_NAMES
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
    "people-notified": "{sender} keeps it back until {until}: {why}",
    "deliver-messages": "{sender} gave it to {receiver}, to be told by {channel}{reasons}",
    "messages-delivered": "{sender} {outcome}",
    "note-outcome": "{sender} told {receiver} that it {outcome}",
    "acknowledge-notification": "you answered “{answer}” by {channel}",
    "close-delivery": "{sender} had {receiver} take it back: {words}",
}
"""The messages that tell the story, by their act; the rest is small talk between agents."""

_TOLD: Final[dict[str, str]] = {
    Outcome.SENT: "confirmed that it is with you, by {channel}",
    Outcome.DELIVERED: "confirmed that it is with you, by {channel}",
    Outcome.FAILED: "could not tell you by {channel}{because}",
    Outcome.UNKNOWN: "does not know whether it reached you by {channel}{because}",
}
_LEARNT: Final[dict[str, str]] = {
    Outcome.SENT: "was sent by {channel}",
    Outcome.DELIVERED: "reached you by {channel}",
    Outcome.FAILED: "came back by {channel}: {why}",
    Outcome.ACKNOWLEDGED: "was answered by {channel}",
}


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
        if (line := _line(entry, occurrence)) is not None:
            at = _moment(entry.said_at, occurrence)
            lines[f"{at}: {line}"] = None
    return tuple(lines)


_OF_OCCURRENCE: Final = frozenset(
    {
        *("notify-people", "people-notified", "deliver-messages", "messages-delivered"),
        *("note-outcome", "acknowledge-notification", "close-delivery"),
    }
)


def _line(entry: JournalEntry, occurrence: Occurrence) -> str | None:
    """Return what a message says of an occurrence, None where it says nothing new of it."""
    spoken = json.loads(entry.body)
    spoken |= next(
        (each for each in spoken.get("outcomes", ()) if each["id"] == str(occurrence.id)), {}
    )
    if entry.act == "people-notified" and spoken.get("outcome") != Outcome.HELD:
        return None
    words = _words(spoken, occurrence, entry)
    outcomes = _TOLD if entry.act == "messages-delivered" else _LEARNT
    outcome = outcomes.get(spoken.get("outcome", Outcome.SENT), "{why}").format(**words)
    return _STEPS[entry.act].format(outcome=outcome, **words)


def _words(
    spoken: Mapping[str, Any], occurrence: Occurrence, entry: JournalEntry
) -> dict[str, object]:
    channel, why = spoken.get("channel", "chat"), spoken.get("why", "")
    until = spoken.get("until")
    return {
        "sender": entry.sender.partition("@")[0],
        "receiver": entry.receiver.partition("@")[0],
        "text": _short(spoken.get("text", "")),
        "number": spoken.get("reminder", {}).get("number", "?"),
        "channel": CHANNEL_NAMES.get(channel, channel),
        "why": _plain(why) or "nobody knows why",
        "because": f": {_plain(why)}" if why else "",
        "reasons": "".join(f"; {reason}" for reason in spoken.get("reasons", ())),
        "answer": spoken.get("answer", "?"),
        "words": spoken.get("words", "?"),
        "until": _moment(datetime.fromisoformat(until), occurrence) if until else "?",
    }


def _moment(at: datetime, occurrence: Occurrence) -> str:
    """Return an instant on the occurrence's own clock, without how near it is."""
    return say_moment(at, occurrence.zone, at).partition(", ")[2]


def _plain(why: str) -> str:
    """Return a condition (RFC 6120) as words; what has spaces is words already."""
    return why if " " in why else why.replace("-", " ")


def _short(text: str) -> str:
    return text if len(text) <= 120 else f"{text[:117]}…"
