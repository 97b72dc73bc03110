"""The ledger and the journal."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.acl import Performative
from ontology.journal import JournalEntry
from ontology.ledger import Answer, ConversationKey


def a_key():
    return ConversationKey("reminder@localhost", "planner@localhost", uuid4().hex)


class Work:
    """Something to be done once."""

    def __init__(self, performative=Performative.INFORM, doing=None):
        self.answer = Answer(performative, '{"act":"done"}')
        self.doing = doing
        self.times = 0

    async def __call__(self):
        self.times += 1
        if self.doing:
            await self.doing()
        return self.answer


async def test_a_conversation_that_is_repeated_gets_the_kept_answer(kept):
    key, work = a_key(), Work()

    assert [await kept.ledger.once(key, work) for _ in range(3)] == [work.answer] * 3
    assert work.times == 1


async def test_each_conversation_does_its_own_work(kept):
    work = Work()
    await kept.ledger.once(a_key(), work)
    await kept.ledger.once(a_key(), work)

    assert work.times == 2


@pytest.mark.parametrize("no", [Performative.REFUSE, Performative.FAILURE])
async def test_a_declined_request_is_declined_again(kept, no):
    key, work = a_key(), Work(no)

    assert await kept.ledger.once(key, work) == await kept.ledger.once(key, work)
    assert work.times == 1


async def test_work_that_breaks_leaves_nothing_and_may_be_tried_again(kept):
    key = a_key()

    async def breaks():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await kept.ledger.once(key, breaks)
    work = Work()
    assert await kept.ledger.once(key, work) == work.answer


async def test_an_error_of_the_network_within_the_work_passes_through_at_once(kept):
    async def breaks():
        raise ConnectionResetError("somebody else's")

    with pytest.raises(ConnectionResetError):
        await kept.ledger.once(a_key(), breaks)


async def test_twenty_at_once_do_the_work_once(kept):
    key, work = a_key(), Work(doing=kept.book.now)
    answers = await asyncio.gather(*(kept.ledger.once(key, work) for _ in range(20)))

    assert work.times == 1
    assert answers == [work.answer] * 20


def entry(said_at, *about, body="{}"):
    return JournalEntry(
        message_id=uuid4().hex,
        said_at=said_at,
        sender="planner@localhost",
        receiver="reminder@localhost",
        performative=Performative.REQUEST,
        protocol="fipa-request",
        ontology="reminders",
        act="create-reminder",
        conversation=uuid4().hex,
        in_reply_to=None,
        about=about,
        body=body,
    )


async def test_a_message_that_both_ends_write_is_kept_once(kept):
    one = entry(await kept.book.now(), "milk")
    await kept.journal.write([one])
    await kept.journal.write([one, entry(one.said_at, "bread")])
    await kept.journal.write([])

    assert await kept.journal.about("milk") == [one]
    assert len(await kept.journal.latest(10)) == 2


async def test_messages_are_found_by_what_they_speak_of(kept):
    now = await kept.book.now()
    second = entry(now, "milk", "bread", body='{"text":"caffè \\u0000"}')
    first = entry(now - timedelta(minutes=1), "bread")
    other = entry(now, "butter")
    await kept.journal.write([second, first, other])

    assert await kept.journal.about("milk", "bread") == [first, second]
    assert await kept.journal.about("milk", "bread", limit=1) == [first]
    assert await kept.journal.about("nothing") == []


async def test_the_latest_messages_come_first(kept):
    now = await kept.book.now()
    said = [entry(now + timedelta(seconds=second)) for second in range(5)]
    await kept.journal.write(said)

    assert await kept.journal.latest(2) == [said[4], said[3]]
