from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from behaviours.fipa.initiator import PATIENCE, PATIENCE_WITH_WORK
from behaviours.fipa.request import RequestResponder, request
from ontology.acl import (
    Agreed,
    Failed,
    NotUnderstood,
    Performative,
    Refused,
    Unexpected,
    UnknownContent,
)
from ontology.errors import NoAnswer, ServerError
from tests.behaviours.fipa.kitchen import KITCHEN, Bake, Baked, Burnt, NoFlour
from tests.conversing import ASKER, LISTENER, Line, Lines, Platform, ask, gone, opening_of
from tests.fakes.ledger import FakeLedger

pytestmark = pytest.mark.usefixtures("virtual_time")


class Baker(RequestResponder[Bake, Baked]):
    """Bakes for as long as ``seconds``; then maybe fails."""

    vocabulary = KITCHEN
    action = Bake

    def __init__(self, *, seconds=0.0, error=None, ledger=None, announces=False):
        self.seconds = seconds
        self.error = error
        self.ledger = ledger
        self.announces = announces
        self.times = 0

    async def perform(self, action, asker):
        self.times += 1
        await asyncio.sleep(self.seconds)
        if self.error:
            raise self.error
        return Baked(loaves=action.loaves)


class PickyBaker(Baker):
    async def consider(self, action):
        if action.loaves > 10:
            raise Refused(NoFlour())
        if action.loaves < 0:
            raise OSError("no oven")


# The responder.


async def test_quick_work_is_answered_without_an_agree():
    assert await ask(Baker(), Bake(loaves=2)) == [("inform", Baked(loaves=2))]


async def test_work_that_takes_longer_than_a_moment_is_agreed_to_first():
    assert await ask(Baker(seconds=0.5), Bake()) == [
        ("agree", Agreed()),
        ("inform", Baked(loaves=1)),
    ]


async def test_a_role_that_announces_agrees_however_short_the_work():
    assert await ask(Baker(announces=True), Bake()) == [
        ("agree", Agreed()),
        ("inform", Baked(loaves=1)),
    ]


async def test_slow_work_that_is_announced_is_agreed_to_once():
    heard = await ask(Baker(announces=True, seconds=5), Bake())

    assert [performative for performative, _ in heard] == ["agree", "inform"]


async def test_what_is_declined_on_consideration_is_refused_and_never_begun():
    baker = PickyBaker(announces=True)

    assert await ask(baker, Bake(loaves=11)) == [("refuse", NoFlour())]
    assert baker.times == 0


async def test_a_consideration_that_breaks_is_a_failure():
    assert await ask(PickyBaker(), Bake(loaves=-1)) == [("failure", Unexpected())]


@pytest.mark.parametrize(
    ("error", "heard"),
    [
        (Refused(NoFlour()), ("refuse", NoFlour())),
        (Failed(Burnt()), ("failure", Burnt())),
        (OSError("no oven"), ("failure", Unexpected())),
    ],
    ids=["refused", "failed", "broke"],
)
async def test_work_that_is_not_done_ends_the_conversation_with_why(error, heard):
    assert await ask(Baker(error=error), Bake()) == [heard]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (Refused(NoFlour()), NoFlour()),
        (Failed(Burnt()), Burnt()),
        (OSError("no oven"), Unexpected()),
    ],
    ids=["refused", "failed", "broke"],
)
async def test_after_the_agree_every_no_is_a_failure(error, reason):
    assert await ask(Baker(error=error, seconds=1), Bake()) == [
        ("agree", Agreed()),
        ("failure", reason),
    ]


@pytest.mark.parametrize(
    ("error", "heard"),
    [
        (OSError("no oven"), [("failure", Unexpected())]),
        (ServerError("no database"), []),
        (NoAnswer("no miller"), []),
    ],
    ids=["broke", "without a server", "nobody answers"],
)
async def test_what_may_go_well_later_is_begun_anew_when_asked_again(error, heard):
    line, baker = Line(), Baker(error=error)

    await baker.converse(opening_of(baker, Bake()), line)

    assert (line.words, line.is_forgotten) == (heard, True)


