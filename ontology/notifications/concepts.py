"""Notifications, attempts to deliver them, and what came of it."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict


class Notification(BaseModel):
    """Something a person is to be told; known by the occurrence's id, so it is told once.

    ``skipped`` counts how often the same reminder fell due again before anybody could tell;
    this one notification stands for all of them. ``claimed_at`` is the database's time when
    it was taken up to be told; long after ``due_at`` it is late.
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


class Outcome(StrEnum):
    """What became of a notification, or of one attempt to deliver it.

    Withdrawn are those whose occurrence was cancelled, done or snoozed before they were told.
    """

    ATTEMPTING = "attempting"
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"
    WITHDRAWN = "withdrawn"

    @property
    def is_final(self) -> bool:
        """Whether nothing is left to tell: it arrived, or nobody wants to hear it any more."""
        return self in (Outcome.SENT, Outcome.WITHDRAWN)


class Attempted(BaseModel):
    """The outcome of one notification."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: UUID
    outcome: Outcome
