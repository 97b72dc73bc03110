"""However much lies ahead, the firing loop looks only at what is due."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from ontology.people.concepts import Person
from storage import due
from storage.due import PostgresDueOccurrences
from storage.people import PostgresPeople

LIE_AHEAD = text("""
WITH made AS (
    INSERT INTO reminders (id, person_id, number, text, words, zone, start, fold)
    SELECT gen_random_uuid(), people.id, n, 'stretch', ' stretch', 'UTC', now(), 0
    FROM people, generate_series(1, :each) AS n RETURNING id, person_id, number
)
INSERT INTO occurrences
    (id, reminder_id, person_id, revision, text, zone, due_at, state, ready_at)
SELECT gen_random_uuid(), id, person_id, 0, 'stretch', 'UTC', due_at, 'scheduled', due_at
FROM made, LATERAL (SELECT steward_now() + number * interval '1 minute' AS due_at) AS later
""")


@pytest.fixture(params=["statistics as after ANALYZE", "no statistics"])
async def crowded(database, request):
    """A database with 20,000 occurrences ahead."""
    for number in range(10):
        person = Person(id=uuid4(), name=f"number {number}", zone="UTC")
        await PostgresPeople(database).add(person, f"{number}@localhost")
    async with database.transaction() as connection:
        await connection.execute(LIE_AHEAD, {"each": 2_000})
        if request.param != "no statistics":
            await connection.execute(text("ANALYZE"))
    return database


async def plan(database, statement, **values):
    async with database.transaction() as connection:
        explained = text(f"EXPLAIN {statement.text}").bindparams(
            *statement._bindparams.values()
        )
        return "\n".join((await connection.scalars(explained, values)).all())


async def test_claiming_reads_no_table_of_occurrences_from_end_to_end(crowded):
    held = {"most": 500, "lease": timedelta(minutes=1), "token": uuid4()}
    claiming = await plan(crowded, due._CLAIM, **held)

    assert "Seq Scan on occurrences" not in claiming
    assert claiming.count("occurrences_ready_of_person") == 2
    assert "Tid Scan on occurrences" in claiming


async def test_the_next_due_time_is_read_off_an_index(crowded):
    waiting = await plan(crowded, due._DUE_IN)

    assert "using occurrences_ready on occurrences" in waiting
    assert "Limit" in waiting


async def test_a_claim_takes_no_more_than_what_is_due(crowded):
    claim = await PostgresDueOccurrences(crowded).claim(500, timedelta(minutes=1))

    assert claim.notifications == ()
