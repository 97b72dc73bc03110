"""Notifications and the mails made of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from gateways.mail import MailComposer
from ontology.links import LinkKeys
from ontology.mail.concepts import Mail
from ontology.notifications.concepts import Notification
from ontology.people.concepts import Person

SENDER = "steward@example.org"
HERE = "https://steward.example.org"
KEYS = LinkKeys.of("a secret")
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADA = Person(id=uuid4(), name="Ada", zone="Europe/Madrid")


def notification(text: str = "stretch", **changed: Any) -> Notification:
    known = {
        "id": uuid4(),
        "reminder_id": uuid4(),
        "person_id": ADA.id,
        "text": text,
        "zone": ADA.zone,
        "due_at": NOW,
        "claimed_at": changed.get("due_at", NOW) + timedelta(seconds=1),
    }
    return Notification(**known | changed)


def composer(public_url: str | None = HERE) -> MailComposer:
    return MailComposer(SENDER, public_url, KEYS)


def mail_of(item: Notification, public_url: str | None = HERE, step: int = 0) -> Mail:
    return composer(public_url).notification(item, step, ADA, "ada@example.org")
