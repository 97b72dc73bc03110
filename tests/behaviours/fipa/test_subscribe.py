from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from behaviours.fipa.subscribe import (
    AGREE_WITHIN,
    LEASE,
    RENEW_AFTER,
    Publisher,
    subscribe,
)
from ontology.acl import (
    Agreed,
    Declined,
    Envelope,
    Expired,
    Failed,
    Performative,
    Refused,
    Unexpected,
    Withdrawn,
)
from ontology.errors import NoAnswer
from tests.behaviours.fipa.kitchen import KITCHEN, Burnt, HowHot, NoFlour, Temperature
from tests.conversing import ASKER, LISTENER, Line, Lines, Platform, gone, opening_of

pytestmark = pytest.mark.usefixtures("virtual_time")


class Thermometer(Publisher[HowHot, Temperature]):
    vocabulary = KITCHEN
    question = HowHot

    def __init__(self, degrees=20, error=None):
        self.degrees = degrees
        self.error = error
        self._turned = asyncio.Event()

    def turn_to(self, degrees, error=None):
        self.degrees, self.error = degrees, error
        self._turned.set()
        self._turned = asyncio.Event()

    async def tell(self, question):
        if self.error:
            raise self.error
        return Temperature(degrees=self.degrees)

    async def changed(self):
        await self._turned.wait()


class Served:
    """A subscription that is being served, seen by the subscriber."""

    def __init__(self, thermometer):
        self.opening = opening_of(thermometer, HowHot())
        self.line = Line()
        self.serving = asyncio.create_task(thermometer.converse(self.opening, self.line))

    async def hears(self):
        said = await self.line.listen()
        return said.performative.value, said.content

    def cancel(self):
        self.line.hand_over(
            Envelope(
                performative=Performative.CANCEL,
                protocol="fipa-subscribe",
                ontology="kitchen",
                conversation=self.opening.conversation,
                sender=ASKER,
                receiver=LISTENER,
                content=Withdrawn(),
            )
        )


async def begun(thermometer):
    served = Served(thermometer)
    assert await served.hears() == ("agree", Agreed())
    await served.hears()
    await asyncio.sleep(1)
    return served


# The publisher.


async def test_a_subscriber_is_told_at_once_and_at_every_change():
    thermometer = Thermometer(20)
    served = Served(thermometer)

    assert await served.hears() == ("agree", Agreed())
    assert await served.hears() == ("inform", Temperature(degrees=20))
    for degrees in (100, 180, 220):
        await asyncio.sleep(1)
        thermometer.turn_to(degrees)
        assert await served.hears() == ("inform", Temperature(degrees=degrees))
    await gone(served.serving)


async def test_a_change_that_changes_nothing_is_not_told():
    thermometer = Thermometer(20)
    served = await begun(thermometer)

    thermometer.turn_to(20)
    await asyncio.sleep(1)
    thermometer.turn_to(21)

    assert await served.hears() == ("inform", Temperature(degrees=21))
    await gone(served.serving)


async def test_a_change_while_the_first_answer_is_on_its_way_is_not_missed():
    thermometer = Thermometer(20)
    served = Served(thermometer)

    def change(envelope):
        if envelope.content == Temperature(degrees=20):
            thermometer.turn_to(21)

    served.line.when_said = change
    await served.hears()
    await served.hears()

    assert await served.hears() == ("inform", Temperature(degrees=21))
    await gone(served.serving)


async def test_a_subscription_ends_when_it_is_cancelled():
    served = await begun(Thermometer())

    served.cancel()

    assert await served.hears() == ("inform", Withdrawn())
    await served.serving


async def test_a_subscription_that_nobody_renews_expires(virtual_time):
    served = await begun(Thermometer())

    assert await served.hears() == ("failure", Expired())
    await served.serving
    assert virtual_time.passed == pytest.approx(LEASE)


async def test_a_cut_does_not_end_a_subscription_that_may_come_back():
    thermometer = Thermometer()
    served = await begun(thermometer)

    served.line.cut()
    await asyncio.sleep(1)
    thermometer.turn_to(100)

    assert await served.hears() == ("inform", Temperature(degrees=100))
    await gone(served.serving)


@pytest.mark.parametrize(
    ("error", "heard"),
    [(Refused(NoFlour()), ("refuse", NoFlour())), (OSError(), ("refuse", Unexpected()))],
    ids=["refused", "broke"],
)
async def test_a_subscription_that_cannot_begin_is_refused(error, heard):
    served = Served(Thermometer(error=error))

    assert await served.hears() == heard
    await served.serving


@pytest.mark.parametrize(
    ("error", "heard"),
    [
        (Refused(NoFlour()), ("failure", NoFlour())),
        (Failed(Burnt()), ("failure", Burnt())),
        (OSError(), ("failure", Unexpected())),
    ],
    ids=["refused", "failed", "broke"],
)
async def test_a_subscription_that_cannot_go_on_ends_in_failure(error, heard):
    thermometer = Thermometer()
    served = await begun(thermometer)

    thermometer.turn_to(100, error)

    assert await served.hears() == heard
    await served.serving


