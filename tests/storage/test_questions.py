"""Open questions, as they lie in the database."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import insert

from ontology.dialogue.concepts import Intent, Interpretation, OpenQuestion, Option, Utterance
from ontology.people.concepts import Person
from storage.inbox import PostgresInbox
from storage.people import PostgresPeople
from storage.schema import open_questions

ADA = Person(id=uuid4(), name="Ada", zone="UTC")
MILK = OpenQuestion(
    options=(
        Option(label="milk", then=Interpretation(intent=Intent.CANCEL_REMINDER, target="milk")),
    )
)


@pytest.mark.parametrize(
    ("kept", "question"),
    [
        (
            '{"options":[{"label":"milk","then":{"intent":"cancel-reminder","target":"milk"}}]}',
            MILK,
        ),
        ('{"options":[],"kept_by_a_later_version":true}', None),
        ('{"options":[{"label":"fly","then":{"intent":"fly"}}]}', None),
    ],
    ids=["earlier", "later-field", "later-intent"],
)
async def test_whoever_another_version_asked_something_is_still_answered(
    database, kept, question
):
    await PostgresPeople(database).add(ADA, "ada@localhost")
    async with database.transaction() as connection:
        await connection.execute(insert(open_questions).values(person_id=ADA.id, question=kept))

    said = Utterance(id=uuid4(), person_id=ADA.id, address="ada@localhost", text="1")
    inbox = PostgresInbox(database)
    heard = await inbox.accept(said, archived_as=None)
    assert heard is not None
    assert await inbox.spoken_with(heard) == (ADA, question)
