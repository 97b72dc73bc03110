"""Calls and texts: who can be reached, and each attempt once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from behaviours.notifications.dispatch_once import DispatchOnce
from behaviours.people.report_bad_address import ReportBadAddress
from behaviours.phone.close_calls import CloseCallsOnRequest
from behaviours.phone.reach_by_phone import ReachByPhone
from behaviours.phone.say_by_text import SayByTextOnRequest
from ontology.acl import Failed, Refused
from ontology.errors import NoAnswer
from ontology.notifications.acts import (
    CallForDelivery,
    CloseDelivery,
    DeliverMessages,
    SayText,
)
from ontology.notifications.concepts import Channel, Notification, Outcome
from ontology.notifications.posted import Posted
from ontology.people.concepts import Person
from ontology.phone.concepts import About
from tests.fakes.dispatches import FakeDispatches
from tests.fakes.people import FakePeople

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NUMBER = "+34600111222"
ADA = Person(id=UUID(int=1), name="Ada", zone="Europe/Madrid")
ALL = (Channel.CALL, Channel.SMS, Channel.WHATSAPP)


class FakeTelephone:
    """Writes down what it was asked; ``answers`` are given first."""

    def __init__(self, *answers):
        self.calls, self.texts, self.hung_up = [], [], []
        self.answers = list(answers)

    def _posted(self):
        return self.answers.pop(0) if self.answers else Posted.sent("CA1")

    async def call(self, to, language, about):
        self.calls.append((to, language, about))
        return self._posted()

    async def text(self, channel, to, text, about=None):
        self.texts.append((channel, to, text, about))
        return self._posted()

    async def hang_up(self, reference):
        self.hung_up.append(reference)


class FakeReports(ReportBadAddress):
    """Has nobody told, but remembers of what."""

    def __init__(self):
        self.reports = {}

    async def report(self, address, why):
        self.reports[address] = why


class Phone:
    def __init__(self, *answers, dispatches=None, channels=ALL):
        self.people = FakePeople(ADA)
        self.people.owners = {f"tel:{NUMBER}": ADA.id}
        self.telephone = FakeTelephone(*answers)
        self.dispatches = dispatches or FakeDispatches()
        dispatching = {each: DispatchOnce(self.dispatches, each) for each in channels}
        self.reported = FakeReports()
        self.reach = ReachByPhone(self.people, self.telephone, dispatching, self.reported)
        self.say = SayByTextOnRequest(self.people, self.telephone, dispatching)
        self.close = CloseCallsOnRequest(self.telephone)

    async def bid(self, *channels):
        call = CallForDelivery(person_id=ADA.id, count=1, channels=channels)
        return (await self.reach.bid(call)).channel

    async def deliver(self, channel, *items, step=0):
        work = DeliverMessages(notifications=items, channel=channel, step=step)
        return (await self.reach.perform(work)).outcomes


def notification(text="take the pills"):
    return Notification(
        id=uuid4(),
        reminder_id=uuid4(),
        person_id=ADA.id,
        text=text,
        zone=ADA.zone,
        due_at=NOW,
        claimed_at=NOW,
    )


async def test_the_first_channel_that_there_is_a_number_for_is_offered():
    phone = Phone()
    assert await phone.bid(Channel.WHATSAPP, Channel.SMS, Channel.CALL) is Channel.SMS
    assert await phone.bid(Channel.TELEGRAM, Channel.CALL) is Channel.CALL
    for unreachable in [(Channel.WHATSAPP,), (Channel.CHAT, Channel.EMAIL)]:
        with pytest.raises(Refused):
            await phone.bid(*unreachable)
    await phone.people.mark_bad(f"tel:{NUMBER}", "error 30006")
    with pytest.raises(Refused):
        await phone.bid(Channel.SMS)


async def test_a_channel_that_is_not_set_up_is_not_offered():
    with pytest.raises(Refused):
        await Phone(channels=(Channel.SMS,)).bid(Channel.CALL)


async def test_an_attempt_is_made_once_however_often_it_is_awarded():
    phone, pills = Phone(), notification()
    for _ in range(3):
        (told,) = await phone.deliver(Channel.CALL, pills, step=2)
        assert (told.outcome, told.reference) == (Outcome.SENT, "CA1")

    assert phone.telephone.calls == [(NUMBER, "en-GB", About(ADA.id, 2, (pills.id,)))]
    await phone.deliver(Channel.CALL, pills, step=3)
    assert len(phone.telephone.calls) == 2


async def test_what_an_earlier_life_began_is_unknown_and_not_made_again():
    pills, dispatches = notification(), FakeDispatches()
    await dispatches.begin(pills.id, Channel.CALL, ADA.id)
    phone = Phone(dispatches=dispatches)
    (told,) = await phone.deliver(Channel.CALL, pills)

    assert told.outcome is Outcome.UNKNOWN
    assert phone.telephone.calls == []


async def test_one_call_tells_of_all_that_are_due_and_of_each_once():
    first, second, third = items = [notification(f"thing {n}") for n in range(3)]
    phone = Phone()
    await phone.deliver(Channel.CALL, first)
    told = await phone.deliver(Channel.CALL, *items)

    assert [each.outcome for each in told] == [Outcome.SENT] * 3
    assert [about.ids for _, _, about in phone.telephone.calls] == [
        (first.id,),
        (second.id, third.id),
    ]


async def test_what_does_not_fit_into_one_call_is_told_later():
    phone = Phone()
    told = await phone.deliver(Channel.CALL, *(notification() for _ in range(12)))
    assert [each.outcome for each in told].count(Outcome.FAILED) == 2
    assert all(each.until for each in told if each.outcome is Outcome.FAILED)
    assert len(phone.telephone.calls) == 1


async def test_a_text_says_it_and_how_to_answer():
    phone, pills = Phone(), notification("x" * 3000)
    await phone.deliver(Channel.SMS, pills)
    ((channel, to, text, about),) = phone.telephone.texts
    assert (channel, to, about.ids) == (Channel.SMS, NUMBER, (pills.id,))
    assert "done" in text
    assert len(text) <= 1600


async def test_a_number_that_is_none_is_marked_bad():
    phone = Phone(Posted.refused("error 21211", is_bad_address=True))
    (told,) = await phone.deliver(Channel.CALL, notification())
    assert told.outcome is Outcome.FAILED
    assert phone.reported.reports == {f"tel:{NUMBER}": "error 21211"}


async def test_who_has_no_number_cannot_be_called():
    phone = Phone()
    phone.people.owners.clear()
    with pytest.raises(Failed):
        await phone.deliver(Channel.CALL, notification())


@pytest.mark.parametrize("channel", ALL)
async def test_what_rings_is_hung_up_and_a_text_stays(channel):
    phone = Phone()
    action = CloseDelivery(
        id=uuid4(), person_id=ADA.id, channel=channel, step=0, words="done", reference="CA9"
    )
    await phone.close.perform(action, "notifier@localhost")
    assert phone.telephone.hung_up == (["CA9"] if channel is Channel.CALL else [])


async def test_a_code_goes_to_the_address_that_is_to_be_proved_once():
    phone, key = Phone(), uuid4()
    action = SayText(
        key=key,
        person_id=ADA.id,
        channel=Channel.CALL,
        text="your code: 123 456",
        address="tel:+34600999888",
    )
    for _ in range(2):
        await phone.say.perform(action, "assistant@localhost")
    ((channel, to, text, about),) = phone.telephone.texts
    assert (channel, to, about) == (Channel.SMS, "+34600999888", None)
    assert text == "your code: 123 456"


async def test_a_text_that_is_refused_or_put_off_is_not_said_to_be_sent():
    action = SayText(key=uuid4(), person_id=ADA.id, channel=Channel.SMS, text="hello")
    with pytest.raises(Failed):
        await Phone(Posted.refused("no")).say.perform(action, "assistant@localhost")
    busy = Posted.put_off("busy", again_after=60.0)
    with pytest.raises(NoAnswer):
        await Phone(busy).say.perform(action, "assistant@localhost")
    nobody = action.model_copy(update={"person_id": uuid4()})
    with pytest.raises(Refused):
        await Phone().say.perform(nobody, "assistant@localhost")
