"""Bidding to deliver notifications by chat, and delivering them."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from behaviours.dialogue.send_chat import SendChat
from behaviours.fipa.contract_net import Participant
from ontology.acl import Failed, Refused
from ontology.dialogue.concepts import ChatMessage
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    CannotReach,
    DeliverMessages,
    DeliveryBid,
    MessagesDelivered,
)
from ontology.notifications.concepts import (
    Attempted,
    Channel,
    Notification,
    Outcome,
    attempt_key,
)
from ontology.notifications.wording import say_notification
from ontology.people.concepts import Person
from ontology.people.ports import People

DELAY_WHEN_HERE = 1.0
DELAY_WHEN_AWAY = 3600.0
"""Seconds a message is expected to wait for somebody with no client logged in."""


class Presence(Protocol):
    """Who of the people is logged in somewhere."""

    def is_here(self, address: str) -> bool: ...

    def nearness(self, address: str) -> int:
        """Score how surely an address is reached: logged in, on our server, elsewhere."""
        ...


class DeliverByChat(
    Participant[CallForDelivery, DeliveryBid, DeliverMessages, MessagesDelivered]
):
    """Reaches everybody who has an XMPP address; free, and at once where a client is there."""

    vocabulary = NOTIFICATIONS
    call = CallForDelivery

    def __init__(self, people: People, chat: SendChat, presence: Presence) -> None:
        self._people = people
        self._chat = chat
        self._presence = presence

    async def bid(self, call: CallForDelivery) -> DeliveryBid:
        """Offer, unless we know no address, or chat is no part of this step."""
        if Channel.CHAT not in call.channels:
            raise Refused(CannotReach())
        here = self._presence.is_here(await self._address(call.person_id))
        return DeliveryBid(
            channel=Channel.CHAT,
            reachable_now=here,
            expected_delay=DELAY_WHEN_HERE if here else DELAY_WHEN_AWAY,
            cost=0.0,
        )

    async def perform(self, work: DeliverMessages) -> MessagesDelivered:
        """Say them, and return once the server has them all."""
        person = await self._people.person(work.notifications[0].person_id)
        if person is None:
            raise Failed(CannotReach())
        address = await self._address(person.id)
        await self._chat.deliver(
            [
                self._message(notification, person, address, work.step)
                for notification in work.notifications
            ]
        )
        return MessagesDelivered(
            channel=Channel.CHAT,
            outcomes=tuple(
                Attempted(id=notification.id, outcome=Outcome.SENT)
                for notification in work.notifications
            ),
        )

    async def _address(self, person_id: UUID) -> str:
        return await nearest_address(self._people, self._presence, person_id)

    def _message(
        self, notification: Notification, person: Person, address: str, step: int
    ) -> ChatMessage:
        return ChatMessage(
            key=attempt_key(notification.id, step),
            person_id=person.id,
            address=address,
            body=say_notification(notification, person.zone),
        )


async def nearest_address(people: People, presence: Presence, person_id: UUID) -> str:
    """Return where chat reaches a person most surely. Raises Refused: CannotReach."""
    addresses = await people.addresses(person_id)
    if not addresses:
        raise Refused(CannotReach())
    return max(addresses, key=presence.nearness)
