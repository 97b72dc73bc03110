"""People and their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.errors import AddressTaken, NotAnAddress
from ontology.people.addresses import XMPP, normalised, scheme_of
from ontology.people.concepts import Person
from ontology.people.ports import BadAddress
from storage.changes import keeping
from storage.database import Repository, reads, writes, writes_at_once
from storage.schema import addresses, now, people, strangers

PERSON = (people.c.id, people.c.name, people.c.zone, people.c.locale)


class PostgresPeople(Repository):
    """Implements :class:`ontology.people.ports.People`. Addresses are kept in normal form."""

    @reads
    async def at(self, connection: AsyncConnection, address: str) -> Person | None:
        query = select(*PERSON).join(addresses).where(addresses.c.address == _known_as(address))
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else person_of(row)

    @reads
    async def person(self, connection: AsyncConnection, person_id: UUID) -> Person | None:
        query = select(*PERSON).where(people.c.id == person_id)
        row = (await connection.execute(query)).one_or_none()
        return None if row is None else person_of(row)

    @reads
    async def everybody(
        self, connection: AsyncConnection
    ) -> Sequence[tuple[Person, Sequence[str]]]:
        query = (
            select(*PERSON, addresses.c.address)
            .join(addresses)
            .order_by(people.c.name, people.c.id, addresses.c.seq)
        )
        rows = (await connection.execute(query)).all()
        return [
            (person, [row.address for row in linked])
            for person, linked in groupby(rows, key=person_of)
        ]

    @reads
    async def addresses(
        self, connection: AsyncConnection, person_id: UUID, scheme: str = XMPP
    ) -> Sequence[str]:
        query = (
            select(addresses.c.address)
            .where(addresses.c.person_id == person_id, addresses.c.scheme == scheme)
            .where(addresses.c.bad_since.is_(None))
            .order_by(addresses.c.seq)
        )
        return (await connection.scalars(query)).all()

    @writes
    async def add(self, connection: AsyncConnection, person: Person, address: str) -> None:
        values = person.model_dump()
        await connection.execute(insert(people).values(values).on_conflict_do_nothing())
        await _link(connection, person.id, address)

    @writes
    async def link(self, connection: AsyncConnection, person_id: UUID, address: str) -> None:
        await _link(connection, person_id, address)

    @writes_at_once
    async def unlink(
        self, connection: AsyncConnection, person_id: UUID, scheme: str
    ) -> Sequence[str]:
        gone = delete(addresses).where(
            addresses.c.person_id == person_id, addresses.c.scheme == scheme
        )
        if scheme == XMPP:
            theirs = addresses.alias()
            first = select(func.min(theirs.c.seq)).where(
                theirs.c.person_id == person_id, theirs.c.scheme == scheme
            )
            gone = gone.where(addresses.c.seq > first.scalar_subquery())
        return (await connection.scalars(gone.returning(addresses.c.address))).all()

    @writes_at_once
    async def mark_bad(
        self, connection: AsyncConnection, address: str, why: str
    ) -> BadAddress | None:
        marked = (
            update(addresses)
            .where(addresses.c.address == _known_as(address))
            .values(
                bad_since=func.coalesce(addresses.c.bad_since, now()),
                bad_why=func.coalesce(addresses.c.bad_why, why),
            )
            .returning(addresses.c.person_id, addresses.c.bad_since)
        )
        row = (await connection.execute(marked)).one_or_none()
        return None if row is None else BadAddress(row.person_id, row.bad_since)

    @writes_at_once
    async def mark_good(self, connection: AsyncConnection, address: str) -> None:
        await connection.execute(
            update(addresses)
            .where(addresses.c.address == _known_as(address))
            .where(addresses.c.bad_since.is_not(None))
            .values(bad_since=None, bad_why=None)
        )

    @writes
    async def move_to_zone(
        self, connection: AsyncConnection, person_id: UUID, zone: str
    ) -> None:
        left = select(people.c.zone).where(people.c.id == person_id)
        before = await connection.scalar(left.with_for_update(key_share=True))
        if before is not None:
            await connection.execute(
                update(people).where(people.c.id == person_id).values(zone=zone)
            )
            await connection.execute(keeping("moved", person_id, None, before))

    @writes
    async def refuse_once(
        self, connection: AsyncConnection, stranger: str, occasion: str | None = None
    ) -> bool:
        note = insert(strangers).values(address=_known_as(stranger), occasion=occasion)
        first = note.on_conflict_do_update(
            index_elements=[strangers.c.address],
            set_={"occasion": note.excluded.occasion},
            where=strangers.c.occasion == note.excluded.occasion,
        )
        row = await connection.execute(first.returning(strangers.c.address))
        return row.one_or_none() is not None


def _known_as(address: str) -> str:
    """Return what an address of whatever form is looked up by."""
    try:
        return normalised(address)
    except NotAnAddress:
        return address


async def _link(connection: AsyncConnection, person_id: UUID, address: str) -> None:
    claim = insert(addresses).values(
        address=normalised(address), scheme=scheme_of(address), person_id=person_id
    )
    own = claim.on_conflict_do_update(
        index_elements=[addresses.c.address],
        set_={"bad_since": None, "bad_why": None},
        where=addresses.c.person_id == claim.excluded.person_id,
    )
    if (await connection.execute(own.returning(addresses.c.address))).one_or_none() is None:
        raise AddressTaken(f"{address} belongs to somebody else")


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    """Return the person of a row that holds :data:`PERSON`."""
    return Person(id=row.id, name=row.name, zone=row.zone, locale=row.locale)
