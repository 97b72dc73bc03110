"""What is over is forgotten in time; what waits, recurs or will fire is not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from ontology.acl import Performative
from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import Utterance
from ontology.journal import JournalEntry
from ontology.notifications.concepts import Attempted, Channel, Outcome
from ontology.people.concepts import Person
from ontology.policy.concepts import Notice, Step
from ontology.time.concepts import Schedule
from storage.chains import PostgresChains
from storage.deliveries import PostgresDeliveries
from storage.due import PostgresDueOccurrences
from storage.inbox import PostgresInbox
from storage.journal import PostgresJournal
from storage.outbox import PostgresOutbox
from storage.people import PostgresPeople
from storage.reminders import PostgresReminderBook
from storage.retention import _UNEXPLAINING, PostgresRetention
from storage.schema import (
    attempts,
    chat_messages,
    occurrences,
    reminders,
    utterances,
)
from tests.clock import advance, now
from tests.contracts.reminding import send

DAY = timedelta(days=1)

MANY_MESSAGES = text("""
INSERT INTO journal
SELECT n, steward_now() - n * interval '6 minutes', 'a', 'b', 'inform', 'fipa-request',
       'reminders', 'reminder-created', n, NULL, ARRAY[CAST(gen_random_uuid() AS text)], '{}'
