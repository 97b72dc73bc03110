"""A mail, and what came of handing it over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from ontology.notifications.concepts import Outcome


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """What came of handing a mail over.

    ``reference`` is what it is called there. One that surely was not accepted and may be handed
    over again ``is_put_off``; ``again_after`` are the seconds the server said to wait, and
    ``for_everybody`` that no other mail goes through before, either. ``is_bad_address`` says
    that nobody has this address.
    """

    outcome: Outcome
    reference: str | None = None
    why: str | None = None
    is_put_off: bool = False
    again_after: float | None = None
    for_everybody: bool = False
    is_bad_address: bool = False

    @classmethod
    def sent(cls, reference: str | None = None) -> Posted:
        """The server has taken it over."""
        return cls(outcome=Outcome.SENT, reference=reference)

    @classmethod
    def refused(cls, why: str, *, is_bad_address: bool = False) -> Posted:
        """The server does not take it, now or later."""
        return cls(outcome=Outcome.FAILED, why=why, is_bad_address=is_bad_address)

    @classmethod
    def put_off(
        cls, why: str, *, again_after: float | None = None, for_everybody: bool = True
    ) -> Posted:
        """The server did not take it this time."""
        return cls(
            outcome=Outcome.FAILED,
            why=why,
            is_put_off=True,
            again_after=again_after,
            for_everybody=for_everybody,
        )

    @classmethod
    def unknown(cls, why: str) -> Posted:
        """It was handed over, and nothing was heard."""
        return cls(outcome=Outcome.UNKNOWN, why=why)
