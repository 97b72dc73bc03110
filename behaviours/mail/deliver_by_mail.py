"""Bidding to deliver notifications by mail, and delivering them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from behaviours.fipa.contract_net import Participant
from behaviours.notifications.dispatch_once import STARTED_WITHIN, DispatchOnce
from behaviours.people.report_bad_address import ReportBadAddress
from ontology.acl import Failed, Refused
from ontology.mail.ports import Composer, MailServer
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
from ontology.people.addresses import MAILTO
from ontology.people.concepts import Person
from ontology.people.ports import People

EXPECTED_DELAY: Final = 120.0
"""Seconds in which a mail is expected to be there; that it is read may take hours."""

AT_ONCE: Final = 4
"""Mails handed over beside each other; servers turn away who opens more connections."""

BEGUN_WITHIN: Final = 1.5
"""Seconds of an award in which mails are begun. Those left over are to be awarded again."""


class DeliverByMail(
    Participant[CallForDelivery, DeliveryBid, DeliverMessages, MessagesDelivered]
):
    """Reaches everybody who has a mail address; free, disturbs nobody, and is no hurry."""

    vocabulary = NOTIFICATIONS
    call = CallForDelivery

    def __init__(
        self,
        people: People,
        composer: Composer,
        server: MailServer,
        sending: DispatchOnce,
        bad_addresses: ReportBadAddress,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._people = people
        self._composer = composer
        self._server = server
        self._sending = sending
        self._bad_addresses = bad_addresses
        self._clock = clock

    async def bid(self, call: CallForDelivery) -> DeliveryBid:
        """Offer, unless we know no address or the server wants to be left alone."""
        address = await self._address(call.person_id)
        if Channel.EMAIL not in call.channels or address is None:
            raise Refused(CannotReach())
        if self._sending.shut_for > STARTED_WITHIN:
            raise Refused(CannotReach())
        return DeliveryBid(
            channel=Channel.EMAIL,
            reachable_now=False,
            expected_delay=EXPECTED_DELAY,
            cost=0.0,
            intrusiveness=0.0,
        )

    async def perform(self, work: DeliverMessages) -> MessagesDelivered:
        """Hand over a mail for each, and return what became of it.

        What the server did not take this time comes back as failed, with ``until`` when it may
        be awarded again.
        """
        person_id = work.notifications[0].person_id
        person = await self._people.person(person_id)
        address = await self._address(person_id)
        if person is None or address is None:
            raise Failed(CannotReach())
        batch = _Batch(person, address, work.step)
        return MessagesDelivered(
            channel=Channel.EMAIL,
            outcomes=tuple(
                await asyncio.gather(
                    *(self._deliver(batch, item) for item in work.notifications)
                )
            ),
        )

    async def _address(self, person_id: UUID) -> str | None:
        addresses = await self._people.addresses(person_id, MAILTO)
        return addresses[0].partition(":")[2] if addresses else None

    async def _deliver(self, batch: _Batch, item: Notification) -> Attempted:
        async with batch.free:
            if batch.is_late:
                posted = Posted.put_off("too many mails at once", again_after=0.0)
            else:
                posted = await self._post(batch, item)
        if posted.is_bad_address:
            await self._bad_addresses.report(f"{MAILTO}:{batch.address}", posted.why or "")
        return posted.attempted(item.id, self._clock())

    async def _post(self, batch: _Batch, item: Notification) -> Posted:
        mail = self._composer.notification(item, batch.step, batch.person, batch.address)
        return await self._sending.dispatch(
            attempt_key(item.id, batch.step), item.person_id, lambda: self._server.post(mail)
        )


class _Batch:
    """The mails of one award."""

    def __init__(self, person: Person, address: str, step: int) -> None:
        self.person = person
        self.address = address
        self.step = step
        self.free = asyncio.Semaphore(AT_ONCE)
        self._begun_by = time.monotonic() + BEGUN_WITHIN

    @property
    def is_late(self) -> bool:
        """Whether a mail begun now might not be over when the award is."""
        return time.monotonic() > self._begun_by
