"""Noting, on request, that a notification came back."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from ontology.acl import Failed
from ontology.notifications.acts import NOTIFICATIONS, BounceNoted, NoteBounce, NothingSent
from ontology.notifications.ports import Deliveries


class NoteBounceOnRequest(RequestResponder[NoteBounce, BounceNoted]):
    """Counts the attempt as failed. It is not made again: the channel would send it once only.

    No ledger: noting it twice is noting it once.
    """

    vocabulary = NOTIFICATIONS
    action = NoteBounce

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries

    async def perform(self, action: NoteBounce, asker: str) -> BounceNoted:
        """Note it."""
        if not await self._deliveries.bounced(action.id, action.person_id, action.channel):
            raise Failed(NothingSent())
        return BounceNoted()
