from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from behaviours.dialogue.send_chat import SendChat
from behaviours.notifications.deliver_by_chat import DeliverByChat
from behaviours.notifications.say_by_chat import SayByChat
from ontology.acl import Failed, Refused
from ontology.notifications import concepts
from ontology.notifications.acts import (
    CallForDelivery,
    CannotReach,
    DeliverMessages,
    SayText,
    TextSaid,
)
from ontology.notifications.concepts import Notification, Outcome
from ontology.people.concepts import Person
from tests.behaviours.duties import on_duty
from tests.conversing import ask
from tests.fakes.chat import FakeChat
from tests.fakes.dialogue import FakeOutbox
from tests.fakes.people import FakePeople

pytestmark = pytest.mark.usefixtures("virtual_time")

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Presence:
    def __init__(self):
        self.here = set()

    def is_here(self, address):
        return address in self.here

    def nearness(self, address):
        return 2 if address in self.here else int(address.endswith("@localhost"))


class Channel:
    def __init__(self):
        self.people, self.presence, self.chat = FakePeople(), Presence(), FakeChat()
        self.sending = SendChat(FakeOutbox(), self.chat)
        self.role = DeliverByChat(self.people, self.sending, self.presence)

    async def somebody(self, *addresses, zone="UTC"):
        person = Person(id=uuid4(), name="somebody", zone=zone)
        for address in addresses:
            await self.people.add(person, address)
        return person

    async def bids(self, person):
        return await self.role.bid(CallForDelivery(person_id=person.id, count=1))

    async def delivers(self, *items, step=0):
        async with on_duty(self.sending):
            await self.sending.recover()
            return await self.role.perform(DeliverMessages(notifications=items, step=step))

    async def says(self, text):
        role = SayByChat(self.people, self.sending, self.presence)
        async with on_duty(self.sending):
            await self.sending.recover()
            return (await ask(role, text))[-1]


def notification(person, text="stretch", late=timedelta(0)):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=person.id,
        text=text,
        zone="UTC",
        due_at=NOW,
        claimed_at=NOW + late,
    )


async def test_a_bid_is_better_for_somebody_who_is_there():
    channel = Channel()
    person = await channel.somebody("ada@localhost")
    away = await channel.bids(person)
    channel.presence.here.add("ada@localhost")
    here = await channel.bids(person)

    assert (away.reachable_now, here.reachable_now) == (False, True)
    assert away.expected_delay > here.expected_delay
    assert here.channel == "chat"
    assert here.cost == 0


async def test_somebody_without_an_address_is_refused():
    channel = Channel()
    person = await channel.somebody()

    with pytest.raises(Refused) as no:
        await channel.bids(person)
    assert no.value.reason == CannotReach()


async def test_messages_are_said_in_order_and_confirmed_once_the_server_has_them():
    channel = Channel()
    person = await channel.somebody("ada@localhost")
    items = [notification(person, f"{n}") for n in range(3)]

    done = await channel.delivers(*items)

    assert channel.chat.taken == [("ada@localhost", f"⏰ {n}") for n in range(3)]
    assert [(each.id, each.outcome) for each in done.outcomes] == [
        (item.id, Outcome.SENT) for item in items
    ]


async def test_what_was_said_once_is_confirmed_and_not_said_again():
    channel = Channel()
    item = notification(await channel.somebody("ada@localhost"))

    assert await channel.delivers(item) == await channel.delivers(item)
    assert channel.chat.posts == {"⏰ stretch": 1}


@pytest.mark.parametrize(
    ("addresses", "here", "chosen"),
    [
        (("ada@localhost", "ada@work.example"), (), "ada@localhost"),
        (("ada@work.example", "ada@localhost"), (), "ada@localhost"),
        (("ada@localhost", "ada@work.example"), ("ada@work.example",), "ada@work.example"),
        (("ada@work.example", "ada@home.example"), (), "ada@work.example"),
    ],
    ids=["the first", "on our server", "where they are", "the first elsewhere"],
)
async def test_of_several_addresses_the_nearest_is_chosen(addresses, here, chosen):
    channel = Channel()
    person = await channel.somebody(*addresses)
    channel.presence.here.update(here)

    await channel.delivers(notification(person))

    assert [address for address, _ in channel.chat.taken] == [chosen]


async def test_what_is_late_says_so_on_the_persons_own_clock():
    channel = Channel()
    person = await channel.somebody("ada@localhost", zone="Asia/Tokyo")

    await channel.delivers(notification(person, late=timedelta(hours=1)))

    ((_, body),) = channel.chat.taken
    assert body == "⏰ stretch\n(late: this was due today, Monday 2 March, 18:00)"


async def test_somebody_who_is_gone_cannot_be_told():
    channel = Channel()
    person = await channel.somebody("ada@localhost")
    channel.people.people.clear()

    with pytest.raises(Failed) as no:
        await channel.delivers(notification(person))
    assert no.value.reason == CannotReach()


async def test_a_later_step_is_another_message_and_is_said_once_too():
    channel = Channel()
    item = notification(await channel.somebody("ada@localhost"))

    for step in (0, 2, 2):
        await channel.delivers(item, step=step)

    assert channel.chat.posts == {"⏰ stretch": 2}


async def test_a_step_that_chat_is_no_part_of_gets_no_bid():
    channel = Channel()
    person = await channel.somebody("ada@localhost")
    call = CallForDelivery(person_id=person.id, count=1, channels=(concepts.Channel.CALL,))

    with pytest.raises(Refused) as no:
        await channel.role.bid(call)
    assert no.value.reason == CannotReach()


def text_for(person, **known):
    text = SayText(
        key=uuid4(),
        person_id=person.id,
        channel=concepts.Channel.CHAT,
        text="✓ done by phone: pills",
    )
    return text.model_copy(update=known)


async def test_a_text_is_said_once_however_often_it_is_asked():
    channel = Channel()
    text = text_for(await channel.somebody("ada@localhost"))

    for _ in range(2):
        assert await channel.says(text) == ("inform", TextSaid())

    assert channel.chat.taken == [("ada@localhost", "✓ done by phone: pills")]


async def test_a_text_goes_to_the_address_that_is_named():
    channel = Channel()
    person = await channel.somebody("ada@localhost")

    await channel.says(text_for(person, address="ada@work.example"))

    assert [address for address, _ in channel.chat.taken] == ["ada@work.example"]


async def test_a_text_for_another_channel_or_nobody_is_refused():
    channel = Channel()
    person, nobody = await channel.somebody("ada@localhost"), await channel.somebody()

    for text in (text_for(person, channel=concepts.Channel.SMS), text_for(nobody)):
        assert await channel.says(text) == ("refuse", CannotReach())
