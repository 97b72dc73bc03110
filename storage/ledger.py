"""What agents answered, kept in the transaction of the effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.acl import DECLINATIONS, Performative
from ontology.ledger import Answer, ConversationKey
from storage.database import Repository, writes
from storage.schema import answers, now


class PostgresLedger(Repository):
    """Implements :class:`ontology.ledger.Ledger`.

    The row of the conversation is written first and is the lock: a second call with the same
    key waits for the first one's transaction and then finds its answer.
    """

    @writes
    async def once(
        self,
        connection: AsyncConnection,
        key: ConversationKey,
        work: Callable[[], Awaitable[Answer]],
    ) -> Answer:
        lock = insert(answers).values(
            responder=key.responder, initiator=key.initiator, conversation=key.conversation
        )
        first = lock.on_conflict_do_nothing().returning(answers.c.conversation)
        if (await connection.execute(first)).one_or_none() is None:
            return await _kept(connection, key)
        savepoint = await connection.begin_nested()
        answer = await work()
        declined = answer.performative in DECLINATIONS
        await (savepoint.rollback() if declined else savepoint.commit())
        await connection.execute(
            update(answers)
            .where(answers.c.responder == key.responder)
            .where(answers.c.initiator == key.initiator)
            .where(answers.c.conversation == key.conversation)
            .values(performative=answer.performative.value, body=answer.body)
        )
        return answer

    @writes
    async def forget_before(self, connection: AsyncConnection, days: int) -> int:
        """Delete answers older than ``days`` and return how many went."""
        old = answers.c.answered_at < now() - timedelta(days=days)
        return (await connection.execute(delete(answers).where(old))).rowcount


async def _kept(connection: AsyncConnection, key: ConversationKey) -> Answer:
    query = (
        select(answers.c.performative, answers.c.body)
        .where(answers.c.responder == key.responder)
        .where(answers.c.initiator == key.initiator)
        .where(answers.c.conversation == key.conversation)
    )
    row = (await connection.execute(query)).one()
    return Answer(Performative(row.performative), row.body)
