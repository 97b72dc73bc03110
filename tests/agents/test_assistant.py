"""The assistant over a real server: whom it hears, what it says, and that each is once."""

from __future__ import annotations

import asyncio
from random import Random
from uuid import uuid4

import pytest

from behaviours.fipa.contract_net import call_for_proposals
from behaviours.fipa.request import RequestResponder
from ontology.acl import Refused
from ontology.dialogue.acts import DIALOGUE, AnswerUtterance, Reply
from ontology.dialogue.concepts import ChatMessage, Intent, Interpretation, OpenQuestion, Option
from ontology.dialogue.wording import STRANGER
from ontology.errors import ServerError
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CallForDelivery,
    DeliverMessages,
    MessagesDelivered,
)
from ontology.notifications.concepts import Notification, Outcome
from ontology.notifications.rules import worth
from ontology.people.acts import PEOPLE, NoSuchZone, SetZone, ZoneSet
from ontology.permissions import AgentName
from tests.behaviours.xmpp.listening import Listener
from tests.chaos.proxy import Proxy
from tests.clients.waiting import eventually
from tests.servers import unique

ASSISTANT = "assistant@localhost"
QUESTION = OpenQuestion(
    options=(Option(label="milk", then=Interpretation(intent=Intent.HELP)),)
)
SOON = 15.0


class Parrot(RequestResponder[AnswerUtterance, Reply]):
    """Stands in for the planner: says what it hears."""

    vocabulary = DIALOGUE
    action = AnswerUtterance

    def __init__(self):
        self.heard = []
        self.question = None

    async def perform(self, action, asker):
        self.heard.append(action)
        return Reply(text=f"you said {action.text}", question=self.question)


@pytest.fixture
async def parrot(house):
    """A platform with an assistant and a parrot; returns the parrot."""
    role = Parrot()
    planner = await house.speaker(AgentName.PLANNER, role, services=("dialogue",))
    house.assistant_agent = await house.assistant()
    await house.start(await house.directory(), planner, house.assistant_agent)
    return role


def listening(account, **options):
    return Listener(account, resource=unique("phone"), **options)


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


async def test_what_was_said_while_it_was_away_is_answered_when_it_is_back(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        phone.stream.send_presence()
        phone.say(ASSISTANT, "before")
        await phone.hears("you said before")
        await house.stop(house.assistant_agent)
        for n in range(5):
            await phone.say_once(ASSISTANT, f"meanwhile {n}")

        await house.start(await house.assistant())

        assert (await phone.hears_all(6))[1:] == [f"you said meanwhile {n}" for n in range(5)]
        phone.say(ASSISTANT, "after")
        await phone.hears("you said after")
        assert len(phone.heard) == 7


async def test_what_an_earlier_life_had_not_answered_is_answered(house, parrot):
    _, account = await house.person()
    async with listening(account) as phone:
        phone.stream.send_presence()
        await house.stop(house.assistant_agent)
        await phone.say_once(ASSISTANT, "kept, not answered")
        again = await house.assistant()
        again._answer_people.take = lambda _: None
        await house.start(again)
        await eventually(lambda: house.inbox.waiting, "it is kept", SOON)
        await house.stop(again)
        assert phone.heard == []

        await house.start(await house.assistant())

        await phone.hears("you said kept, not answered")
        assert len(phone.heard) == 1


@pytest.mark.parametrize("had_it", [True, False], ids=["got", "did not get"])
async def test_what_an_earlier_life_left_open_is_said_if_the_server_did_not_get_it(
    house, parrot, had_it
):
    person, account = await house.person()
    left = ChatMessage(key=uuid4(), person_id=person.id, address=account.jid, body="left open")
    async with listening(account) as phone:
        phone.stream.send_presence()
        if had_it:
            await house.assistant_agent._chat.deliver([left])
            await phone.hears("left open")
            house.outbox.open[left.key] = house.clock()
        await house.stop(house.assistant_agent)
        if not had_it:
            await house.outbox.put([left])

        await house.start(await house.assistant())
        await eventually(lambda: not house.outbox.open, "it is settled", SOON)
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")

        assert phone.bodies.count("left open") == 1


async def test_cuts_on_its_side_lose_and_double_nothing(house):
    proxy = await Proxy(house.prosody.host, house.prosody.port).start()
    role = Parrot()
    planner = await house.speaker(AgentName.PLANNER, role, services=("dialogue",))
    await house.start(await house.directory(), planner)
    assistant = await house.assistant(port=proxy.port)
    await house.start(assistant)
    _, account = await house.person()
    async with listening(account) as phone:
        for n in range(40):
            phone.say(ASSISTANT, f"{n}")
            if n % 10 == 5:
                await phone.hears_all(n - 4)
                wire = proxy.pick(Random(n))
                assert wire is not None
                wire.cut()

        assert await phone.hears_all(40, within=40) == [f"you said {n}" for n in range(40)]
        phone.say(ASSISTANT, "the end")
        await phone.hears("you said the end")
        assert len(phone.heard) == 41
    await house.stop(assistant)
    await proxy.stop()


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
        choose=worth,
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
    assert worth(here) > worth(away)


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


async def test_a_cut_in_the_middle_of_its_recovery_leaves_it_neither_deaf_nor_dumb(house):
    proxy = await Proxy(house.prosody.host, house.prosody.port).start()
    planner = await house.speaker(AgentName.PLANNER, Parrot(), services=("dialogue",))
    await house.start(await house.directory(), planner)
    assistant = await house.assistant(port=proxy.port)
    archive, keep_all_but = assistant._archive, assistant._archive.keep_all_but
    stream, connect = assistant.stream, assistant.stream.connect

    def connect_only_the_next_time(**where):
        stream.connect = connect

    async def cut_while_asking(never):
        await keep_all_but(never)
        archive.keep_all_but = keep_all_but
        stream.connect = connect_only_the_next_time
        wire = proxy.pick(Random(0))
        assert wire is not None
        wire.cut()
        await eventually(lambda: not stream.online, "the cut", SOON)
        raise ServerError("our archive does not answer")

    archive.keep_all_but = cut_while_asking
    async with asyncio.timeout(SOON):
        await house.start(assistant)

    _, account = await house.person()
    async with listening(account) as phone:
        phone.say(ASSISTANT, "hello")
        await phone.hears("you said hello")
    await house.stop(assistant)
    await proxy.stop()
