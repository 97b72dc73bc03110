"""What came of handing a message over to an outside service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from ontology.notifications.concepts import Attempted, Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """How one try ended.

    ``reference`` is what the message is called there. What surely was not accepted and may be
    handed over again ``is_put_off``: ``again_after`` are the seconds to wait, if that was said,
    and ``for_everybody`` tells that no other message goes through before, either.
    ``is_bad_address`` says that nobody has this address.
    """

    outcome: Outcome
    reference: str | None = None
    why: str | None = None
    is_put_off: bool = False
    again_after: float | None = None
    for_everybody: bool = False
    is_bad_address: bool = False

    def attempted(self, id_: UUID, now: datetime) -> Attempted:
        """Return it as the notifier notes it: one put off may be awarded again ``until``."""
        again = timedelta(seconds=self.again_after or 0.0)
        return Attempted(
            id=id_,
            outcome=self.outcome,
            until=now + again if self.is_put_off else None,
            reference=self.reference,
            why=self.why,
        )

    @classmethod
    def sent(cls, reference: str | None = None) -> Posted:
        """The service has taken it over."""
        return cls(outcome=Outcome.SENT, reference=reference)

    @classmethod
    def refused(cls, why: str, *, is_bad_address: bool = False) -> Posted:
        """The service does not take it, now or later."""
        return cls(outcome=Outcome.FAILED, why=why, is_bad_address=is_bad_address)

    @classmethod
    def put_off(
        cls, why: str, *, again_after: float | None = None, for_everybody: bool = True
    ) -> Posted:
        """The service did not take it this time."""
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
