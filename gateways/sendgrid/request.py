"""A mail as SendGrid's Mail Send API (v3) takes it."""

from __future__ import annotations

from base64 import b64encode
from typing import Any, Final

from ontology.mail.concepts import Mail, Told

SENDER_NAME: Final = "Steward"

NOTIFICATION: Final = "steward_notification"
PERSON: Final = "steward_person"
STEP: Final = "steward_step"
"""Arguments that SendGrid repeats with every event of a mail."""

_AS_IT_IS: Final = {
    "click_tracking": {"enable": False, "enable_text": False},
    "open_tracking": {"enable": False},
    "subscription_tracking": {"enable": False},
}
"""Links that act must reach the person as they were signed, and are nobody else's business."""


def request_of(mail: Mail, sender: str) -> dict[str, Any]:
    """Return the body of the request that sends a mail from ``sender``."""
    envelope: dict[str, Any] = {"to": [{"email": mail.to}]}
    if mail.told is not None:
        envelope["custom_args"] = _arguments(mail.told)
    request: dict[str, Any] = {
        "personalizations": [envelope],
        "from": {"email": sender, "name": SENDER_NAME},
        "subject": mail.subject,
        "content": [
            {"type": "text/plain", "value": mail.text},
            {"type": "text/html", "value": mail.html},
        ],
        "headers": {**mail.headers, "Message-ID": mail.message_id},
        "tracking_settings": _AS_IT_IS,
    }
    if mail.calendar is not None:
        attached = {
            "content": b64encode(mail.calendar).decode(),
            "type": "text/calendar",
            "filename": "reminder.ics",
            "disposition": "attachment",
        }
        request["attachments"] = [attached]
    return request


def _arguments(told: Told) -> dict[str, str]:
    return {
        NOTIFICATION: str(told.notification_id),
        PERSON: str(told.person_id),
        STEP: str(told.step),
    }
