"""A person who talks to a planner that reads, and to a reminder agent that keeps, in memory."""

from __future__ import annotations

from uuid import uuid4

from behaviours.dialogue.answer_utterance import AnswerUtteranceOnRequest
from behaviours.people.set_zone import SetZoneOnRequest
from behaviours.reminders.close_occurrence import CompleteOnRequest, SnoozeOnRequest
from behaviours.reminders.keep_reminder import (
    CancelReminderOnRequest,
    ChangeReminderOnRequest,
    CreateReminderOnRequest,
    UndoLastOnRequest,
)
from behaviours.reminders.tell_reminders import ListMissedOnQuery, ListRemindersOnQuery
from ontology.dialogue.acts import AnswerUtterance
from ontology.dialogue.concepts import Utterance
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.people.concepts import Person
from tests.behaviours.reminders.keeper import Keeper
from tests.conversing import Platform, Providers
from tests.fakes.dialogue import FakeInbox
from tests.fakes.people import FakePeople

KEEPING = (
    *(CreateReminderOnRequest, CancelReminderOnRequest, ChangeReminderOnRequest),
    *(UndoLastOnRequest, CompleteOnRequest, SnoozeOnRequest),
)


class Talk:
    """It is nine in the morning of Monday 2 March 2026, in UTC, until the clock is moved."""

    def __init__(self, classifier=None):
        self.keeper = Keeper()
        self.person = Person(id=uuid4(), name="Ada", zone="UTC")
        people = FakePeople(self.person, changes=self.keeper.book.changes)
        self.inbox = FakeInbox(now=self.keeper.book.clock, people=people, book=self.keeper.book)
        self.platform = Platform()
        book, ledger = self.keeper.book, self.keeper.ledger
        self.platform.agent(
            "reminder@localhost",
            *(role(book, ledger) for role in KEEPING),
            *(role(book) for role in (ListRemindersOnQuery, ListMissedOnQuery)),
        )
        self.platform.agent("assistant@localhost", SetZoneOnRequest(people, ledger))
        self.planner = AnswerUtteranceOnRequest(
            PlainInterpreter(classifier),
            self.platform.agent("planner@localhost"),
            Providers(reminders="reminder@localhost", people="assistant@localhost"),
        )
        self.last: AnswerUtterance | None = None

    async def says(self, text, **named):
        """Return what is said to a person who says this."""
        heard = Utterance(
            id=uuid4(), person_id=self.person.id, address="ada@localhost", text=text, **named
        )
        utterance = await self.inbox.accept(heard, archived_as=None)
        person, question = await self.inbox.spoken_with(utterance)
        replaces = await self.inbox.replaced_by(utterance) if utterance.replaces else None
        self.last = AnswerUtterance(
            utterance_id=utterance.id,
            person=person,
            text=text,
            said_at=utterance.said_at,
            question=question,
            replaces=replaces,
        )
        reply = await self.planner.perform(self.last, "assistant@localhost")
        await self.inbox.answer(utterance, reply)
        return reply.text

    async def repeats(self):
        """Return what the planner answers when it is asked once more, as after a crash."""
        assert self.last is not None
        return (await self.planner.perform(self.last, "assistant@localhost")).text

    async def kept(self):
        """Return the texts of the reminders that will fire, the next first."""
        return await self.keeper.texts(self.person.id)
