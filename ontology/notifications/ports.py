"""What the notifier needs kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ontology.notifications.concepts import Notification, Outcome


@dataclass(frozen=True, slots=True)
class Standing:
    """Where notifications stand: those still to be sent, in order, and why others are not.

    ``sent`` are known to have arrived; the occurrences of ``withdrawn`` were cancelled, done or
    snoozed meanwhile.
    """

    pending: Sequence[Notification]
    sent: frozenset[UUID] = frozenset()
    withdrawn: frozenset[UUID] = frozenset()


class Deliveries(Protocol):
    """The attempts to deliver notifications, each written before it is made and after it."""

    async def standing(self, notifications: Sequence[Notification]) -> Standing:
        """Tell which notifications are still to be sent."""
        ...

    async def attempt(self, notifications: Sequence[Notification], channel: str) -> None:
        """Commit that this channel is being tried; a try still open is not written twice."""
        ...

    async def settle(self, ids: Sequence[UUID], channel: str, outcome: Outcome) -> None:
        """Commit what became of the open try of each notification."""
        ...

    async def bounced(self, id_: UUID, person_id: UUID, channel: str) -> bool:
        """Commit that what was sent to this person came back; False if nothing was sent."""
        ...
