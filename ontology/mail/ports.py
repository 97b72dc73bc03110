"""What sending mails needs."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from ontology.mail.concepts import Mail
from ontology.notifications.concepts import Notification
from ontology.notifications.posted import Posted
from ontology.people.concepts import Person


class Composer(Protocol):
    """Writes mails. The same notification or key makes the same mail, with the same id."""

    def notification(
        self, notification: Notification, step: int, person: Person, to: str
    ) -> Mail:
        """Return the mail that tells a person of something."""
        ...

    def text(self, key: UUID, to: str, text: str) -> Mail:
        """Return a mail with a plain text, and no link of anybody in it."""
        ...


class MailServer(Protocol):
    """Takes mails over. Every call is one try, and ends after :data:`POSTED_WITHIN` seconds."""

    async def post(self, mail: Mail) -> Posted:
        """Hand a mail over. What goes wrong is in what is returned, never raised."""
        ...


POSTED_WITHIN = 7.0
"""Seconds for handing one mail over, from the first packet to the last answer."""
