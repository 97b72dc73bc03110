"""The firing loop's claims, and its alarm."""

import asyncio

from ontology.notifications.concepts import Channel
from ontology.reminders.concepts import OccurrenceState as S
from tests.contracts.reminding import (
    DAY,
    HOUR,
    LEASE,
    MINUTE,
    RETRY,
    SECOND,
    remind,
    remind_daily,
    tell,
    told,
)


def ids(claim):
    return [item.id for item in claim.notifications]


async def test_nothing_is_claimed_before_it_is_due(kept):
    person = await kept.somebody()
    await remind(kept, person)
    assert (await kept.due.claim(10, LEASE)).notifications == ()

    await kept.advance(HOUR + SECOND)
    assert len((await kept.due.claim(10, LEASE)).notifications) == 1


async def test_a_notification_says_what_the_reminder_says(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "caffè ☕")
    (item,) = await tell(kept, HOUR + SECOND)

    assert (item.reminder_id, item.person_id) == (made.id, person.id)
    assert (item.text, item.zone) == ("caffè ☕", "UTC")
    assert (item.due_at, item.skipped) == (made.next_due, 0)


async def test_what_is_claimed_is_nobody_elses(kept):
    person = await kept.somebody()
    for _ in range(5):
        await remind(kept, person)
    await kept.advance(2 * HOUR)

    first, second = await kept.due.claim(3, LEASE), await kept.due.claim(3, LEASE)
    assert (len(ids(first)), len(ids(second))) == (3, 2)
    assert not set(ids(first)) & set(ids(second))
    assert ids(await kept.due.claim(3, LEASE)) == []


async def test_what_was_told_is_told_once(kept):
    person = await kept.somebody()
    await remind(kept, person)

    assert len(await tell(kept, 2 * HOUR)) == 1
    assert await tell(kept, DAY) == ()
    assert (await kept.book.last_told(person.id)).state is S.DELIVERED


async def test_the_claim_of_a_claimant_that_died_is_claimed_again(kept):
    person = await kept.somebody()
    await remind(kept, person)
    await kept.advance(2 * HOUR)
    died = await kept.due.claim(10, LEASE)

    await kept.advance(LEASE - SECOND)
    assert ids(await kept.due.claim(10, LEASE)) == []
    await kept.advance(2 * SECOND)
    assert ids(await kept.due.claim(10, LEASE)) == ids(died)


async def test_what_a_dead_claimant_held_is_due_at_once_when_it_is_released(kept):
    person = await kept.somebody()
    await remind(kept, person)
    await remind(kept, person, within=DAY)
    await kept.advance(2 * HOUR)
    held = await kept.due.claim(10, LEASE)

    await kept.due.release()

    again = await kept.due.claim(10, LEASE)
    assert ids(again) == ids(held)
    await kept.due.close(held, ids(held), RETRY)
    assert (await kept.due.claim(10, LEASE)).notifications == ()


async def test_a_claimant_whose_lease_ran_out_has_no_say_any_more(kept):
    person = await kept.somebody()
    await remind(kept, person)
    await kept.advance(2 * HOUR)
    slow = await kept.due.claim(10, LEASE)
    await kept.advance(LEASE + SECOND)
    quick = await kept.due.claim(10, LEASE)

    await kept.due.offered(slow)
    await kept.due.close(slow, ids(slow), RETRY)
    assert await kept.book.last_told(person.id) is None

    await kept.due.offered(quick)
    await kept.due.close(quick, ids(quick), RETRY)
    assert (await kept.book.last_told(person.id)).state is S.DELIVERED


async def test_what_could_not_be_told_falls_due_again(kept):
    person = await kept.somebody()
    for text in ("told", "not told"):
        await remind(kept, person, text)
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    await kept.due.offered(claim)
    told = [item.id for item in claim.notifications if item.text == "told"]
    await kept.due.close(claim, told, RETRY)

    assert await kept.due.due_in() > RETRY / 2
    assert ids(await kept.due.claim(10, LEASE)) == []
    (again,) = await tell(kept, RETRY)
    assert again.text == "not told"


async def test_an_offer_that_was_not_taken_falls_due_again(kept):
    person = await kept.somebody()
    await remind(kept, person)
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    await kept.due.close(claim, [], RETRY)

    assert [item.id for item in await tell(kept, RETRY)] == ids(claim)


