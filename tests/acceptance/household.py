"""People of a running installation, made beforehand and handed out one by one."""

from __future__ import annotations

import asyncio
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
    installation: Installation, names: list[str], *, known: bool = True, zone: str = ZONE
) -> list[Account]:
    """Give people accounts on the server and, if ``known``, a place in the household."""
    return asyncio.run(_settle(installation, names, known, zone))


async def _settle(
    installation: Installation, names: list[str], known: bool, zone: str
) -> list[Account]:
    settings = Settings(home=installation.home, xmpp_port=0, http_port=0, timezone=zone)
    home = Home(installation.home)
    async with servers(settings, home, parts=()) as addresses:
        made = await addresses.accounts(names)
        if known:
            database = await Database.open(addresses.database_url)
            people = PostgresPeople(database)
            for name in names:
                person = Person(id=uuid4(), name=name.capitalize(), zone=zone)
                await people.add(person, made[name].jid)
            await database.close()
    return [installation.account(made[name].jid, made[name].password) for name in names]
