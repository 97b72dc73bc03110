"""PostgreSQL is killed in the middle of things: what was confirmed is there, once."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from ontology.acl import Performative
from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import ChatMessage, Utterance
from ontology.errors import ServerError
from ontology.ledger import Answer, ConversationKey
from ontology.people.concepts import Person
from ontology.time.concepts import Schedule
from storage import database as patience
from storage.alarm import PostgresAlarm
from storage.due import PostgresDueOccurrences
from storage.inbox import PostgresInbox
from storage.ledger import PostgresLedger
from storage.outbox import PostgresOutbox
from storage.people import PostgresPeople
from storage.reminders import PostgresReminderBook
from storage.schema import occurrences, reminders

STORM = 300


@pytest.fixture
async def person(shaken):
    person = Person(id=uuid4(), name="Somebody", zone="Europe/Madrid")
    await PostgresPeople(shaken).add(person, "somebody@localhost")
    return person


async def count(database, table):
    async with database.transaction() as connection:
        return await connection.scalar(select(func.count()).select_from(table))


async def storm(dying, call, kills=3):
    """Make calls, twelve at a time, and kill the server meanwhile; return what they said."""
    numbers = iter(range(STORM))
    said: dict[int, Any] = {}
    restarts: list[asyncio.Task[None]] = []
    deadly = {(kill + 1) * STORM // (kills + 1) for kill in range(kills)}

    async def caller():
        for number in numbers:
            if number in deadly:
                dying.kill()
                restarts.append(asyncio.create_task(dying.start()))
            said[number] = await call(number)

    await asyncio.gather(*(caller() for _ in range(12)))
    await asyncio.gather(*restarts)
    assert len(restarts) == kills
    return said


async def test_every_reminder_that_was_confirmed_is_there_once(dying, shaken, person):
    book, ledger = PostgresReminderBook(shaken), PostgresLedger(shaken)
    schedule = Schedule.once(await book.now() + timedelta(days=1), "UTC")

    async def confirm(number):
        async def create():
            made = await book.create(person.id, f"number {number}", schedule, schedule.first)
            return Answer(Performative.INFORM, str(made.id))

        return await ledger.once(ConversationKey("reminder", "planner", str(number)), create)

    said = await storm(dying, confirm)

    kept, total = await book.upcoming(person.id, STORM)
    assert total == STORM == await count(shaken, reminders) == await count(shaken, occurrences)
    assert {reminder.id for reminder in kept} == {UUID(answer.body) for answer in said.values()}
    assert sorted(reminder.number for reminder in kept) == list(range(1, STORM + 1))


async def test_every_utterance_is_new_exactly_once(dying, shaken, person):
    inbox = PostgresInbox(shaken)
    heard = [
        Utterance(id=uuid4(), person_id=person.id, address="a@localhost", text=str(number))
        for number in range(STORM)
    ]

    new = await storm(dying, lambda number: inbox.accept(heard[number], archived_as=None))
    assert all(new.values())
    assert len(await inbox.unanswered()) == STORM

    answered = await storm(
        dying, lambda number: inbox.answer(heard[number], Reply(text="yes")), kills=2
    )
    assert all(answered.values())
    assert await inbox.answer(heard[0], Reply(text="twice")) is None


async def test_every_message_that_was_put_is_new_exactly_once(dying, shaken, person):
    outbox = PostgresOutbox(shaken)

    async def put(number):
        message = ChatMessage(
            key=uuid4(), person_id=person.id, address="a@localhost", body=str(number)
        )
        return len(await outbox.put([message]))

    said = await storm(dying, put)
    assert set(said.values()) == {1}
    assert len(await outbox.unsettled()) == STORM


async def test_what_was_told_is_told_once_however_often_the_server_dies(dying, shaken, person):
    book, due = PostgresReminderBook(shaken), PostgresDueOccurrences(shaken)
    now = await book.now()
    schedule = Schedule.once(now - timedelta(seconds=1), "UTC")
    for _ in range(100):
        await book.create(person.id, "stretch", schedule, schedule.first)
    told: list[UUID] = []

    async def tell():
        while len(set(told)) < 100:
            claim = await due.claim(5, timedelta(seconds=1))
            await due.offered(claim)
            ids = [item.id for item in claim.notifications]
            await due.close(claim, ids, timedelta(seconds=1))
            told.extend(ids)
            if len(told) % 20 == 5:
                await dying.die()

    await asyncio.wait_for(tell(), 60)
    assert len(told) == 100
    assert len(await book.fired(person.id, None, 200)) == 100


async def test_the_alarm_rings_again_after_the_server_died(dying, shaken, person):
    alarm, book = PostgresAlarm(shaken), PostgresReminderBook(shaken)
    await alarm.rung(timedelta(seconds=5))
    await dying.die()
    await alarm.rung(timedelta(seconds=5))

    schedule = Schedule.once(await book.now() + timedelta(days=1), "UTC")
    waiting = asyncio.create_task(alarm.rung(timedelta(days=1)))
    await book.create(person.id, "stretch", schedule, schedule.first)
    await asyncio.wait_for(waiting, 10)
    await alarm.close()


async def test_an_alarm_without_a_server_waits_quietly(dying, shaken, monkeypatch):
    alarm = PostgresAlarm(shaken)
    await alarm.rung(timedelta(seconds=5))
    dying.kill()
    await alarm.rung(timedelta(seconds=5))

    connects = 0
    connect = alarm._connect

    async def counted():
        nonlocal connects
        connects += 1
        await connect()

    monkeypatch.setattr(alarm, "_connect", counted)
    await alarm.rung(timedelta(seconds=1))
    assert 1 <= connects <= 6
    await alarm.close()
    await dying.start()


async def test_a_server_that_stays_away_is_an_error_in_plain_words(dying, shaken, monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", 0.5)
    dying.kill()

    with pytest.raises(ServerError, match="PostgreSQL does not answer"):
        await PostgresPeople(shaken).at("somebody@localhost")
    await dying.start()
    assert await PostgresPeople(shaken).at("nobody@localhost") is None
