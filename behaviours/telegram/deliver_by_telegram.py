"""Bidding to deliver notifications on Telegram, and delivering them with buttons."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from behaviours.fipa.contract_net import Participant
from behaviours.telegram.say_on_telegram import SayOnTelegram
from ontology.acl import Failed, Refused
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    CannotReach,
    DeliverMessages,
    DeliveryBid,
    MessagesDelivered,
)
from ontology.notifications.concepts import Attempted, Channel, Notification, attempt_key
from ontology.notifications.posted import Posted
from ontology.notifications.wording import say_notification
from ontology.people.concepts import Person
from ontology.people.ports import People
from ontology.telegram.buttons import buttons_of

EXPECTED_DELAY: Final = 5.0
"""Seconds in which a phone shows the message."""

INTRUSIVENESS: Final = 0.3

BEGUN_WITHIN: Final = 1.5
"""Seconds of an award in which messages are begun. Those left over are to be awarded again."""


class DeliverByTelegram(
    Participant[CallForDelivery, DeliveryBid, DeliverMessages, MessagesDelivered]
):
    """Reaches everybody who has linked an account; free, and on their phone at once."""

    vocabulary = NOTIFICATIONS
    call = CallForDelivery

    def __init__(
        self,
        people: People,
        saying: SayOnTelegram,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._people = people
        self._saying = saying
        self._clock = clock

    async def bid(self, call: CallForDelivery) -> DeliveryBid:
        """Offer, unless no account is linked or Telegram wants to be left alone."""
        if Channel.TELEGRAM not in call.channels or self._saying.is_shut:
            raise Refused(CannotReach())
        if await self._saying.chat_of(call.person_id) is None:
            raise Refused(CannotReach())
        return DeliveryBid(
            channel=Channel.TELEGRAM,
            reachable_now=True,
            expected_delay=EXPECTED_DELAY,
            cost=0.0,
            intrusiveness=INTRUSIVENESS,
        )

    async def perform(self, work: DeliverMessages) -> MessagesDelivered:
        """Say one after the other, in order; return what became of each.

        What Telegram did not take this time comes back as failed, with ``until`` when it may
        be awarded again.
        """
        person_id = work.notifications[0].person_id
        person = await self._people.person(person_id)
        chat = await self._saying.chat_of(person_id)
        if person is None or chat is None:
            raise Failed(CannotReach())
        begun_by = time.monotonic() + BEGUN_WITHIN
        outcomes: list[Attempted] = []
        for item in work.notifications:
            if outcomes and time.monotonic() > begun_by:
                posted = Posted.put_off("too many messages at once", again_after=0.0)
            else:
                posted = await self._say(item, work.step, person, chat)
            outcomes.append(posted.attempted(item.id, self._clock()))
        return MessagesDelivered(channel=Channel.TELEGRAM, outcomes=tuple(outcomes))

    async def _say(self, item: Notification, step: int, person: Person, chat: int) -> Posted:
        return await self._saying.say(
            attempt_key(item.id, step),
            person.id,
            chat,
            say_notification(item, person.zone),
            buttons_of(item.id, step),
        )