@pytest.mark.parametrize("end", ["cancelled", "failed", "stopped", "expired"])
async def test_a_subscription_leaves_nothing_behind_however_it_ends(end):
    before = asyncio.all_tasks()
    thermometer = Thermometer()
    served = await begun(thermometer)

    if end == "cancelled":
        served.cancel()
    elif end == "failed":
        thermometer.turn_to(100, OSError())
    elif end == "stopped":
        served.serving.cancel()
    await asyncio.wait({served.serving})
    await asyncio.sleep(1)

    assert asyncio.all_tasks() == before


# The subscriber.


def following(voice):
    return aclosing(subscribe(voice, KITCHEN, HowHot(), to=LISTENER, conversation="c1"))


async def test_a_subscriber_gets_the_answer_now_and_at_every_change():
    platform, thermometer = Platform(), Thermometer(20)
    platform.agent(LISTENER, thermometer)

    async with following(platform.agent(ASKER)) as told:
        assert await anext(told) == Temperature(degrees=20)
        thermometer.turn_to(100)
        assert await anext(told) == Temperature(degrees=100)
        thermometer.turn_to(220)
        assert await anext(told) == Temperature(degrees=220)

    await platform.close()


async def test_whoever_stops_listening_cancels_and_the_publisher_stops():
    platform = Platform()
    platform.agent(LISTENER, Thermometer())
    before = asyncio.all_tasks()

    async with following(platform.agent(ASKER)) as told:
        await anext(told)

    await asyncio.sleep(1)
    assert [envelope.performative.value for envelope in platform.carried] == [
        "subscribe",
        "agree",
        "inform",
        "cancel",
        "inform",
    ]
    assert asyncio.all_tasks() == before


async def subscribed(voice):
    """A subscription in which the first answer was told; returns how the next is awaited."""
    told = subscribe(voice, KITCHEN, HowHot(), to=LISTENER, conversation="c1")
    first = asyncio.ensure_future(anext(told))
    await voice.line().listen()
    voice.line().tell(Performative.AGREE, Agreed())
    voice.line().tell(Performative.INFORM, Temperature(degrees=20))
    assert await first == Temperature(degrees=20)
    return told


async def test_what_comes_twice_is_told_once():
    voice = Lines()
    told = await subscribed(voice)

    twice = voice.line().tell(Performative.INFORM, Temperature(degrees=100))
    voice.line().hand_over(twice)
    voice.line().tell(Performative.INFORM, Temperature(degrees=220))

    assert [await anext(told), await anext(told)] == [
        Temperature(degrees=100),
        Temperature(degrees=220),
    ]
    await told.aclose()


async def test_what_is_told_before_the_agree_is_passed_over():
    voice = Lines()
    told = subscribe(voice, KITCHEN, HowHot(), to=LISTENER, conversation="c1")
    first = asyncio.ensure_future(anext(told))
    await voice.line().listen()

    voice.line().tell(Performative.INFORM, Temperature(degrees=1))
    voice.line().tell(Performative.AGREE, Agreed())
    voice.line().tell(Performative.INFORM, Temperature(degrees=20))

    assert await first == Temperature(degrees=20)
    await told.aclose()


async def test_a_publisher_that_never_agrees_is_given_up(virtual_time):
    told = subscribe(Lines(), KITCHEN, HowHot(), to=LISTENER, conversation="c1")

    with pytest.raises(NoAnswer):
        await anext(told)

    assert virtual_time.passed == pytest.approx(AGREE_WITHIN)


async def test_a_cut_before_the_agree_lets_the_subscription_be_asked_for_again():
    voice = Lines()
    told = subscribe(voice, KITCHEN, HowHot(), to=LISTENER, conversation="c1")
    first = asyncio.ensure_future(anext(told))
    opening = await voice.line().listen()

    voice.line().cut()

    assert await voice.line().listen() == opening
    voice.line().tell(Performative.AGREE, Agreed())
    voice.line().tell(Performative.INFORM, Temperature(degrees=20))
    assert await first == Temperature(degrees=20)
    await told.aclose()


async def test_after_a_long_silence_the_subscription_is_to_be_made_anew(virtual_time):
    voice = Lines()
    told = await subscribed(voice)
    before = virtual_time.passed

    with pytest.raises(StopAsyncIteration):
        await anext(told)

    assert virtual_time.passed - before == pytest.approx(RENEW_AFTER)
    assert voice.line().words[-1] == ("cancel", Withdrawn())


async def test_after_a_cut_the_subscription_is_to_be_made_anew(virtual_time):
    voice = Lines()
    told = await subscribed(voice)

    voice.line().cut()

    with pytest.raises(StopAsyncIteration):
        await anext(told)
    assert virtual_time.passed == pytest.approx(0)


@pytest.mark.parametrize(
    ("performative", "reason", "no"),
    [(Performative.REFUSE, NoFlour(), Refused)],
)
async def test_a_refused_subscription_is_raised_and_not_cancelled(performative, reason, no):
    voice = Lines()
    told = subscribe(voice, KITCHEN, HowHot(), to=LISTENER, conversation="c1")
    first = asyncio.ensure_future(anext(told))
    await voice.line().listen()

    voice.line().tell(performative, reason)

    with pytest.raises(no):
        await first
    assert [said for said, _ in voice.line().words] == ["subscribe"]


async def test_a_subscription_that_expires_is_raised_and_not_cancelled():
    voice = Lines()
    told = await subscribed(voice)

    voice.line().tell(Performative.FAILURE, Expired())

    with pytest.raises(Declined):
        await anext(told)
    assert [said for said, _ in voice.line().words] == ["subscribe"]
