from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.notifications.concepts import Notification, Outcome


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


async def test_what_is_offered_is_to_be_sent_in_the_same_order(kept):
    offered = await notifications(kept)

    assert await kept.deliveries.open(offered) == offered
    assert await kept.deliveries.open([]) == []


async def test_what_is_known_to_be_sent_is_not_sent_again(kept):
    first, *rest = await notifications(kept)
    await kept.deliveries.open([first, *rest])
    await kept.deliveries.attempt([first, *rest], "chat")
    await kept.deliveries.settle([first.id], "chat", Outcome.SENT)

    assert await kept.deliveries.open([first, *rest]) == rest


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN])
async def test_what_did_not_arrive_for_sure_is_open_still(kept, outcome):
    offered = await notifications(kept)
    await kept.deliveries.open(offered)
    await kept.deliveries.attempt(offered, "chat")
    await kept.deliveries.settle([item.id for item in offered], "chat", outcome)

    assert await kept.deliveries.open(offered) == offered


async def test_a_late_word_that_a_repeated_try_arrived_is_believed(kept):
    (one,) = await notifications(kept, 1)
    await kept.deliveries.open([one])
    for outcome in (Outcome.UNKNOWN, Outcome.SENT):
        await kept.deliveries.attempt([one], "chat")
        await kept.deliveries.attempt([one], "chat")
        await kept.deliveries.settle([one.id], "chat", outcome)

    assert await kept.deliveries.open([one]) == []
    await kept.deliveries.settle([one.id], "chat", Outcome.FAILED)
    assert await kept.deliveries.open([one]) == []
