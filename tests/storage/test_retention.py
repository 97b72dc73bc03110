"""What is over is forgotten in time; what waits, recurs or will fire is not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import Utterance
from ontology.notifications.concepts import Outcome
from ontology.people.concepts import Person
from ontology.time.concepts import Schedule
from storage.deliveries import PostgresDeliveries
from storage.due import PostgresDueOccurrences
from storage.inbox import PostgresInbox
from storage.outbox import PostgresOutbox
from storage.people import PostgresPeople
from storage.reminders import PostgresReminderBook
from storage.retention import PostgresRetention
from storage.schema import (
    attempts,
    chat_messages,
    notifications,
    occurrences,
    reminders,
    utterances,
)
from tests.clock import advance

DAY = timedelta(days=1)


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
    await deliveries.open(claim.notifications)
    await deliveries.attempt(claim.notifications, "chat")
    await deliveries.settle(ids, "chat", Outcome.SENT)
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
    assert await PostgresRetention(database).forget_before(90) == 4
    for table in (reminders, occurrences, notifications, attempts):
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