async def test_a_claim_is_shared_out_among_people(kept):
    busy, quiet = await kept.somebody(), await kept.somebody()
    for _ in range(20):
        await remind(kept, busy)
    await kept.advance(MINUTE)
    await remind(kept, quiet)
    await kept.advance(2 * HOUR)

    claim = await kept.due.claim(4, LEASE)
    assert quiet.id in {item.person_id for item in claim.notifications}
    assert len(claim.notifications) <= 4


async def test_the_longest_overdue_come_first(kept):
    person = await kept.somebody()
    for text, within in (("b", 2 * MINUTE), ("c", 3 * MINUTE), ("a", MINUTE)):
        await remind(kept, person, text, within)
    await kept.advance(HOUR)

    claim = await kept.due.claim(2, LEASE)
    assert [item.text for item in claim.notifications] == ["a", "b"]


async def test_it_is_known_how_long_until_something_is_due(kept):
    person = await kept.somebody()
    assert await kept.due.due_in() is None
    await remind(kept, person)
    assert HOUR - 10 * SECOND < await kept.due.due_in() <= HOUR

    await kept.advance(2 * HOUR)
    assert await kept.due.due_in() <= 0 * SECOND
    await kept.due.claim(10, LEASE)
    assert LEASE - 10 * SECOND < await kept.due.due_in() <= LEASE


async def test_what_recurred_while_nothing_ran_is_told_once_and_counted(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await kept.advance(3 * DAY + 2 * HOUR)

    (late,) = await tell(kept)
    assert (late.due_at, late.skipped) == (made.next_due, 3)
    assert await tell(kept) == ()
    ((again,), _) = await kept.book.upcoming(person.id, 9)
    assert again.next_due == made.next_due + 4 * DAY


async def test_what_recurs_while_nobody_can_be_told_is_told_once_and_counted(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await kept.advance(2 * HOUR)
    for _ in range(3):
        claim = await kept.due.claim(10, LEASE)
        await kept.due.close(claim, [], RETRY)
        await kept.advance(DAY)

    (late,) = await tell(kept)
    assert (late.due_at, late.skipped) == (made.next_due, 3)
    missed, _ = await kept.book.unacknowledged(person.id, 7 * DAY, 9)
    assert [one.state for one in missed] == [S.MISSED, S.MISSED, S.MISSED, S.DELIVERED]

    await kept.book.acknowledge(missed[-1])
    assert await kept.book.unacknowledged(person.id, 7 * DAY, 9) == ([], 0)


async def test_a_rule_that_ends_ends(kept):
    person = await kept.somebody()
    await remind_daily(kept, person, rule="FREQ=DAILY;COUNT=2")

    assert [len(await tell(kept, DAY)) for _ in range(4)] == [1, 1, 0, 0]
    assert await kept.due.due_in() is None


async def test_the_alarm_rings_when_a_reminder_is_made(kept):
    person = await kept.somebody()
    await kept.alarm.rung(0.2 * SECOND)
    waiting = asyncio.create_task(kept.alarm.rung(DAY))
    await remind(kept, person)

    await asyncio.wait_for(waiting, 10)


async def test_the_alarm_lets_go_in_the_end(kept):
    await kept.alarm.rung(0.2 * SECOND)

    await asyncio.wait_for(kept.alarm.rung(0.05 * SECOND), 10)


async def test_what_was_cancelled_meanwhile_is_not_told_but_all_else_is(kept):
    person, other = await kept.somebody(), await kept.somebody("Other")
    done = await told(kept, person, "done with")
    await kept.book.acknowledge(done)
    let_go = await remind(kept, person, "let go")
    await remind(kept, person, "still wanted")
    await remind(kept, other, "of somebody else")
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    await kept.book.cancel(let_go)

    standing = await kept.deliveries.standing(claim.notifications)

    assert {item.text for item in standing.pending} == {"still wanted", "of somebody else"}
    by_text = {item.text: item.id for item in claim.notifications}
    assert standing.withdrawn == {by_text["let go"]}
    assert standing.sent == frozenset()


async def test_what_may_have_been_told_stands_for_nothing_that_recurs_after_it(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    await kept.deliveries.attempt(claim.notifications, Channel.CHAT)
    await kept.due.close(claim, [], DAY)
    await kept.advance(DAY)

    fired = await tell(kept)
    assert (made.next_due + DAY, 0) in [(item.due_at, item.skipped) for item in fired]
