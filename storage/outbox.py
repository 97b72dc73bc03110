"""What is to be said in chat: written before it is tried, settled after it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ARRAY, Uuid, any_, literal, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.dialogue.concepts import ChatMessage
from storage.database import Repository, reads, writes_at_once
from storage.rows import PLACE, given
from storage.schema import chat_messages, now

_MESSAGE = (
    chat_messages.c.key,
    chat_messages.c.person_id,
    chat_messages.c.address,
    chat_messages.c.body,
)


class PostgresOutbox(Repository):
    """Implements :class:`ontology.dialogue.ports.Outbox`."""

    async def put(self, messages: Sequence[ChatMessage]) -> Sequence[ChatMessage]:
        return await self._put(uuid4(), messages)

    @writes_at_once
    async def _put(
        self, connection: AsyncConnection, call: UUID, messages: Sequence[ChatMessage]
    ) -> Sequence[ChatMessage]:
        return await put(connection, call, messages)

    @writes_at_once
    async def settle(self, connection: AsyncConnection, keys: Sequence[UUID]) -> None:
        await connection.execute(
            update(chat_messages)
            .where(chat_messages.c.key == any_(literal(list(keys), ARRAY(Uuid))))
            .where(chat_messages.c.settled_at.is_(None))
            .values(settled_at=now())
        )

    @reads
    async def unsettled(
        self, connection: AsyncConnection
    ) -> Sequence[tuple[ChatMessage, datetime]]:
        query = select(*_MESSAGE, chat_messages.c.put_at).where(
            chat_messages.c.settled_at.is_(None)
        )
        rows = (await connection.execute(query.order_by(chat_messages.c.seq))).mappings()
        return [
            (ChatMessage(**{c.name: row[c] for c in _MESSAGE}), row["put_at"]) for row in rows
        ]


async def put(
    connection: AsyncConnection, call: UUID, messages: Sequence[ChatMessage]
) -> Sequence[ChatMessage]:
    """Write messages and return the new ones, in order.

    ``call`` names the call, so that one repeated after a lost commit knows its own rows.
    """
    rows = given(_MESSAGE, [message.model_dump() for message in messages])
    columns = [column.name for column in _MESSAGE]
    new = insert(chat_messages).from_select(
        [*columns, "put_by"],
        select(*(rows.c[name] for name in columns), literal(call)).order_by(rows.c[PLACE]),
    )
    ours = new.on_conflict_do_update(
        index_elements=[chat_messages.c.key],
        set_={"put_by": call},
        where=chat_messages.c.put_by == call,
    )
    written = set((await connection.scalars(ours.returning(chat_messages.c.key))).all())
    return [message for message in messages if message.key in written]
