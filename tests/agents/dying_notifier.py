"""A program for tests: the notifier in a process of its own, which may kill itself at a point.

Standard input holds one line of JSON: the database, the account, and the point, such as
"settled:1" – after the outcome of step 1 was committed – or "" for none.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from agents.notifier import NotifierAgent
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from config.logging import configure
from ontology.acl import Envelope
from ontology.notifications.acts import DeliverMessages
from storage.chains import PostgresChains
from storage.database import Database
from storage.deliveries import PostgresDeliveries
from storage.journal import PostgresJournal

ON_ITS_WAY = 0.1
"""Seconds in which a stanza leaves; died before, it is as if it had not been awarded."""


class Death:
    """What the process dies of."""

    def __init__(self, point: str) -> None:
        self._point = point

    def at(self, point: str) -> None:
        if point == self._point:
            os.kill(os.getpid(), signal.SIGKILL)


class DyingChains(PostgresChains):
    """Chains whose holder may die before or after each commit."""

    death: Death

    async def begin(self, *given: Any) -> Any:
        begun = await super().begin(*given)
        self.death.at("written:0")
        return begun

    async def attempt(self, token: Any, chains: Any, *given: Any) -> Any:
        tried = await super().attempt(token, chains, *given)
        self.death.at(f"written:{chains[0].step}")
        return tried

    async def settle(self, token: Any, over: Any, channel: Any, step: int, wait: Any) -> Any:
        self.death.at(f"answered:{step}")
        ended = await super().settle(token, over, channel, step, wait)
        self.death.at(f"settled:{step}")
        return ended

    async def end(self, *given: Any) -> None:
        self.death.at("taken back")
        await super().end(*given)
        self.death.at("ended")


class DyingDeliveries(PostgresDeliveries):
    """Deliveries whose keeper may die before an answer is noted."""

    death: Death

    async def learnt(self, *given: Any, **known: Any) -> bool:
        self.death.at("closed")
        news = await super().learnt(*given, **known)
        self.death.at("acknowledged")
        return news


class DyingNotifier(NotifierAgent):
    """A notifier that may die when it has awarded a step."""

    death: Death

    async def say(self, envelope: Envelope[Any]) -> None:
        await super().say(envelope)
        if isinstance(envelope.content, DeliverMessages):
            await asyncio.sleep(ON_ITS_WAY)
            self.death.at(f"awarded:{envelope.content.step}")


async def work() -> None:
    given = json.loads(sys.stdin.readline())
    configure("warning")
    database = await Database.open(given["database_url"])
    account = Account(**given["account"] | {"ca_file": Path(given["account"]["ca_file"])})
    DyingChains.death = DyingDeliveries.death = DyingNotifier.death = Death(given["point"])
    agent = DyingNotifier(
        account,
        journal=WriteJournal(PostgresJournal(database)),
        deliveries=DyingDeliveries(database),
        chains=DyingChains(database),
    )
    await agent.start()
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(work())
