"""Closing what was delivered by mail, on request."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from ontology.notifications.acts import NOTIFICATIONS, CloseDelivery, DeliveryClosed


class CloseMailOnRequest(RequestResponder[CloseDelivery, DeliveryClosed]):
    """A mail cannot be taken back: its links say by themselves what has happened since."""

    vocabulary = NOTIFICATIONS
    action = CloseDelivery

    async def perform(self, action: CloseDelivery, asker: str) -> DeliveryClosed:
        """Nothing rings, and nothing is left to do."""
        return DeliveryClosed()
