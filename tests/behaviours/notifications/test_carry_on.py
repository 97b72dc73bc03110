"""Chains are carried on until somebody answers, nobody wants to hear of it, or all is tried."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from behaviours.notifications.award_delivery import FELL_SILENT
from behaviours.notifications.carry_on import NOBODY_THERE
from ontology.notifications import acts
from ontology.notifications.concepts import Acknowledgement, ChainState, Outcome
from ontology.reminders.concepts import OccurrenceState as S
from tests.behaviours.duties import on_duty
from tests.behaviours.notifications.notifying import (
    CALL,
    CHAT,
    FAILED,
    MAIL,
    NOW,
    SENT,
    TELEGRAM,
    UNKNOWN,
    Household,
)
from tests.conversing import ask

MINUTE = 60.0
ACK = Outcome.ACKNOWLEDGED


@pytest.fixture
def household(virtual_time):
    return Household(virtual_time, CHAT, TELEGRAM, CALL, plan=(CHAT, TELEGRAM, CALL))


def end_of(household, item):
    return household.chains.rows[item.id].state


async def test_what_nobody_answers_goes_from_channel_to_channel_in_its_time(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(9 * MINUTE)
        assert household.tries(item) == [(CHAT, 0, SENT)]

        await asyncio.sleep(2 * MINUTE)
        assert household.tries(item) == [(CHAT, 0, SENT), (TELEGRAM, 1, SENT)]

        await asyncio.sleep(10 * MINUTE)
        assert household.tries(item)[-1] == (CALL, 2, SENT)
        assert set(household.keys.values()) == {1}


async def test_what_nobody_answers_anywhere_is_told_once_in_chat_and_is_over(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(60 * MINUTE)

    assert end_of(household, item) is ChainState.EXHAUSTED
    assert household.tries(item)[-1] == (CHAT, 3, SENT)
    ((_, text),) = household.said
    assert text == (
        "⏰ Nobody has answered: pills\n(due today, Monday 2 March, 09:00; told by chat, "
        "Telegram and phone. Say “done” or “snooze 1 hour”.)"
    )


async def test_what_never_arrived_is_told_in_chat_as_the_reminder_that_it_is(household):
    household.fates = dict.fromkeys(household.fates, FAILED)
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(MINUTE)

        assert end_of(household, item) is ChainState.EXHAUSTED
        ((_, text),) = household.said
        assert text.startswith("⏰ pills\n(late: this was due today, Monday 2 March, 09:00; ")
        assert "chat, Telegram and phone did not work" in text
        assert await household.outcomes(item) == [SENT]


@pytest.mark.parametrize("fate", [FAILED, UNKNOWN, None])
async def test_what_does_not_work_for_sure_is_not_repeated_and_the_next_goes_ahead(
    household, fate
):
    household.fates[CHAT] = household.fates[TELEGRAM] = fate
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(MINUTE)

    assert [(c, s) for c, s, _ in household.tries(item)] == [
        (CHAT, 0),
        (TELEGRAM, 1),
        (CALL, 2),
    ]
    assert household.tries(item)[-1] == (CALL, 2, SENT)
    assert set(household.keys.values()) == {1}
    silent = [FELL_SILENT] * 2 if fate is None else [None] * 2
    assert [each.why for each in household.deliveries.tries] == [*silent, None]


async def test_a_channel_that_nobody_serves_is_passed_by(household):
    del household.fates[TELEGRAM]
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(11 * MINUTE)

    assert household.tries(item) == [(CHAT, 0, SENT), (CALL, 2, SENT)]


async def test_what_is_due_together_for_one_person_goes_together(household):
    person = uuid4()
    async with on_duty(household.carry_on):
        items = [await household.rings(f"{n}", person) for n in range(5)]
        for row in household.chains.rows.values():
            row.ready_at = NOW + timedelta(minutes=10)
            row.it = household.chains.rows[items[0].id].it.__class__(
                row.it.notification, household.chains.rows[items[0].id].it.notice, 0
            )
        await asyncio.sleep(11 * MINUTE)

    assert sorted(household.awarded(TELEGRAM)[0]) == sorted(item.id for item in items)


async def test_quiet_hours_that_begin_meanwhile_hold_the_next_step(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        household.at = NOW + timedelta(hours=8)
        await asyncio.sleep(60 * MINUTE)
        assert household.tries(item) == [(CHAT, 0, SENT)]

        await asyncio.sleep(8 * 60 * MINUTE)

    assert (TELEGRAM, 1, SENT) in household.tries(item)


async def test_while_the_policy_is_silent_the_plan_goes_on_as_it_was_made(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        household.policy = lambda _: None
        await asyncio.sleep(11 * MINUTE)

    assert household.tries(item)[-1] == (TELEGRAM, 1, SENT)


# Answers.


@pytest.mark.parametrize("channel", [CHAT, TELEGRAM, CALL])
async def test_an_answer_ends_the_chain_everywhere_and_chat_says_so(household, channel):
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(21 * MINUTE)
        said, answered = await household.answers(item, channel)
        await asyncio.sleep(1)
        at_once = end_of(household, item)
        await asyncio.sleep(60 * MINUTE)

    assert (said, answered.words) == ("inform", "Done: “pills”.")
    assert at_once is ChainState.ACKNOWLEDGED
    assert await household.state(item) is S.ACKNOWLEDGED
    assert {t[0]: t[2] for t in household.tries(item)}[channel] is ACK
    others = {TELEGRAM: 1, CALL: 2}
    others.pop(channel, None)
    names = {CHAT: "chat", TELEGRAM: "Telegram", CALL: "phone"}
    words = f"done by {names[channel]}"
    assert Counter(household.closed) == Counter(
        (other, step, words) for other, step in others.items()
    )
    lines = [] if channel is CHAT else [f"✓ {words}: pills"]
    assert [text for _, text in household.said] == lines


async def test_a_snooze_without_a_time_is_for_ten_minutes(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        _, answered = await household.answers(item, TELEGRAM, Acknowledgement.SNOOZE)
        await asyncio.sleep(1)

    assert answered.words == "Snoozed: “pills” comes again today, Monday 2 March, 09:10."
    assert answered.until - NOW - timedelta(minutes=10) < timedelta(seconds=1)
    assert await household.state(item) is S.SNOOZED
    assert [text for _, text in household.said] == ["✓ snoozed by Telegram: pills"]


async def test_an_answer_given_twice_is_one_answer(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        first = await household.answers(item, CALL)
        again = await household.answers(item, TELEGRAM)
        late = await household.answers(item, TELEGRAM, Acknowledgement.SNOOZE)
        await asyncio.sleep(1)

    assert first == again
    assert late[1].words == "“pills” was done already."
    assert len(household.book.rows) == 1


async def test_the_same_snooze_heard_again_snoozes_once(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        until = NOW + timedelta(hours=1)
        said = [
            await household.answers(item, CALL, Acknowledgement.SNOOZE, until=until)
            for _ in range(2)
        ]
        await asyncio.sleep(1)

    assert said[0] == said[1]
    assert len(household.book.rows) == 2


async def test_snoozed_from_two_channels_at_once_it_comes_again_once(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        both = await asyncio.gather(
            household.answers(item, CALL, Acknowledgement.SNOOZE),
            household.answers(item, TELEGRAM, Acknowledgement.SNOOZE),
        )
        await asyncio.sleep(1)

    assert {performative for performative, _ in both} == {"inform"}
    states = Counter(row.it.state for row in household.book.rows.values())
    assert states[S.SCHEDULED] == 1


async def test_an_answer_after_all_was_tried_is_heard_all_the_same(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(60 * MINUTE)
        said, _ = await household.answers(item, TELEGRAM)
        await asyncio.sleep(1)

    assert said == "inform"
    assert await household.state(item) is S.ACKNOWLEDGED
    assert end_of(household, item) is ChainState.EXHAUSTED
    assert (CALL, 2, "done by Telegram") in household.closed


async def test_an_answer_while_a_call_is_placed_hangs_up_once_it_rings(household):
    def deliver(said):
        asyncio.get_running_loop().create_task(household.answers(item, TELEGRAM))
        return

    household.fates[CALL] = deliver
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(21 * MINUTE)

    assert end_of(household, item) is ChainState.ACKNOWLEDGED
    assert (CALL, 2, "done by Telegram") in household.closed


async def test_what_is_anothers_cannot_be_answered(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        stolen = item.model_copy(update={"person_id": uuid4()})
        said = await household.answers(stolen, CALL)

    assert said == ("failure", acts.NothingSent())
    assert await household.state(item) is S.OFFERED


# What is over without an answer to us.


async def test_what_was_done_in_chat_rings_nowhere_any_more(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        await asyncio.sleep(11 * MINUTE)
        await household.book.acknowledge(
            await household.book.occurrence(item.person_id, item.id)
        )
        hint = acts.WithdrawNotifications(
            person_id=item.person_id, ids=(item.id,), words="done"
        )
        heard = await ask(household.withdraws, hint)
        await asyncio.sleep(1)
        at_once = end_of(household, item)
        await asyncio.sleep(60 * MINUTE)

    assert heard == [("inform", acts.NotificationsWithdrawn())]
    assert at_once is ChainState.ACKNOWLEDGED
    assert set(household.closed) == {(TELEGRAM, 1, "done")}
    assert household.said == []
    assert len(household.tries(item)) == 2


async def test_without_a_hint_it_is_found_within_seconds(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        await household.book.cancel(
            await household.book.reminder(item.person_id, item.reminder_id)
        )
        await asyncio.sleep(6)

    assert end_of(household, item) is ChainState.CANCELLED


# News.


async def test_busy_or_no_answer_makes_the_next_step_go_ahead_at_once(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        note = acts.NoteOutcome(
            id=item.id,
            person_id=item.person_id,
            channel=CHAT,
            outcome=FAILED,
            step=0,
            why="gone",
        )
        assert (await ask(household.notes, note))[-1] == ("inform", acts.OutcomeNoted())
        await asyncio.sleep(1)

        assert household.tries(item) == [(CHAT, 0, FAILED), (TELEGRAM, 1, SENT)]


async def test_delivered_is_no_reason_to_hurry(household):
    async with on_duty(household.carry_on):
        item = await household.rings()
        note = acts.NoteOutcome(
            id=item.id, person_id=item.person_id, channel=CHAT, outcome=Outcome.DELIVERED
        )
        await ask(household.notes, note)
        await asyncio.sleep(MINUTE)

        assert household.tries(item) == [(CHAT, 0, Outcome.DELIVERED)]


# An earlier life.


async def begun(household, channel=CHAT):
    item = await household.rings()
    row = household.chains.rows[item.id]
    household.deliveries.tries.clear()
    household.keys.clear()
    await household.deliveries.attempt([item], channel)
    row.ready_at, row.claim = NOW + timedelta(seconds=30), uuid4()
    return item


async def test_what_an_earlier_life_began_is_finished_by_the_same_channel(household):
    item = await begun(household, TELEGRAM)
    async with on_duty(household.carry_on):
        await asyncio.sleep(1)

    assert household.tries(item) == [(TELEGRAM, 0, SENT)]
    assert household.keys == {(TELEGRAM, item.id): 1}


async def test_what_the_channel_does_not_know_of_an_earlier_life_is_left_to_the_next(household):
    household.fates[TELEGRAM] = UNKNOWN
    item = await begun(household, TELEGRAM)
    async with on_duty(household.carry_on):
        await asyncio.sleep(2)

    assert household.tries(item)[0] == (TELEGRAM, 0, UNKNOWN)
    assert household.awarded(TELEGRAM)[0] == [item.id]


async def test_what_was_begun_by_a_channel_that_is_gone_is_left_to_the_next(household):
    item = await begun(household, MAIL)
    async with on_duty(household.carry_on):
        await asyncio.sleep(2)

    assert household.tries(item)[0] == (MAIL, 0, UNKNOWN)
    assert household.deliveries.tries[0].why == NOBODY_THERE
    assert household.tries(item)[1] == (TELEGRAM, 1, SENT)


async def test_two_notifiers_take_each_step_once(household, virtual_time):
    other = Household(virtual_time, CHAT, TELEGRAM, CALL)
    other.book, other.deliveries, other.chains = (
        household.book,
        household.deliveries,
        household.chains,
    )
    other.carry_on._chains = household.chains
    other.carry_on._take_back._deliveries = household.deliveries
    async with on_duty(household.carry_on, other.carry_on):
        item = await household.rings()
        await asyncio.sleep(60 * MINUTE)

    assert [(c, s) for c, s, _ in household.tries(item)] == [
        (CHAT, 0),
        (TELEGRAM, 1),
        (CALL, 2),
        (CHAT, 3),
    ]
    assert set((household.keys + other.keys).values()) == {1}
    assert len(household.said + other.said) == 1
