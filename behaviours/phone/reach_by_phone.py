"""Bidding to reach people by their number, and doing it: a call, an SMS, a WhatsApp message."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from behaviours.fipa.contract_net import Participant
from behaviours.notifications.dispatch_once import DispatchOnce, Post
from behaviours.people.report_bad_address import ReportBadAddress
from ontology.acl import Failed, Refused
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    CannotReach,
    DeliverMessages,
    DeliveryBid,
    MessagesDelivered,
)
from ontology.notifications.concepts import (
    SCHEMES,
    Attempted,
    Channel,
    Notification,
    Outcome,
    attempt_key,
)
from ontology.notifications.posted import Posted
from ontology.people.concepts import Person
from ontology.people.ports import People
from ontology.phone.concepts import MOST_AT_ONCE, About
from ontology.phone.ports import Telephone
from ontology.phone.wording import say_text

TRY_AGAIN: Final = timedelta(minutes=1)
"""After which those that did not fit into one call are told."""


@dataclass(frozen=True, slots=True)
class Manner:
    """What a channel is like: seconds until it is heard, its cost, how it disturbs."""

    reachable_now: bool
    delay: float
    cost: float
    intrusiveness: float


MANNERS: Final[Mapping[Channel, Manner]] = {
    Channel.CALL: Manner(True, 30.0, 1.0, 1.0),
    Channel.SMS: Manner(False, 60.0, 0.5, 0.4),
    Channel.WHATSAPP: Manner(False, 60.0, 0.3, 0.4),
}


class ReachByPhone(
    Participant[CallForDelivery, DeliveryBid, DeliverMessages, MessagesDelivered]
):
    """Reaches everybody who has proved that a number is theirs."""

    vocabulary = NOTIFICATIONS
    call = CallForDelivery

    def __init__(
        self,
        people: People,
        telephone: Telephone,
        dispatching: Mapping[Channel, DispatchOnce],
        bad_addresses: ReportBadAddress,
    ) -> None:
        self._people = people
        self._bad_addresses = bad_addresses
        self._telephone = telephone
        self._dispatching = dispatching

    async def bid(self, call: CallForDelivery) -> DeliveryBid:
        """Offer the first channel asked for that is ours and for which there is a number."""
        for channel in call.channels:
            dispatching = self._dispatching.get(channel)
            if dispatching is None or dispatching.shut_for:
                continue
            if await self._people.addresses(call.person_id, SCHEMES[channel]):
                manner = MANNERS[channel]
                return DeliveryBid(
                    channel=channel,
                    reachable_now=manner.reachable_now,
                    expected_delay=manner.delay,
                    cost=manner.cost,
                    intrusiveness=manner.intrusiveness,
                )
        raise Refused(CannotReach())

    async def perform(self, work: DeliverMessages) -> MessagesDelivered:
        """Tell them, and return what is known of each attempt."""
        person = await self._people.person(work.notifications[0].person_id)
        numbers = await self._people.addresses(
            work.notifications[0].person_id, SCHEMES[work.channel]
        )
        if person is None or not numbers or work.channel not in self._dispatching:
            raise Failed(CannotReach())
        number = numbers[0].partition(":")[2]
        if work.channel is Channel.CALL:
            posted = await self._call(work, person, number)
        else:
            posted = await self._text(work, person, number)
        await self._mark(posted.values(), numbers[0])
        later = datetime.now(UTC) + TRY_AGAIN
        return MessagesDelivered(
            channel=work.channel,
            outcomes=tuple(
                posted[item].attempted(item.id, datetime.now(UTC))
                if item in posted
                else Attempted(
                    id=item.id, outcome=Outcome.FAILED, until=later, why="too many at once"
                )
                for item in work.notifications
            ),
        )

    async def _call(
        self, work: DeliverMessages, person: Person, number: str
    ) -> dict[Notification, Posted]:
        """Place one call that tells of all those that no call was placed for before."""
        told: dict[Notification, Posted] = {}
        items = work.notifications[:MOST_AT_ONCE]
        placed: list[Posted] = []
        for place, item in enumerate(items):

            async def post(rest: Sequence[Notification] = items[place:]) -> Posted:
                if not placed:
                    about = About(person.id, work.step, tuple(each.id for each in rest))
                    made = await self._telephone.call(number, language_of(person), about)
                    if made.is_put_off:
                        return made
                    placed.append(made)
                return placed[0]

            told[item] = await self._once(work, item, post)
        return told

    async def _text(
        self, work: DeliverMessages, person: Person, number: str
    ) -> dict[Notification, Posted]:
        told: dict[Notification, Posted] = {}
        for item in work.notifications:

            async def post(item: Notification = item) -> Posted:
                about = About(person.id, work.step, (item.id,))
                text = say_text(item, person.zone)
                return await self._telephone.text(work.channel, number, text, about)

            told[item] = await self._once(work, item, post)
        return told

    async def _once(self, work: DeliverMessages, item: Notification, post: Post) -> Posted:
        key = attempt_key(item.id, work.step)
        return await self._dispatching[work.channel].dispatch(key, item.person_id, post)

    async def _mark(self, posted: Collection[Posted], address: str) -> None:
        for each in posted:
            if each.is_bad_address:
                await self._bad_addresses.report(address, each.why or "refused")
                return


def language_of(person: Person) -> str:
    """Return the language that is spoken with a person (BCP 47)."""
    return person.locale.replace("_", "-")
