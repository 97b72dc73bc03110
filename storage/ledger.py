"""What agents answered, kept in the transaction of the effect."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.acl import DECLINATIONS, Performative
from ontology.ledger import Answer, ConversationKey, under_conversation
from storage.database import Repository, writes
from storage.schema import answers, now


class _TakenBack(Exception):
    """The transaction is to be rolled back; the answer is kept without it."""

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer


class PostgresLedger(Repository):
    """Implements :class:`ontology.ledger.Ledger`.

    The row of the conversation is written first and is the lock: a second call with the same
    key waits for the first one's transaction and then finds its answer.
    """

    async def once(self, key: ConversationKey, work: Callable[[], Awaitable[Answer]]) -> Answer:
        try:
            return await self._effective(key, work)
        except _TakenBack as declined:
            return await self._without_effect(key, declined.answer)

    @writes
    async def _effective(
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
        with under_conversation(key.conversation):
            answer = await work()
        if answer.performative in DECLINATIONS:
            raise _TakenBack(answer)
        await connection.execute(
            update(answers)
            .where(answers.c.responder == key.responder)
            .where(answers.c.initiator == key.initiator)
            .where(answers.c.conversation == key.conversation)
            .values(performative=answer.performative.value, body=answer.body)
        )
        return answer

    @writes
    async def _without_effect(
        self, connection: AsyncConnection, key: ConversationKey, answer: Answer
    ) -> Answer:
        """Keep an answer alone, or return the one that was kept meanwhile."""
        no = insert(answers).values(
            responder=key.responder,
            initiator=key.initiator,
            conversation=key.conversation,
            performative=answer.performative.value,
            body=answer.body,
        )
        await connection.execute(no.on_conflict_do_nothing())
        return await _kept(connection, key)

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