FROM generate_series(1, 20000) AS n
""")


@pytest.fixture
async def person(database):
    person = Person(id=uuid4(), name="Somebody", zone="UTC")
    await PostgresPeople(database).add(person, "somebody@localhost")
    return person


async def count(database, table):
    async with database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(table))


async def tell(database):
    due, deliveries = PostgresDueOccurrences(database), PostgresDeliveries(database)
    claim = await due.claim(10, timedelta(minutes=1))
    ids = [item.id for item in claim.notifications]
    await due.offered(claim)
    await deliveries.attempt(claim.notifications, Channel.CHAT)
    await send(deliveries, *ids)
    await due.close(claim, ids, timedelta(seconds=1))


async def remind(database, person, rule=None, within=-timedelta(seconds=1)):
    book = PostgresReminderBook(database)
    at = (await book.now() + within).replace(microsecond=0)
    schedule = Schedule(zone="UTC", start=at.replace(tzinfo=None), rule=rule)
    return await book.create(person.id, "stretch", schedule, schedule.first)


async def test_a_reminder_is_forgotten_with_its_last_occurrence(database, person):
    await remind(database, person)
    await tell(database)
    await advance(database, 89 * DAY)
    assert await PostgresRetention(database).forget_before(90) == 0

    await advance(database, 2 * DAY)
    assert await PostgresRetention(database).forget_before(90) == 3
    for table in (reminders, occurrences, attempts):
        assert await count(database, table) == 0
    assert (await remind(database, person)).number == 2


async def test_what_recurs_or_lies_ahead_is_kept(database, person):
    daily = await remind(database, person, rule="FREQ=DAILY")
    ahead = await remind(database, person, within=400 * DAY)
    await tell(database)
    await advance(database, 200 * DAY)
    await PostgresRetention(database).forget_before(90)

    kept, _ = await PostgresReminderBook(database).upcoming(person.id, 9)
    assert {reminder.id for reminder in kept} == {daily.id, ahead.id}


async def test_what_was_never_told_is_kept(database, person):
    await remind(database, person)
    await advance(database, 200 * DAY)

    assert await PostgresRetention(database).forget_before(90) == 0


async def test_what_a_chain_still_carries_on_is_kept_with_what_was_tried(database, person):
    await remind(database, person)
    due, kept = PostgresDueOccurrences(database), PostgresChains(database)
    claim = await due.claim(1, DAY)
    steps = tuple(Step(channels=(each,), wait=DAY) for each in (Channel.CHAT, Channel.CALL))
    plan = Notice(at=await now(database), steps=steps)
    held = await kept.begin(claim.notifications, plan, Channel.CHAT, DAY)
    (item,) = claim.notifications
    sent = Attempted(id=item.id, outcome=Outcome.SENT)
    await due.offered(claim)
    await kept.settle(held.token, [sent], Channel.CHAT, 0, 300 * DAY)
    await due.close(claim, [item.id], DAY)
    await advance(database, 301 * DAY)

    await PostgresRetention(database).forget_before(90)

    (chain,) = (await kept.claim(1, DAY)).chains
    assert chain.step == 1
    assert await count(database, occurrences) == 1


async def test_the_dialogue_is_forgotten_but_for_the_place_to_catch_up_from(database, person):
    inbox, outbox = PostgresInbox(database), PostgresOutbox(database)
    for number in range(4):
        said = Utterance(id=uuid4(), person_id=person.id, address="a@localhost", text="hello")
        await inbox.accept(said, archived_as=f"a{number}")
        if number < 3:
            await inbox.answer(said, Reply(text="hello"))
            await outbox.settle([said.id])
    await inbox.answer(said, Reply(text="not settled"))
    await advance(database, 91 * DAY)

    assert await PostgresRetention(database).forget_before(90) == 6
    assert await inbox.caught_up_to() == "a3"
    assert await count(database, utterances) == 1 == await count(database, chat_messages)


async def note(database, act, *about, conversation="c"):
    """Let an agent have said something about these."""
    entry = JournalEntry(
        message_id=uuid4().hex,
        said_at=await now(database),
        sender="planner@localhost",
        receiver="reminder@localhost",
        performative=Performative.INFORM,
        protocol="fipa-request",
        ontology="reminders",
        act=act,
        conversation=conversation,
        in_reply_to=None,
        about=tuple(map(str, about)),
        body="{}",
    )
    await PostgresJournal(database).write([entry])


async def noted(database):
    """What the journal holds, the oldest first."""
    return [entry.act for entry in await PostgresJournal(database).latest(100)][::-1]


async def note_a_making(database, made):
    said = uuid4()
    await note(database, "answer-utterance", said, conversation=str(said))
    await note(database, "create-reminder", said, conversation=f"{said}:1")
    await note(database, "reminder-created", made.id, conversation=f"{said}:1")


async def note_a_ring(database, person):
    occurrence = await PostgresReminderBook(database).last_told(person.id)
    assert occurrence is not None
    ids = (occurrence.id, occurrence.reminder_id)
    await note(database, "notify-people", *ids)
    await note(database, "people-notified", occurrence.id)
    await note(database, "completed", *ids, conversation=f"{uuid4()}:1")


async def test_what_explains_a_reminder_is_kept_for_as_long_as_it_is(database, person):
    ahead = await remind(database, person, within=100 * DAY)
    await note_a_making(database, ahead)
    await note(database, "which-reminders")
    await note(database, "answer-utterance", uuid4())
    await note(database, "said by a stranger", "not an id")
    await advance(database, 99 * DAY)
    await PostgresRetention(database).forget_before(90)
    making = ["answer-utterance", "create-reminder", "reminder-created"]
    assert await noted(database) == making

    await advance(database, 1.5 * DAY)
    await tell(database)
    await note_a_ring(database, person)
    await advance(database, 89 * DAY)
    await PostgresRetention(database).forget_before(90)
    ring = ["notify-people", "people-notified", "completed"]
    assert await noted(database) == [*making, *ring]

    await advance(database, 2 * DAY)
    await PostgresRetention(database).forget_before(90)
    assert await noted(database) == []


async def test_of_what_has_rung_for_long_the_old_rings_are_forgotten(database, person):
    daily = await remind(database, person, rule="FREQ=DAILY")
    await note_a_making(database, daily)
    for _ in range(2):
        await tell(database)
        await note_a_ring(database, person)
        await advance(database, 60 * DAY)
    await PostgresRetention(database).forget_before(90)

    making = ["answer-utterance", "create-reminder", "reminder-created"]
    assert await noted(database) == [*making, "notify-people", "people-notified", "completed"]


async def test_what_is_said_every_day_is_not_read_to_forget_what_is_old(database):
    age = {"age": 90 * DAY}
    async with database.transaction() as connection:
        await connection.execute(MANY_MESSAGES)
        await connection.execute(text("ANALYZE journal"))
        explained = text(f"EXPLAIN {_UNEXPLAINING.text}").bindparams(
            *_UNEXPLAINING._bindparams.values()
        )
        plan = "\n".join((await connection.scalars(explained, age)).all())

    assert "Seq Scan on journal" not in plan
    assert plan.count("journal_said") == 2
