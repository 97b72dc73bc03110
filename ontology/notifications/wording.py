"""How a notification is said."""

from __future__ import annotations

from datetime import timedelta

from ontology.notifications.concepts import Notification
from ontology.time.words import say_moment

LATE_AFTER = timedelta(seconds=60)
"""How long after its time a notification says that it is late."""


def say_notification(notification: Notification, zone: str) -> str:
    """Return the words of a notification for a person whose day takes place in ``zone``."""
    now = notification.claimed_at
    words = f"⏰ {notification.text}"
    if now - notification.due_at > LATE_AFTER:
        due = say_moment(notification.due_at, zone, now)
        words += f"\n(late: this was due {due})"
    if notification.skipped:
        times = "once" if notification.skipped == 1 else f"{notification.skipped} times"
        words += f"\n(it fell due {times} more since then)"
    return words
