"""Texts by mail: once per key, to the address that was named or the person's own."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from behaviours.mail.say_text_by_mail import SayTextByMail
from behaviours.notifications.dispatch_once import DispatchOnce
from ontology.acl import Failed, Refused
from ontology.errors import NoAnswer
from ontology.notifications.acts import CannotReach, SayText, TextSaid
from ontology.notifications.concepts import Channel
from ontology.notifications.posted import Posted
from ontology.people.concepts import Person
from tests.fakes.dispatches import FakeDispatches
from tests.fakes.mail import FakeComposer, FakeMailServer
from tests.fakes.people import FakePeople

pytestmark = pytest.mark.usefixtures("virtual_time")

ADA = Person(id=uuid4(), name="Ada", zone="UTC")


class Office:
    def __init__(self):
        self.people, self.server = FakePeople(), FakeMailServer()
        sending = DispatchOnce(FakeDispatches(), Channel.EMAIL, jitter=lambda: 1.0)
        self.role = SayTextByMail(self.people, FakeComposer(), self.server, sending)

    async def says(self, text="Your code is 123456.", **more):
        known = {"key": uuid4(), "person_id": ADA.id, "channel": Channel.EMAIL, "text": text}
        action = SayText(**known | more)
        await self.role.consider(action)
        return await self.role.perform(action, "assistant@localhost")

    @property
    def taken(self):
        return [(mail.to, mail.text) for mail in self.server.taken]


async def test_a_code_goes_to_the_address_that_it_is_to_prove():
    office = Office()

    assert await office.says(address="mailto:new@Example.org") == TextSaid()
    assert office.taken == [("new@example.org", "Your code is 123456.")]


async def test_without_an_address_it_goes_to_the_persons_own():
    office = Office()
    await office.people.add(ADA, "mailto:ada@example.org")
    await office.says("hello")

    assert office.taken == [("ada@example.org", "hello")]


async def test_a_key_is_mailed_once():
    office, key = Office(), uuid4()
    for _ in range(3):
        assert await office.says(key=key, address="mailto:a@example.org") == TextSaid()

    assert len(office.taken) == 1


@pytest.mark.parametrize(
    "address",
    [None, "tel:+34600111222", "ada@localhost", "mailto:a\r\nBcc: eve@example.org", "mailto:"],
)
async def test_where_there_is_no_mail_address_nothing_is_mailed(address):
    office = Office()

    with pytest.raises(Failed) as no:
        await office.says(address=address)
    assert no.value.reason == CannotReach()
    assert office.server.asked == []


async def test_what_is_for_another_channel_is_refused():
    with pytest.raises(Refused):
        await Office().says(channel=Channel.SMS, address="tel:+34600111222")


@pytest.mark.parametrize("posted", [Posted.refused("550 nobody"), Posted.unknown("silence")])
async def test_what_was_not_surely_taken_is_not_said_to_be(posted):
    office = Office()
    office.server.answers = [posted]

    with pytest.raises(Failed):
        await office.says(address="mailto:a@example.org")


async def test_while_the_server_is_away_there_is_no_answer_and_asked_again_it_may_go_well():
    office, key = Office(), uuid4()
    office.server.answers = [Posted.put_off("away", again_after=10.0)]

    with pytest.raises(NoAnswer):
        await office.says(key=key, address="mailto:a@example.org")
    await asyncio.sleep(10.0)
    assert await office.says(key=key, address="mailto:a@example.org") == TextSaid()
