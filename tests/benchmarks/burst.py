"""(b) 10,000 reminders due in one second, until the person's client holds them all."""

from __future__ import annotations

import time
from datetime import timedelta

from tests.acceptance.database import RunningDatabase
from tests.acceptance.household import settle_in
from tests.acceptance.installation import Installation
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.raw import RawClient
from tests.benchmarks.stage import peer, running_home
from tests.benchmarks.stock import write
from tests.clients.hearing import Account

TITLE = "(b) 10,000 reminders due at one instant, until the person's client holds them"
COUNT = 10_000
ROUNDS = 3
WITHIN = 180.0
LEAD = timedelta(seconds=6)
"""Enough to write them all down before they are due."""


async def measure() -> list[Figure]:
    """Take turns, with people of their own each time, and compare the medians."""
    names = [f"person{number}" for number in range(ROUNDS)]
    with running_home() as home:
        people = await settle_in(home, names)
        others = await settle_in(home, [f"other-{name}" for name in names])
        (sender,) = await settle_in(home, ["sender"], known=False)
        reminders, stanzas = [], []
        for person, other in zip(people, others, strict=True):
            reminders.append(await _reminders(home, person))
            stanzas.append(await _stanzas(sender, other))
    took, raw = percentile(reminders, 0.5), percentile(stanzas, 0.5)
    rounds = ", ".join(f"{a:.2f}/{b:.2f}" for a, b in zip(reminders, stanzas, strict=True))
    return [
        Figure("until the last is held", took, "s", baseline=raw,
               against="10,000 raw stanzas, s", aim=3.0, of_ratio=True,
               note=f"medians of {ROUNDS} rounds taken in turns: {rounds}"),
        Figure("reminders a second", COUNT / took, "/s", baseline=COUNT / raw,
               against="raw stanzas, /s"),
    ]  # fmt: skip


async def _reminders(home: Installation, person: Account) -> float:
    """Return the seconds from the instant they are due to the last one heard."""
    database = await RunningDatabase.open(home)
    async with RawClient(person, "raw") as client:
        await client.round_trip(home.assistant, "hello")
        due = await database.now() + LEAD
        await write(database, person.jid, COUNT, due)
        assert await database.now() < due, "they were due before all were written"
        await client.hold(COUNT + 1, WITHIN)
        took = client.heard_last - due.timestamp()
        rung = {body for body in client.bodies if "do task" in body}
    await database.close()
    assert len(rung) == len(client.bodies) - 1 == COUNT, f"{len(rung)} of {COUNT} different"
    return took


async def _stanzas(sender: Account, person: Account) -> float:
    """Return the seconds one slixmpp client needs to have another hold as many messages."""
    async with (
        RawClient(person, "raw") as client,
        peer(sender, "flood", person.jid, str(COUNT), "⏰ do task") as begin,
    ):
        began = time.time()
        begin.write(b"go\n")
        await client.hold(COUNT, WITHIN)
        return client.heard_last - began
