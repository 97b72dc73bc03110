"""Chains of attempts: begun with their first try, claimed, carried on, ended once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from ontology.notifications.concepts import Attempted, ChainState, Channel, Outcome
from ontology.notifications.ports import ChainClaim, ClosedChain
from ontology.policy.concepts import Notice, Step
from ontology.reminders.concepts import OccurrenceState
from ontology.reminders.ports import Held
from tests.contracts.reminding import DAY, LEASE, MINUTE, SECOND, begin_to_tell, remind, tell
from tests.contracts.test_deliveries import notifications

CHAT, CALL = Channel.CHAT, Channel.CALL
SENT, FAILED, UNKNOWN = Outcome.SENT, Outcome.FAILED, Outcome.UNKNOWN
WAIT = 10 * MINUTE


async def plan(kept, *channels):
    steps = tuple(Step(channels=(channel,), wait=WAIT) for channel in channels or (CHAT, CALL))
    return Notice(at=await kept.chains.now(), steps=steps, reasons=("VIP",))


async def begun(kept, count=1, channel=CHAT, steps=()):
    items = await notifications(kept, count)
    return items, await kept.chains.begin(items, await plan(kept, *steps), channel, LEASE)


async def settled(kept, claim, outcome, channel=CHAT, wait=WAIT):
    over = [Attempted(id=each.notification.id, outcome=outcome) for each in claim.chains]
    step = claim.chains[0].step
    return await kept.chains.settle(claim.token, over, channel, step, wait)


async def claimed(kept):
    claim = await kept.chains.claim(100, LEASE)
    return [(each.notification.id, each.step) for each in claim.chains]


async def test_a_chain_begins_with_its_first_try_and_is_nobody_elses(kept):
    items, claim = await begun(kept, 2)

    assert [chain.notification for chain in claim.chains] == items
    standing = await kept.deliveries.standing(items)
    assert (standing.pending, standing.chained) == ([], {item.id for item in items})
    made = await kept.deliveries.made(items[0].person_id, [items[0].id])
    assert [(each.channel, each.step, each.outcome) for each in made] == [
        (CHAT, 0, Outcome.ATTEMPTING)
    ]
    assert await claimed(kept) == []
    assert (await kept.chains.begin(items, await plan(kept), CHAT, LEASE)).chains == ()


async def test_what_arrived_goes_on_when_nobody_has_answered_in_time(kept):
    (item,), claim = await begun(kept)
    assert await settled(kept, claim, SENT) == frozenset()
    assert WAIT - 10 * SECOND < await kept.chains.due_in() <= WAIT
    assert await claimed(kept) == []
    assert (await kept.deliveries.standing([item])).sent == {item.id}

    await kept.advance(WAIT + SECOND)

    assert await claimed(kept) == [(item.id, 1)]
    assert await claimed(kept) == []


@pytest.mark.parametrize("outcome", [FAILED, UNKNOWN])
async def test_what_is_not_known_to_have_arrived_goes_on_at_once(kept, outcome):
    (item,), claim = await begun(kept)
    await settled(kept, claim, outcome)

    assert await claimed(kept) == [(item.id, 1)]


async def test_a_try_that_nobody_ended_is_told_of_when_the_lease_is_over(kept):
    (item,), _ = await begun(kept)
    await kept.advance(LEASE + SECOND)

    (chain,) = (await kept.chains.claim(1, LEASE)).chains

    assert (chain.notification, chain.step, chain.open.channel) == (item, 0, CHAT)
    assert chain.notice.reasons == ("VIP",)
    assert (chain.wait, chain.is_over) == (WAIT, False)


async def test_without_anybody_for_the_first_step_the_next_is_due_at_once(kept):
    (item,), claim = await begun(kept, channel=None)

    assert claim.chains == ()
    assert await kept.deliveries.made(item.person_id, [item.id]) == []
    assert await claimed(kept) == [(item.id, 1)]


async def test_a_step_is_tried_by_whoever_holds_the_chain_and_by_nobody_else(kept):
    (item,), first = await begun(kept)
    await settled(kept, first, FAILED)
    second = await kept.chains.claim(1, LEASE)
    assert await kept.chains.attempt(first.token, first.chains, CALL, LEASE) == frozenset()

    tried = await kept.chains.attempt(second.token, second.chains, CALL, LEASE)

    assert tried == {item.id}
    await settled(kept, second, SENT, CALL)
    made = await kept.deliveries.made(item.person_id, [item.id])
    assert [(each.channel, each.step, each.outcome) for each in made] == [
        (CHAT, 0, FAILED),
        (CALL, 1, SENT),
    ]


async def test_after_the_last_step_there_is_nothing_but_the_end(kept):
    (item,), first = await begun(kept)
    await settled(kept, first, SENT)
    await kept.advance(WAIT + SECOND)
    second = await kept.chains.claim(1, LEASE)
    await kept.chains.attempt(second.token, second.chains, CALL, LEASE)
    await settled(kept, second, SENT, CALL)
    await kept.advance(WAIT + SECOND)

    last = await kept.chains.claim(1, LEASE)

    (chain,) = last.chains
    assert (chain.step, chain.is_over, chain.wait) == (2, True, timedelta(0))
    await kept.chains.attempt(last.token, last.chains, CHAT, LEASE)
    assert await settled(kept, last, SENT, CHAT, wait=None) == frozenset()
    assert await kept.chains.due_in() is None
    assert len(await kept.deliveries.made(item.person_id, [item.id])) == 3


async def test_a_step_that_nobody_can_try_is_passed_by(kept):
    (item,), first = await begun(kept)
    await settled(kept, first, FAILED)
    claim = await kept.chains.claim(1, LEASE)

    await kept.chains.pass_by(claim.token, claim.chains)

    assert await claimed(kept) == [(item.id, 2)]


async def test_a_step_can_be_put_off(kept):
    (item,), first = await begun(kept)
    await settled(kept, first, FAILED)
    claim = await kept.chains.claim(1, LEASE)

    await kept.chains.put_off(claim.token, claim.chains, await kept.chains.now() + DAY)

    assert await claimed(kept) == []
    await kept.advance(DAY + SECOND)
    assert await claimed(kept) == [(item.id, 1)]


async def test_news_that_the_try_under_way_failed_hurries_the_next(kept):
    (item,), claim = await begun(kept)
    await settled(kept, claim, SENT)
    await kept.chains.hurry(item.person_id, item.id)
    assert await claimed(kept) == []
    await kept.deliveries.learnt(item.id, item.person_id, CHAT, FAILED)

    await kept.chains.hurry(uuid4(), item.id)
    assert await claimed(kept) == []
    await kept.chains.hurry(item.person_id, item.id)

    assert await claimed(kept) == [(item.id, 1)]


async def test_news_that_came_before_the_outcome_counts_as_well(kept):
    (item,), claim = await begun(kept)
    await kept.deliveries.learnt(item.id, item.person_id, CHAT, FAILED)

    await settled(kept, claim, SENT)

    assert await claimed(kept) == [(item.id, 1)]


@pytest.mark.parametrize("told_before", [True, False])
async def test_a_phone_that_nobody_answered_rings_again_no_sooner_than_planned(
    kept, told_before
):
    (item,), claim = await begun(kept, channel=CALL, steps=(CALL, CALL))
    if told_before:
        await kept.deliveries.learnt(item.id, item.person_id, CALL, FAILED)
    await settled(kept, claim, SENT, CALL)
    await kept.deliveries.learnt(item.id, item.person_id, CALL, FAILED)
    await kept.chains.hurry(item.person_id, item.id)
    assert WAIT - 10 * SECOND < await kept.chains.due_in() <= WAIT

    await kept.advance(WAIT)
    assert await claimed(kept) == [(item.id, 1)]


async def test_a_chain_ends_once_and_whoever_was_trying_is_told_so(kept):
    (item,), claim = await begun(kept)
    await kept.chains.end(uuid4(), [item.id], ChainState.CANCELLED)
    assert await kept.chains.due_in() is not None

    for _ in range(2):
        await kept.chains.end(item.person_id, [item.id], ChainState.ACKNOWLEDGED)

    assert await kept.chains.due_in() is None
    assert await settled(kept, claim, SENT) == {item.id}
    await kept.chains.hurry(item.person_id, item.id)
    await kept.advance(DAY)
    assert await claimed(kept) == []


async def chained(kept, person, text="stretch"):
    await remind(kept, person, text, MINUTE)
    await kept.advance(2 * MINUTE)
    *_, told = (await begin_to_tell(kept)).notifications
    await kept.chains.begin([told], await plan(kept), CHAT, LEASE)
    return told


@pytest.mark.parametrize("how", ["acknowledged", "snoozed", "cancelled"])
async def test_a_chain_whose_occurrence_is_closed_is_found_and_not_tried(kept, how):
    person = await kept.somebody()
    open_, item = await chained(kept, person), await chained(kept, person, "pills")
    assert await kept.chains.closed(9) == []
    occurrence = await kept.book.occurrence(person.id, item.id)
    if how == "acknowledged":
        await kept.book.acknowledge(occurrence)
    elif how == "snoozed":
        await kept.book.snooze(occurrence, await kept.book.now() + DAY)
    else:
        await kept.book.cancel(await kept.book.reminder(person.id, item.reminder_id))

    (closed,) = await kept.chains.closed(9)
    assert closed == ClosedChain(item, OccurrenceState(how))
    assert closed.end == ("cancelled" if how == "cancelled" else "acknowledged")
    await kept.advance(2 * LEASE)
    claim = await kept.chains.claim(9, LEASE)
    tried = await kept.chains.attempt(claim.token, claim.chains, CHAT, LEASE)
    assert tried == {open_.id}
    await kept.chains.end(person.id, [item.id], closed.end)
    assert await kept.chains.closed(9) == []


async def test_what_the_chain_could_tell_is_told_and_listed_no_more(kept):
    person = await kept.somebody()
    item = await chained(kept, person)
    await kept.advance(LEASE + SECOND)
    claim = await kept.chains.claim(9, LEASE)
    await settled(kept, claim, SENT)

    assert await kept.book.upcoming(person.id, 9) == ([], 0)
    (told,) = await kept.book.fired(person.id, None, 9)
    assert told.id == item.id


async def test_what_an_earlier_life_held_is_due_again_at_once(kept):
    (item,), _ = await begun(kept)

    await kept.chains.release()

    assert await claimed(kept) == [(item.id, 0)]


async def test_the_longest_due_are_claimed_first_and_two_never_hold_the_same(kept):
    items, claim = await begun(kept, 6)
    for n, chain in enumerate(reversed(claim.chains)):
        await kept.advance(n * SECOND)
        only = ChainClaim(claim.token, (chain,))
        await settled(kept, only, FAILED)

    one = await kept.chains.claim(2, LEASE)
    other = await kept.chains.claim(9, LEASE)

    assert [c.notification.id for c in one.chains] == [items[5].id, items[4].id]
    assert {c.notification.id for c in other.chains} == {item.id for item in items[:4]}


async def test_what_is_held_by_a_rule_is_told_at_its_time_with_the_rule_and_not_before(kept):
    person = await kept.somebody()
    await remind(kept, person, "pills", MINUTE)
    await kept.advance(2 * MINUTE)
    claim = await begin_to_tell(kept)
    (item,) = claim.notifications
    until = await kept.book.now() + DAY

    await kept.due.close(claim, [], SECOND, [Held((item.id,), until, "your quiet hours")])

    assert await tell(kept, 2 * MINUTE) == ()
    assert await kept.book.fired(person.id, None, 9) == []
    ((listed,), _) = await kept.book.upcoming(person.id, 9)
    assert (listed.text, listed.next_due) == ("pills", until)
    (told,) = await tell(kept, DAY)
    assert (told.id, told.held_by) == (item.id, "your quiet hours")