async def test_an_answer_names_what_it_answers():
    line, opening = Line(), opening_of(Baker(), Bake())

    await Baker(seconds=1).converse(opening, line)

    assert [answer.in_reply_to for answer in line.said] == [opening.message_id] * 2
    assert {answer.conversation for answer in line.said} == {opening.conversation}


async def test_the_first_answer_is_repeated_and_the_work_not_done_again():
    baker = Baker(ledger=FakeLedger())

    first = await ask(baker, Bake(loaves=3))

    assert await ask(baker, Bake(loaves=3)) == first == [("inform", Baked(loaves=3))]
    assert baker.times == 1


async def test_the_same_request_at_the_same_time_is_worked_on_once():
    baker = Baker(ledger=FakeLedger(), seconds=1)

    both = await asyncio.gather(ask(baker, Bake()), ask(baker, Bake()))

    assert list(both) == [[("agree", Agreed()), ("inform", Baked(loaves=1))]] * 2
    assert baker.times == 1


async def test_a_failure_is_kept_and_repeated_too():
    ledger = FakeLedger()
    assert await ask(Baker(ledger=ledger, error=Failed(Burnt())), Bake()) == [
        ("failure", Burnt())
    ]

    assert await ask(Baker(ledger=ledger), Bake()) == [("failure", Burnt())]


async def test_what_broke_is_not_kept_and_may_be_tried_again():
    ledger = FakeLedger()
    assert await ask(Baker(ledger=ledger, error=OSError()), Bake()) == [
        ("failure", Unexpected())
    ]

    assert await ask(Baker(ledger=ledger), Bake()) == [("inform", Baked(loaves=1))]


async def test_answers_are_kept_by_conversation_and_by_who_asked():
    baker = Baker(ledger=FakeLedger())

    await ask(baker, Bake(), conversation="c1")
    await ask(baker, Bake(), conversation="c2")
    await ask(baker, Bake(), conversation="c1", by="other@localhost")

    assert baker.times == 3


async def test_work_ends_with_the_conversation():
    baker = Baker(seconds=60)
    before = asyncio.all_tasks()
    conversing = asyncio.create_task(baker.converse(opening_of(baker, Bake()), Line()))
    await asyncio.sleep(1)

    await gone(conversing)

    await asyncio.sleep(1)
    assert asyncio.all_tasks() == before


# The initiator.


def requesting(voice, *, within=60.0, agreed=None):
    return asyncio.create_task(
        request(
            voice,
            KITCHEN,
            Bake(),
            to=LISTENER,
            conversation="c1",
            within=within,
            agreed=agreed,
        )
    )


async def test_the_result_of_a_request_is_what_the_responder_informs_of():
    voice = Lines()
    asking = requesting(voice)
    opening = await voice.line().listen()

    voice.line().tell(Performative.INFORM, Baked(loaves=1))

    assert await asking == Baked(loaves=1)
    assert opening.performative is Performative.REQUEST
    assert (opening.protocol, opening.ontology) == ("fipa-request", "kitchen")
    assert (opening.sender, opening.receiver) == (ASKER, LISTENER)
    assert not voice.line().is_open


async def test_a_request_says_until_when_an_answer_is_of_use():
    voice = Lines()
    before = datetime.now(UTC)
    asking = requesting(voice, within=30)

    opening = await voice.line().listen()
    await gone(asking)

    assert opening.reply_by is not None
    assert before <= opening.reply_by - timedelta(seconds=30) <= datetime.now(UTC)


async def test_the_agree_is_told_once_however_often_it_comes():
    voice, agreements = Lines(), []

    async def agreed():
        agreements.append("agreed")

    asking = requesting(voice, agreed=agreed)
    await voice.line().listen()
    voice.line().tell(Performative.AGREE, Agreed())
    voice.line().tell(Performative.AGREE, Agreed())
    voice.line().tell(Performative.INFORM, Baked(loaves=1))

    assert await asking == Baked(loaves=1)
    assert agreements == ["agreed"]


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
    asking = requesting(voice)
    await voice.line().listen()

    voice.line().tell(performative, reason)

    with pytest.raises(no) as raised:
        await asking
    assert raised.value.reason == reason


async def test_a_no_that_gives_no_reason_is_as_good_as_no_answer():
    voice = Lines()
    asking = requesting(voice)
    await voice.line().listen()

    voice.line().tell(Performative.REFUSE, Agreed())

    with pytest.raises(NoAnswer):
        await asking


