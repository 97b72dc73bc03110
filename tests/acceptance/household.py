"""People of a running installation, made beforehand and handed out one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

from agents.servers import servers
from config.home import Home
from config.settings import Settings
from ontology.people.concepts import Person
from storage.database import Database
from storage.people import PostgresPeople
from tests.acceptance.installation import Installation
from tests.clients.hearing import Account

ZONE = "Europe/Berlin"


class Household:
    """The installation with people who have nothing on their minds yet."""

    def __init__(self, installation: Installation, accounts: list[Account]) -> None:
        self.installation = installation
        self._accounts = iter(accounts)

    @property
    def assistant(self) -> str:
        return self.installation.assistant

    def newcomer(self) -> Account:
        """Somebody the assistant works for."""
        return next(self._accounts)


def settle(
    installation: Installation, names: list[str], *, known: bool = True
) -> list[Account]:
    """Give people accounts on the server and, if ``known``, a place in the household."""
    return asyncio.run(settle_in(installation, names, known=known))


async def settle_in(
    installation: Installation, names: Sequence[str], *, known: bool = True
) -> list[Account]:
    """Do the same within a loop; only the servers need to run."""
    settings = Settings(home=installation.home, xmpp_port=0, http_port=0, timezone=ZONE)
    async with servers(settings, Home(installation.home), parts=()) as addresses:
        made = await addresses.accounts(names)
        if known:
            database = await Database.open(addresses.database_url, migrate=True)
            people = PostgresPeople(database)
            for name in names:
                person = Person(id=uuid4(), name=name.capitalize(), zone=ZONE)
                await people.add(person, made[name].jid)
            await database.close()
        return [
            Account(
                jid=made[name].jid,
                password=made[name].password,
                host=addresses.xmpp_host,
                port=addresses.xmpp_port,
                ca_file=str(addresses.ca_file),
            )
            for name in names
        ]
