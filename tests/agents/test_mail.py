"""The mail agent over a real XMPP server and a real mail server."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from agents.mail import MailAgent
from behaviours.fipa.contract_net import call_for_proposals
from gateways.mail import MailComposer
from gateways.smtp import SmtpServer
from gateways.smtp.address import Security, SmtpAddress
from ontology.links import LinkKeys
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    CloseDelivery,
    DeliverMessages,
    DeliveryClosed,
    MessagesDelivered,
    SayText,
    TextSaid,
)
from ontology.notifications.concepts import Channel, Notification, Outcome, attempt_key
from ontology.notifications.rules import worth
from ontology.permissions import AgentName
from tests.agents.parrot import SOON
from tests.fakes.dispatches import FakeDispatches
from tests.vendors.mail_server import mail_server

SENDER = "steward@example.org"


@pytest.fixture
async def server():
    async with mail_server() as made:
        yield made


class Post:
    """The platform around the mail agent: who asks it, and what it has written down."""

    def __init__(self, house, server):
        self.house, self.server = house, server
        self.dispatches = FakeDispatches()

    async def open(self):
        house = self.house
        self.notifier = await house.speaker(AgentName.NOTIFIER)
        house.assistant_agent = await house.assistant()
        self.agent = await self.mail_agent()
        await house.start(
            await house.directory(), house.assistant_agent, self.notifier, self.agent
        )
        self.address = self.agent.address

    async def mail_agent(self):
        address = SmtpAddress("127.0.0.1", self.server.port, Security.THIS_MACHINE)
        return MailAgent(
            await self.house.account("mail"),
            journal=self.house.minutes,
            people=self.house.people,
            dispatches=self.dispatches,
            composer=MailComposer(SENDER, "https://x.example", LinkKeys.of("a secret")),
            server=SmtpServer(address, SENDER),
        )

    async def somebody(self):
        person, _ = await self.house.person()
        await self.house.people.add(person, "mailto:ada@example.org")
        return person

    def notification(self, person):
        at = self.house.clock()
        return Notification(
            id=uuid4(),
            reminder_id=uuid4(),
            person_id=person.id,
            text="stretch",
            zone="UTC",
            due_at=at,
            claimed_at=at,
        )

    async def awards(self, item, step=0):
        async def award(bid):
            return DeliverMessages(notifications=(item,), channel=Channel.EMAIL, step=step)

        done = await call_for_proposals(
            self.notifier.conversations,
            NOTIFICATIONS,
            CallForDelivery(person_id=item.person_id, count=1, channels=(Channel.EMAIL,)),
            to=[self.address],
            conversation=uuid4().hex,
            choose=worth([Channel.EMAIL]),
            award=award,
            bids_within=5,
            within=SOON,
        )
        if done is None:
            return None
        assert isinstance(done[1], MessagesDelivered)
        return done[1].outcomes[0].outcome


@pytest.fixture
async def post(house, server):
    made = Post(house, server)
    await made.open()
    return made


async def test_an_attempt_is_mailed_once_however_often_it_is_awarded(post, server):
    item = post.notification(await post.somebody())

    for _ in range(3):
        assert await post.awards(item) is Outcome.SENT
    assert await post.awards(item, step=2) is Outcome.SENT

    assert [mail["Message-ID"] for mail in server.mails] == [
        f"<{attempt_key(item.id, step)}@example.org>" for step in (0, 2)
    ]


async def test_somebody_without_a_mail_address_is_left_to_other_channels(post):
    person, _ = await post.house.person()

    assert await post.awards(post.notification(person)) is None


async def test_what_a_life_that_ended_may_have_sent_the_next_does_not_send_again(post, server):
    item = post.notification(await post.somebody())
    server.hangs = True
    first = asyncio.create_task(post.awards(item))
    await asyncio.wait_for(server.has_heard.wait(), SOON)
    await post.house.stop(post.agent)
    first.cancel()
    server.hangs = False
    await post.house.start(await post.mail_agent())

    assert await post.awards(item) is Outcome.UNKNOWN
    assert server.envelopes == []


async def test_an_address_that_nobody_has_is_marked_and_bid_for_no_more(post, server):
    person = await post.somebody()
    server.says["RCPT"] = "550 5.1.1 no such mailbox"

    assert await post.awards(post.notification(person)) is Outcome.FAILED

    assert await post.house.people.addresses(person.id, "mailto") == []
    assert await post.awards(post.notification(person)) is None


async def test_a_text_is_said_to_an_address_that_is_still_to_be_proved(post, server):
    person, _ = await post.house.person()
    code = SayText(
        key=uuid4(),
        person_id=person.id,
        channel=Channel.EMAIL,
        text="Your code is 123456.",
        address="mailto:new@example.org",
    )
    for _ in range(2):
        said = await post.notifier.request(NOTIFICATIONS, code, AgentName.MAIL)
        assert said == TextSaid()

    (envelope,) = server.envelopes
    assert envelope.rcpt_tos == ["new@example.org"]


async def test_there_is_nothing_to_take_back_of_a_mail(post):
    closing = CloseDelivery(
        id=uuid4(), person_id=uuid4(), channel=Channel.EMAIL, step=0, words="done by phone"
    )

    closed = await post.notifier.request(NOTIFICATIONS, closing, AgentName.MAIL)
    assert closed == DeliveryClosed()
