from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.notifications.concepts import Attempted, Channel, Notification, Outcome
from ontology.notifications.ports import Attempt, Standing


async def notifications(kept, count=3):
    person = await kept.somebody()
    now = await kept.book.now()
    return [
        Notification(
            id=uuid4(),
            reminder_id=uuid4(),
            person_id=person.id,
            text=f"number {number}",
            zone="Europe/Madrid",
            due_at=now + timedelta(seconds=number),
            claimed_at=now,
        )
        for number in range(count)
    ]


def each(items, outcome, **known):
    return [Attempted(id=item.id, outcome=outcome, **known) for item in items]


async def test_what_is_new_is_to_be_sent_in_the_order_it_is_offered(kept):
    offered = await notifications(kept)

    assert await kept.deliveries.standing(offered) == Standing(pending=offered)
    assert await kept.deliveries.standing([]) == Standing(pending=[])


async def test_what_is_known_to_be_sent_is_not_sent_again(kept):
    first, *rest = await notifications(kept)
    await kept.deliveries.attempt([first, *rest], Channel.CHAT)
    await kept.deliveries.settle(each([first], Outcome.SENT), Channel.CHAT)

    standing = await kept.deliveries.standing([first, *rest])

    assert standing == Standing(
        pending=rest,
        sent=frozenset({first.id}),
        tried={item.id: Attempt(item.id, Channel.CHAT, 0, Outcome.ATTEMPTING) for item in rest},
    )


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN])
async def test_what_did_not_arrive_for_sure_is_open_still(kept, outcome):
    offered = await notifications(kept)
    await kept.deliveries.attempt(offered, Channel.CHAT)
    await kept.deliveries.settle(each(offered, outcome), Channel.CHAT)

    assert (await kept.deliveries.standing(offered)).pending == offered


async def test_what_is_being_tried_is_open_still(kept):
    offered = await notifications(kept)
    await kept.deliveries.attempt(offered, Channel.CHAT)

    assert (await kept.deliveries.standing(offered)).pending == offered


async def test_a_late_word_that_a_repeated_try_arrived_is_believed(kept):
    (one,) = await notifications(kept, 1)
    for outcome in (Outcome.UNKNOWN, Outcome.SENT):
        await kept.deliveries.attempt([one], Channel.CHAT)
        await kept.deliveries.attempt([one], Channel.CHAT)
        await kept.deliveries.settle(each([one], outcome), Channel.CHAT)

    assert (await kept.deliveries.standing([one])).sent == {one.id}
    await kept.deliveries.settle(each([one], Outcome.FAILED), Channel.CHAT)
    assert (await kept.deliveries.standing([one])).sent == {one.id}


async def test_what_was_sent_and_came_back_was_not_sent(kept):
    first, second = offered = await notifications(kept, 2)
    await kept.deliveries.attempt(offered, Channel.CHAT)
    await kept.deliveries.settle(each([first], Outcome.SENT), Channel.CHAT)

    for item in offered:
        for _ in range(2):
            assert await kept.deliveries.learnt(
                item.id, item.person_id, Channel.CHAT, Outcome.FAILED
            )
    await kept.deliveries.settle(each([second], Outcome.SENT), Channel.CHAT)

    assert (await kept.deliveries.standing(offered)).sent == frozenset()


async def test_only_what_was_sent_to_them_on_this_channel_can_come_back(kept):
    (one,) = await notifications(kept, 1)
    assert not await kept.deliveries.learnt(one.id, one.person_id, Channel.CHAT, Outcome.FAILED)
    await kept.deliveries.attempt([one], Channel.CHAT)
    await kept.deliveries.settle(each([one], Outcome.SENT), Channel.CHAT)

    assert not await kept.deliveries.learnt(one.id, uuid4(), Channel.CHAT, Outcome.FAILED)
    assert not await kept.deliveries.learnt(one.id, one.person_id, Channel.CALL, Outcome.FAILED)
    assert (await kept.deliveries.standing([one])).sent == {one.id}


@pytest.mark.parametrize("outcome", [Outcome.DELIVERED, Outcome.ACKNOWLEDGED])
async def test_what_is_known_to_be_more_than_sent_is_not_sent_again(kept, outcome):
    (one,) = await notifications(kept, 1)
    await kept.deliveries.attempt([one], Channel.TELEGRAM)
    await kept.deliveries.settle(each([one], Outcome.SENT), Channel.TELEGRAM)
    await kept.deliveries.learnt(one.id, one.person_id, Channel.TELEGRAM, outcome)

    assert (await kept.deliveries.standing([one])).sent == {one.id}


async def test_every_attempt_is_told_of_with_its_step_and_what_became_of_it(kept):
    one, other = await notifications(kept, 2)
    await kept.deliveries.attempt([one, other], Channel.EMAIL)
    failed = each([one], Outcome.FAILED, why="no such mailbox")
    await kept.deliveries.settle(failed, Channel.EMAIL)
    await kept.deliveries.attempt([one], Channel.CALL, 1)
    await kept.deliveries.settle(each([one], Outcome.SENT, reference="CA1"), Channel.CALL, 1)

    made = await kept.deliveries.made(one.person_id, [one.id])

    assert made == [
        Attempt(one.id, Channel.EMAIL, 0, Outcome.FAILED, why="no such mailbox"),
        Attempt(one.id, Channel.CALL, 1, Outcome.SENT, reference="CA1"),
    ]
    assert await kept.deliveries.made(uuid4(), [one.id]) == []
    assert (await kept.deliveries.standing([other])).tried == {
        other.id: Attempt(other.id, Channel.EMAIL, 0, Outcome.ATTEMPTING)
    }


async def test_of_two_steps_by_one_channel_news_can_be_of_one(kept):
    (one,) = await notifications(kept, 1)
    for step in (0, 1):
        await kept.deliveries.attempt([one], Channel.CALL, step)
        await kept.deliveries.settle(each([one], Outcome.SENT), Channel.CALL, step)

    assert await kept.deliveries.learnt(
        one.id, one.person_id, Channel.CALL, Outcome.FAILED, step=1, why="busy"
    )

    made = await kept.deliveries.made(one.person_id, [one.id])
    assert [(a.step, a.outcome, a.why) for a in made] == [
        (0, Outcome.SENT, None),
        (1, Outcome.FAILED, "busy"),
    ]
