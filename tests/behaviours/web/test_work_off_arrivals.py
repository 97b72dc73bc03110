from __future__ import annotations

import asyncio

import pytest

from behaviours.web.work_off_arrivals import WorkOffArrivals
from ontology.acl import Refused
from ontology.arrivals import Arrival
from ontology.errors import NoAnswer, ServerError
from ontology.notifications.acts import NothingSent
from tests.behaviours.duties import on_duty
from tests.clients.waiting import eventually
from tests.fakes.arrivals import FakeArrivals

pytestmark = pytest.mark.usefixtures("virtual_time")

SMS = "twilio-sms"


class Clerk:
    """Works on arrivals and writes down which; ``trouble`` is raised first, one each time."""

    def __init__(self, *trouble):
        self.worked, self.trouble = [], list(trouble)
        self.held = asyncio.Event()
        self.held.set()

    async def work(self, arrival):
        await self.held.wait()
        if self.trouble:
            raise self.trouble.pop(0)
        self.worked.append(arrival.id)
        return f"answer to {arrival.id}"


@pytest.fixture
def arrivals():
    return FakeArrivals()


def sms(id_, sender="ada"):
    return Arrival(SMS, id_, sender)


def by_sender(arrival):
    return arrival.body


async def test_what_came_in_is_kept_and_worked_on_once_however_often_it_comes(arrivals):
    clerk, duty = Clerk(), WorkOffArrivals(arrivals)
    source = duty.source(SMS, clerk.work)
    async with on_duty(duty):
        for _ in range(5):
            await source.keep([sms("a"), sms("b")])
        await eventually(lambda: clerk.worked == ["a", "b"], "both are worked on", 60)
        await source.keep([sms("a")])
        assert await source.answer(sms("c")) == "answer to c"

    assert clerk.worked == ["a", "b", "c"]
    assert await arrivals.unsettled(SMS) == []


async def test_what_an_earlier_life_left_is_worked_on_first(arrivals):
    clerk, duty = Clerk(), WorkOffArrivals(arrivals)
    await arrivals.keep([sms("a"), sms("b")])
    source = duty.source(SMS, clerk.work)
    async with on_duty(duty):
        await source.answer(sms("c"))

    assert clerk.worked == ["a", "b", "c"]


async def test_a_repeat_is_answered_as_it_was_then_also_by_the_next_life(arrivals):
    first = WorkOffArrivals(arrivals)
    source = first.source(SMS, Clerk().work)
    async with on_duty(first):
        await source.answer(sms("a"))

    clerk, second = Clerk(), WorkOffArrivals(arrivals)
    source = second.source(SMS, clerk.work)
    async with on_duty(second):
        assert await source.answer(sms("a")) == "answer to a"
    assert clerk.worked == []


async def test_an_answer_that_takes_too_long_is_given_up_but_the_work_is_done(arrivals):
    clerk, duty = Clerk(), WorkOffArrivals(arrivals)
    clerk.held.clear()
    source = duty.source(SMS, clerk.work)
    async with on_duty(duty):
        assert await source.answer(sms("a"), within=8) is None
        clerk.held.set()
        await eventually(lambda: clerk.worked == ["a"], "it is worked on all the same", 60)
        assert await source.answer(sms("a")) == "answer to a"


@pytest.mark.parametrize("trouble", [NoAnswer("silent"), ServerError("away")])
async def test_while_nobody_answers_it_is_tried_again_in_order(arrivals, trouble):
    clerk, duty = Clerk(*[trouble] * 10), WorkOffArrivals(arrivals)
    source = duty.source(SMS, clerk.work)
    async with on_duty(duty):
        await source.keep([sms("a"), sms("b")])
        await eventually(lambda: clerk.worked == ["a", "b"], "both are worked on", 120)


async def test_what_was_declined_is_not_asked_again(arrivals):
    clerk, duty = Clerk(Refused(NothingSent())), WorkOffArrivals(arrivals)
    source = duty.source(SMS, clerk.work)
    async with on_duty(duty):
        assert await source.answer(sms("a")) is None
        assert await source.answer(sms("a")) is None

    assert clerk.worked == []
    assert (await arrivals.kept(SMS, "a")).settled


async def test_what_breaks_every_time_does_not_stand_in_the_way_of_others(arrivals):
    clerk, duty = Clerk(*[ZeroDivisionError()] * 3), WorkOffArrivals(arrivals)
    source = duty.source(SMS, clerk.work)
    async with on_duty(duty):
        await source.keep([sms("a"), sms("b")])
        await eventually(lambda: clerk.worked == ["b"], "the next is worked on", 60)


async def test_one_sender_waits_for_nobody_but_themselves(arrivals):
    clerk, duty = Clerk(), WorkOffArrivals(arrivals)

    async def work(arrival):
        if arrival.body == "slow":
            await asyncio.sleep(60)
        return await clerk.work(arrival)

    source = duty.source(SMS, work, lane=by_sender)
    async with on_duty(duty):
        await source.keep([sms("a", "slow"), sms("b", "slow"), sms("c", "quick")])
        await eventually(lambda: clerk.worked == ["c"], "the quick one is done", 1)
        await eventually(lambda: clerk.worked == ["c", "a", "b"], "the slow follow", 200)


async def test_more_than_one_look_takes_up_is_worked_off_all_the_same(arrivals):
    clerk, duty = Clerk(), WorkOffArrivals(arrivals)
    source = duty.source(SMS, clerk.work, lane=by_sender)
    ids = [f"{n:03}" for n in range(250)]
    async with on_duty(duty):
        await source.keep([sms(id_) for id_ in ids])
        await eventually(lambda: clerk.worked == ids, "all are worked on, in order", 60)


async def test_an_arrival_of_another_source_is_our_own_mistake(arrivals):
    source = WorkOffArrivals(arrivals).source(SMS, Clerk().work)
    with pytest.raises(ValueError, match="call"):
        await source.keep([Arrival("call", "a", "")])
