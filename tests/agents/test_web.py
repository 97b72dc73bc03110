"""The web agent on a real server: what handlers of webhooks ask reaches the right agent."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from agents.web import WebAgent
from behaviours.fipa.request import RequestResponder
from ontology.acl import Failed, Refused
from ontology.dialogue.acts import DIALOGUE, HearUtterance, Stranger, UtteranceAnswered
from ontology.errors import NoAnswer
from ontology.notifications.acts import NOTIFICATIONS, SayText, TextSaid
from ontology.notifications.concepts import Channel
from ontology.permissions import AgentName
from ontology.policy.acts import ChangePreferences
from ontology.policy.changes import PreferChannel
from ontology.reminders.acts import NothingFound
from ontology.time.concepts import Schedule
from tests.fakes.arrivals import FakeArrivals

HOUR = timedelta(hours=1)


class HearOnRequest(RequestResponder[HearUtterance, UtteranceAnswered]):
    vocabulary, action = DIALOGUE, HearUtterance

    def __init__(self, person_id):
        self.heard, self.person_id = [], person_id

    async def perform(self, action, asker):
        if action.address != "tel:+34600111222":
            raise Refused(Stranger(first=True))
        self.heard.append(action)
        return UtteranceAnswered(text="done", person_id=self.person_id)


class SayOnRequest(RequestResponder[SayText, TextSaid]):
    vocabulary, action = NOTIFICATIONS, SayText

    def __init__(self):
        self.said = []

    async def perform(self, action, asker):
        self.said.append(action.text)
        return TextSaid()


@pytest.fixture
async def web(house):
    account = await house.account("web")
    agent = WebAgent(account, journal=house.minutes, arrivals=FakeArrivals())
    await house.start(await house.directory(), await house.reminder(), agent)
    return agent


async def remind(house, person, text="stretch"):
    first = house.clock() + HOUR
    return await house.book.create(person.id, text, Schedule.once(first, "UTC"), first)


async def test_what_comes_next_is_told_in_words(house, web):
    person, _ = await house.person()
    assert await web.colleagues.next_up(person.id) == "You have no reminders ahead."

    await remind(house, person)
    await remind(house, person, "eat")
    told = await web.colleagues.next_up(person.id)
    assert told.startswith("Next: stretch, ")
    assert told.endswith(" 1 more after that.")


async def test_an_occurrence_is_shown_to_its_person_and_nobody_else(house, web):
    ada, _ = await house.person()
    bob, _ = await house.person()
    await remind(house, ada)
    (id_,) = house.book.rows

    assert (await web.colleagues.occurrence(ada.id, id_)).text == "stretch"
    with pytest.raises(Failed) as no:
        await web.colleagues.occurrence(bob.id, id_)
    assert no.value.reason == NothingFound()


async def test_what_somebody_says_is_heard_by_who_answers_people(house, web):
    role = HearOnRequest(uuid4())
    assistant = await house.speaker(AgentName.ASSISTANT, role, services=("user-interface",))
    await house.start(assistant)
    said = HearUtterance(
        utterance_id=uuid4(), address="tel:+34600111222", text="done", said_at=house.clock()
    )

    for _ in range(3):
        assert (await web.colleagues.hear(said)).text == "done"
    assert role.heard == [said]
    with pytest.raises(Refused):
        stranger = said.model_copy(update={"address": "tel:+1", "utterance_id": uuid4()})
        await web.colleagues.hear(stranger)


async def test_what_is_said_by_a_channel_is_asked_of_who_serves_it_once_for_one_key(house, web):
    role = SayOnRequest()
    await house.start(await house.speaker(AgentName.PHONE, role, services=("sms",)))
    say = SayText(key=uuid4(), person_id=uuid4(), channel=Channel.SMS, text="done")

    for key in ("one", "one", "two"):
        await web.colleagues.say(say, key)
    assert role.said == ["done", "done"]


async def test_a_preference_is_changed_by_who_keeps_them(house, web):
    await house.start(await house.policy())
    person, _ = await house.person()
    change = PreferChannel(channel=Channel.EMAIL, use=False)
    done = await web.colleagues.change(
        ChangePreferences(person_id=person.id, change=change), "a link"
    )

    assert Channel.EMAIL not in done.after.channels


async def test_who_nobody_serves_is_told_so_that_it_is_asked_again(web):
    say = SayText(key=uuid4(), person_id=uuid4(), channel=Channel.SMS, text="done")
    with pytest.raises(NoAnswer):
        await web.colleagues.say(say, "one")
