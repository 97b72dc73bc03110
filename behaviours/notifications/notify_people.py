"""Having people told: call every channel for proposals, award the best, note the outcome."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID, uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.contract_net import call_for_proposals
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import RequestResponder
from ontology.acl import Content, Declined
from ontology.errors import NoAnswer
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    DeliverMessages,
    DeliveryBid,
    MessagesDelivered,
    NotifyPeople,
    PeopleNotified,
)
from ontology.notifications.concepts import Attempted, Notification, Outcome
from ontology.notifications.ports import Deliveries
from ontology.notifications.rules import worth

log = structlog.get_logger(__name__)

BIDS_WITHIN = 3.0
DELIVERED_WITHIN = 12.0


class NotifyPeopleOnRequest(RequestResponder[NotifyPeople, PeopleNotified]):
    """Has each notification told once, however often it is offered.

    No ledger: a notification is known by its id, and a channel delivers an id once.
    """

    vocabulary = NOTIFICATIONS
    action = NotifyPeople
    announces = True

    def __init__(
        self, deliveries: Deliveries, voice: Voice, acquaintances: Acquaintances
    ) -> None:
        self._deliveries = deliveries
        self._voice = voice
        self._acquaintances = acquaintances

    async def perform(self, action: NotifyPeople, asker: str) -> PeopleNotified:
        """Deliver to each person beside the others."""
        standing = await self._deliveries.standing(action.notifications)
        by_person: dict[UUID, list[Notification]] = defaultdict(list)
        for notification in standing.pending:
            by_person[notification.person_id].append(notification)
        outcomes = {item.id: Outcome.UNKNOWN for item in action.notifications}
        outcomes.update(dict.fromkeys(standing.withdrawn, Outcome.WITHDRAWN))
        outcomes.update(dict.fromkeys(standing.sent, Outcome.SENT))
        for told in await asyncio.gather(*map(self._deliver, by_person.values())):
            outcomes.update({attempted.id: attempted.outcome for attempted in told})
        return PeopleNotified(
            outcomes=tuple(Attempted(id=id_, outcome=each) for id_, each in outcomes.items())
        )

    async def _deliver(self, items: Sequence[Notification]) -> Sequence[Attempted]:
        """Call for proposals and award; what is not heard of stays an open attempt."""

        async def award(proposal: Content) -> DeliverMessages:
            if not isinstance(proposal, DeliveryBid):
                raise NoAnswer(f"{proposal.act!r} is no bid")
            await self._deliveries.attempt(items, proposal.channel)
            return DeliverMessages(notifications=tuple(items))

        try:
            delivered = await call_for_proposals(
                self._voice,
                NOTIFICATIONS,
                CallForDelivery(person_id=items[0].person_id, count=len(items)),
                to=await self._acquaintances.offering(self._voice, "delivery"),
                conversation=uuid4().hex,
                choose=worth,
                award=award,
                bids_within=BIDS_WITHIN,
                within=DELIVERED_WITHIN,
            )
        except (NoAnswer, Declined) as error:
            log.warning("not delivered yet", why=str(error), count=len(items))
            return ()
        if delivered is None or not isinstance(delivered[1], MessagesDelivered):
            log.warning("no channel reaches the person now", count=len(items))
            return ()
        return await self._settle(delivered[1])

    async def _settle(self, delivered: MessagesDelivered) -> Sequence[Attempted]:
        by_outcome: dict[Outcome, list[UUID]] = defaultdict(list)
        for attempted in delivered.outcomes:
            by_outcome[attempted.outcome].append(attempted.id)
        for outcome, ids in by_outcome.items():
            await self._deliveries.settle(ids, delivered.channel, outcome)
        return delivered.outcomes
