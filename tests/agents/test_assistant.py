"""The assistant over a real server: whom it hears, what it says, and that each is once."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from behaviours.fipa.contract_net import call_for_proposals
from ontology.acl import Refused
from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option
from ontology.dialogue.wording import STRANGER
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    DeliverMessages,
    MessagesDelivered,
)
from ontology.notifications.concepts import Channel, Notification, Outcome
from ontology.notifications.rules import worth
from ontology.people.acts import PEOPLE, NoSuchZone, SetZone, ZoneSet
from ontology.permissions import AgentName
from tests.agents.parrot import ASSISTANT, SOON, listening
from tests.clients.waiting import eventually
from tests.servers import unique

QUESTION = OpenQuestion(
    options=(Option(label="milk", then=Interpretation(intent=Intent.HELP)),)
)


async def test_what_a_person_says_is_answered_once(house, parrot):
    person, account = await house.person()
    async with listening(account) as phone:
        phone.say(ASSISTANT, "hello")
        await phone.hears("you said hello")
        phone.say(ASSISTANT, "again")
        await phone.hears("you said again")

    assert phone.bodies == ["you said hello", "you said again"]
    (first, _) = parrot.heard
    assert first.person == person
    assert [message.message_id for message in phone.heard] == [
        str(heard.utterance_id) for heard in parrot.heard
    ]
    await eventually(lambda: not house.outbox.open, "everything is settled", SOON)


async def test_what_one_person_says_is_answered_in_order(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        for n in range(30):
            phone.say(ASSISTANT, f"{n}")

        assert await phone.hears_all(30) == [f"you said {n}" for n in range(30)]


async def test_a_question_is_asked_with_what_is_said_next(house, parrot):
    _, account = await house.person()
    parrot.question = QUESTION
    async with listening(account) as phone:
        for text in ("which?", "1"):
            phone.say(ASSISTANT, text)
            await phone.hears(f"you said {text}")

    assert [heard.question for heard in parrot.heard] == [None, QUESTION]


async def test_a_stranger_is_refused_once_and_then_there_is_silence(house, parrot):
    stranger = await house.prosody.account(unique("stranger"))
    _, account = await house.person()
    async with listening(stranger) as unknown, listening(account) as phone:
        unknown.stream.send_presence()
        for n in range(5):
            unknown.say(ASSISTANT, f"let me in {n}")
        await unknown.hears("household")
        phone.say(ASSISTANT, "hello")
        await phone.hears("you said hello")

        assert unknown.bodies == [STRANGER]
    assert [heard.text for heard in parrot.heard] == ["hello"]
    assert {utterance.text for utterance in house.inbox.utterances.values()} == {"hello"}


async def test_a_message_that_a_client_sends_twice_is_one(house, parrot):
    _, account = await house.person()
    hello = f"<message to='{ASSISTANT}' type='chat' id='{uuid4()}'><body>hello</body></message>"
    async with listening(account) as phone:
        for _ in range(3):
            phone.stream.send_raw(hello)
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")

    assert phone.bodies == ["you said hello", "you said the end"]


NOT_SAID = (
    "<message to='{to}' type='groupchat'><body>to a room</body></message>",
    "<message to='{to}' type='headline'><body>a headline</body></message>",
    "<message to='{to}' type='error'><body>an error</body><error type='cancel'/></message>",
    "<message to='{to}' type='chat'>"
    "<composing xmlns='http://jabber.org/protocol/chatstates'/></message>",
    "<message to='{to}' type='chat'><body>a carbon</body>"
    "<received xmlns='urn:xmpp:carbons:2'/></message>",
)


async def test_what_is_not_said_to_it_is_not_answered(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        for stanza in NOT_SAID:
            phone.stream.send_raw(stanza.format(to=ASSISTANT))
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")

    assert [heard.text for heard in parrot.heard] == ["the end"]


# Who may see it.


async def answered_to(phone, kind="subscribe"):
    answers: asyncio.Queue[str] = asyncio.Queue()
    for answer in ("subscribed", "unsubscribed"):
        phone.stream.add_event_handler(
            f"presence_{answer}", lambda presence: answers.put_nowait(presence["type"])
        )
    # The server tells of subscriptions to whoever has asked for the roster.
    await phone.stream.get_roster()
    phone.stream.send_presence(pto=ASSISTANT, ptype=kind)
    return await asyncio.wait_for(answers.get(), SOON)


async def test_a_person_may_add_it_as_a_contact_and_it_sees_them_too(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        phone.stream.send_presence()
        phone.stream.add_event_handler(
            "presence_subscribe",
            lambda presence: phone.stream.send_presence(
                pto=presence["from"].bare, ptype="subscribed"
            ),
        )

        assert await answered_to(phone) == "subscribed"
        agent = house.assistant_agent
        await eventually(lambda: agent.is_here(account.jid), "they are seen to be here", SOON)
    await eventually(lambda: not agent.is_here(account.jid), "they are seen to leave", SOON)


async def test_a_stranger_may_not_add_it_as_a_contact(house, parrot):
    stranger = await house.prosody.account(unique("stranger"))
    async with listening(stranger) as unknown:
        unknown.stream.send_presence()

        assert await answered_to(unknown) == "unsubscribed"


# What it does for other agents.


def notification(person, text="stretch", **changed):
    at = changed.pop("at")
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=person.id,
        text=text,
        zone="UTC",
        due_at=at,
        claimed_at=at,
        **changed,
    )


async def delivering(notifier, *notifications):
    async def award(bid):
        notifier.bids.append(bid)
        return DeliverMessages(notifications=notifications)

    return await call_for_proposals(
        notifier.conversations,
        NOTIFICATIONS,
        CallForDelivery(person_id=notifications[0].person_id, count=len(notifications)),
        to=[ASSISTANT],
        conversation=uuid4().hex,
        choose=worth((Channel.CHAT,)),
        award=award,
        bids_within=5,
        within=SOON,
    )


@pytest.fixture
async def notifier(house, parrot):
    agent = await house.speaker(AgentName.NOTIFIER)
    agent.bids = []
    await house.start(agent)
    return agent


async def test_notifications_are_delivered_once_however_often_they_are_awarded(house, notifier):
    person, account = await house.person()
    items = [notification(person, f"item {n}", at=house.clock()) for n in range(3)]
    async with listening(account) as phone:
        phone.stream.send_presence()
        for _ in range(2):
            _, done = await delivering(notifier, *items)
            assert isinstance(done, MessagesDelivered)
            assert [(each.id, each.outcome) for each in done.outcomes] == [
                (item.id, Outcome.SENT) for item in items
            ]

        assert await phone.hears_all(3) == ["⏰ item 0", "⏰ item 1", "⏰ item 2"]
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")
        assert len(phone.heard) == 4
        assert [message.message_id for message in phone.heard[:3]] == [
            str(item.id) for item in items
        ]


async def test_somebody_without_an_address_cannot_be_reached(house, notifier):
    person, _ = await house.person()
    house.people.owners.clear()

    assert await delivering(notifier, notification(person, at=house.clock())) is None


async def test_a_bid_tells_whether_the_person_is_there(house, notifier):
    person, account = await house.person()
    await delivering(notifier, notification(person, at=house.clock()))
    async with listening(account) as phone:
        phone.stream.send_presence()
        phone.stream.send_presence(pto=ASSISTANT, ptype="subscribe")
        phone.stream.add_event_handler(
            "presence_subscribe",
            lambda presence: phone.stream.send_presence(
                pto=presence["from"].bare, ptype="subscribed"
            ),
        )
        agent = house.assistant_agent
        await eventually(lambda: agent.is_here(account.jid), "they are seen to be here", SOON)
        await delivering(notifier, notification(person, at=house.clock()))

    away, here = notifier.bids
    assert not away.reachable_now
    assert here.reachable_now
    of = worth((Channel.CHAT,))
    assert of(here) > of(away)


async def test_a_zone_is_set_for_the_planner(house, parrot):
    person, _ = await house.person()
    planner = next(agent for agent in house._started if agent.address.startswith("planner"))

    done = await planner.request(
        PEOPLE, SetZone(person_id=person.id, zone="Asia/Tokyo"), AgentName.ASSISTANT
    )
    assert done == ZoneSet(zone="Asia/Tokyo")
    assert (await house.people.person(person.id)).zone == "Asia/Tokyo"

    with pytest.raises(Refused) as no:
        await planner.request(
            PEOPLE, SetZone(person_id=person.id, zone="Mars/Olympus"), AgentName.ASSISTANT
        )
    assert no.value.reason == NoSuchZone(zone="Mars/Olympus")
