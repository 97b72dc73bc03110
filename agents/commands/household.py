"""What the subcommands about people share: the database of the home, and who is called what."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from agents.servers import Addresses, servers
from config.home import Home
from config.logging import configure
from config.settings import Settings
from ontology.errors import SettingsError
from ontology.people.concepts import Person
from ontology.people.ports import People
from ontology.policy.ports import PreferenceBook


@dataclass(frozen=True)
class Household:
    """The people, what they prefer, and where the servers are."""

    people: People
    preferences: PreferenceBook
    addresses: Addresses

    async def named(self, name: str) -> Person:
        """Return the one person of this name. Raises SettingsError."""
        found = [person for person, _ in await self.people.everybody() if person.name == name]
        if len(found) != 1:
            how_many = "Nobody" if not found else "More than one person"
            raise SettingsError(f"{how_many} is called {name!r}; see “steward person list”")
        return found[0]


Work = Callable[[Household], Awaitable[str]]


def home_of_people(settings: Settings) -> Home:
    """Return the home whose people these are; a database elsewhere may be older than it."""
    home = Home(settings.home)
    return home.existing() if settings.database_url is None else home.create()


def in_household(settings: Settings, home: Home, work: Work) -> int:
    """Do work with the people of a home, print what it returns, and return the exit code."""
    configure("warning")
    said = asyncio.run(_in_home(settings, home, work))
    sys.stdout.write(f"{said}\n")
    return 0


async def _in_home(settings: Settings, home: Home, work: Work) -> str:
    from storage.database import Database
    from storage.people import PostgresPeople
    from storage.preferences import PostgresPreferenceBook

    async with servers(settings, home) as addresses:
        database = await Database.open(addresses.database_url, migrate=True)
        try:
            people, preferences = PostgresPeople(database), PostgresPreferenceBook(database)
            return await work(Household(people, preferences, addresses))
        finally:
            await database.close()
