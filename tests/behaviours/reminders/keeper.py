"""The roles of the reminder agent, asked as the planner asks them."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from behaviours.journal import WriteJournal
from behaviours.reminders.close_occurrence import CompleteOnRequest, SnoozeOnRequest
from behaviours.reminders.keep_reminder import (
    CancelReminderOnRequest,
    ChangeReminderOnRequest,
    CreateReminderOnRequest,
    UndoLastOnRequest,
)
from behaviours.reminders.tell_reminders import (
    ExplainOnQuery,
    ListMissedOnQuery,
    ListRemindersOnQuery,
)
from ontology.dialogue.concepts import Utterance
from ontology.reminders import acts
from ontology.reminders.concepts import Target
from ontology.time.concepts import Schedule
from tests.conversing import ask
from tests.fakes.due import FakeDueOccurrences
from tests.fakes.journal import FakeJournal
from tests.fakes.ledger import FakeLedger
from tests.fakes.reminders import FakeReminderBook

ADA, BOB = uuid4(), uuid4()
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


class Keeper:
    """The roles of the reminder agent over a book in memory."""

    def __init__(self):
        self.book, self.ledger = FakeReminderBook(), FakeLedger()
        self.due = FakeDueOccurrences(self.book)
        self.conversations = 0

    def heard(self, person=ADA):
        """Let a person have said something; return its id."""
        said = Utterance(id=uuid4(), person_id=person, address="who@localhost", text="…")
        self.book.utterances[said.id] = said
        return said.id

    @property
    def now(self):
        return self.book.clock()

    def at(self, within, rule=None):
        once = Schedule.once(self.now + within, "UTC")
        return once.model_copy(update={"rule": rule})

    async def says(self, role, act, conversation=None):
        self.conversations += 1
        made = role(self.book) if role in QUERIES else role(self.book, self.ledger)
        return (await ask(made, act, conversation=conversation or f"c{self.conversations}"))[-1]

    async def create(
        self, text="stretch", within=HOUR, rule=None, person=ADA, said_at=None, **k
    ):
        act = acts.CreateReminder(
            person_id=person,
            text=text,
            schedule=self.at(within, rule),
            said_at=said_at or self.now,
            utterance_id=uuid4(),
        )
        return await self.says(CreateReminderOnRequest, act, **k)

    async def made(self, text="stretch", **options):
        performative, content = await self.create(text, **options)
        assert performative == "inform"
        return content.reminder

    async def told(self, text="stretch", person=ADA):
        """Make a reminder and let it fire."""
        await self.made(text, within=2 * MINUTE, person=person)
        await self.fire(2 * MINUTE)
        return await self.book.last_told(person)

    async def fire(self, after):
        await self.book.clock.advance(after)
        claim = await self.due.claim(100, HOUR)
        await self.due.offered(claim)
        await self.due.close(claim, [item.id for item in claim.notifications], HOUR)

    async def complete(self, target=None, person=ADA, said_at=None):
        act = acts.Complete(
            person_id=person, said_at=said_at or self.now, target=target or Target()
        )
        return await self.says(CompleteOnRequest, act)

    async def cancel(self, target=None, person=ADA):
        act = acts.CancelReminder(person_id=person, target=target or Target())
        return await self.says(CancelReminderOnRequest, act)

    async def change(
        self, target=None, text=None, within=None, given=(), rule=None, person=ADA
    ):
        act = acts.ChangeReminder(
            person_id=person,
            said_at=self.now,
            target=target or Target(),
            text=text,
            schedule=None if within is None else self.at(within, rule),
            given=frozenset(given),
        )
        return await self.says(ChangeReminderOnRequest, act)

    async def snooze(self, within=HOUR, target=None, person=ADA, said_at=None):
        act = acts.Snooze(
            person_id=person,
            said_at=said_at or self.now,
            until=self.now + within,
            target=target or Target(),
        )
        return await self.says(SnoozeOnRequest, act)

    async def undo(self, person=ADA):
        return await self.says(UndoLastOnRequest, acts.UndoLast(person_id=person))

    async def why(self, target):
        journal = FakeJournal()
        role = ExplainOnQuery(self.book, journal, WriteJournal(journal))
        (*_, (_, told)) = await ask(role, acts.WhyReminded(person_id=ADA, target=target))
        assert isinstance(told, acts.Explanation)
        return told.occurrence

    async def texts(self, person=ADA):
        _, content = await self.says(
            ListRemindersOnQuery, acts.WhichReminders(person_id=person)
        )
        return [reminder.text for reminder in content.reminders]


QUERIES = (ListRemindersOnQuery, ListMissedOnQuery)


def words(said):
    return Target(words=said)
