"""Notifications, the channels they go by, attempts to deliver them, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Channel(StrEnum):
    """A way to reach a person. The scheme of the addresses it uses is in :data:`SCHEMES`."""

    CHAT = "chat"
    TELEGRAM = "telegram"
    EMAIL = "e-mail"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    CALL = "call"


SCHEMES: Final[dict[Channel, str]] = {
    Channel.CHAT: "xmpp",
    Channel.TELEGRAM: "telegram",
    Channel.EMAIL: "mailto",
    Channel.SMS: "tel",
    Channel.WHATSAPP: "whatsapp",
    Channel.CALL: "tel",
}
"""By which scheme (RFC 3986; of our own for Telegram and WhatsApp) a channel knows its own."""


class Notification(BaseModel):
    """Something a person is to be told; known by the occurrence's id, so it is told once.

    ``skipped`` counts how often the same reminder fell due again before anybody could tell;
    this one notification stands for all of them. ``claimed_at`` is the database's time when
    it was taken up to be told; long after ``due_at`` it is late, unless a rule of the person's
    own held it until now: ``held_by`` says which.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    reminder_id: UUID
    person_id: UUID
    text: str
    zone: str
    due_at: AwareDatetime
    claimed_at: AwareDatetime
    skipped: int = 0
    held_by: str | None = None


def attempt_key(notification_id: UUID, step: int) -> UUID:
    """Return what a channel knows one attempt by: the same whenever that step is repeated.

    The first step is known by the notification's own id.
    """
    return uuid5(notification_id, f"step {step}") if step else notification_id


class Outcome(StrEnum):
    """What became of a notification, or of one attempt to deliver it.

    Withdrawn are those whose occurrence was cancelled, done or snoozed before they were told.
    Held are those that the person's rules keep back until later.
    """

    ATTEMPTING = "attempting"
    SENT = "sent"
    DELIVERED = "delivered"
    ACKNOWLEDGED = "acknowledged"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"
    HELD = "held"

    @property
    def is_final(self) -> bool:
        """Whether nothing is left to tell: it arrived, or nobody wants to hear it any more."""
        return self.arrived or self is Outcome.WITHDRAWN

    @property
    def arrived(self) -> bool:
        """Whether the person's side has it."""
        return self in (Outcome.SENT, Outcome.DELIVERED, Outcome.ACKNOWLEDGED)


class Attempted(BaseModel):
    """The outcome of one notification, or of one attempt.

    ``until`` is when one that is held may be told. ``reference`` is what the outside service
    calls the attempt, and ``why`` says in words why it failed.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    outcome: Outcome
    until: AwareDatetime | None = None
    reference: str | None = None
    why: str | None = None


class Acknowledgement(StrEnum):
    """What a person answered to a notification, by a key, a button or a word."""

    DONE = "done"
    SNOOZE = "snooze"


class ChainState(StrEnum):
    """Where a chain of attempts stands. All but ``running`` are its end."""

    RUNNING = "running"
    ACKNOWLEDGED = "acknowledged"
    CANCELLED = "cancelled"
    EXHAUSTED = "exhausted"
