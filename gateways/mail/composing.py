"""Composing mails: the same words as plain text and HTML, and links if they lead anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from gateways.mail.calendar_entry import calendar_entry
from ontology.links import ANSWERS, Link, LinkKeys, Purpose, signed
from ontology.mail.concepts import Mail, Told
from ontology.mail.wording import (
    ANSWER_IN_CHAT,
    LABELS,
    STOP_IN_CHAT,
    SUBJECT_OF_TEXT,
    clean,
    notes_of,
    say_until,
    subject_of,
)
from ontology.notifications.concepts import Notification, attempt_key
from ontology.people.concepts import Person

if TYPE_CHECKING:
    from jinja2 import Environment

ANSWERS_FOR: Final = timedelta(days=7)
"""How long the buttons of a mail are good."""

UNSUBSCRIBES_FOR: Final = timedelta(days=90)
"""How long the link that ends mails is good; laws ask for 30 days, mail providers for 60."""

_AUTOMATIC: Final = {"Auto-Submitted": "auto-generated"}
"""So that no absence notice comes back (RFC 3834, section 5)."""


class MailComposer:
    """Implements :class:`ontology.mail.ports.Composer`.

    ``sender`` is the address that mails come from. Without ``public_url``, by which others
    reach this machine's web pages, mails hold no links and say how to answer in chat.
    """

    def __init__(self, sender: str, public_url: str | None, keys: LinkKeys) -> None:
        self._sender = sender
        self._domain = sender.rpartition("@")[2]
        self._public_url = public_url
        self._keys = keys

    def notification(
        self, notification: Notification, step: int, person: Person, to: str
    ) -> Mail:
        unsubscribe = self._unsubscribe(notification)
        known = {
            "subject": subject_of(notification),
            "text": clean(notification.text).strip(),
            "notes": notes_of(notification, person.zone),
            "buttons": self._buttons(notification),
            "until": say_until(
                notification.claimed_at + ANSWERS_FOR, person.zone, notification.claimed_at
            ),
            "unsubscribe": unsubscribe,
            "answer_in_chat": ANSWER_IN_CHAT,
            "stop_in_chat": STOP_IN_CHAT,
        }
        return Mail(
            message_id=self._message_id(attempt_key(notification.id, step)),
            to=to,
            subject=subject_of(notification),
            text=self._render("reminder.txt", known),
            html=self._render("reminder.html", known),
            calendar=calendar_entry(notification, self._sender),
            headers={**_AUTOMATIC, **_one_click(unsubscribe)},
            told=Told(
                notification_id=notification.id, person_id=notification.person_id, step=step
            ),
        )

    def text(self, key: UUID, to: str, text: str) -> Mail:
        known = {"subject": SUBJECT_OF_TEXT, "text": clean(text).strip()}
        return Mail(
            message_id=self._message_id(key),
            to=to,
            subject=SUBJECT_OF_TEXT,
            text=self._render("text.txt", known),
            html=self._render("text.html", known),
            headers=_AUTOMATIC,
        )

    def _message_id(self, key: UUID) -> str:
        return f"<{key}@{self._domain}>"

    def _buttons(self, notification: Notification) -> tuple[tuple[str, str], ...]:
        until = notification.claimed_at + ANSWERS_FOR
        links = (
            (
                LABELS[each],
                self._url(Link(each, notification.person_id, notification.id, until)),
            )
            for each in ANSWERS
        )
        return tuple((label, url) for label, url in links if url is not None)

    def _unsubscribe(self, notification: Notification) -> str | None:
        person = notification.person_id
        until = notification.claimed_at + UNSUBSCRIBES_FOR
        return self._url(Link(Purpose.UNSUBSCRIBE, person, person, until))

    def _url(self, link: Link) -> str | None:
        if self._public_url is None:
            return None
        return f"{self._public_url}/a/{signed(link, self._keys)}"

    def _render(self, template: str, known: Mapping[str, Any]) -> str:
        return self._templates.get_template(template).render(known).strip() + "\n"

    @cached_property
    def _templates(self) -> Environment:
        from jinja2 import Environment, PackageLoader, StrictUndefined

        return Environment(
            loader=PackageLoader("gateways.mail"),
            autoescape=lambda name: name is not None and name.endswith(".html"),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def _one_click(unsubscribe: str | None) -> Mapping[str, str]:
    """Return what a mail programme ends these mails by, itself (RFC 2369, RFC 8058)."""
    if unsubscribe is None:
        return {}
    return {
        "List-Unsubscribe": f"<{unsubscribe}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
