"""``steward person``: who the assistant works for."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable, Callable
from uuid import uuid4

from agents.servers import Account, Addresses, servers
from config.home import Home
from config.logging import configure
from config.settings import Settings
from ontology.errors import AddressTaken, SettingsError, UnknownZone
from ontology.people.concepts import Person
from ontology.people.ports import People
from ontology.permissions import AgentName
from ontology.time.concepts import zone_named

LOCAL_PART = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
BARE_JID = re.compile(r"[^\s/@\"&'<>:]+@[^\s/@\"&'<>]+")
LONGEST_NAME = 100
LONGEST_JID = 2047
"""Octets of a bare address (RFC 7622): 1023 before the @, 1023 behind it."""

Work = Callable[[People, Addresses], Awaitable[str]]


def add(name: str, zone: str | None, jid: str | None) -> int:
    """Add a person, by an address they have or with a new account on our server."""
    settings = Settings.read()
    _check_name(name)
    person = Person(id=uuid4(), name=name, zone=_zone(zone or settings.timezone))

    async def work(people: People, addresses: Addresses) -> str:
        account = None if jid else await addresses.account(_local_part(name))
        address = _bare(jid) if jid else _jid(account)
        try:
            await people.add(person, address)
        except AddressTaken as error:
            raise SettingsError(f"{error}; see “steward person list”") from error
        password = f", password in {account.password_file}" if account else ""
        return f"{name} added: {address}{password}"

    return _with_people(settings, Home(settings.home).create(), work)


def show() -> int:
    """List everybody."""

    async def work(people: People, addresses: Addresses) -> str:
        lines = [
            f"{person.name}\t{person.zone}\t{', '.join(linked)}"
            for person, linked in await people.everybody()
        ]
        return "\n".join(lines) or "Nobody yet; “steward run” adds the owner."

    settings = Settings.read()
    return _with_people(settings, _home_of_people(settings), work)


def link(name: str, jid: str) -> int:
    """Link one more address to a person."""

    async def work(people: People, addresses: Addresses) -> str:
        found = [person for person, _ in await people.everybody() if person.name == name]
        if len(found) != 1:
            how_many = "Nobody" if not found else "More than one person"
            raise SettingsError(f"{how_many} is called {name!r}; see “steward person list”")
        address = _bare(jid)
        try:
            await people.link(found[0].id, address)
        except AddressTaken as error:
            raise SettingsError(f"{error}; see “steward person list”") from error
        return f"{address} is {name} now"

    settings = Settings.read()
    return _with_people(settings, _home_of_people(settings), work)


def _home_of_people(settings: Settings) -> Home:
    """Return the home whose people these are; a database elsewhere may be older than it."""
    home = Home(settings.home)
    return home.existing() if settings.database_url is None else home.create()


def _with_people(settings: Settings, home: Home, work: Work) -> int:
    configure("warning")
    said = asyncio.run(_in_home(settings, home, work))
    sys.stdout.write(f"{said}\n")
    return 0


async def _in_home(settings: Settings, home: Home, work: Work) -> str:
    from storage.database import Database
    from storage.people import PostgresPeople

    async with servers(settings, home) as addresses:
        database = await Database.open(addresses.database_url, migrate=True)
        try:
            return await work(PostgresPeople(database), addresses)
        finally:
            await database.close()


def _check_name(name: str) -> None:
    if not name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        raise SettingsError(
            f"{name[:LONGEST_NAME]!r} is no name: take up to {LONGEST_NAME} characters that "
            "can be printed, and not only spaces"
        )


def _local_part(name: str) -> str:
    local = name.lower()
    if not LOCAL_PART.fullmatch(local) or local in set(AgentName):
        raise SettingsError(
            f"{name!r} cannot be the local part of an address: take letters, digits, dot, dash "
            "or underscore, and no name of an agent; or give --jid"
        )
    return local


def _bare(jid: str) -> str:
    if not BARE_JID.fullmatch(jid) or not jid.isprintable() or len(jid) > LONGEST_JID:
        raise SettingsError(f"{jid!r} is no bare XMPP address like somebody@example.org")
    if jid.partition("@")[0].lower() in set(AgentName):
        raise SettingsError(f"{jid!r} is the address of an agent; link one of a person")
    return jid.lower()


def _jid(account: Account | None) -> str:
    return account.jid if account else ""


def _zone(name: str) -> str:
    try:
        zone_named(name)
    except UnknownZone as error:
        raise SettingsError(f"--zone: {error}") from error
    return name
