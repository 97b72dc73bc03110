"""What was told: done, snoozed, missed."""

import pytest

from ontology.notifications.concepts import Channel
from ontology.reminders.concepts import OccurrenceState as S
from ontology.time.concepts import Schedule
from tests.contracts.reminding import (
    DAY,
    HOUR,
    LEASE,
    MINUTE,
    SECOND,
    begin_to_tell,
    remind,
    remind_daily,
    send,
    tell,
    texts,
    told,
)


async def test_what_was_told_last_comes_first(kept):
    person = await kept.somebody()
    first = await told(kept, person, "first")
    second = await told(kept, person, "second")

    assert await kept.book.fired(person.id, None, 9) == [second, first]
    assert await kept.book.fired(person.id, None, 1) == [second]
    assert await kept.book.last_told(person.id) == second


async def test_words_narrow_what_was_told(kept):
    person = await kept.somebody()
    bread, oat, milk = [
        await told(kept, person, text) for text in ("buy bread", "buy oat milk", "buy milk")
    ]

    assert await kept.book.fired(person.id, "milk", 9) == [milk, oat]
    assert await kept.book.fired(person.id, "Milk buy", 9) == [milk, oat]
    assert await kept.book.fired(person.id, "buy milk", 9) == [milk]
    assert await kept.book.fired(person.id, "1", 9) == [bread]
    assert await kept.book.fired(person.id, "butter", 9) == []


async def test_what_is_being_told_can_be_answered_already(kept):
    person = await kept.somebody()
    await remind(kept, person)
    await kept.advance(2 * HOUR)
    claim = await begin_to_tell(kept)
    await kept.deliveries.attempt(claim.notifications, Channel.CHAT)

    (being_told,) = await kept.book.fired(person.id, None, 9)
    assert (being_told.state, being_told.told_at) == (S.OFFERED, None)
    assert (await kept.book.acknowledge(being_told)).state is S.ACKNOWLEDGED

    await kept.due.close(claim, [being_told.id], SECOND)
    answered = await kept.book.last_told(person.id)
    assert (answered.id, answered.state) == (being_told.id, S.ACKNOWLEDGED)
    assert answered.told_at is not None


async def test_what_fell_due_later_is_left_out(kept):
    person = await kept.somebody()
    first = await told(kept, person, "first")
    second = await told(kept, person, "second")

    for due_by, fired in ((first.due_at, [first]), (second.due_at, [second, first])):
        assert await kept.book.fired(person.id, None, 9, due_by=due_by) == fired
    assert await kept.book.fired(person.id, "second", 9, due_by=first.due_at) == []


async def test_what_the_notifier_has_but_nobody_was_told_is_still_to_come(kept):
    person = await kept.somebody()
    before = await told(kept, person, "told before")
    made = await remind(kept, person, "being offered")
    await kept.advance(2 * HOUR)
    claim = await begin_to_tell(kept)

    assert await kept.book.fired(person.id, None, 9) == [before]
    assert await kept.book.last_told(person.id) == before
    assert await texts(kept, person) == ["being offered"]

    await kept.due.close(claim, [], SECOND)
    assert await kept.book.fired(person.id, None, 9) == [before]
    assert (await kept.book.complete(made)).state is S.ACKNOWLEDGED
    assert await tell(kept, HOUR) == ()


@pytest.mark.parametrize("agreed", [True, False])
async def test_what_a_person_has_read_is_found_whoever_died_before_noting_it(kept, agreed):
    person = await kept.somebody()
    await remind(kept, person)
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    if agreed:
        await kept.due.offered(claim)
    await kept.deliveries.attempt(claim.notifications, Channel.CHAT)
    await kept.due.release()

    (read,) = await kept.book.fired(person.id, None, 9)
    assert await texts(kept, person) == []
    await send(kept.deliveries, read.id)
    (read,) = await kept.book.fired(person.id, None, 9)
    assert read.told_at is not None
    assert (await kept.book.last_told(person.id)) == read

    again = await kept.book.snooze(read, await kept.book.now() + HOUR)
    assert (await kept.book.occurrence(person.id, read.id)).state is S.SNOOZED
    assert [item.id for item in await tell(kept, 2 * HOUR)] == [again.id]


