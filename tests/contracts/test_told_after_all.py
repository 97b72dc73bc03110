"""What did not arrive after all, or is held back no more, is told after all."""

from datetime import timedelta

import pytest

from ontology.notifications.concepts import Attempted, ChainState, Channel, Outcome
from ontology.policy.changes import StayAway
from ontology.policy.concepts import Notice, Step
from ontology.reminders.concepts import OccurrenceState as S
from ontology.reminders.ports import Held
from tests.contracts.reminding import DAY, LEASE, MINUTE, RETRY, begin_to_tell, remind

CHAT, MAIL, SMS = Channel.CHAT, Channel.EMAIL, Channel.SMS
WAIT = timedelta(minutes=10)


async def told_by(kept, person, channel, text="pills"):
    """Let something fall due, and be told by this channel alone; return its notification."""
    await remind(kept, person, text, MINUTE)
    await kept.advance(2 * MINUTE)
    claim = await begin_to_tell(kept)
    (item,) = claim.notifications
    await kept.deliveries.attempt([item], channel)
    sent = Attempted(id=item.id, outcome=Outcome.SENT)
    await kept.deliveries.settle([sent], channel)
    await kept.due.close(claim, [item.id], RETRY)
    return item


async def came_back(kept, item, channel):
    await kept.deliveries.learnt(
        item.id, item.person_id, channel, Outcome.FAILED, why="no such mailbox"
    )


async def offered(kept):
    return [item.id for item in (await begin_to_tell(kept)).notifications]


@pytest.mark.parametrize("channel", [MAIL, SMS])
async def test_what_came_back_from_the_only_channel_is_offered_again(kept, channel):
    person = await kept.somebody()
    item = await told_by(kept, person, channel)
    assert await offered(kept) == []

    for _ in range(2):
        await came_back(kept, item, channel)

    assert await offered(kept) == [item.id]
    standing = await kept.deliveries.standing([item])
    assert standing.pending == [item]
    assert standing.tried[item.id].outcome is Outcome.FAILED


async def test_what_came_back_is_offered_only_if_it_arrived_nowhere_else(kept):
    person = await kept.somebody()
    item = await told_by(kept, person, MAIL)
    await kept.deliveries.attempt([item], CHAT, 1)
    sent = Attempted(id=item.id, outcome=Outcome.SENT)
    await kept.deliveries.settle([sent], CHAT, 1)

    await came_back(kept, item, MAIL)

    assert await offered(kept) == []


async def test_what_came_back_before_it_was_noted_as_told_is_offered_again(kept):
    person = await kept.somebody()
    await remind(kept, person, "pills", MINUTE)
    await kept.advance(2 * MINUTE)
    claim = await begin_to_tell(kept)
    (item,) = claim.notifications
    await kept.deliveries.attempt([item], SMS)

    await came_back(kept, item, SMS)
    await kept.due.close(claim, [item.id], RETRY)

    await kept.advance(LEASE + RETRY)
    assert await offered(kept) == [item.id]


async def test_what_came_back_once_it_was_done_is_not_offered(kept):
    person = await kept.somebody()
    item = await told_by(kept, person, MAIL)
    await kept.book.acknowledge(await kept.book.occurrence(person.id, item.id))

    await came_back(kept, item, MAIL)

    assert await offered(kept) == []
    assert (await kept.book.occurrence(person.id, item.id)).state is S.ACKNOWLEDGED


async def test_chat_that_came_back_is_not_said_there_again(kept):
    person = await kept.somebody()
    item = await told_by(kept, person, CHAT)

    await came_back(kept, item, CHAT)

    assert await offered(kept) == []


async def hold(kept, claim):
    until = await kept.book.now() + 100 * DAY
    ids = tuple(item.id for item in claim.notifications)
    await kept.due.close(claim, [], RETRY, [Held(ids, until, "your being away")])


async def test_what_a_rule_holds_is_looked_at_again_when_the_persons_rules_change(kept):
    person, other = await kept.somebody(), await kept.somebody()
    for each in (person, other):
        await remind(kept, each, each.name, MINUTE)
    await kept.advance(2 * MINUTE)
    claim = await begin_to_tell(kept)
    await hold(kept, claim)
    assert await offered(kept) == []

    await kept.preferences.change(person.id, StayAway())
    again = await begin_to_tell(kept)
    (item,) = again.notifications
    assert (item.person_id, item.held_by) == (person.id, "your being away")

    await hold(kept, again)
    await kept.book.undo(person.id)
    assert await offered(kept) == [item.id]


async def test_what_was_wanted_no_more_and_is_wanted_again_is_told(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "pills", MINUTE)
    await kept.advance(2 * MINUTE)
    claim = await begin_to_tell(kept)
    (item,) = claim.notifications
    steps = tuple(Step(channels=(each,), wait=WAIT) for each in (MAIL, SMS))
    plan = Notice(at=await kept.chains.now(), steps=steps)
    begun = await kept.chains.begin([item], plan, MAIL, LEASE)
    failed = Attempted(id=item.id, outcome=Outcome.FAILED)
    await kept.chains.settle(begun.token, [failed], MAIL, 0, WAIT)
    await kept.book.cancel(await kept.book.reminder(person.id, made.id))
    await kept.chains.end(person.id, [item.id], ChainState.CANCELLED)

    await kept.book.undo(person.id)

    assert await offered(kept) == [item.id]
    standing = await kept.deliveries.standing([item])
    assert (standing.pending, standing.reopened) == ([item], {item.id})
    assert standing.chained == frozenset()
