"""What people said, in the order it was accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final
from uuid import UUID, uuid4

from pydantic import ValidationError
from sqlalchemy import Boolean, Text, Uuid, bindparam, exists, select, text
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.ext.asyncio import AsyncConnection

from ontology.dialogue.acts import Reply, UtteranceAnswered
from ontology.dialogue.concepts import ChatMessage, OpenQuestion, Utterance
from ontology.people.addresses import XMPP, scheme_of
from ontology.people.concepts import Person
from storage.database import Repository, reads, writes_at_once
from storage.people import PERSON, person_of
from storage.reminder_rows import told_since
from storage.schema import INSTANT, occurrences, open_questions, people, utterances

_UTTERANCE = (
    utterances.c.id,
    utterances.c.person_id,
    utterances.c.address,
    utterances.c.text,
    utterances.c.sent_as,
    utterances.c.encrypted,
    utterances.c.replaces,
    utterances.c.said_at,
)


_SAME: Final = timedelta(minutes=10)
"""How far apart a message may be sent twice, under one name, and still be one utterance."""

_ACCEPT: Final = text("""
WITH heard AS MATERIALIZED (
    SELECT coalesce(CAST(:said_at AS timestamptz), steward_now()) AS said_at
),
corrected AS (
    SELECT before.replaces FROM utterances AS before
    WHERE before.person_id = :person_id AND before.address = :address
      AND before.sent_as = :replaces AND before.replaces IS NOT NULL AND before.id <> :id
    ORDER BY before.seq DESC LIMIT 1
)
INSERT INTO utterances
    (id, person_id, address, text, sent_as, encrypted, replaces, said_at, archived_as,
     accepted_by)
SELECT :id, :person_id, :address, :text, :sent_as, :encrypted,
    coalesce((SELECT replaces FROM corrected), :replaces), heard.said_at, :archived_as, :call
FROM heard
WHERE NOT EXISTS (
    SELECT FROM utterances AS before
    WHERE before.person_id = :person_id AND before.address = :address
      AND before.sent_as = :sent_as AND before.text = :text AND before.id <> :id
      AND before.said_at BETWEEN heard.said_at - :same AND heard.said_at + :same
)
ON CONFLICT (id) DO UPDATE SET accepted_by = :call WHERE utterances.accepted_by = :call
RETURNING id, person_id, address, text, sent_as, encrypted, replaces, said_at
""").bindparams(
    bindparam("id", type_=Uuid),
    bindparam("person_id", type_=Uuid),
    bindparam("address", type_=Text),
    bindparam("text", type_=Text),
    bindparam("sent_as", type_=Text),
    bindparam("encrypted", type_=Boolean),
    bindparam("replaces", type_=Text),
    bindparam("said_at", type_=INSTANT),
    bindparam("archived_as", type_=Text),
    bindparam("call", type_=Uuid),
    bindparam("same", _SAME, type_=INTERVAL),
)

_ANSWER: Final = text("""
WITH first AS (
    UPDATE utterances
    SET answered_at = steward_now(), answered_by = :call, answer = :answer
    WHERE utterances.id = :key AND utterances.person_id = :person_id
      AND (answered_at IS NULL OR answered_by = :call)
    RETURNING id
),
carried AS (
    INSERT INTO chat_messages (key, person_id, address, body, put_by)
    SELECT :key, :person_id, :address, :body, :call FROM first WHERE :answer IS NULL
    ON CONFLICT (key) DO NOTHING
),
asked AS (
    INSERT INTO open_questions (person_id, question) SELECT :person_id, :question FROM first
    ON CONFLICT (person_id) DO UPDATE
    SET question = excluded.question, asked_at = steward_now()
)
SELECT count(*) FROM first
""").bindparams(
    bindparam("key", type_=Uuid),
    bindparam("person_id", type_=Uuid),
    bindparam("address", type_=Text),
    bindparam("body", type_=Text),
    bindparam("question", type_=Text),
    bindparam("answer", type_=Text),
    bindparam("call", type_=Uuid),
)


def _question_of(kept: str) -> OpenQuestion | None:
    """Return a question as it was kept; None if another version kept it and we cannot read it.

    It can be asked again, but somebody whose question is never read is never answered.
    """
    try:
        return OpenQuestion.model_validate_json(kept)
    except ValidationError:
        return None


class PostgresInbox(Repository):
    """Implements :class:`ontology.dialogue.ports.Inbox`.

    Each call that tells whether something is new writes its own name (``accepted_by``,
    ``answered_by``) into the row: if the server dies while it commits, the call is repeated
    and must know a row that it wrote itself from one that was there before.
    """

    async def accept(
        self, utterance: Utterance, *, archived_as: str | None
    ) -> Utterance | None:
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
    async def replaced_by(
        self, connection: AsyncConnection, utterance: Utterance
    ) -> UUID | None:
        this = utterances.alias("this")
        query = (
            select(utterances.c.id)
            .join(this, this.c.seq > utterances.c.seq)
            .where(this.c.id == utterance.id, this.c.person_id == utterance.person_id)
            .where(utterances.c.person_id == utterance.person_id)
            .where(utterances.c.address == utterance.address)
            .where(utterances.c.sent_as == utterance.replaces)
        )
        found = query.order_by(utterances.c.seq.desc()).limit(1)
        return await connection.scalar(found)

    @reads
    async def answer_to(
        self, connection: AsyncConnection, utterance: Utterance
    ) -> UtteranceAnswered | None:
        query = select(utterances.c.answer).where(
            utterances.c.id == utterance.id, utterances.c.person_id == utterance.person_id
        )
        answer = await connection.scalar(query)
        return None if answer is None else UtteranceAnswered.model_validate_json(answer)

    @reads
    async def spoken_with(
        self, connection: AsyncConnection, utterance: Utterance
    ) -> tuple[Person, OpenQuestion | None] | None:
        person_id = utterance.person_id
        told = exists().where(
            occurrences.c.person_id == person_id,
            occurrences.c.due_at <= utterance.said_at,
            told_since(open_questions.c.asked_at),
        )
        query = (
            select(*PERSON, open_questions.c.question, told.label("told_since"))
            .select_from(people.outerjoin(open_questions))
            .where(people.c.id == person_id)
        )
        row = (await connection.execute(query)).one_or_none()
        if row is None:
            return None
        question = _question_of(row.question) if row.question is not None else None
        if question is not None and row.told_since:
            question = question.after_telling()
        return person_of(row), question

    @writes_at_once
    async def _accept(
        self,
        connection: AsyncConnection,
        call: UUID,
        utterance: Utterance,
        archived_as: str | None,
    ) -> Utterance | None:
        said = {**utterance.model_dump(), "archived_as": archived_as, "call": call}
        kept = (await connection.execute(_ACCEPT, said)).mappings().one_or_none()
        return None if kept is None else Utterance.model_validate(dict(kept))

    @writes_at_once
    async def _answer(
        self, connection: AsyncConnection, call: UUID, utterance: Utterance, reply: Reply
    ) -> ChatMessage | None:
        asked = None if reply.question is None else reply.question.model_dump_json()
        message = ChatMessage(
            key=utterance.id,
            person_id=utterance.person_id,
            address=utterance.address,
            body=reply.text,
        )
        in_chat = scheme_of(utterance.address) == XMPP
        answered = UtteranceAnswered.by(reply, utterance.person_id)
        answer = None if in_chat else answered.model_dump_json()
        said = {**message.model_dump(), "question": asked, "answer": answer, "call": call}
        first = await connection.scalar(_ANSWER, said)
        return message if first and in_chat else None
