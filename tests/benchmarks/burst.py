"""(b) 10,000 reminders due in one second, until the person's client holds them all.

The baseline is one slixmpp client that writes 10,000 messages through the same Prosody without
waiting, until another client holds them all. Its account has an archive like the assistant's
(XEP-0313): the server pays for that whoever sends, so that the ratio shows what the agents add.
The figure against an account without an archive stands beside it, under the same aim.
"""

from __future__ import annotations

import time
from datetime import timedelta

from tests.acceptance.database import RunningDatabase
from tests.acceptance.household import settle_in
from tests.acceptance.installation import Installation
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.peer import ARCHIVED
from tests.benchmarks.raw import RawClient
from tests.benchmarks.stage import peer, running_home
from tests.benchmarks.stock import write
from tests.clients.hearing import Account

TITLE = "(b) 10,000 reminders due at one instant, until the person's client holds them"
COUNT = 10_000
ROUNDS = 3
KEPT = (ARCHIVED, "unarchived")
WITHIN = 180.0
LEAD = timedelta(seconds=6)
"""Enough to write them all down before they are due."""


async def measure() -> list[Figure]:
    """Take turns, with people of their own each time, and compare the medians."""
    rounds = range(ROUNDS)
    reminders: list[float] = []
    raw: dict[str, list[float]] = {kept: [] for kept in KEPT}
    with running_home() as home:
        people = await settle_in(home, [f"person{n}" for n in rounds])
        senders = await settle_in(home, [f"{kept}-sender" for kept in KEPT], known=False)
        others = {kept: await settle_in(home, [f"{kept}{n}" for n in rounds]) for kept in KEPT}
        for n in rounds:
            reminders.append(await _reminders(home, people[n]))
            for kept, sender in zip(KEPT, senders, strict=True):
                raw[kept].append(await _stanzas(sender, others[kept][n], kept))
    took = percentile(reminders, 0.5)
    fair, bare = (percentile(raw[kept], 0.5) for kept in KEPT)
    turns = zip(reminders, *raw.values(), strict=True)
    listed = ", ".join("/".join(f"{each:.2f}" for each in turn) for turn in turns)
    return [
        Figure("until the last is held", took, "s", baseline=fair,
               against="10,000 raw stanzas, account archived like the assistant's, s",
               aim=3.0, of_ratio=True,
               note=f"medians of {ROUNDS} rounds taken in turns (reminders/raw archived/"
               f"raw unarchived): {listed}"),
        Figure("until the last is held", took, "s", baseline=bare,
               against="10,000 raw stanzas, account without an archive, s",
               aim=3.0, of_ratio=True),
        Figure("reminders a second", COUNT / took, "/s", baseline=COUNT / fair,
               against="raw stanzas archived, /s"),
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


async def _stanzas(sender: Account, person: Account, kept: str) -> float:
    """Return the seconds one slixmpp client needs to have another hold as many messages."""
    async with (
        RawClient(person, "raw") as client,
        peer(sender, "flood", person.jid, str(COUNT), "⏰ do task", kept) as begin,
    ):
        began = time.time()
        begin.write(b"go\n")
        await client.hold(COUNT, WITHIN)
        return client.heard_last - began
