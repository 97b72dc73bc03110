from __future__ import annotations

import asyncio

import pytest

from behaviours.fipa.contract_net import AWARD_WITHIN, Participant, call_for_proposals
from ontology.acl import Agreed, Failed, NotChosen, Performative, Refused, Unexpected
from ontology.errors import NoAnswer
from tests.behaviours.fipa.kitchen import (
    KITCHEN,
    Bake,
    Baked,
    Burnt,
    NoFlour,
    Price,
    WhoBakes,
)
from tests.conversing import ASKER, Line, Lines, Platform, ask, gone, opening_of

pytestmark = pytest.mark.usefixtures("virtual_time")

BIDS_WITHIN = 3.0
WITHIN = 40.0


class Bakery(Participant[WhoBakes, Price, Bake, Baked]):
    vocabulary = KITCHEN
    call = WhoBakes

    def __init__(self, coins=3, *, no_bid=None, no_bread=None, thinks=0.0, bakes=0.0):
        self.coins = coins
        self.no_bid = no_bid
        self.no_bread = no_bread
        self.thinks = thinks
        self.bakes = bakes
        self.baked = 0

    async def bid(self, call):
        await asyncio.sleep(self.thinks)
        if self.no_bid:
            raise self.no_bid
        return Price(coins=self.coins)

    async def perform(self, work):
        await asyncio.sleep(self.bakes)
        if self.no_bread:
            raise self.no_bread
        self.baked += work.loaves
        return Baked(loaves=work.loaves)


# The participant.


async def deciding(bakery, performative, content):
    """Let a bakery bid, tell it the decision, and return all it says."""
    line = Line()
    conversing = asyncio.create_task(bakery.converse(opening_of(bakery, WhoBakes()), line))
    await line.listen()
    line.tell(performative, content)
    await conversing
    return line.words


async def test_a_bid_that_is_accepted_is_worked_on():
    bakery = Bakery(4)

    assert await deciding(bakery, Performative.ACCEPT_PROPOSAL, Bake(loaves=2)) == [
        ("propose", Price(coins=4)),
        ("inform", Baked(loaves=2)),
    ]
    assert bakery.baked == 2


async def test_a_bid_that_is_rejected_is_let_go():
    bakery = Bakery(4)

    assert await deciding(bakery, Performative.REJECT_PROPOSAL, NotChosen()) == [
        ("propose", Price(coins=4))
    ]
    assert bakery.baked == 0


async def test_a_bid_that_nobody_decides_on_is_let_go(virtual_time):
    bakery = Bakery()

    assert await ask(bakery, WhoBakes()) == [("propose", Price(coins=3))]
    assert virtual_time.passed == pytest.approx(AWARD_WITHIN)
    assert bakery.baked == 0


async def test_a_cut_does_not_withdraw_a_bid():
    bakery, line = Bakery(), Line()
    conversing = asyncio.create_task(bakery.converse(opening_of(bakery, WhoBakes()), line))
    await line.listen()

    line.cut()
    line.tell(Performative.ACCEPT_PROPOSAL, Bake())

    await conversing
    assert bakery.baked == 1


@pytest.mark.parametrize(
    ("error", "heard"),
    [
        (Refused(NoFlour()), ("refuse", NoFlour())),
        (Failed(NoFlour()), ("refuse", NoFlour())),
        (OSError(), ("refuse", Unexpected())),
    ],
    ids=["refused", "failed", "broke"],
)
async def test_who_cannot_bid_refuses(error, heard):
    assert await ask(Bakery(no_bid=error), WhoBakes()) == [heard]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(Failed(Burnt()), Burnt()), (Refused(NoFlour()), NoFlour()), (OSError(), Unexpected())],
    ids=["failed", "refused", "broke"],
)
async def test_awarded_work_that_is_not_done_is_a_failure(error, reason):
    heard = await deciding(Bakery(no_bread=error), Performative.ACCEPT_PROPOSAL, Bake(loaves=2))

    assert heard[-1] == ("failure", reason)


# The initiator.


async def cheapest(voice, *peers, award=None):
    async def work(proposal):
        return Bake(loaves=10)

    return await call_for_proposals(
        voice,
        KITCHEN,
        WhoBakes(),
        to=peers,
        conversation="c1",
        choose=lambda proposal: -proposal.coins if isinstance(proposal, Price) else -1_000,
        award=award or work,
        bids_within=BIDS_WITHIN,
        within=WITHIN,
    )


def town(**bakeries):
    platform = Platform()
    for name, bakery in bakeries.items():
        platform.agent(name, bakery)
    return platform, platform.agent(ASKER)


def said_to(platform, name):
    return [each.performative.value for each in platform.carried if each.receiver == name]


async def test_the_best_bid_wins_and_the_others_are_told():
    dear, cheap, middling = Bakery(9), Bakery(2), Bakery(5)
    platform, voice = town(dear=dear, cheap=cheap, middling=middling)

    assert await cheapest(voice, "dear", "cheap", "middling") == ("cheap", Baked(loaves=10))

    assert (dear.baked, cheap.baked, middling.baked) == (0, 10, 0)
    assert said_to(platform, "cheap") == ["cfp", "accept-proposal"]
    assert said_to(platform, "dear") == ["cfp", "reject-proposal"]
    assert said_to(platform, "middling") == ["cfp", "reject-proposal"]
    assert len(voice) == 0
    await platform.close()


