"""What comes back from a person's address did not reach them, and that is noted."""

from __future__ import annotations

import asyncio
import json
from uuid import uuid4

from ontology.notifications.acts import NOTIFICATIONS, NotifyPeople
from ontology.notifications.concepts import Notification, Outcome
from ontology.people.concepts import Person
from ontology.permissions import AgentName
from tests.agents.parrot import ASSISTANT, SOON, listening
from tests.clients.waiting import eventually


async def test_a_reminder_that_comes_back_counts_as_failed_and_is_not_sent_again(house, parrot):
    gone = Person(id=uuid4(), name="gone", zone="UTC")
    await house.people.add(gone, "nobody-there@localhost")
    reminder = await house.speaker(AgentName.REMINDER)
    await house.start(await house.notifier(), reminder)
    item = Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=gone.id,
        text="stretch",
        zone="UTC",
        due_at=house.clock(),
        claimed_at=house.clock(),
    )

    await reminder.request(NOTIFICATIONS, NotifyPeople(notifications=(item,)), "notifier")

    failed = [item.id, "chat", Outcome.FAILED]
    await eventually(lambda: house.deliveries.attempts == [failed], "it is noted", SOON)
    await eventually(lambda: not house.outbox.open, "nothing is left to be sent", SOON)
    await house.minutes.flush()
    told = [e for e in await house.journal.about(str(item.id)) if e.act == "note-outcome"]
    assert {json.loads(entry.body)["why"] for entry in told} == {"service-unavailable"}


async def test_an_answer_that_comes_back_troubles_nobody(house, parrot):
    person, account = await house.person()
    await house.start(await house.notifier())
    async with listening(account) as phone:
        phone.stream.send_raw(
            f"<message to='{ASSISTANT}' type='error' id='{uuid4()}'>"
            "<error type='cancel'><gone xmlns='urn:ietf:params:xml:ns:xmpp-stanzas'/></error>"
            "</message>"
        )
        phone.say(ASSISTANT, "hello")
        await asyncio.wait_for(phone.hears("you said hello"), SOON)

    assert house.deliveries.attempts == []
