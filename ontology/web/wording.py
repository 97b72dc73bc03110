"""What is said to people who come by phone or link."""

from __future__ import annotations

from datetime import datetime

from ontology.reminders.acts import ReminderList
from ontology.time.words import say_moment

NOTHING_NEXT = "You have no reminders ahead."


def say_next(found: ReminderList, now: datetime) -> str:
    """Return what comes next, so that it can be read out: no marks, no number."""
    ahead = [reminder for reminder in found.reminders if reminder.next_due is not None]
    if not ahead:
        return NOTHING_NEXT
    first = min(ahead, key=lambda reminder: reminder.next_due or now)
    when = say_moment(first.next_due or now, first.schedule.zone, now)
    others = found.total - 1
    more = f" {others} more after that." if others else ""
    return f"Next: {first.text}, {when}.{more}"
