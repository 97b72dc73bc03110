"""What people prefer, a row for each who ever said so."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.notifications.concepts import SCHEMES, Channel
from ontology.policy.changes import Change
from ontology.policy.changing import apply
from ontology.policy.concepts import Preferences
from ontology.policy.ports import Altered, Known
from storage.changes import keeping
from storage.database import Repository, reads, writes
from storage.occurrences import looking_again, ringing
from storage.people import PERSON, person_of
from storage.schema import INSTANT, addresses, people, preferences


class PostgresPreferenceBook(Repository):
    """Implements :class:`ontology.policy.ports.PreferenceBook`."""

    @reads
    async def known(self, connection: AsyncConnection, person_id: UUID) -> Known | None:
        schemes = (
            select(func.array_agg(addresses.c.scheme))
            .where(addresses.c.person_id == person_id, addresses.c.bad_since.is_(None))
            .scalar_subquery()
        )
        written = (
            select(preferences.c.body)
            .where(preferences.c.person_id == person_id)
            .scalar_subquery()
        )
        query = select(*PERSON, written.label("written"), schemes.label("schemes"))
        row = (await connection.execute(query.where(people.c.id == person_id))).one_or_none()
        if row is None:
            return None
        return Known(person_of(row), _read(row.written), _channels(row.schemes or ()))

    @writes
    async def change(
        self, connection: AsyncConnection, person_id: UUID, change: Change
    ) -> Altered | None:
        # The person is the lock, as for every change of theirs.
        mine = select(people.c.locale, func.steward_now(type_=INSTANT).label("now"))
        held = mine.where(people.c.id == person_id).with_for_update(key_share=True)
        person = (await connection.execute(held)).one_or_none()
        if person is None:
            return None
        written = select(preferences.c.body).where(preferences.c.person_id == person_id)
        before = _read(await connection.scalar(written))
        after = apply(change, before, person.now, person.locale)
        row = insert(preferences).values(
            person_id=person_id, body=after.model_dump_json(), changed_at=person.now
        )
        replaced = {"body": row.excluded.body, "changed_at": person.now}
        await connection.execute(
            keeping("preferred", person_id, None, before.model_dump_json())
        )
        await connection.execute(
            row.on_conflict_do_update(index_elements=[preferences.c.person_id], set_=replaced)
        )
        await connection.execute(looking_again(person_id))
        await connection.execute(ringing())
        return Altered(before, after, person.now)


def _read(written: str | None) -> Preferences:
    return Preferences() if written is None else Preferences.model_validate_json(written)


def _channels(schemes: Collection[str]) -> frozenset[Channel]:
    return frozenset(channel for channel, scheme in SCHEMES.items() if scheme in schemes)
