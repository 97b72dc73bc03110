"""(j) Reminders that nobody answers, from channel to channel until all is tried."""

from __future__ import annotations

import time
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import asyncpg

from agents.servers import servers
from behaviours.fipa.contract_net import Participant
from behaviours.fipa.exchange import Role
from behaviours.fipa.query import QueryResponder
from behaviours.fipa.request import RequestResponder
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from config.home import Home
from config.settings import Settings
from ontology.acl import Refused
from ontology.notifications import acts
from ontology.notifications.acts import NOTIFICATIONS
from ontology.notifications.concepts import Attempted, Channel, Outcome
from ontology.permissions import AgentName
from ontology.policy.acts import POLICY, PlansDecided, WhichPlans
from ontology.policy.concepts import Notice, Plan, Step
from tests.acceptance.database import RunningDatabase, address
from tests.acceptance.household import settle_in
from tests.acceptance.installation import Installation
from tests.agents.house import Speaker
from tests.benchmarks.figures import Figure
from tests.benchmarks.stage import empty_home
from tests.benchmarks.stock import write
from tests.clients.waiting import eventually
from tests.fakes.journal import FakeJournal

TITLE = (
    "(j) 1,000 reminders that nobody answers: chat, Telegram, call, and the last word in chat"
)
COUNT = 1_000
PEOPLE = 20
LEAD = timedelta(seconds=5)
WITHIN = 300.0
SEED_AN_HOUR = 100.0
BATCH = 200
STEPS = (Channel.CHAT, Channel.TELEGRAM, Channel.CALL)
TOLD_EACH = len(STEPS) + 1
"""Each step, and the word in chat that nobody has answered."""

FAKED = {
    Channel.CHAT: AgentName.ASSISTANT,
    Channel.TELEGRAM: AgentName.TELEGRAM,
    Channel.CALL: AgentName.PHONE,
}
PLAIN = """
CREATE TABLE plain_chains (id integer PRIMARY KEY, step smallint, ready_at timestamptz,
                           body text NOT NULL);
CREATE TABLE plain_attempts (id integer, step smallint, outcome text, ended_at timestamptz,
                             PRIMARY KEY (id, step))
"""
PLAIN_BEGIN = """
INSERT INTO plain_chains SELECT n, 0, clock_timestamp(), repeat('x', 600)
FROM generate_series($1::integer, $2::integer) n
"""
PLAIN_TRY = """
INSERT INTO plain_attempts SELECT n, $3, 'attempting'
FROM generate_series($1::integer, $2::integer) n
"""
PLAIN_SETTLE = """
UPDATE plain_attempts SET outcome = 'sent', ended_at = clock_timestamp()
WHERE id BETWEEN $1 AND $2 AND step = $3
"""
PLAIN_GO_ON = """
UPDATE plain_chains SET step = $3 + 1, ready_at = clock_timestamp()
WHERE id BETWEEN $1 AND $2
"""


class Deliver(Participant[acts.CallForDelivery, acts.DeliveryBid,
                          acts.DeliverMessages, acts.MessagesDelivered]):  # fmt: skip
    """A channel that has told everybody at once."""

    vocabulary = NOTIFICATIONS
    call = acts.CallForDelivery

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    async def bid(self, call: acts.CallForDelivery) -> acts.DeliveryBid:
        if self._channel not in call.channels:
            raise Refused(acts.CannotReach())
        return acts.DeliveryBid(
            channel=self._channel, reachable_now=True, expected_delay=0.0, cost=0.0
        )

    async def perform(self, work: acts.DeliverMessages) -> acts.MessagesDelivered:
        told = tuple(Attempted(id=i.id, outcome=Outcome.SENT) for i in work.notifications)
        return acts.MessagesDelivered(channel=self._channel, outcomes=told)


class Say(RequestResponder[acts.SayText, acts.TextSaid]):
    """Chat that has said everything at once."""

    vocabulary = NOTIFICATIONS
    action = acts.SayText

    async def perform(self, action: acts.SayText, asker: str) -> acts.TextSaid:
        return acts.TextSaid()


