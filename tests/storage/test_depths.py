from datetime import timedelta
from uuid import uuid4

from ontology.dialogue.acts import Reply
from ontology.dialogue.concepts import Utterance
from ontology.notifications.concepts import Channel
from ontology.people.concepts import Person
from ontology.time.concepts import Schedule
from storage.deliveries import PostgresDeliveries
from storage.depths import Depths, PostgresDepths
from storage.due import PostgresDueOccurrences
from storage.inbox import PostgresInbox
from storage.people import PostgresPeople
from storage.reminders import PostgresReminderBook


async def test_what_waits_is_counted(database):
    person = Person(id=uuid4(), name="Somebody", zone="UTC")
    await PostgresPeople(database).add(person, "somebody@localhost")
    inbox, book = PostgresInbox(database), PostgresReminderBook(database)
    said = [
        Utterance(id=uuid4(), person_id=person.id, address="a@localhost", text="hello")
        for _ in range(3)
    ]
    for utterance in said:
        await inbox.accept(utterance, archived_as=None)
    await inbox.answer(said[0], Reply(text="hello"))
    now = await book.now()
    for within in (-2, -1, 3600):
        schedule = Schedule.once(now + timedelta(seconds=within), "UTC")
        await book.create(person.id, "stretch", schedule, schedule.first)
    claim = await PostgresDueOccurrences(database).claim(1, timedelta(minutes=1))
    deliveries = PostgresDeliveries(database)
    await deliveries.attempt(claim.notifications, Channel.CHAT)

    assert await PostgresDepths(database).read() == Depths(
        unanswered=2, unsettled=1, untold=2, attempting=1, journal=0
    )
