"""Taking back, on request, what is ringing."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from ontology.notifications.acts import NOTIFICATIONS, CloseDelivery, DeliveryClosed
from ontology.notifications.concepts import Channel
from ontology.phone.ports import Telephone


class CloseCallsOnRequest(RequestResponder[CloseDelivery, DeliveryClosed]):
    """Ends the call; a text that was sent stays where it is.

    No ledger: a call that was ended twice has ended once.
    """

    vocabulary = NOTIFICATIONS
    action = CloseDelivery

    def __init__(self, telephone: Telephone) -> None:
        self._telephone = telephone

    async def perform(self, action: CloseDelivery, asker: str) -> DeliveryClosed:
        """Hang up."""
        if action.channel is Channel.CALL and action.reference:
            await self._telephone.hang_up(action.reference)
        return DeliveryClosed()
