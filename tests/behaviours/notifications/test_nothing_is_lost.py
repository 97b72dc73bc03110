"""What reaches nobody, is answered in mid-air or wanted again: none of it is lost."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from behaviours.notifications.carry_on import CLAIMS_AT_ONCE
from ontology.acl import Performative
from ontology.notifications import acts
from ontology.notifications.concepts import ChainState
from ontology.policy.acts import PlansDecided
from ontology.policy.concepts import Notice, Plan
from tests.behaviours.duties import on_duty
from tests.behaviours.notifications.notifying import (
    CALL,
    CHAT,
    FAILED,
    NOW,
    SENT,
    TELEGRAM,
    UNKNOWN,
    Household,
    steps,
)
from tests.conversing import ask

MINUTE = 60.0


def refusing_chat(household):
    answer = household.voice.answer

    def no_chat(said):
        if isinstance(said.content, acts.SayText):
            return Performative.REFUSE, acts.CannotReach()
        return answer(said)

    household.voice.answer = no_chat
    return lambda: setattr(household.voice, "answer", answer)


@pytest.fixture
def household(virtual_time):
    return Household(virtual_time, CHAT, TELEGRAM, CALL, plan=(TELEGRAM, CALL))


async def test_whom_nothing_reaches_is_told_as_soon_as_chat_does(household):
    household.fates[TELEGRAM] = household.fates[CALL] = FAILED
    chat_is_back = refusing_chat(household)
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(60 * MINUTE)
        assert household.chains.rows[item.id].state is ChainState.RUNNING

        chat_is_back()
        await asyncio.sleep(6 * MINUTE)

        assert household.chains.rows[item.id].state is ChainState.EXHAUSTED
        ((_, text),) = household.said
        assert text.startswith("⏰ pills")
        assert household.tries(item)[-1] == (CHAT, 2, SENT)
        assert await household.outcomes(item) == [SENT]


async def test_who_was_told_and_has_no_chat_is_left_in_peace(household):
    refusing_chat(household)
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(60 * MINUTE)

    assert household.chains.rows[item.id].state is ChainState.EXHAUSTED
    assert household.tries(item)[-1] == (CHAT, 2, FAILED)


@pytest.mark.parametrize("plan", [(CALL,), (CALL, TELEGRAM)])
async def test_what_is_done_while_the_first_call_is_placed_is_hung_up(household, plan):
    household.plan = steps(*plan)

    async def is_done(item):
        book = household.book
        await book.acknowledge(await book.occurrence(item.person_id, item.id))
        hint = acts.WithdrawNotifications(
            person_id=item.person_id, ids=(item.id,), words="done"
        )
        await ask(household.withdraws, hint)

    def deliver(said):
        (item,) = said.content.notifications
        asyncio.get_running_loop().create_task(is_done(item))

    household.fates[CALL] = deliver
    async with on_duty(household.carry_on):
        await household.rings()
        await asyncio.sleep(20)

    # Twice: when it was done nobody knew of a call yet, and when it was known to ring.
    assert household.closed == [(CALL, 0, "done"), (CALL, 0, "over")]


async def test_what_is_wanted_again_after_its_chain_ended_is_said_in_chat(household):
    household.fates[TELEGRAM] = household.fates[CALL] = FAILED
    async with on_duty(household.carry_on):
        item = await household.rings()
        await household.book.cancel(
            await household.book.reminder(item.person_id, item.reminder_id)
        )
        await asyncio.sleep(6)
        assert household.chains.rows[item.id].state is ChainState.CANCELLED
        household.fates[TELEGRAM] = SENT

        await household.book.undo(item.person_id)

        assert await household.outcomes(item) == [SENT]
    assert household.tries(item)[-1] == (CHAT, household.tries(item)[-2][1] + 1, SENT)
    assert set(household.keys.values()) == {1}


async def test_while_a_platform_starts_its_policy_is_waited_for(virtual_time):
    household = Household(virtual_time, CHAT, CALL, plan=(CHAT, CALL), starting=15.0)
    decides, household.policy = household.decides, lambda said: None
    item = await household.rings()
    assert await household.outcomes(item) == [UNKNOWN]
    assert household.tries(item) == []

    household.policy = decides
    assert await household.outcomes(item) == [SENT]
    assert household.chains.rows[item.id].it.notice.steps == steps(CHAT, CALL)


async def test_a_policy_that_stays_away_holds_nothing_up_for_long(virtual_time):
    household = Household(virtual_time, CHAT, CALL, plan=(CHAT, CALL), starting=15.0)
    household.policy = lambda said: None
    item = await household.rings()
    await asyncio.sleep(15)

    assert await household.outcomes(item) == [SENT]
    assert household.tries(item) == [(CHAT, 0, SENT)]


async def test_an_answer_is_passed_on_at_once_while_every_hand_is_full(household):
    async with on_duty(household.carry_on):
        rings = await household.rings()
        household.fates[CALL] = None
        for _ in range(CLAIMS_AT_ONCE + 1):
            await asyncio.sleep(1)
            await household.rings()
        await asyncio.sleep(10 * MINUTE - 0.5)
        assert len(household.awarded(CALL)) == CLAIMS_AT_ONCE

        await household.answers(rings, CHAT)
        await asyncio.sleep(1)

        assert (TELEGRAM, 0, "done by chat") in household.closed


async def test_what_is_held_between_two_steps_goes_on_once_the_person_wants_it(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        household.at = NOW + timedelta(days=300)
        await asyncio.sleep(120 * MINUTE)
        assert household.tries(item) == [(TELEGRAM, 0, SENT)]

        household.at = NOW
        await asyncio.sleep(60 * MINUTE)

    assert (CALL, 1, SENT) in household.tries(item)


async def test_a_policy_that_holds_it_for_ever_is_not_believed(household):
    household.policy = lambda said: (
        Performative.INFORM,
        PlansDecided(
            plans=(Plan(notices=(Notice(at=NOW + timedelta(days=9999), steps=steps(CALL)),)),),
            of=(0,) * len(said.content.matters),
        ),
    )
    item = await household.rings()
    assert household.tries(item) == [(CHAT, 0, SENT)]
