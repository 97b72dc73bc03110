from __future__ import annotations

import asyncio

import pytest

from behaviours.journal import BATCH, GATHER, MOST_WAITING, WriteJournal
from behaviours.xmpp.stanzas import Heard, acl_metadata
from ontology.acl import Envelope, Performative
from ontology.errors import ServerError
from ontology.reminders.acts import REMINDERS, NothingFound
from tests.behaviours.duties import on_duty
from tests.fakes.journal import FakeJournal

pytestmark = pytest.mark.usefixtures("virtual_time")


class CountingJournal(FakeJournal):
    def __init__(self):
        super().__init__()
        self.batches = []
        self.is_there = True

    async def write(self, entries):
        if not self.is_there:
            raise ServerError("no database")
        self.batches.append(len(entries))
        await super().write(entries)

    @property
    def conversations(self):
        return [entry.conversation for entry in self.entries.values()]


def message(n=0):
    return Envelope(
        performative=Performative.FAILURE,
        protocol="fipa-request",
        ontology="reminders",
        conversation=f"c{n}",
        sender="reminder@localhost",
        receiver="planner@localhost",
        content=NothingFound(),
        in_reply_to="m0",
    )


def heard(envelope):
    return Heard(
        sender=envelope.sender,
        receiver=envelope.receiver,
        body=REMINDERS.encode(envelope.content),
        metadata=acl_metadata(envelope),
    )


def note(writing, envelope):
    writing.said(envelope, REMINDERS.encode(envelope.content))


async def test_what_is_said_is_written_a_moment_later():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    async with on_duty(writing):
        note(writing, said := message())
        assert journal.batches == []
        await asyncio.sleep(2 * GATHER)

    (entry,) = journal.entries.values()
    assert entry.message_id == said.message_id
    assert (entry.sender, entry.receiver) == (said.sender, said.receiver)
    assert (entry.performative, entry.protocol, entry.ontology, entry.act) == (
        Performative.FAILURE,
        "fipa-request",
        "reminders",
        "nothing-found",
    )
    assert (entry.conversation, entry.in_reply_to) == ("c0", "m0")
    assert REMINDERS.decode(entry.body) == said.content


async def test_what_is_said_together_is_written_together():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    async with on_duty(writing):
        for n in range(BATCH + 10):
            note(writing, message(n))
        await asyncio.sleep(2 * GATHER)

    assert journal.batches == [BATCH, 10]


async def test_what_one_agent_says_and_another_hears_is_noted_once():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    async with on_duty(writing):
        note(writing, said := message())
        writing.heard(heard(said))
        writing.heard(heard(said))
        writing.heard(heard(other := message(1)))
        await asyncio.sleep(2 * GATHER)

    assert list(journal.entries) == [said.message_id, other.message_id]
    assert sum(journal.batches) == 2


async def test_what_is_heard_from_another_process_is_noted_as_it_was_said():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    writing.heard(heard(said := message()))
    await writing.flush()

    (entry,) = journal.entries.values()
    assert (entry.message_id, entry.sender, entry.conversation) == (
        said.message_id,
        said.sender,
        said.conversation,
    )


@pytest.mark.parametrize(
    "changed",
    [{"ontology": "medicine"}, {"reply-with": ""}, {"performative": "sing"}, {"ontology": ""}],
    ids=lambda changed: str(*changed),
)
async def test_what_cannot_be_read_is_not_noted(changed):
    journal = CountingJournal()
    writing = WriteJournal(journal)
    whole = heard(message())

    writing.heard(
        Heard(
            sender=whole.sender,
            receiver=whole.receiver,
            body=whole.body,
            metadata={**whole.metadata, **changed},
        )
    )
    await writing.flush()

    assert journal.entries == {}


async def test_while_the_database_is_away_notes_are_kept_and_written_in_order_later():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    journal.is_there = False
    async with on_duty(writing):
        for n in range(BATCH + 10):
            note(writing, message(n))
        await asyncio.sleep(60)
        assert journal.entries == {}

        journal.is_there = True
        note(writing, message(BATCH + 10))
        await asyncio.sleep(60)

    assert journal.conversations == [f"c{n}" for n in range(BATCH + 11)]


async def test_notes_do_not_fill_the_memory_however_long_the_database_is_away():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    for n in range(MOST_WAITING + 10):
        note(writing, message(n))
    await writing.flush()

    assert len(journal.entries) == MOST_WAITING
    assert journal.conversations[0] == "c10"


async def test_agents_that_share_a_journal_take_turns():
    journal = CountingJournal()
    writing = WriteJournal(journal)
    async with on_duty(writing, writing, writing):
        for n in range(10):
            note(writing, message(n))
            await asyncio.sleep(3 * GATHER)

    assert journal.conversations == [f"c{n}" for n in range(10)]
    assert journal.batches == [1] * 10
