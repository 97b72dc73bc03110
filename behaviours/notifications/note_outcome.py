"""Noting, on request, what a channel learnt later of an attempt."""

from __future__ import annotations

from collections.abc import Callable

from behaviours.fipa.request import RequestResponder
from ontology.acl import Failed
from ontology.notifications.acts import NOTIFICATIONS, NoteOutcome, NothingSent, OutcomeNoted
from ontology.notifications.concepts import Outcome
from ontology.notifications.ports import Chains, Deliveries


class NoteOutcomeOnRequest(RequestResponder[NoteOutcome, OutcomeNoted]):
    """Keeps it, if it is news. What came back is not sent again by the same channel.

    Where the plan has a next step, that goes ahead at once. No ledger: noting it twice is
    noting it once.
    """

    vocabulary = NOTIFICATIONS
    action = NoteOutcome

    def __init__(
        self, deliveries: Deliveries, chains: Chains, carry_on: Callable[[], None]
    ) -> None:
        self._deliveries = deliveries
        self._chains = chains
        self._carry_on = carry_on

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
        if action.outcome is Outcome.FAILED:
            await self._chains.hurry(action.person_id, action.id)
            self._carry_on()
        return OutcomeNoted()
