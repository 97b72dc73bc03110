"""Several at once, on one database."""

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from ontology.acl import Performative
from ontology.ledger import Answer, ConversationKey
from ontology.people.concepts import Person
from ontology.time.concepts import Schedule
from storage.due import PostgresDueOccurrences
from storage.ledger import PostgresLedger
from storage.people import PostgresPeople
from storage.reminders import PostgresReminderBook
from tests.clients.waiting import eventually

LEASE = timedelta(minutes=1)

FALL_DUE = text("""
WITH made AS (
    INSERT INTO reminders (id, person_id, number, text, words, zone, start, fold)
    SELECT gen_random_uuid(), :person, n, 'stretch', ' stretch', 'UTC', now(), 0
    FROM generate_series(1, :count) AS n RETURNING id, person_id
)
INSERT INTO occurrences
    (id, reminder_id, person_id, revision, text, zone, due_at, state, ready_at)
SELECT gen_random_uuid(), id, person_id, 0, 'stretch', 'UTC', steward_now(), 'scheduled',
       steward_now()
FROM made
""")


async def somebody(database):
    person = Person(id=uuid4(), name="Somebody", zone="UTC")
    await PostgresPeople(database).add(person, f"{person.id}@localhost")
    return person


async def zone_of(database, person):
    found = await PostgresPeople(database).person(person.id)
    return found and found.zone


async def fall_due(database, person, count):
    async with database.transaction() as connection:
        await connection.execute(FALL_DUE, {"person": person.id, "count": count})


async def test_ten_thousand_due_are_claimed_once_each_by_four_at_once(database):
    for count in (7_000, 2_990, 10):
        await fall_due(database, await somebody(database), count)
    due = PostgresDueOccurrences(database)
    claimed: Counter[UUID] = Counter()

    async def claimant():
        while (left := await due.due_in()) is not None and left <= timedelta(0):
            claim = await due.claim(500, LEASE)
            ids = [item.id for item in claim.notifications]
            await due.offered(claim)
            await due.close(claim, ids, LEASE)
            claimed.update(ids)

    await asyncio.gather(*(claimant() for _ in range(4)))

    assert len(claimed) == 10_000
    assert set(claimed.values()) == {1}


async def test_a_reminder_changed_while_it_recurs_has_one_future(database):
    person = await somebody(database)
    book, due = PostgresReminderBook(database), PostgresDueOccurrences(database)
    now = await book.now()
    start = (now - timedelta(seconds=1)).replace(tzinfo=None, microsecond=0)
    every_minute = Schedule(zone="UTC", start=start, rule="FREQ=MINUTELY")
    made = [
        await book.create(person.id, "sip", every_minute, every_minute.first) for _ in range(40)
    ]
    hourly = every_minute.model_copy(update={"rule": "FREQ=HOURLY"})
    later = now + timedelta(hours=1)

    await asyncio.gather(
        *(book.change(reminder, "sip", hourly, later) for reminder in made[:20]),
        *(book.cancel(reminder) for reminder in made[20:]),
        *(due.claim(10, LEASE) for _ in range(8)),
    )

    async with database.transaction() as connection:
        waiting = await connection.execute(
            text("SELECT reminder_id, due_at FROM occurrences WHERE state = 'scheduled'")
        )
        assert {row.reminder_id: row.due_at for row in waiting} == {
            reminder.id: later for reminder in made[:20]
        }
    assert (await book.upcoming(person.id, 100))[1] == 20


async def waits_for_a_lock(database):
    """Return once some call stands before a row that another holds."""
    waiting = text("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'")

    async def somebody_waits():
        async with database.transaction() as connection:
            return (await connection.scalar(waiting)) > 0

    await eventually(somebody_waits, "a call that waits for a row", 10)


async def within_a_transaction(database, work, until):
    """Do something and commit it when that is allowed; return a task, and when it is done."""
    done = asyncio.Event()

    async def begin():
        async with database.transaction():
            result = await work
            done.set()
            await until.wait()
        return result

    task = asyncio.create_task(begin())
    await asyncio.wait_for(done.wait(), 10)
    return task


