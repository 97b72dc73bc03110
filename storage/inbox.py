"""What people said, in the order it was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import func, or_, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import ChatMessage, OpenQuestion, Utterance
from storage.database import Repository, reads, writes
from storage.outbox import put
from storage.schema import now, open_questions, utterances

_UTTERANCE = (
    utterances.c.id,
    utterances.c.person_id,
    utterances.c.address,
    utterances.c.text,
    utterances.c.said_at,
)


class PostgresInbox(Repository):
    """Implements :class:`ontology.dialogue.ports.Inbox`.

    Each call that tells whether something is new writes its own name (``accepted_by``,
    ``answered_by``) into the row: if the server dies while it commits, the call is repeated
    and must know a row that it wrote itself from one that was there before.
    """

    async def accept(self, utterance: Utterance, *, archived_as: str | None) -> bool:
        return await self._accept(uuid4(), utterance, archived_as)

    async def answer(self, utterance: Utterance, reply: Reply) -> ChatMessage | None:
        return await self._answer(uuid4(), utterance, reply)

    @reads
    async def caught_up_to(self, connection: AsyncConnection) -> str | None:
        archived = utterances.c.archived_as
        query = select(archived).where(archived.is_not(None))
        return await connection.scalar(query.order_by(utterances.c.seq.desc()).limit(1))

    @reads
    async def unanswered(self, connection: AsyncConnection) -> Sequence[Utterance]:
        query = select(*_UTTERANCE).where(utterances.c.answered_at.is_(None))
        rows = (await connection.execute(query.order_by(utterances.c.seq))).mappings()
        return [Utterance.model_validate(dict(row)) for row in rows]

    @reads
    async def open_question(
        self, connection: AsyncConnection, person_id: UUID
    ) -> OpenQuestion | None:
        query = select(open_questions.c.question).where(open_questions.c.person_id == person_id)
        question = await connection.scalar(query)
        return None if question is None else OpenQuestion.model_validate_json(question)

    @writes
    async def _accept(
        self,
        connection: AsyncConnection,
        call: UUID,
        utterance: Utterance,
        archived_as: str | None,
    ) -> bool:
        new = insert(utterances).values(
            id=utterance.id,
            person_id=utterance.person_id,
            address=utterance.address,
            text=utterance.text,
            said_at=func.coalesce(utterance.said_at, now()),
            archived_as=archived_as,
            accepted_by=call,
        )
        ours = new.on_conflict_do_update(
            index_elements=[utterances.c.id],
            set_={"accepted_by": call},
            where=utterances.c.accepted_by == call,
        )
        row = await connection.execute(ours.returning(utterances.c.id))
        return row.one_or_none() is not None

    @writes
    async def _answer(
        self, connection: AsyncConnection, call: UUID, utterance: Utterance, reply: Reply
    ) -> ChatMessage | None:
        first = (
            update(utterances)
            .where(utterances.c.id == utterance.id)
            .where(utterances.c.person_id == utterance.person_id)
            .where(or_(utterances.c.answered_at.is_(None), utterances.c.answered_by == call))
            .values(answered_at=now(), answered_by=call)
        )
        if (await connection.execute(first)).rowcount == 0:
            return None
        message = ChatMessage(
            key=utterance.id,
            person_id=utterance.person_id,
            address=utterance.address,
            body=reply.text,
        )
        await put(connection, call, [message])
        await _leave_open(connection, utterance.person_id, reply.question)
        return message


async def _leave_open(
    connection: AsyncConnection, person_id: UUID, question: OpenQuestion | None
) -> None:
    asked = None if question is None else question.model_dump_json()
    row = insert(open_questions).values(person_id=person_id, question=asked)
    await connection.execute(
        row.on_conflict_do_update(
            index_elements=[open_questions.c.person_id], set_={"question": asked}
        )
    )