@pytest.mark.parametrize("how", ["cancelled", "changed", "undone"])
async def test_what_was_let_go_while_it_was_told_is_what_was_told_last(kept, how):
    person = await kept.somebody()
    await told(kept, person, "told before")
    made = await remind(kept, person, "being told")
    await kept.advance(2 * HOUR)
    claim = await begin_to_tell(kept)
    await kept.deliveries.attempt(claim.notifications, Channel.CHAT)
    if how == "cancelled":
        await kept.book.cancel(made)
    elif how == "changed":
        later = Schedule.once(await kept.book.now() + DAY, "UTC")
        await kept.book.change(made, made.text, later, later.first)
    else:
        assert (await kept.book.undo(person.id)).what == "created"
    ids = [item.id for item in claim.notifications]
    await send(kept.deliveries, *ids)
    await kept.due.close(claim, ids, SECOND)

    last = await kept.book.last_told(person.id)
    assert (last.text, last.state) == ("being told", S.CANCELLED)


async def test_it_is_known_when_a_person_was_told_though_it_is_noted_later(kept):
    person = await kept.somebody()
    await remind(kept, person)
    await kept.advance(2 * HOUR)
    claim = await begin_to_tell(kept)
    await kept.deliveries.attempt(claim.notifications, Channel.CHAT)
    ids = [item.id for item in claim.notifications]
    await send(kept.deliveries, *ids)
    sent = (await kept.book.last_told(person.id)).told_at
    await kept.advance(10 * SECOND)
    await kept.due.close(claim, ids, SECOND)

    assert (await kept.book.last_told(person.id)).told_at == sent


async def test_the_latest_that_fits_the_words_is_known_open_or_not(kept):
    person = await kept.somebody()
    milk = await told(kept, person, "buy milk")
    await kept.book.snooze(milk, await kept.book.now() + DAY)
    bread = await told(kept, person, "buy bread")
    await kept.book.acknowledge(bread)

    assert (await kept.book.last_told(person.id, "milk")).id == milk.id
    assert (await kept.book.last_told(person.id, "buy")).id == bread.id
    assert await kept.book.last_told(person.id, "butter") is None


async def test_done_closes_what_was_told_of_the_same_reminder_before(kept):
    person = await kept.somebody()
    other = await told(kept, person, "another")
    await remind_daily(kept, person)
    for _ in range(3):
        await tell(kept, DAY)
    latest, *_ = await kept.book.fired(person.id, "plants", 9)

    done = await kept.book.acknowledge(latest)

    assert done == latest.model_copy(update={"state": S.ACKNOWLEDGED})
    assert await kept.book.fired(person.id, None, 9) == [other]
    assert await texts(kept, person) == ["water the plants"]


async def test_done_leaves_open_what_was_told_later(kept):
    person = await kept.somebody()
    await remind_daily(kept, person)
    await tell(kept, 2 * HOUR)
    first = await kept.book.last_told(person.id)
    await tell(kept, DAY)
    second = await kept.book.last_told(person.id)

    await kept.book.acknowledge(first)

    assert await kept.book.fired(person.id, None, 9) == [second]


async def test_done_twice_is_done_once(kept):
    person = await kept.somebody()
    occurrence = await told(kept, person)
    done = await kept.book.acknowledge(occurrence)

    assert await kept.book.acknowledge(done) == done
    assert (await kept.book.undo(person.id))[0] == "completed"
    assert (await kept.book.undo(person.id))[0] == "created"


async def test_a_reminder_for_once_can_be_done_ahead(kept):
    person = await kept.somebody()
    made = await remind(kept, person)

    done = await kept.book.complete(made)

    assert (done.due_at, done.state) == (made.next_due, S.ACKNOWLEDGED)
    assert await kept.book.complete(made) is None
    assert await tell(kept, DAY) == ()


