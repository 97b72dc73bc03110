"""What every agent does, whatever it is for: seen from outside, over a real server."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest
from spade.container import Container

from behaviours.fipa.query import query
from behaviours.fipa.request import RequestResponder
from behaviours.runtime import DutyBehaviour, NotUnderstoodBehaviour, RepliesBehaviour
from behaviours.xmpp.stanzas import acl_stanza, metadata_of
from ontology.acl import Envelope, NotAuthorised, Performative, Refused, UnknownContent
from ontology.directory.acts import DIRECTORY, WhoOffers
from ontology.errors import ServerError
from ontology.people.acts import PEOPLE, NoSuchPerson, SetZone, ZoneSet
from ontology.permissions import AgentName
from ontology.vocabularies import VOCABULARIES
from tests.agents.house import Speaker
from tests.behaviours.xmpp.listening import Listener
from tests.clients.waiting import eventually
from tests.servers import unique

SOON = 15.0


class SetZoneSlowly(RequestResponder[SetZone, ZoneSet]):
    """Sets no zone at all, when it is let."""

    vocabulary = PEOPLE
    action = SetZone

    def __init__(self, error=None):
        self.error = error
        self.times = 0
        self.may = asyncio.Event()
        self.may.set()

    async def perform(self, action, asker):
        self.times += 1
        await self.may.wait()
        if self.error:
            raise self.error
        return ZoneSet(zone=action.zone)


def moving(zone="UTC"):
    return SetZone(person_id=uuid4(), zone=zone)


def opening(content=None, *, sender="planner", receiver="assistant", **changed):
    """The beginning of a conversation, for a raw stream to say."""
    envelope = Envelope(
        performative=Performative.REQUEST,
        protocol="fipa-request",
        ontology="people",
        conversation=uuid4().hex,
        sender=f"{sender}@localhost",
        receiver=f"{receiver}@localhost",
        content=content or moving(),
    )
    return replace(envelope, **changed)


class Raw(Listener):
    """Speaks for an agent as anybody could who has its password."""

    def ask(self, envelope, body=None, act=None):
        if body is None:
            body = VOCABULARIES[envelope.ontology].encode(envelope.content)
        stanza = acl_stanza(envelope, body)
        if act is not None:
            stanza = stanza.replace(f">{envelope.content.act}<", f">{act}<")
        self.stream.post(stanza, envelope.message_id)

    @property
    def told(self):
        """Performative and content of everything that was answered."""
        return [
            (metadata["performative"], VOCABULARIES[metadata["ontology"]].decode(body))
            for stanza, body in zip(self.stanzas, self.bodies, strict=True)
            if (metadata := metadata_of(stanza)) is not None
        ]


@pytest.fixture
async def raw(house):
    """A stream that speaks as the planner, from another place than it."""
    async with Raw(await house.prosody.account("planner"), resource="raw") as stream:
        stream.stream.send_presence()
        yield stream


@pytest.fixture
async def asked(house):
    """The assistant, as far as it sets zones."""
    role = SetZoneSlowly()
    agent = await house.speaker(AgentName.ASSISTANT, role)
    agent.role = role
    await house.start(agent)
    return agent


async def test_a_request_is_answered_across_the_server(house, asked):
    planner = await house.speaker(AgentName.PLANNER)
    await house.start(planner)

    assert await planner.request(PEOPLE, moving("UTC"), AgentName.ASSISTANT) == ZoneSet(
        zone="UTC"
    )


async def test_agents_of_one_process_know_no_way_past_the_server(house, asked):
    assert not Container().has_agent(str(asked.jid))


async def test_an_opening_that_comes_again_is_answered_again_and_played_once(asked, raw):
    first = opening()

    for n in range(3):
        raw.ask(first)
        await raw.hears_all(n + 1)

    assert raw.told == [("inform", ZoneSet(zone="UTC"))] * 3
    assert asked.role.times == 1


async def test_an_opening_that_comes_again_while_it_is_worked_on_is_played_once(asked, raw):
    asked.role.may.clear()
    first = opening()
    raw.ask(first)
    await raw.hears("agreed")
    raw.ask(first)
    await raw.hears("agreed")

    asked.role.may.set()

    await raw.hears("zone-set")
    assert asked.role.times == 1


async def test_conversations_go_on_beside_each_other(asked, raw):
    asked.role.may.clear()
    for _ in range(20):
        raw.ask(opening())
    await raw.hears_all(20)
    assert asked.role.times == 20

    asked.role.may.set()

    await raw.hears_all(40)
    assert [performative for performative, _ in raw.told[20:]] == ["inform"] * 20


async def test_an_answer_names_the_conversation_and_what_it_answers(asked, raw):
    first = opening()
    raw.ask(first)
    await raw.hears_all(1)

    metadata = metadata_of(raw.stanzas[0]) or {}
    assert metadata["conversation-id"] == metadata["_thread_node"] == first.conversation
    assert metadata["in-reply-to"] == first.message_id
    assert metadata["protocol"] == "fipa-request"
    assert metadata["ontology"] == "people"
    assert metadata["act"] == "zone-set"
    assert metadata["language"] == "json"
    assert metadata["reply-with"] not in ("", first.message_id)


# What is not understood.


UNREADABLE = {
    "an unknown act": ({}, '{"act": "sing"}', "sing"),
    "an act that no role plays": ({}, None, "sing"),
    "a word that is no act": ({}, None, "zone-set"),
    "nothing but the act": ({}, '{"act": "set-zone"}', None),
    "a wrong type": ({}, '{"act": "set-zone", "person_id": 7, "zone": "UTC"}', None),
    "no JSON": ({}, "not json at all", None),
    "no content": ({}, "", None),
    "a hostile depth": ({}, "[" * 100_000, None),
    "another protocol": ({"protocol": "fipa-query"}, None, None),
    "an unknown protocol": ({"protocol": "fipa-something"}, None, None),
    "no protocol": ({"protocol": ""}, None, None),
}


async def test_what_no_role_can_read_is_not_understood(asked, raw):
    for n, (why, (changed, body, act)) in enumerate(UNREADABLE.items(), start=1):
        raw.ask(opening(**changed), body, act)
        await raw.hears_all(n)
        performative, content = raw.told[-1]
        assert (performative, type(content)) == ("not-understood", UnknownContent), why

    assert asked.role.times == 0
    raw.ask(opening())
    await raw.hears("zone-set")


async def test_metadata_that_is_missing_breaks_nothing(asked, raw):
    for field in ("conversation-id", "reply-with", "language", "act"):
        whole = acl_stanza(opening(), PEOPLE.encode(moving()))
        before, _, after = whole.partition(f'<field var="{field}"')
        raw.stream.send_raw(before + after.partition("</field>")[2])

    raw.ask(opening(conversation="the last"))
    await raw.until(
        lambda: any("the last" in str(metadata_of(each)) for each in raw.stanzas) or None,
        "the answer to the last",
        SOON,
    )


async def test_a_performative_that_nobody_speaks_is_dropped(asked, raw):
    whole = acl_stanza(opening(), PEOPLE.encode(moving()))
    for performative in ("sing", "", "REQUEST"):
        raw.stream.send_raw(whole.replace(">request<", f">{performative}<"))
    raw.ask(opening())
    await raw.hears("zone-set")

    assert raw.told == [("inform", ZoneSet(zone="UTC"))]
    assert asked.role.times == 1


async def test_answers_to_nothing_that_was_asked_are_passed_over(asked, raw):
    for performative in ("inform", "agree", "failure", "cancel", "accept-proposal"):
        raw.ask(opening(performative=Performative(performative)))
    raw.ask(opening())
    await raw.hears("zone-set")

    assert raw.told == [("inform", ZoneSet(zone="UTC"))]


# Who may speak.


async def test_an_agent_that_may_not_open_this_is_refused(house, asked):
    for name in ("reminder", "notifier", "directory", "operator"):
        account = await house.prosody.account(name)
        async with Raw(account, resource="raw") as other:
            other.ask(opening(sender=name))
            await other.hears_all(1)

            assert other.told == [("refuse", NotAuthorised())]
    assert asked.role.times == 0


async def test_an_ontology_that_nobody_speaks_is_not_even_refused(asked, raw):
    raw.ask(opening(ontology="medicine"), "{}")
    raw.ask(opening())
    await raw.hears("zone-set")

    assert raw.told == [("inform", ZoneSet(zone="UTC"))]


async def test_somebody_who_is_no_agent_gets_no_answer_to_agent_talk(house, asked, raw):
    somebody = await house.prosody.account(unique("somebody"))
    async with Raw(somebody) as stranger:
        for performative in Performative:
            stranger.ask(opening(performative=performative))
        # What agents say meanwhile is answered.
        raw.ask(opening())
        await raw.hears("zone-set")

        assert stranger.heard == []
    assert asked.role.times == 1


async def test_nobody_can_claim_in_a_message_to_be_another(house, asked, raw):
    somebody = await house.prosody.account(unique("somebody"))
    async with Raw(somebody) as stranger:
        stanza = acl_stanza(opening(), PEOPLE.encode(moving()))
        claimed = stanza.replace("<message ", "<message from='planner@localhost/steward' ")
        stranger.stream.send_raw(claimed)
        raw.ask(opening())
        await raw.hears("zone-set")

    assert asked.role.times == 1


# What goes wrong inside.


async def test_a_role_that_breaks_goes_on_being_played(asked, raw):
    for error in (OSError("broken"), RecursionError()):
        asked.role.error = error
        raw.ask(opening())
        await raw.hears("unexpected")

        asked.role.error = None
        raw.ask(opening())
        await raw.hears("zone-set")


async def test_a_role_without_its_server_is_silent_and_answers_when_asked_again(asked, raw):
    asked.role.error = ServerError("away")
    said = opening()
    raw.ask(said)
    await eventually(lambda: asked.role.times == 1, "it was tried", SOON)

    asked.role.error = None
    raw.ask(said)
    await raw.hears("zone-set")


async def test_a_role_that_declines_says_why(house, asked):
    asked.role.error = Refused(NoSuchPerson())
    planner = await house.speaker(AgentName.PLANNER)
    await house.start(planner)

    with pytest.raises(Refused) as no:
        await planner.request(PEOPLE, moving(), AgentName.ASSISTANT)
    assert no.value.reason == NoSuchPerson()


def carried(agent, kind):
    return [behaviour for behaviour in agent.behaviours if isinstance(behaviour, kind)]


def named(agent, name):
    return next(each for each in agent.behaviours if str(each) == name)


async def test_a_role_that_is_killed_is_taken_up_anew(asked, raw):
    killed = named(asked, "fipa-request/SetZoneSlowly")

    killed.kill()
    await eventually(
        lambda: named(asked, str(killed)) is not killed, "the role is taken up anew", SOON
    )
    raw.ask(opening())

    await raw.hears("zone-set")
    assert len([each for each in asked.behaviours if str(each) == str(killed)]) == 1


async def test_a_conversation_goes_on_although_its_role_is_killed(asked, raw):
    asked.role.may.clear()
    raw.ask(opening())
    await raw.hears("agreed")

    named(asked, "fipa-request/SetZoneSlowly").kill()
    asked.role.may.set()

    await raw.hears("zone-set")


async def test_messages_that_a_killed_role_had_not_read_are_not_lost(asked, raw):
    asked.role.may.clear()
    for _ in range(5):
        raw.ask(opening())
    await raw.hears_all(1)
    named(asked, "fipa-request/SetZoneSlowly").kill()
    for _ in range(5):
        raw.ask(opening())
    asked.role.may.set()

    async with asyncio.timeout(SOON):
        while raw.count("zone-set") < 10:
            await raw.news()


async def test_whatever_is_killed_comes_back(asked, raw):
    kinds = (RepliesBehaviour, NotUnderstoodBehaviour, DutyBehaviour)
    before = carried(asked, kinds)

    for behaviour in before:
        behaviour.kill()

    def all_are_back():
        now = carried(asked, kinds)
        return len(now) == len(before) and not set(now) & set(before)

    # A duty that waits for something ends when that comes.
    raw.ask(opening())
    await raw.hears("zone-set")
    await eventually(all_are_back, "all are back", SOON)


async def test_a_duty_gets_no_mail(asked, raw):
    for _ in range(10):
        raw.ask(opening())
    await raw.hears_all(10)

    assert [behaviour.mailbox_size() for behaviour in carried(asked, DutyBehaviour)] == [0]


async def test_every_message_is_noted_in_the_journal_once(house, asked):
    planner = await house.speaker(AgentName.PLANNER)
    await house.start(planner)
    await planner.request(PEOPLE, moving("UTC"), AgentName.ASSISTANT)
    for agent in (planner, asked):
        await house.stop(agent)

    entries = [entry for entry in house.journal.entries.values() if entry.ontology == "people"]
    assert sorted(entry.performative for entry in entries) == ["inform", "request"]
    request = next(entry for entry in entries if entry.performative == "request")
    assert request.sender == "planner@localhost"
    assert request.receiver == "assistant@localhost"
    assert request.act == "set-zone"


async def test_an_agent_that_stops_leaves_no_work_behind(house):
    before = asyncio.all_tasks()
    role = SetZoneSlowly()
    role.may.clear()
    agent = await house.speaker(AgentName.ASSISTANT, role)
    await house.start(agent)
    async with Raw(await house.prosody.account("planner"), resource="raw") as raw:
        raw.ask(opening())
        await raw.hears("agreed")

    await house.stop(agent)

    await eventually(
        lambda: asyncio.all_tasks() <= before, lambda: str(asyncio.all_tasks() - before), SOON
    )


async def test_a_wrong_password_ends_the_start_with_why(house):
    account = await house.account("planner")
    agent = Speaker(replace(account, password="wrong"), AgentName.PLANNER, house.minutes)

    with pytest.raises(ServerError, match="refused our password"):
        await agent.start()


async def test_the_directory_may_ask_itself(house):
    directory = await house.directory()
    await house.start(directory)
    told = await query(
        directory.conversations,
        DIRECTORY,
        WhoOffers(service="directory"),
        to=directory.address,
        conversation="c1",
        within=5,
    )

    assert [provider.agent for provider in told.providers] == [directory.address]
