"""Notifications by mail: offered where it can work, handed over once, and told honestly."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from behaviours.mail.deliver_by_mail import AT_ONCE, BEGUN_WITHIN, DeliverByMail
from behaviours.notifications.dispatch_once import STARTED_WITHIN, DispatchOnce
from ontology.acl import Failed, Refused
from ontology.mail.ports import POSTED_WITHIN
from ontology.notifications.acts import CallForDelivery, CannotReach, DeliverMessages
from ontology.notifications.concepts import Channel, Notification, Outcome, attempt_key
from ontology.notifications.posted import Posted
from ontology.people.concepts import Person
from tests.fakes.dispatches import FakeDispatches
from tests.fakes.mail import FakeComposer, FakeMailServer
from tests.fakes.people import FakePeople

pytestmark = pytest.mark.usefixtures("virtual_time")

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOTH = (Channel.CHAT, Channel.EMAIL)


class BadAddresses:
    def __init__(self):
        self.reported = []

    async def report(self, address, why):
        self.reported.append((address, why))


class Office:
    def __init__(self):
        self.people, self.server = FakePeople(), FakeMailServer()
        self.dispatches = FakeDispatches()
        self.bad: Any = BadAddresses()
        self.open()

    def open(self):
        """Begin a life: what was written down stays, what was in memory does not."""
        sending = DispatchOnce(self.dispatches, Channel.EMAIL, jitter=lambda: 1.0)
        self.role = DeliverByMail(
            self.people, FakeComposer(), self.server, sending, self.bad, clock=lambda: NOW
        )

    async def somebody(self, *addresses):
        person = Person(id=uuid4(), name="somebody", zone="UTC")
        for address in ("somebody@localhost", *addresses):
            await self.people.add(person, address)
        return person

    async def bids(self, person, channels=BOTH):
        call = CallForDelivery(person_id=person.id, count=1, channels=channels)
        return await self.role.bid(call)

    async def delivers(self, *items, step=0):
        work = DeliverMessages(notifications=items, channel=Channel.EMAIL, step=step)
        return (await self.role.perform(work)).outcomes


def notification(person, text="stretch"):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=person.id,
        text=text,
        zone="UTC",
        due_at=NOW,
        claimed_at=NOW,
    )


async def test_it_offers_what_costs_nothing_disturbs_nobody_and_takes_a_while():
    office = Office()
    bid = await office.bids(await office.somebody("mailto:ada@example.org"))

    assert bid.channel is Channel.EMAIL
    assert not bid.reachable_now
    assert 60 <= bid.expected_delay <= 300
    assert (bid.cost, bid.intrusiveness) == (0.0, 0.0)


@pytest.mark.parametrize(
    ("addresses", "channels"),
    [
        ((), BOTH),
        (("tel:+34600111222",), BOTH),
        (("mailto:ada@example.org",), (Channel.CHAT,)),
    ],
    ids=["no address", "another kind of address", "not asked for"],
)
async def test_it_does_not_offer_what_it_cannot_do(addresses, channels):
    office = Office()
    person = await office.somebody(*addresses)

    with pytest.raises(Refused) as no:
        await office.bids(person, channels)
    assert no.value.reason == CannotReach()


async def test_an_address_that_is_known_as_bad_is_none():
    office = Office()
    person = await office.somebody("mailto:ada@example.org")
    await office.people.mark_bad("mailto:ada@example.org", "550")

    with pytest.raises(Refused):
        await office.bids(person)


async def test_mails_go_to_the_first_address_and_are_confirmed_with_what_they_are_called():
    office = Office()
    person = await office.somebody("mailto:ada@example.org", "mailto:ada@work.example")
    items = [notification(person, f"{n}") for n in range(3)]

    told = await office.delivers(*items)

    assert [(each.id, each.outcome) for each in told] == [
        (item.id, Outcome.SENT) for item in items
    ]
    assert {mail.to for mail in office.server.taken} == {"ada@example.org"}
    assert sorted(mail.text for mail in office.server.taken) == ["0", "1", "2"]
    assert all(each.reference for each in told)


async def test_a_step_awarded_again_is_the_same_mail_and_not_handed_over_again():
    office = Office()
    item = notification(await office.somebody("mailto:ada@example.org"))

    assert await office.delivers(item, step=1) == await office.delivers(item, step=1)
    assert [mail.message_id for mail in office.server.taken] == [str(attempt_key(item.id, 1))]
    await office.delivers(item, step=2)
    assert len(office.server.taken) == 2


async def test_what_an_earlier_life_handed_over_and_never_heard_of_is_not_sent_again():
    office = Office()
    item = notification(await office.somebody("mailto:ada@example.org"))
    office.server.takes = 3600.0
    dying = asyncio.create_task(office.delivers(item))
    await asyncio.sleep(0.1)
    dying.cancel()
    await asyncio.wait([dying])
    office.open()

    (told,) = await office.delivers(item)

    assert told.outcome is Outcome.UNKNOWN
    assert len(office.server.asked) == 1


async def test_a_server_that_is_away_for_a_moment_is_tried_again():
    office = Office()
    item = notification(await office.somebody("mailto:ada@example.org"))
    office.server.answers = [Posted.put_off("away"), Posted.put_off("away")]

    (told,) = await office.delivers(item)

    assert told.outcome is Outcome.SENT
    assert len(office.server.asked) == 3


async def test_a_server_that_stays_away_is_told_with_when_to_try_again_and_bids_no_more():
    office = Office()
    person = await office.somebody("mailto:ada@example.org")
    item = notification(person)
    office.server.answers = [Posted.put_off("429 slow down", again_after=600.0)]

    (told,) = await office.delivers(item)

    assert (told.outcome, told.why) == (Outcome.FAILED, "429 slow down")
    assert told.until == NOW + timedelta(seconds=600)
    with pytest.raises(Refused):
        await office.bids(person)
    await asyncio.sleep(600.0)
    assert await office.bids(person)
    (told,) = await office.delivers(item)
    assert told.outcome is Outcome.SENT


async def test_what_is_refused_for_good_has_no_time_to_try_again():
    office = Office()
    item = notification(await office.somebody("mailto:ada@example.org"))
    office.server.answers = [Posted.refused("554 spam")]

    (told,) = await office.delivers(item)

    assert (told.outcome, told.why, told.until) == (Outcome.FAILED, "554 spam", None)
    assert office.bad.reported == []


async def test_an_address_that_nobody_has_is_reported():
    office = Office()
    item = notification(await office.somebody("mailto:ada@example.org"))
    office.server.answers = [Posted.refused("550 nobody", is_bad_address=True)]

    (told,) = await office.delivers(item)

    assert told.outcome is Outcome.FAILED
    assert office.bad.reported == [("mailto:ada@example.org", "550 nobody")]


async def test_many_mails_go_a_few_at_once_and_all_is_over_in_the_time_of_an_award():
    office = Office()
    person = await office.somebody("mailto:ada@example.org")
    office.server.takes = 0.25
    items = [notification(person) for _ in range(200)]
    began = time.monotonic()

    told = await office.delivers(*items)

    assert time.monotonic() - began < BEGUN_WITHIN + STARTED_WITHIN + POSTED_WITHIN
    assert office.server.most_at_once == AT_ONCE
    by_outcome = {outcome: [t for t in told if t.outcome is outcome] for outcome in Outcome}
    assert len(by_outcome[Outcome.SENT]) == len(office.server.taken)
    assert AT_ONCE < len(office.server.taken) < len(items)
    assert all(each.until == NOW for each in by_outcome[Outcome.FAILED])
    assert len(by_outcome[Outcome.SENT]) + len(by_outcome[Outcome.FAILED]) == len(items)


async def test_somebody_who_is_gone_cannot_be_told():
    office = Office()
    item = notification(await office.somebody("mailto:ada@example.org"))
    office.people.people.clear()

    with pytest.raises(Failed) as no:
        await office.delivers(item)
    assert no.value.reason == CannotReach()
