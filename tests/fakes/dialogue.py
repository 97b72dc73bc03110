"""An inbox and an outbox in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ontology.dialogue.acts import UtteranceAnswered
from ontology.dialogue.concepts import ChatMessage
from ontology.people.addresses import XMPP, scheme_of
from tests.fakes.people import FakePeople


def _now():
    return datetime.now(UTC)


class FakeOutbox:
    def __init__(self, now=_now):
        self.now = now
        self.messages = {}
        self.open = {}

    async def put(self, messages):
        new = [message for message in messages if message.key not in self.messages]
        self.messages |= {message.key: message for message in new}
        self.open |= {message.key: self.now() for message in new}
        return new

    async def settle(self, keys):
        for key in keys:
            self.open.pop(key, None)

    async def unsettled(self):
        return [(self.messages[key], began) for key, began in self.open.items()]


class FakeInbox:
    def __init__(self, outbox=None, now=_now, people=None, book=None):
        self.outbox = outbox or FakeOutbox(now)
        self.now = now
        self.people = people or FakePeople()
        self.book = book
        self.utterances = {} if book is None else book.utterances
        self.waiting = {}
        self.questions = {}
        self.asked_at = {}
        self.answers = {}
        self.archived_as = None

    async def accept(self, utterance, *, archived_as):
        if utterance.id in self.utterances or self.was_sent_before(utterance):
            return None
        first = [
            before.replaces
            for before in self.utterances.values()
            if before.replaces
            and before.sent_as is not None
            and before.sent_as == utterance.replaces
            and (before.person_id, before.address) == (utterance.person_id, utterance.address)
        ]
        heard = utterance.model_copy(
            update={
                "said_at": utterance.said_at or self.now(),
                "replaces": first[-1] if first else utterance.replaces,
            }
        )
        self.utterances[utterance.id] = self.waiting[utterance.id] = heard
        self.archived_as = archived_as or self.archived_as
        return heard

    def was_sent_before(self, utterance):
        said_at = utterance.said_at or self.now()
        return utterance.sent_as is not None and any(
            all(
                getattr(before, name) == getattr(utterance, name)
                for name in ("person_id", "address", "sent_as", "text")
            )
            and abs(before.said_at - said_at) <= timedelta(minutes=10)
            for before in self.utterances.values()
        )

    async def caught_up_to(self):
        return self.archived_as

    async def unanswered(self):
        return list(self.waiting.values())

    async def answer(self, utterance, reply):
        if self.waiting.pop(utterance.id, None) is None:
            return None
        self.questions[utterance.person_id] = reply.question
        self.asked_at[utterance.person_id] = self.now()
        if scheme_of(utterance.address) != XMPP:
            self.answers[utterance.id] = UtteranceAnswered.by(reply, utterance.person_id)
            return None
        message = ChatMessage(
            key=utterance.id,
            person_id=utterance.person_id,
            address=utterance.address,
            body=reply.text,
        )
        await self.outbox.put([message])
        return message

    async def answer_to(self, utterance):
        return self.answers.get(utterance.id)

    async def replaced_by(self, utterance):
        heard = list(self.utterances.values())
        at = [each.id for each in heard].index(utterance.id)
        utterance, before = heard[at], heard[:at]
        named = [
            each.id
            for each in before
            if (each.person_id, each.address) == (utterance.person_id, utterance.address)
            and each.sent_as is not None
            and each.sent_as == utterance.replaces
        ]
        return named[-1] if named else None

    async def spoken_with(self, utterance):
        person_id = utterance.person_id
        person = await self.people.person(person_id)
        if person is None:
            return None
        question = self.questions.get(person_id)
        if question is not None and self._told_before(utterance):
            question = question.after_telling()
        return person, question

    def _told_before(self, utterance):
        asked_at = self.asked_at[utterance.person_id]
        return self.book is not None and any(
            row.is_being_told or (row.told_at and row.told_at > asked_at)
            for row in self.book.rows.values()
            if row.it.person_id == utterance.person_id and row.it.due_at <= utterance.said_at
        )
