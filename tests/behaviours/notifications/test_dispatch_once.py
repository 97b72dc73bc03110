"""Each key once; what is put off is tried again with patience, and what is unknown is not."""

from __future__ import annotations

import asyncio
import time
from uuid import uuid4

import pytest

from behaviours.notifications.dispatch_once import STARTED_WITHIN, DispatchOnce
from ontology.notifications.concepts import Channel, Outcome
from ontology.notifications.posted import Posted
from tests.fakes.dispatches import FakeDispatches

pytestmark = pytest.mark.usefixtures("virtual_time")

AWAY = Posted.put_off("away")


class Service:
    """Ends calls as it was told to, the last way for ever; remembers when it was called."""

    def __init__(self, *endings, takes=0.0):
        self.endings = list(endings)
        self.takes = takes
        self.calls = []

    async def post(self):
        self.calls.append(time.monotonic())
        await asyncio.sleep(self.takes)
        ending = self.endings.pop(0) if len(self.endings) > 1 else self.endings[0]
        if isinstance(ending, BaseException):
            raise ending
        return ending


class Sending:
    def __init__(self, dispatches=None):
        self.dispatches = dispatches or FakeDispatches()
        self.once = DispatchOnce(self.dispatches, Channel.EMAIL, jitter=lambda: 1.0)
        self.person_id = uuid4()

    async def dispatch(self, service, key=None):
        return await self.once.dispatch(key or uuid4(), self.person_id, service.post)


async def test_a_key_is_called_once_and_its_end_is_repeated():
    sending, service, key = Sending(), Service(Posted.sent("a1")), uuid4()

    first = await sending.dispatch(service, key)
    again = await sending.dispatch(service, key)

    assert first == again == Posted.sent("a1")
    assert len(service.calls) == 1


async def test_who_asks_while_it_is_under_way_hears_the_same_end():
    sending, service, key = Sending(), Service(Posted.sent("a1"), takes=1.0), uuid4()

    ends = await asyncio.gather(*(sending.dispatch(service, key) for _ in range(3)))

    assert ends == [Posted.sent("a1")] * 3
    assert len(service.calls) == 1


async def test_what_was_refused_for_good_is_not_tried_again():
    sending, service, key = Sending(), Service(Posted.refused("no")), uuid4()

    for _ in range(2):
        posted = await sending.dispatch(service, key)
        assert (posted.outcome, posted.why) == (Outcome.FAILED, "no")
    assert len(service.calls) == 1


async def test_what_is_unknown_is_never_called_again():
    sending, service, key = Sending(), Service(Posted.unknown("silence")), uuid4()

    for _ in range(2):
        assert (await sending.dispatch(service, key)).outcome is Outcome.UNKNOWN
    assert len(service.calls) == 1


async def test_what_an_earlier_life_began_and_never_ended_is_unknown():
    dispatches, key = FakeDispatches(), uuid4()
    first = Sending(dispatches)
    dying = asyncio.create_task(first.dispatch(Service(AWAY, takes=3600.0), key))
    await asyncio.sleep(0.1)
    dying.cancel()
    await asyncio.wait([dying])
    later, service = Sending(dispatches), Service(Posted.sent())
    later.person_id = first.person_id

    assert (await later.dispatch(service, key)).outcome is Outcome.UNKNOWN
    assert service.calls == []


async def test_what_is_put_off_is_tried_again_later_each_time():
    sending, service = Sending(), Service(AWAY, AWAY, Posted.sent("a1"))

    assert await sending.dispatch(service) == Posted.sent("a1")
    first, second, third = service.calls
    assert second - first == pytest.approx(0.5, abs=0.01)
    assert third - second == pytest.approx(1.0, abs=0.01)


async def test_what_stays_put_off_is_given_up_and_may_be_asked_again():
    sending, service, key = Sending(), Service(AWAY), uuid4()
    began = time.monotonic()

    posted = await sending.dispatch(service, key)

    assert posted.is_put_off
    assert posted.why == "away"
    assert posted.again_after is not None
    assert time.monotonic() - began < STARTED_WITHIN
    assert sending.dispatches.rows == {}
    await asyncio.sleep(posted.again_after)
    service.endings = [Posted.sent("a1")]
    assert await sending.dispatch(service, key) == Posted.sent("a1")


async def test_nobody_calls_before_the_time_that_was_said_and_somebody_may_right_then():
    sending = Sending()
    wait = Posted.put_off("slow down", again_after=2.0)
    service = Service(wait, Posted.sent("a1"))
    began = time.monotonic()

    first = asyncio.create_task(sending.dispatch(service))
    await asyncio.sleep(0.1)
    second = asyncio.create_task(sending.dispatch(service))
    await asyncio.gather(first, second)

    assert service.calls[0] - began == pytest.approx(0.0, abs=0.01)
    assert [call - began for call in service.calls[1:]] == pytest.approx([2.0] * 2, abs=0.01)


async def test_while_the_service_is_shut_nothing_is_begun():
    sending = Sending()
    service = Service(Posted.put_off("slow down", again_after=30.0))
    await sending.dispatch(service)

    posted = await sending.dispatch(service)

    assert len(service.calls) == 1
    assert posted.again_after == pytest.approx(30.0, abs=0.1)
    assert sending.once.shut_for == pytest.approx(30.0, abs=0.1)
    await asyncio.sleep(30.0)
    assert sending.once.shut_for == 0.0


async def test_one_who_cannot_be_reached_now_does_not_hold_up_the_others():
    sending = Sending()
    busy = Service(Posted.put_off("450 mailbox busy", for_everybody=False))
    await sending.dispatch(busy)

    assert sending.once.shut_for == 0.0
    assert (await sending.dispatch(Service(Posted.sent()))).outcome is Outcome.SENT


async def test_what_breaks_is_told_and_is_unknown_from_then_on():
    sending, key = Sending(), uuid4()
    with pytest.raises(RuntimeError):
        await sending.dispatch(Service(RuntimeError("broke")), key)

    assert (await sending.dispatch(Service(Posted.sent()), key)).outcome is Outcome.UNKNOWN


async def test_a_key_of_somebody_else_is_not_called():
    sending, service, key = Sending(), Service(Posted.sent()), uuid4()
    await sending.dispatch(service, key)
    sending.person_id = uuid4()

    assert (await sending.dispatch(service, key)).outcome is Outcome.FAILED
    assert len(service.calls) == 1
