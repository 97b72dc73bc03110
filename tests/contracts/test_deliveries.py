from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.notifications.concepts import Channel, Notification, Outcome
from ontology.notifications.ports import Standing


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


async def test_what_is_new_is_to_be_sent_in_the_order_it_is_offered(kept):
    offered = await notifications(kept)

    assert await kept.deliveries.standing(offered) == Standing(pending=offered)
    assert await kept.deliveries.standing([]) == Standing(pending=[])


async def test_what_is_known_to_be_sent_is_not_sent_again(kept):
    first, *rest = await notifications(kept)
    await kept.deliveries.attempt([first, *rest], Channel.CHAT)
    await kept.deliveries.settle([first.id], Channel.CHAT, Outcome.SENT)

    standing = await kept.deliveries.standing([first, *rest])

    assert standing == Standing(pending=rest, sent=frozenset({first.id}))


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN])
async def test_what_did_not_arrive_for_sure_is_open_still(kept, outcome):
    offered = await notifications(kept)
    await kept.deliveries.attempt(offered, Channel.CHAT)
    await kept.deliveries.settle([item.id for item in offered], Channel.CHAT, outcome)

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
        await kept.deliveries.settle([one.id], Channel.CHAT, outcome)

    assert (await kept.deliveries.standing([one])).sent == {one.id}
    await kept.deliveries.settle([one.id], Channel.CHAT, Outcome.FAILED)
    assert (await kept.deliveries.standing([one])).sent == {one.id}


async def test_what_was_sent_and_came_back_was_not_sent(kept):
    first, second = offered = await notifications(kept, 2)
    await kept.deliveries.attempt(offered, Channel.CHAT)
    await kept.deliveries.settle([first.id], Channel.CHAT, Outcome.SENT)

    for item in offered:
        for _ in range(2):
            assert await kept.deliveries.learnt(
                item.id, item.person_id, Channel.CHAT, Outcome.FAILED
            )
    await kept.deliveries.settle([second.id], Channel.CHAT, Outcome.SENT)

    assert (await kept.deliveries.standing(offered)).sent == frozenset()


async def test_only_what_was_sent_to_them_on_this_channel_can_come_back(kept):
    (one,) = await notifications(kept, 1)
    assert not await kept.deliveries.learnt(one.id, one.person_id, Channel.CHAT, Outcome.FAILED)
    await kept.deliveries.attempt([one], Channel.CHAT)
    await kept.deliveries.settle([one.id], Channel.CHAT, Outcome.SENT)

    assert not await kept.deliveries.learnt(one.id, uuid4(), Channel.CHAT, Outcome.FAILED)
    assert not await kept.deliveries.learnt(one.id, one.person_id, Channel.CALL, Outcome.FAILED)
    assert (await kept.deliveries.standing([one])).sent == {one.id}