async def test_a_request_is_said_again_word_for_word_while_nobody_answers(virtual_time):
    voice = Lines()
    asking = requesting(voice)
    openings, at = [], []
    for _ in range(4):
        openings.append(await voice.line().listen())
        at.append(virtual_time.passed)
    voice.line().tell(Performative.INFORM, Baked(loaves=1))

    assert await asking == Baked(loaves=1)
    assert openings == [openings[0]] * 4
    assert at == pytest.approx([PATIENCE * n for n in (0, 1, 3, 7)])


async def test_a_responder_at_work_is_given_more_time(virtual_time):
    voice = Lines()
    asking = requesting(voice)
    await voice.line().listen()
    voice.line().tell(Performative.AGREE, Agreed())

    await voice.line().listen()
    await gone(asking)

    assert virtual_time.passed == pytest.approx(PATIENCE_WITH_WORK)
    assert PATIENCE_WITH_WORK > PATIENCE


async def test_a_request_is_said_again_at_once_after_a_cut(virtual_time):
    voice = Lines()
    asking = requesting(voice)
    await voice.line().listen()

    voice.line().cut()
    await voice.line().listen()
    await gone(asking)

    assert virtual_time.passed == pytest.approx(0)


async def test_nobody_is_waited_for_past_the_deadline(virtual_time):
    voice = Lines()

    with pytest.raises(NoAnswer, match="listener@localhost did not answer bake in 20 s"):
        await requesting(voice, within=20)

    assert virtual_time.passed == pytest.approx(20)
    assert not voice.line().is_open


async def test_a_responder_that_agrees_and_dies_is_given_up_at_the_deadline(virtual_time):
    voice = Lines()
    asking = requesting(voice, within=25)
    await voice.line().listen()
    voice.line().tell(Performative.AGREE, Agreed())

    with pytest.raises(NoAnswer):
        await asking
    assert virtual_time.passed == pytest.approx(25)


@pytest.mark.parametrize(
    "noise",
    [Performative.PROPOSE, Performative.CANCEL, Performative.REQUEST, Performative.CFP],
)
async def test_what_the_protocol_does_not_foresee_is_passed_over(noise):
    voice = Lines()
    asking = requesting(voice)
    await voice.line().listen()

    voice.line().tell(noise, Baked(loaves=99))
    voice.line().tell(Performative.INFORM, Baked(loaves=1))

    assert await asking == Baked(loaves=1)


async def test_a_refusal_after_the_agree_is_passed_over():
    voice = Lines()
    asking = requesting(voice)
    await voice.line().listen()
    voice.line().tell(Performative.AGREE, Agreed())
    voice.line().tell(Performative.REFUSE, NoFlour())
    voice.line().tell(Performative.INFORM, Baked(loaves=1))

    assert await asking == Baked(loaves=1)


# Both.


@pytest.mark.parametrize("lost", [0, 1, 2], ids=["nothing lost", "one lost", "two lost"])
@pytest.mark.parametrize("way", [Performative.REQUEST, Performative.INFORM])
async def test_whatever_gets_lost_on_the_way_the_work_is_done_once(way, lost):
    platform, baker = Platform(), Baker()
    voice = platform.agent(ASKER)
    platform.agent(LISTENER, baker)
    losses = iter([True] * lost)
    platform.loses = lambda envelope: envelope.performative is way and next(losses, False)

    assert await requesting(voice) == Baked(loaves=1)
    assert baker.times == 1
    assert len(voice) == 0


async def test_an_answer_that_comes_after_the_deadline_reaches_nobody():
    platform = Platform()
    voice = platform.agent(ASKER)
    platform.agent(LISTENER, Baker(seconds=5))

    with pytest.raises(NoAnswer):
        await requesting(voice, within=1)
    await asyncio.sleep(10)

    late = platform.carried[-1]
    assert late.performative is Performative.INFORM
    assert not voice.deliver(late)


async def test_an_agent_may_ask_itself():
    platform = Platform()
    voice = platform.agent(LISTENER, Baker())

    assert await requesting(voice) == Baked(loaves=1)
