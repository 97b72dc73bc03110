"""``steward person``: who the assistant works for."""

from __future__ import annotations

import re
from uuid import uuid4

from agents.commands.household import Household, home_of_people, in_household
from agents.servers import Account
from config.home import Home
from config.settings import Settings
from ontology.errors import AddressTaken, NotAnAddress, SettingsError, UnknownZone
from ontology.people.addresses import XMPP, normalised, scheme_of
from ontology.people.concepts import Person
from ontology.permissions import AgentName
from ontology.time.concepts import zone_named

LOCAL_PART = re.compile(r"[a-z0-9][a-z0-9._-]{0,62}")
BARE_JID = re.compile(r"[^\s/@\"&'<>:]+@[^\s/@\"&'<>]+")
LONGEST_NAME = 100
LONGEST_JID = 2047
"""Octets of a bare address (RFC 7622): 1023 before the @, 1023 behind it."""


def add(name: str, zone: str | None, jid: str | None) -> int:
    """Add a person, by an address they have or with a new account on our server."""
    settings = Settings.read()
    _check_name(name)
    person = Person(id=uuid4(), name=name, zone=_zone(zone or settings.timezone))

    async def work(household: Household) -> str:
        account = None if jid else await household.addresses.account(_local_part(name))
        address = _bare(jid) if jid else _jid(account)
        try:
            await household.people.add(person, address)
        except AddressTaken as error:
            raise SettingsError(f"{error}; see “steward person list”") from error
        password = f", password in {account.password_file}" if account else ""
        return f"{name} added: {address}{password}"

    return in_household(settings, Home(settings.home).create(), work)


def show() -> int:
    """List everybody."""

    async def work(household: Household) -> str:
        lines = [
            f"{person.name}\t{person.zone}\t{', '.join(linked)}"
            for person, linked in await household.people.everybody()
        ]
        return "\n".join(lines) or "Nobody yet; “steward run” adds the owner."

    settings = Settings.read()
    return in_household(settings, home_of_people(settings), work)


def link(name: str, address: str) -> int:
    """Link one more address to a person; the operator's word proves that it is theirs."""
    written = _written(address)

    async def work(household: Household) -> str:
        person = await household.named(name)
        try:
            await household.people.link(person.id, written)
        except AddressTaken as error:
            raise SettingsError(f"{error}; see “steward person list”") from error
        return f"{written} is {name} now"

    settings = Settings.read()
    return in_household(settings, home_of_people(settings), work)


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


def _written(address: str) -> str:
    if scheme_of(address) == XMPP:
        return _bare(address)
    try:
        return normalised(address)
    except NotAnAddress as error:
        raise SettingsError(str(error)) from error


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
