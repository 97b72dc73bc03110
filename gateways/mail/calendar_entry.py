"""What is told, as an entry that a calendar can take over (RFC 5545)."""

from __future__ import annotations

from datetime import UTC, timedelta

from ontology.mail.wording import clean, subject_of
from ontology.notifications.concepts import Notification


def calendar_entry(notification: Notification, sender: str) -> bytes:
    """Return an event at the time when it was due, published by ``sender`` (RFC 5546, 3.2.1).

    An event, not a VTODO, which most mail programmes do not show; without an alarm, as the
    reminder has rung already; and it blocks no time. It is known by the notification's id, so
    that a second mail about it is no second entry. The instant is written in UTC: it is one
    instant, and a VTIMEZONE written only for it could only add ways to misread it.
    """
    from icalendar import Calendar, Event, vCalAddress

    organizer = vCalAddress(f"mailto:{sender}")
    organizer.params["cn"] = "Steward"
    due = notification.due_at.astimezone(UTC).replace(microsecond=0)
    event = Event()
    event.add("uid", f"{notification.id}@{sender.rpartition('@')[2]}")
    event.add("dtstamp", notification.claimed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", due)
    event.add("dtend", due + _SHOWN_FOR)
    event.add("sequence", 0)
    event.add("summary", subject_of(notification))
    event.add("description", clean(notification.text).strip())
    event.add("organizer", organizer)
    event.add("transp", "TRANSPARENT")
    calendar = Calendar()
    calendar.add("prodid", "-//Steward//Reminders//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


_SHOWN_FOR = timedelta(minutes=15)
"""How long an entry is drawn; what takes no time some calendars do not show at all."""
