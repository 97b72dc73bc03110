"""The same questions, asked of the fakes and of PostgreSQL."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from ontology.people.concepts import Person
from storage.alarm import PostgresAlarm
from storage.chains import PostgresChains
from storage.codes import PostgresCodes
from storage.deliveries import PostgresDeliveries
from storage.due import PostgresDueOccurrences
from storage.inbox import PostgresInbox
from storage.journal import PostgresJournal
from storage.ledger import PostgresLedger
from storage.outbox import PostgresOutbox
from storage.people import PostgresPeople
from storage.preferences import PostgresPreferenceBook
from storage.reminders import PostgresReminderBook
from tests import clock
from tests.fakes.clock import FakeClock
from tests.fakes.codes import FakeCodes
from tests.fakes.dialogue import FakeInbox, FakeOutbox
from tests.fakes.due import FakeAlarm, FakeDueOccurrences
from tests.fakes.journal import FakeJournal
from tests.fakes.ledger import FakeLedger
from tests.fakes.notifications import FakeChains, FakeDeliveries
from tests.fakes.people import FakePeople
from tests.fakes.preferences import FakePreferenceBook
from tests.fakes.reminders import FakeReminderBook


@dataclass
class Kept:
    """Every port of the storage, over the same rows, and the clock they go by."""

    people: Any
    preferences: Any
    codes: Any
    inbox: Any
    outbox: Any
    ledger: Any
    journal: Any
    book: Any
    due: Any
    alarm: Any
    deliveries: Any
    chains: Any
    advance: Any

    async def somebody(self, name: str = "Somebody", zone: str = "Europe/Madrid") -> Person:
        person = Person(id=uuid4(), name=name, zone=zone)
        await self.people.add(person, f"{person.id}@localhost")
        return person


def in_memory() -> Kept:
    at = FakeClock()
    outbox, book = FakeOutbox(at), FakeReminderBook(at)
    people = FakePeople(changes=book.changes, now=at)
    deliveries = FakeDeliveries(book)
    return Kept(
        people=people,
        preferences=FakePreferenceBook(people, book),
        codes=FakeCodes(at),
        inbox=FakeInbox(outbox, at, people, book),
        outbox=outbox,
        ledger=FakeLedger(),
        journal=FakeJournal(),
        book=book,
        due=FakeDueOccurrences(book),
        alarm=FakeAlarm(book),
        deliveries=deliveries,
        chains=FakeChains(deliveries, at),
        advance=at.advance,
    )


def in_postgres(database) -> Kept:
    async def advance(by: timedelta) -> None:
        await clock.advance(database, by)

    return Kept(
        people=PostgresPeople(database),
        preferences=PostgresPreferenceBook(database),
        codes=PostgresCodes(database),
        inbox=PostgresInbox(database),
        outbox=PostgresOutbox(database),
        ledger=PostgresLedger(database),
        journal=PostgresJournal(database),
        book=PostgresReminderBook(database),
        due=PostgresDueOccurrences(database),
        alarm=PostgresAlarm(database),
        deliveries=PostgresDeliveries(database),
        chains=PostgresChains(database),
        advance=advance,
    )


@pytest.fixture
def fake():
    return in_memory()


@pytest.fixture
async def real(database):
    kept = in_postgres(database)
    yield kept
    await kept.alarm.close()


@pytest.fixture(params=["fake", "real"])
def kept(request):
    return request.getfixturevalue(request.param)
