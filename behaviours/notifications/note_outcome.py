"""Noting, on request, what a channel learnt later of an attempt."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from ontology.acl import Failed
from ontology.notifications.acts import NOTIFICATIONS, NoteOutcome, NothingSent, OutcomeNoted
from ontology.notifications.ports import Deliveries


class NoteOutcomeOnRequest(RequestResponder[NoteOutcome, OutcomeNoted]):
    """Keeps it, if it is news. What came back is not sent again by the same channel.

    No ledger: noting it twice is noting it once.
    """

    vocabulary = NOTIFICATIONS
    action = NoteOutcome

    def __init__(self, deliveries: Deliveries) -> None:
        self._deliveries = deliveries

    async def perform(self, action: NoteOutcome, asker: str) -> OutcomeNoted:
        """Note it."""
        if not await self._deliveries.learnt(
            action.id,
            action.person_id,
            action.channel,
            action.outcome,
            step=action.step,
            why=action.why,
        ):
            raise Failed(NothingSent())
        return OutcomeNoted()