class Decide(QueryResponder[WhichPlans, PlansDecided]):
    """A policy by which everybody is told by every channel, without a pause between."""

    vocabulary = POLICY
    question = WhichPlans

    async def tell(self, question: WhichPlans, asker: str) -> PlansDecided:
        steps = tuple(Step(channels=(each,), wait=timedelta(0)) for each in STEPS)
        plan = Plan(notices=(Notice(at=question.now, steps=steps),))
        return PlansDecided(plans=(plan,), of=(0,) * len(question.matters))


async def measure() -> list[Figure]:
    with empty_home() as home:
        home.start_servers()
        people = await settle_in(home, [f"person{n}" for n in range(PEOPLE)])
        database = await RunningDatabase.open(home)
        async with AsyncExitStack() as stack:
            home.start_agents(("directory", "reminder", "notifier"))
            await _faked(home, stack)
            due = await database.now() + LEAD
            for person in people:
                await write(database, person.jid, COUNT // PEOPLE, due)
            assert await database.now() < due, "they were due before all were written"
            took = await _until_exhausted(database) - due.timestamp()
        plain = await _plain(address(home))
        await database.close()
    rate = COUNT * TOLD_EACH / took
    return [
        Figure("notifications a second", rate, "/s", baseline=SEED_AN_HOUR / 3_600,
               against="the seed figure of 100 an hour, /s", aim=1.0, of_ratio=True,
               more_is_better=True,
               note=f"{COUNT} chains of {TOLD_EACH} in {took:.2f} s, channels faked"),
        Figure("the same", rate, "/s", baseline=COUNT * TOLD_EACH / plain,
               against="the same chains as bare SQL, batches of 200, no messages, /s"),
    ]  # fmt: skip


async def _faked(home: Installation, stack: AsyncExitStack) -> None:
    settings = Settings(home=home.home, xmpp_port=0, http_port=0)
    addresses = await stack.enter_async_context(servers(settings, Home(home.home), parts=()))
    roles: dict[AgentName, tuple[Role, ...]] = {
        name: (Deliver(channel), *((Say(),) if channel is Channel.CHAT else ()))
        for channel, name in FAKED.items()
    }
    services: dict[AgentName, tuple[str, ...]] = {
        name: ("delivery", channel.value) for channel, name in FAKED.items()
    }
    roles[AgentName.POLICY], services[AgentName.POLICY] = (Decide(),), ("policy",)
    accounts = await addresses.accounts(list(roles))
    journal = WriteJournal(FakeJournal())
    for name, played in roles.items():
        account = Account(
            accounts[name].jid,
            accounts[name].password,
            addresses.xmpp_host,
            addresses.xmpp_port,
            Path(str(addresses.ca_file)),
        )
        agent = Speaker(account, name, journal, *played, services=services[name])
        stack.push_async_callback(agent.stop)
        await agent.start()


async def _until_exhausted(database: RunningDatabase) -> float:
    """Return when the last chain had ended, by the database's clock."""

    async def over() -> Any:
        ended = "SELECT count(*) FROM chains WHERE ended_at IS NOT NULL"
        return await database.value(ended) == COUNT

    await eventually(over, "every chain has ended", WITHIN)
    made = await database.value("SELECT count(*) FROM attempts WHERE outcome = 'sent'")
    assert made == COUNT * TOLD_EACH, f"{made} attempts"
    last = await database.value("SELECT max(ended_at) FROM chains")
    return float(last.timestamp())


async def _plain(url: str) -> float:
    """Return the seconds in which one connection writes as many chains and attempts."""
    connection = await asyncpg.connect(url)
    await connection.execute(PLAIN)
    began = time.perf_counter()
    for first in range(1, COUNT, BATCH):
        batch = first, first + BATCH - 1
        await connection.execute(PLAIN_BEGIN, *batch)
        for step in range(TOLD_EACH):
            await connection.execute(PLAIN_TRY, *batch, step)
            await connection.execute(PLAIN_SETTLE, *batch, step)
            await connection.execute(PLAIN_GO_ON, *batch, step)
    took = time.perf_counter() - began
    await connection.close()
    return took