async def test_a_text_that_changes_while_its_reminder_is_claimed_makes_no_second_one(database):
    person = await somebody(database)
    book, due = PostgresReminderBook(database), PostgresDueOccurrences(database)
    past = Schedule.once(await book.now() - timedelta(seconds=1), "UTC")
    made = await book.create(person.id, "old", past, past.first)
    commit = asyncio.Event()

    claiming = await within_a_transaction(database, due.claim(10, LEASE), commit)
    rewording = asyncio.create_task(book.reword(made, "new"))
    await waits_for_a_lock(database)
    commit.set()
    claim, reworded = await asyncio.gather(claiming, rewording)

    assert [item.text for item in claim.notifications] == ["old"]
    assert reworded is not None
    await due.close(claim, [], timedelta(0))
    again = await due.claim(10, LEASE)
    assert [(item.id, item.text) for item in again.notifications] == [
        (claim.notifications[0].id, "new")
    ]


async def test_a_reminder_is_not_claimed_while_its_text_changes(database):
    person = await somebody(database)
    book, due = PostgresReminderBook(database), PostgresDueOccurrences(database)
    past = Schedule.once(await book.now() - timedelta(seconds=1), "UTC")
    made = await book.create(person.id, "old", past, past.first)
    commit = asyncio.Event()

    rewording = await within_a_transaction(database, book.reword(made, "new"), commit)
    assert (await due.claim(10, LEASE)).notifications == ()
    commit.set()
    await rewording

    assert [item.text for item in (await due.claim(10, LEASE)).notifications] == ["new"]


async def test_twenty_repeats_at_once_do_the_work_once(database):
    person = await somebody(database)
    ledger, people = PostgresLedger(database), PostgresPeople(database)
    key, times = ConversationKey("reminder", "planner", "the same"), 0

    async def move():
        nonlocal times
        times += 1
        await people.move_to_zone(person.id, f"zone {times}")
        return Answer(Performative.INFORM, str(times))

    answers = await asyncio.gather(*(ledger.once(key, move) for _ in range(20)))

    assert {answer.body for answer in answers} == {"1"}
    assert await zone_of(database, person) == "zone 1"


@pytest.mark.parametrize("no", [Performative.REFUSE, Performative.FAILURE])
async def test_what_a_declined_request_wrote_is_taken_back(database, no):
    person = await somebody(database)
    ledger, people = PostgresLedger(database), PostgresPeople(database)

    async def move_and_decline():
        await people.move_to_zone(person.id, "elsewhere")
        return Answer(no, "{}")

    await ledger.once(ConversationKey("a", "b", "c"), move_and_decline)

    assert await zone_of(database, person) == "UTC"


async def test_what_broken_work_wrote_is_taken_back(database):
    person = await somebody(database)
    ledger, people = PostgresLedger(database), PostgresPeople(database)

    async def move_and_break():
        await people.move_to_zone(person.id, "elsewhere")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await ledger.once(ConversationKey("a", "b", "c"), move_and_break)

    assert await zone_of(database, person) == "UTC"


async def test_numbers_are_given_once_each_to_reminders_made_at_once(database):
    person, book = await somebody(database), PostgresReminderBook(database)
    schedule = Schedule.once(await book.now() + timedelta(hours=1), "UTC")
    made = await asyncio.gather(
        *(book.create(person.id, "stretch", schedule, schedule.first) for _ in range(30))
    )

    assert sorted(reminder.number for reminder in made) == list(range(1, 31))


async def test_a_task_that_outlives_the_transaction_gets_a_connection_of_its_own(database):
    person, people = await somebody(database), PostgresPeople(database)
    over = asyncio.Event()

    async def ask_later():
        await over.wait()
        return await people.person(person.id)

    async with database.transaction():
        asked = asyncio.create_task(ask_later())
    over.set()

    assert await asked == person


async def test_old_answers_are_forgotten(database):
    ledger = PostgresLedger(database)

    async def work():
        return Answer(Performative.INFORM, "{}")

    await ledger.once(ConversationKey("a", "b", "c"), work)

    assert await ledger.forget_before(30) == 0
    assert await ledger.forget_before(-1) == 1
