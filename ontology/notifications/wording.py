"""How a notification is said, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from ontology.notifications.concepts import Channel, Notification
from ontology.notifications.ports import Attempt
from ontology.reminders.concepts import Occurrence, OccurrenceState
from ontology.time.words import say_moment

LATE_AFTER = timedelta(seconds=60)
"""How long after its time a notification says that it is late."""

CHANNEL_NAMES: Final[dict[Channel, str]] = {
    Channel.CHAT: "chat",
    Channel.TELEGRAM: "Telegram",
    Channel.EMAIL: "e-mail",
    Channel.SMS: "SMS",
    Channel.WHATSAPP: "WhatsApp",
    Channel.CALL: "phone",
}
"""What a channel is called after “by”."""

CLOSED_WORDS: Final[dict[OccurrenceState, str]] = {
    OccurrenceState.ACKNOWLEDGED: "done",
    OccurrenceState.SNOOZED: "snoozed",
    OccurrenceState.CANCELLED: "cancelled",
}
"""What happened to an occurrence that nobody wants to hear of any more, in one word."""


def say_notification(notification: Notification, zone: str) -> str:
    """Return the words of a notification for a person whose day takes place in ``zone``."""
    now = notification.claimed_at
    words = f"⏰ {notification.text}"
    if now - notification.due_at > LATE_AFTER:
        due = say_moment(notification.due_at, zone, now)
        if notification.held_by is None:
            words += f"\n(late: this was due {due})"
        else:
            words += f"\n(due {due}; held by {notification.held_by})"
    if notification.skipped:
        times = "once" if notification.skipped == 1 else f"{notification.skipped} times"
        words += f"\n(it fell due {times} more since then)"
    return words


def say_closed(how: OccurrenceState, by: Channel | None) -> str:
    """Return what a channel shows in place of its buttons: “done by phone”."""
    words = CLOSED_WORDS.get(how, "over")
    return words if by is None else f"{words} by {CHANNEL_NAMES[by]}"


def say_closed_elsewhere(text: str, how: OccurrenceState, by: Channel) -> str:
    """Return the line for a place where it was told, and answered elsewhere."""
    return f"✓ {say_closed(how, by)}: {text}"


def say_answered(occurrence: Occurrence, until: datetime | None, now: datetime) -> str:
    """Return the words that confirm an answer; ``until`` is when it comes again."""
    if until is None:
        return f"Done: “{occurrence.text}”."
    again = say_moment(until, occurrence.zone, now)
    return f"Snoozed: “{occurrence.text}” comes again {again}."


def say_closed_before(occurrence: Occurrence) -> str:
    """Return the words for an answer that came when the occurrence was closed already."""
    return f"“{occurrence.text}” was {CLOSED_WORDS.get(occurrence.state, 'over')} already."


def say_exhausted(notification: Notification, made: Sequence[Attempt], now: datetime) -> str:
    """Return what a person is told in chat when nobody has answered on any channel."""
    due = say_moment(notification.due_at, notification.zone, now)
    arrived = [each.channel for each in made if each.outcome.arrived]
    if not arrived:
        failed = _listed([each.channel for each in made])
        why = f"; {failed} did not work" if failed else ""
        return f"⏰ {notification.text}\n(late: this was due {due}{why})"
    return (
        f"⏰ Nobody has answered: {notification.text}\n"
        f"(due {due}; told by {_listed(arrived)}. Say “done” or “snooze 1 hour”.)"
    )


def _listed(channels: Sequence[Channel]) -> str:
    names = list(dict.fromkeys(CHANNEL_NAMES[channel] for channel in channels))
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