async def test_a_recurring_reminder_done_ahead_goes_on_after_that(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await kept.book.complete(made)

    ((again,), _) = await kept.book.upcoming(person.id, 9)
    assert again.next_due == made.next_due + DAY
    assert await tell(kept, 2 * HOUR) == ()
    assert len(await tell(kept, DAY)) == 1


async def test_a_snoozed_occurrence_comes_again(kept):
    person = await kept.somebody()
    occurrence = await told(kept, person)
    until = await kept.book.now() + 10 * MINUTE

    again = await kept.book.snooze(occurrence, until)

    assert (again.due_at, again.text, again.state) == (until, "stretch", S.SCHEDULED)
    assert (await kept.book.occurrence(person.id, occurrence.id)).state is S.SNOOZED
    assert await kept.book.fired(person.id, None, 9) == []
    assert await texts(kept, person) == ["stretch"]
    (notification,) = await tell(kept, 10 * MINUTE)
    assert (notification.id, notification.due_at) == (again.id, until)


async def test_snoozing_again_before_it_comes_moves_it(kept):
    person = await kept.somebody()
    occurrence = await told(kept, person)
    now = await kept.book.now()
    await kept.book.snooze(occurrence, now + 10 * MINUTE)
    again = await kept.book.snooze(occurrence, now + 20 * MINUTE)

    assert await tell(kept, 10 * MINUTE) == ()
    (notification,) = await tell(kept, 10 * MINUTE)
    assert notification.id == again.id


@pytest.mark.parametrize("how", ["done", "cancelled"])
async def test_what_is_closed_meanwhile_is_not_snoozed_any_more(kept, how):
    person = await kept.somebody()
    read = await told(kept, person)
    if how == "done":
        closed = await kept.book.acknowledge(read)
    else:
        await kept.book.cancel(await kept.book.reminder(person.id, read.reminder_id))
        closed = await kept.book.occurrence(person.id, read.id)

    assert await kept.book.snooze(read, await kept.book.now() + MINUTE) == closed
    assert await tell(kept, HOUR) == ()
    assert await texts(kept, person) == []


async def test_what_is_snoozed_recurs_all_the_same(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await tell(kept, HOUR + SECOND)
    occurrence = await kept.book.last_told(person.id)
    await kept.book.snooze(occurrence, await kept.book.now() + HOUR)

    assert len(await tell(kept, HOUR)) == 1
    ((again,), _) = await kept.book.upcoming(person.id, 9)
    assert again.next_due == made.next_due + DAY


async def test_what_was_missed_goes_on_behind_the_last_that_was_shown(kept):
    person = await kept.somebody()
    schedule = Schedule.once(await kept.book.now() + HOUR, "UTC")
    for text in ("together", "too"):
        await kept.book.create(person.id, text, schedule, schedule.first)
    await remind(kept, person, "earlier", MINUTE)
    await tell(kept, HOUR + SECOND)

    seen, after = [], None
    for left in (3, 2, 1):
        (found,), total = await kept.book.unacknowledged(person.id, DAY, 1, after)
        assert total == left
        seen.append(found.text)
        after = found.place
    assert sorted(seen[:2]) == ["together", "too"]
    assert seen[2] == "earlier"
    assert await kept.book.unacknowledged(person.id, DAY, 1, after) == ([], 0)


async def test_what_fell_due_and_was_not_answered_is_unacknowledged(kept):
    person = await kept.somebody()
    long_ago = await told(kept, person, "long ago")
    await kept.advance(7 * DAY)
    done = await told(kept, person, "done")
    await kept.book.acknowledge(done)
    open_still = await told(kept, person, "open")
    await remind(kept, person, "not told", MINUTE)
    await kept.advance(HOUR)

    found, total = await kept.book.unacknowledged(person.id, 7 * DAY, 9)
    assert [occurrence.text for occurrence in found] == ["not told", "open"]
    assert total == 2
    assert found[1] == open_still
    found, total = await kept.book.unacknowledged(person.id, 30 * DAY, 1)
    assert ([one.text for one in found], total) == (["not told"], 3)
    assert long_ago.id not in {one.id for one in found}
