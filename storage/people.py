"""People and their addresses."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.errors import AddressTaken
from ontology.people.concepts import Person
from storage.changes import keeping
from storage.database import Repository, reads, writes
from storage.schema import addresses, people, strangers

PERSON = (people.c.id, people.c.name, people.c.zone, people.c.locale)


class PostgresPeople(Repository):
    """Implements :class:`ontology.people.ports.People`. Addresses are kept in lower case."""

    @reads
    async def at(self, connection: AsyncConnection, address: str) -> Person | None:
        query = select(*PERSON).join(addresses).where(addresses.c.address == address.casefold())
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
    async def addresses(self, connection: AsyncConnection, person_id: UUID) -> Sequence[str]:
        query = (
            select(addresses.c.address)
            .where(addresses.c.person_id == person_id)
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
    async def refuse_once(self, connection: AsyncConnection, stranger: str) -> bool:
        note = insert(strangers).values(address=stranger.casefold()).on_conflict_do_nothing()
        row = await connection.execute(note.returning(strangers.c.address))
        return row.one_or_none() is not None


async def _link(connection: AsyncConnection, person_id: UUID, address: str) -> None:
    # The empty update returns a row that is there already if it is this person's own.
    claim = insert(addresses).values(address=address.casefold(), person_id=person_id)
    own = claim.on_conflict_do_update(
        index_elements=[addresses.c.address],
        set_={"address": claim.excluded.address},
        where=addresses.c.person_id == claim.excluded.person_id,
    )
    if (await connection.execute(own.returning(addresses.c.address))).one_or_none() is None:
        raise AddressTaken(f"{address} belongs to somebody else")


def person_of(row: Row[*tuple[Any, ...]]) -> Person:
    """Return the person of a row that holds :data:`PERSON`."""
    return Person(id=row.id, name=row.name, zone=row.zone, locale=row.locale)