async def test_all_answers_in_nobody_is_waited_for_any_longer(virtual_time):
    _, voice = town(one=Bakery(1, thinks=0.5), two=Bakery(no_bid=Refused(NoFlour())))

    assert await cheapest(voice, "one", "two")
    assert virtual_time.passed == pytest.approx(0.5)


async def test_of_two_equal_bids_the_first_called_wins():
    _, voice = town(one=Bakery(2), two=Bakery(2))

    winner, _ = await cheapest(voice, "one", "two")

    assert winner == "one"


async def test_what_is_awarded_is_written_down_before_it_is_said():
    platform, voice = town(one=Bakery(2))
    written = []

    async def write_down(proposal):
        written.append((proposal, said_to(platform, "one")))
        return Bake(loaves=1)

    await cheapest(voice, "one", award=write_down)

    assert written == [(Price(coins=2), ["cfp"])]


async def test_an_award_that_cannot_be_written_down_is_not_said():
    bakery = Bakery()
    platform, voice = town(one=bakery)

    async def no_paper(proposal):
        raise OSError("no paper")

    with pytest.raises(OSError, match="no paper"):
        await cheapest(voice, "one", award=no_paper)

    assert said_to(platform, "one") == ["cfp"]
    assert len(voice) == 0
    await platform.close()


@pytest.mark.parametrize(
    "bakeries",
    [
        {},
        {"one": Bakery(no_bid=Refused(NoFlour()))},
        {"one": Bakery(no_bid=Refused(NoFlour())), "two": Bakery(no_bid=OSError())},
    ],
    ids=["nobody called", "one refuses", "all refuse"],
)
async def test_when_nobody_bids_nobody_wins(bakeries):
    _, voice = town(**bakeries)

    assert await cheapest(voice, *bakeries) is None


async def test_when_nobody_is_there_the_call_ends_in_time(virtual_time):
    _, voice = town()

    assert await cheapest(voice, "nobody", "no one") is None
    assert virtual_time.passed == pytest.approx(BIDS_WITHIN)


async def test_a_silent_bidder_holds_up_the_others_no_longer_than_the_time_for_bids(
    virtual_time,
):
    slow = Bakery(1, thinks=BIDS_WITHIN + 1)
    _, voice = town(slow=slow, quick=Bakery(7))

    winner, _ = await cheapest(voice, "slow", "quick")

    assert winner == "quick"
    assert virtual_time.passed == pytest.approx(BIDS_WITHIN)


async def test_a_bid_that_comes_too_late_wins_nothing():
    slow = Bakery(1, thinks=BIDS_WITHIN + 1)
    platform, voice = town(slow=slow, quick=Bakery(7, bakes=10))

    winner, _ = await cheapest(voice, "slow", "quick")
    await asyncio.sleep(AWARD_WITHIN + 10)

    assert winner == "quick"
    assert slow.baked == 0
    assert said_to(platform, "slow") == ["cfp"]


@pytest.mark.parametrize(
    ("error", "reason"),
    [(Failed(Burnt()), Burnt()), (OSError(), Unexpected())],
    ids=["failed", "broke"],
)
async def test_a_winner_that_fails_is_told_on(error, reason):
    _, voice = town(one=Bakery(no_bread=error))

    with pytest.raises(Failed) as no:
        await cheapest(voice, "one")
    assert no.value.reason == reason


async def test_a_winner_that_falls_silent_is_given_up(virtual_time):
    _, voice = town(one=Bakery(bakes=10_000))

    with pytest.raises(NoAnswer, match="one fell silent after the award"):
        await cheapest(voice, "one")
    assert virtual_time.passed == pytest.approx(WITHIN)


async def test_a_cut_after_the_award_is_known_at_once(virtual_time):
    voice = Lines()
    calling = asyncio.create_task(cheapest(voice, "one"))
    await voice.line("one").listen()
    voice.line("one").tell(Performative.PROPOSE, Price(coins=1))
    await voice.line("one").listen()

    voice.line("one").cut()

    with pytest.raises(NoAnswer):
        await calling
    assert virtual_time.passed == pytest.approx(0)


async def test_what_the_protocol_does_not_foresee_is_passed_over():
    voice = Lines()
    calling = asyncio.create_task(cheapest(voice, "one"))
    line = voice.line("one")
    await line.listen()

    line.tell(Performative.AGREE, Agreed())
    line.tell(Performative.INFORM, Baked(loaves=1_000))
    line.tell(Performative.PROPOSE, Price(coins=1))
    await line.listen()
    line.tell(Performative.PROPOSE, Price(coins=0))
    line.tell(Performative.AGREE, Agreed())
    line.tell(Performative.INFORM, Baked(loaves=10))

    assert await calling == ("one", Baked(loaves=10))


async def test_a_call_that_is_given_up_leaves_nothing_behind():
    platform, voice = town(one=Bakery(thinks=1))
    before = asyncio.all_tasks()

    calling = asyncio.create_task(cheapest(voice, "one"))
    await asyncio.sleep(0.5)
    await gone(calling)
    await platform.close()

    assert len(voice) == 0
    assert asyncio.all_tasks() == before
