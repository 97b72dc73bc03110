"""Taking back the last change."""

from uuid import uuid4

from ontology.reminders.concepts import OccurrenceState as S
from ontology.reminders.ports import TakenBack
from ontology.time.concepts import Schedule
from tests.contracts.reminding import (
    DAY,
    HOUR,
    LEASE,
    MINUTE,
    SECOND,
    remind,
    remind_daily,
    tell,
    texts,
    told,
)


async def test_nothing_done_is_nothing_to_undo(kept):
    assert await kept.book.undo((await kept.somebody()).id) is None


async def test_a_reminder_that_was_made_is_let_go(kept):
    person = await kept.somebody()
    made = await remind(kept, person)

    assert await kept.book.undo(person.id) == TakenBack(
        "created", made.model_copy(update={"next_due": None})
    )
    assert await texts(kept, person) == []
    assert await tell(kept, DAY) == ()
    assert await kept.book.undo(person.id) is None


async def test_a_reminder_that_was_let_go_fires_after_all(kept):
    person = await kept.somebody()
    made = await remind(kept, person)
    await kept.book.cancel(made)

    assert await kept.book.undo(person.id) == TakenBack("cancelled", made)
    assert [item.due_at for item in await tell(kept, 2 * HOUR)] == [made.next_due]


async def test_what_should_have_fired_meanwhile_fires_late(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await kept.book.cancel(made)
    await kept.advance(3 * DAY)
    await kept.book.undo(person.id)

    (late,) = await tell(kept)
    assert (late.due_at, late.skipped) == (made.next_due, 2)


async def test_a_change_is_put_back(kept):
    person = await kept.somebody()
    made = await remind(kept, person)
    later = Schedule.once(made.next_due + HOUR, "UTC")
    await kept.book.change(made, "something else", later, later.first)

    assert await kept.book.undo(person.id) == TakenBack("changed", made)
    assert [item.text for item in await tell(kept, 3 * HOUR)] == ["stretch"]


async def test_a_change_that_went_on_recurring_is_put_back(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person, within=DAY)
    hourly = made.schedule.model_copy(
        update={"start": made.schedule.start - DAY + HOUR, "rule": "FREQ=HOURLY"}
    )
    await kept.book.change(made, "every hour", hourly, hourly.first)
    await tell(kept, HOUR + SECOND)

    assert await kept.book.undo(person.id) == TakenBack("changed", made)
    fired = await tell(kept, DAY)
    assert [(item.text, item.due_at) for item in fired] == [(made.text, made.next_due)]


async def test_done_is_put_back(kept):
    person = await kept.somebody()
    occurrence = await told(kept, person)
    await kept.book.acknowledge(occurrence)

    assert (await kept.book.undo(person.id))[0] == "completed"
    assert await kept.book.fired(person.id, None, 9) == [occurrence]
    assert await tell(kept, DAY) == ()


async def test_done_ahead_is_put_back(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await kept.book.complete(made)

    assert await kept.book.undo(person.id) == TakenBack("completed", made)
    assert len(await tell(kept, 2 * HOUR)) == 1
    assert len(await tell(kept, DAY)) == 1
    assert await tell(kept, HOUR) == ()


async def test_done_ahead_is_missed_when_its_time_has_passed_by(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    done = await kept.book.complete(made)
    assert len(await tell(kept, DAY + 2 * HOUR)) == 1
    await kept.book.undo(person.id)

    assert (await kept.book.occurrence(person.id, done.id)).state is S.MISSED
    assert await tell(kept) == ()
    assert len(await tell(kept, DAY)) == 1


async def test_a_snooze_is_put_back(kept):
    person = await kept.somebody()
    occurrence = await told(kept, person)
    await kept.book.snooze(occurrence, await kept.book.now() + HOUR)

    assert (await kept.book.undo(person.id))[0] == "snoozed"
    assert await kept.book.fired(person.id, None, 9) == [occurrence]
    assert await tell(kept, DAY) == ()


async def test_changes_are_taken_back_one_by_one(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "first")
    changed = await kept.book.change(made, "second", made.schedule, made.next_due)
    await kept.book.cancel(changed)

    assert await kept.book.undo(person.id) == TakenBack("cancelled", changed)
    assert await kept.book.undo(person.id) == TakenBack("changed", made)
    assert (await kept.book.undo(person.id))[0] == "created"
    assert await kept.book.undo(person.id) is None


async def test_what_is_cancelled_while_it_is_told_and_put_back_is_told_under_its_own_id(kept):
    person = await kept.somebody()
    made = await remind(kept, person)
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, LEASE)
    await kept.book.cancel(made)
    await kept.book.undo(person.id)

    (again,) = await tell(kept)
    assert again.id == claim.notifications[0].id


async def test_fifty_changes_can_be_taken_back(kept):
    person = await kept.somebody()
    for number in range(51):
        await remind(kept, person, f"number {number}", MINUTE)

    undone = [await kept.book.undo(person.id) for _ in range(51)]
    assert all(undone[:50])
    assert undone[50] is None
    assert await texts(kept, person) == ["number 0"]


async def zone_of(kept, person):
    return (await kept.people.person(person.id)).zone


async def test_a_move_to_another_zone_is_taken_back_in_its_turn(kept):
    person = await kept.somebody(zone="Europe/Madrid")
    made = await remind(kept, person)
    await kept.people.move_to_zone(person.id, "Asia/Tokyo")
    await kept.people.move_to_zone(person.id, "Asia/Seoul")
    await kept.book.cancel(made)

    assert await kept.book.undo(person.id) == TakenBack("cancelled", made)
    assert await zone_of(kept, person) == "Asia/Seoul"
    assert await kept.book.undo(person.id) == TakenBack("moved", zone="Asia/Tokyo")
    assert await kept.book.undo(person.id) == TakenBack("moved", zone="Europe/Madrid")
    assert await zone_of(kept, person) == "Europe/Madrid"
    assert (await kept.book.undo(person.id)).what == "created"
    assert await kept.book.undo(person.id) is None


async def test_a_move_to_where_a_person_is_already_is_the_last_change_all_the_same(kept):
    person = await kept.somebody(zone="Europe/Madrid")
    await remind(kept, person)
    await kept.people.move_to_zone(person.id, "Europe/Madrid")

    assert await kept.book.undo(person.id) == TakenBack("moved", zone="Europe/Madrid")
    assert await texts(kept, person) == ["stretch"]


async def test_nobody_takes_back_the_move_of_another(kept):
    one, other = await kept.somebody(), await kept.somebody()
    await kept.people.move_to_zone(one.id, "Asia/Tokyo")

    assert await kept.book.undo(other.id) is None
    assert await zone_of(kept, one) == "Asia/Tokyo"


async def test_who_moves_very_often_can_take_back_fifty_moves(kept):
    person = await kept.somebody()
    for minutes in range(51):
        await kept.people.move_to_zone(person.id, f"zone {minutes}")

    undone = [await kept.book.undo(person.id) for _ in range(51)]
    assert undone[-2:] == [TakenBack("moved", zone="zone 0"), None]


async def test_what_was_changed_in_no_conversation_is_taken_back_by_undo_alone(kept):
    person = await kept.somebody()
    await remind(kept, person)

    assert await kept.book.undo(person.id, uuid4()) is None
    assert (await kept.book.undo(person.id)).what == "created"
