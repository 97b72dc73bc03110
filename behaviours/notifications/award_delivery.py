"""Taking one step of a plan: call every channel for proposals, award the best."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.contract_net import call_for_proposals
from behaviours.fipa.exchange import Voice
from ontology.acl import Content, Declined
from ontology.errors import NoAnswer
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    CannotReach,
    DeliverMessages,
    DeliveryBid,
    MessagesDelivered,
)
from ontology.notifications.concepts import Attempted, Channel, Notification, Outcome
from ontology.notifications.rules import worth

log = structlog.get_logger(__name__)

BIDS_WITHIN = 3.0
DELIVERED_WITHIN = 12.0

FELL_SILENT = "the channel fell silent"

Write = Callable[[Channel], Awaitable[Collection[UUID]]]
"""Commits that a channel is about to be tried; returns which notifications may be."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What one channel made of what it was awarded."""

    channel: Channel
    attempted: tuple[Attempted, ...]


@dataclass(frozen=True, slots=True)
class ToDeliver:
    """One step for some notifications of one person."""

    items: Sequence[Notification]
    channels: tuple[Channel, ...]
    step: int = 0
    reasons: tuple[str, ...] = ()


class AwardDelivery:
    """Finds the channel that reaches a person best, and has it deliver."""

    def __init__(self, voice: Voice, acquaintances: Acquaintances) -> None:
        self._voice = voice
        self._acquaintances = acquaintances

    async def deliver(self, work: ToDeliver, write: Write) -> Tried | None:
        """Return what became of it; None when nobody offered, and nothing was tried.

        What the winner does not tell of is unknown.
        """
        written: list[DeliverMessages] = []

        async def award(proposal: Content) -> DeliverMessages:
            if not isinstance(proposal, DeliveryBid) or proposal.channel not in work.channels:
                raise NoAnswer(f"{proposal.act!r} is no bid for this step")
            allowed = await write(proposal.channel)
            items = tuple(item for item in work.items if item.id in allowed)
            if not items:
                raise NoAnswer("nothing is left to be told")
            written.append(
                DeliverMessages(
                    notifications=items,
                    channel=proposal.channel,
                    step=work.step,
                    reasons=work.reasons,
                )
            )
            return written[0]

        try:
            done = await self._call(work, award)
        except (NoAnswer, Declined) as error:
            log.warning("not delivered yet", why=str(error), count=len(work.items))
            return _broken(written[0], error) if written else None
        if done is None or not written:
            log.warning("no channel reaches the person now", count=len(work.items))
            return None
        return _complete(written[0], done[1])

    async def _call(
        self, work: ToDeliver, award: Callable[[Content], Awaitable[Content]]
    ) -> tuple[str, Content] | None:
        return await call_for_proposals(
            self._voice,
            NOTIFICATIONS,
            CallForDelivery(
                person_id=work.items[0].person_id,
                count=len(work.items),
                channels=work.channels,
            ),
            to=await self._acquaintances.offering(self._voice, "delivery"),
            conversation=uuid4().hex,
            choose=worth(work.channels),
            award=award,
            bids_within=BIDS_WITHIN,
            within=DELIVERED_WITHIN,
        )


def _broken(award: DeliverMessages, error: NoAnswer | Declined) -> Tried:
    """Return what is known when the winner did not confirm: it never left, or who knows."""
    never_left = isinstance(error, Declined) and isinstance(error.reason, CannotReach)
    outcome = Outcome.FAILED if never_left else Outcome.UNKNOWN
    why = "it cannot reach you" if never_left else FELL_SILENT
    return Tried(
        award.channel,
        tuple(Attempted(id=item.id, outcome=outcome, why=why) for item in award.notifications),
    )


def _complete(award: DeliverMessages, done: Content) -> Tried:
    told = done.outcomes if isinstance(done, MessagesDelivered) else ()
    known = {each.id: each for each in told}
    attempted = tuple(
        known.get(item.id) or Attempted(id=item.id, outcome=Outcome.UNKNOWN)
        for item in award.notifications
    )
    return Tried(award.channel, attempted)
