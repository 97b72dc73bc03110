"""A mail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Which attempt to tell somebody something a mail is, for whoever reports on it later."""

    notification_id: UUID
    person_id: UUID
    step: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A mail to one address, the same however often it is composed.

    ``message_id`` is in angle brackets (RFC 5322, 3.6.4). ``calendar`` is an attachment
    (RFC 5545). ``headers`` are fields beside those that every mail has, their values ASCII
    without line breaks. ``told`` is None for what is no notification.
    """

    message_id: str
    to: str
    subject: str
    text: str
    html: str
    calendar: bytes | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    told: Told | None = None
