"""Codes by which people prove what is theirs."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.people.addresses import normalised, scheme_of
from ontology.people.codes import GOOD_FOR, PER_HOUR, TRIES, Code, is_same
from storage.database import Repository, writes
from storage.schema import codes, now, people

_CODE = (codes.c.id, codes.c.person_id, codes.c.scheme, codes.c.address)


class PostgresCodes(Repository):
    """Implements :class:`ontology.people.ports.Codes`."""

    @writes
    async def issue(self, connection: AsyncConnection, code: Code, digest: bytes) -> bool:
        # Two that ask at once for one person wait for each other here.
        this = select(people.c.id).where(people.c.id == code.person_id)
        await connection.execute(this.with_for_update(key_share=True))
        lately = select(func.count()).where(
            codes.c.person_id == code.person_id,
            codes.c.issued_at > now() - timedelta(hours=1),
            codes.c.id != code.id,
        )
        if (await connection.scalar(lately) or 0) >= PER_HOUR:
            return False
        row = insert(codes).values(
            id=code.id,
            person_id=code.person_id,
            scheme=code.scheme,
            address=code.address,
            digest=digest,
        )
        await connection.execute(row.on_conflict_do_nothing())
        return True

    @writes
    async def redeem_for(
        self, connection: AsyncConnection, person_id: UUID, digest: bytes
    ) -> Code | None:
        theirs = (codes.c.person_id == person_id, codes.c.address.is_not(None))
        return await _redeem(connection, theirs, digest, str(person_id))

    @writes
    async def redeem_from(
        self, connection: AsyncConnection, address: str, digest: bytes
    ) -> Code | None:
        anybodys = (codes.c.scheme == scheme_of(address), codes.c.address.is_(None))
        return await _redeem(connection, anybodys, digest, normalised(address))


async def _redeem(
    connection: AsyncConnection,
    meant: tuple[ColumnElement[bool], ...],
    digest: bytes,
    redeemer: str,
) -> Code | None:
    good = select(*_CODE, codes.c.digest, codes.c.redeemed_by).where(
        *meant, codes.c.issued_at > now() - GOOD_FOR, codes.c.tries < TRIES
    )
    locked = good.order_by(codes.c.issued_at, codes.c.id).with_for_update()
    rows = (await connection.execute(locked)).all()
    right = [row for row in rows if is_same(row.digest, digest)]
    found = [row for row in right if row.redeemed_by in (None, redeemer)]
    if len(found) != 1:  # not even chance decides between two people
        await connection.execute(
            update(codes)
            .where(*meant, codes.c.id.in_([row.id for row in rows]))
            .where(codes.c.redeemed_by.is_(None))
            .values(tries=codes.c.tries + 1)
        )
        return None
    (row,) = found
    await connection.execute(
        update(codes)
        .where(codes.c.id == row.id, codes.c.person_id == row.person_id)
        .values(redeemed_by=redeemer)
    )
    return Code(row.id, row.person_id, row.scheme, row.address)
