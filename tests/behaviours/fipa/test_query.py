from __future__ import annotations

import asyncio

import pytest

from behaviours.fipa.query import QueryResponder, query
from ontology.acl import (
    Failed,
    NotUnderstood,
    Performative,
    Refused,
    Unexpected,
    UnknownContent,
)
from ontology.errors import NoAnswer, ServerError
from tests.behaviours.fipa.kitchen import KITCHEN, Burnt, HowHot, NoFlour, Temperature
from tests.conversing import ASKER, LISTENER, Lines, Platform, ask

pytestmark = pytest.mark.usefixtures("virtual_time")


class Thermometer(QueryResponder[HowHot, Temperature]):
    vocabulary = KITCHEN
    question = HowHot

    def __init__(self, *, seconds=0.0, error=None):
        self.seconds = seconds
        self.error = error
        self.askers = []

    async def tell(self, question, asker):
        self.askers.append(asker)
        await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        return Temperature(degrees=220)


async def test_a_question_is_answered():
    thermometer = Thermometer()

    assert await ask(thermometer, HowHot()) == [("inform", Temperature(degrees=220))]
    assert thermometer.askers == [ASKER]


@pytest.mark.parametrize(
    ("error", "heard"),
    [
        (Refused(NoFlour()), ("refuse", NoFlour())),
        (Failed(Burnt()), ("failure", Burnt())),
        (OSError("cold"), ("failure", Unexpected())),
    ],
    ids=["refused", "failed", "broke"],
)
async def test_a_question_that_is_not_answered_is_declined_with_why(error, heard):
    assert await ask(Thermometer(error=error), HowHot()) == [heard]


@pytest.mark.parametrize("error", [ServerError("no database"), NoAnswer("no cook")])
async def test_a_question_that_cannot_be_answered_yet_is_left_open(error):
    assert await ask(Thermometer(error=error), HowHot()) == []


def asking(voice, within=30.0):
    return asyncio.create_task(
        query(voice, KITCHEN, HowHot(), to=LISTENER, conversation="c1", within=within)
    )


async def test_an_answer_is_what_asking_returns():
    platform = Platform()
    platform.agent(LISTENER, Thermometer())

    assert await asking(platform.agent(ASKER)) == Temperature(degrees=220)
    assert [envelope.performative.value for envelope in platform.carried] == [
        "query-ref",
        "inform",
    ]


@pytest.mark.parametrize(
    ("performative", "reason", "no"),
    [
        (Performative.REFUSE, NoFlour(), Refused),
        (Performative.FAILURE, Burnt(), Failed),
        (Performative.NOT_UNDERSTOOD, UnknownContent(complaint="?"), NotUnderstood),
    ],
)
async def test_a_no_is_raised_with_its_reason(performative, reason, no):
    voice = Lines()
    question = asking(voice)
    await voice.line().listen()

    voice.line().tell(performative, reason)

    with pytest.raises(no) as raised:
        await question
    assert raised.value.reason == reason


@pytest.mark.parametrize("lost", [1, 2])
@pytest.mark.parametrize("way", [Performative.QUERY_REF, Performative.INFORM])
async def test_a_question_is_asked_again_until_it_is_answered(way, lost):
    platform = Platform()
    platform.agent(LISTENER, Thermometer())
    losses = iter([True] * lost)
    platform.loses = lambda envelope: envelope.performative is way and next(losses, False)

    assert await asking(platform.agent(ASKER)) == Temperature(degrees=220)


async def test_nobody_is_waited_for_past_the_deadline(virtual_time):
    with pytest.raises(NoAnswer, match="did not answer how-hot in 2 s"):
        await asking(Lines(), within=2)

    assert virtual_time.passed == pytest.approx(2)


async def test_an_agree_has_no_place_in_a_query_and_is_passed_over():
    voice = Lines()
    question = asking(voice)
    await voice.line().listen()

    voice.line().tell(Performative.AGREE, Temperature(degrees=0))
    voice.line().tell(Performative.INFORM, Temperature(degrees=220))

    assert await question == Temperature(degrees=220)
