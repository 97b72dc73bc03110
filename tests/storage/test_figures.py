"""How deliveries went lately, read from what was tried and told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from ontology.figures import Figures
from ontology.people.concepts import Person
from storage.figures import PostgresFigures
from storage.people import PostgresPeople

NOTHING = Figures(attempts={}, lateness={}, told=0)
TOLD = text("""
WITH made AS (
    INSERT INTO reminders (id, person_id, number, text, words, zone, start, fold)
    SELECT gen_random_uuid(), :person, n, 'stretch', ' stretch', 'UTC', now(), 0
    FROM generate_series(0, 10) AS n RETURNING id, number
)
INSERT INTO occurrences
    (id, reminder_id, person_id, revision, text, zone, due_at, state, told_at)
SELECT gen_random_uuid(), id, :person, 0, 'stretch', 'UTC', due_at, 'delivered',
    due_at + number * interval '1 second'
FROM made, LATERAL (SELECT steward_now() - make_interval(hours => :hours) AS due_at) AS past
""")
TRIED = text("""
INSERT INTO attempts (notification_id, person_id, channel, outcome, began_at, ended_at)
SELECT gen_random_uuid(), :person, channel, outcome, at, at
FROM (VALUES ('chat', 'sent'), ('chat', 'sent'), ('call', 'failed')) AS made (channel, outcome),
LATERAL (SELECT steward_now() - make_interval(hours => :hours) AS at) AS past
""")


@pytest.fixture
async def person(database):
    person = Person(id=uuid4(), name="Somebody", zone="UTC")
    await PostgresPeople(database).add(person, "somebody@localhost")
    return person


async def happened(database, statement, person, hours):
    async with database.transaction() as connection:
        await connection.execute(statement, {"person": person.id, "hours": hours})


async def test_where_nothing_happened_there_is_nothing_to_tell(database):
    assert await PostgresFigures(database).figures() == NOTHING


async def test_attempts_are_counted_by_channel_and_outcome_and_lateness_by_share(
    database, person
):
    await happened(database, TOLD, person, 1)
    await happened(database, TRIED, person, 1)

    assert await PostgresFigures(database).figures() == Figures(
        attempts={("chat", "sent"): 2, ("call", "failed"): 1},
        lateness={0.5: 5.0, 0.9: 9.0, 0.99: 9.9, 1.0: 10.0},
        told=11,
    )


async def test_what_is_older_than_a_day_counts_no_more(database, person):
    await happened(database, TOLD, person, 25)
    await happened(database, TRIED, person, 25)

    assert await PostgresFigures(database).figures() == NOTHING


async def test_the_databases_clock_is_told_in_utc(database):
    now = await PostgresFigures(database).now()

    assert now.tzinfo is UTC
    assert abs(now - datetime.now(UTC)) < timedelta(seconds=5)
