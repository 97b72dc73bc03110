"""What the notifier needs kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from ontology.notifications.concepts import Notification, Outcome


class Deliveries(Protocol):
    """Notifications and the attempts to deliver them, written before and after each try."""

    async def open(self, notifications: Sequence[Notification]) -> Sequence[Notification]:
        """Keep notifications and return those still to be sent, in order.

        Not those known to be sent, nor those whose occurrence was cancelled or done meanwhile.
        """
        ...

    async def attempt(self, notifications: Sequence[Notification], channel: str) -> None:
        """Commit that this channel is being tried; a try still open is not written twice."""
        ...

    async def settle(self, ids: Sequence[UUID], channel: str, outcome: Outcome) -> None:
        """Commit what became of the open try of each notification."""
        ...
