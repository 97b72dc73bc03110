"""Reminders: making, finding, changing, letting go."""

from datetime import UTC, datetime

import pytest

from ontology.time.concepts import Schedule
from tests.contracts.reminding import (
    DAY,
    HOUR,
    MINUTE,
    SECOND,
    remind,
    remind_daily,
    tell,
    texts,
)


async def test_numbers_count_up_for_each_person_and_are_never_used_again(kept):
    one, other = await kept.somebody(), await kept.somebody()
    first = await remind(kept, one)
    await kept.book.cancel(first)

    assert first.number == 1
    assert (await remind(kept, one)).number == 2
    assert (await remind(kept, other)).number == 1


async def test_a_reminder_is_kept_as_it_was_made(kept):
    person = await kept.somebody()
    schedule = Schedule(
        zone="Europe/Madrid",
        start=datetime.fromisoformat("2040-10-28T02:30"),
        fold=1,
        rule="FREQ=WEEKLY;BYDAY=SU,WE;COUNT=7",
    )
    made = await kept.book.create(person.id, "Caffè ☕", schedule, schedule.first)

    assert made.schedule == schedule
    assert made.next_due == datetime(2040, 10, 28, 1, 30, tzinfo=UTC)
    assert await kept.book.reminder(person.id, made.id) == made


async def test_upcoming_reminders_are_listed_the_next_first(kept):
    person, other = await kept.somebody(), await kept.somebody()
    await remind(kept, person, "later", 2 * HOUR)
    await remind(kept, person, "sooner", 1 * HOUR)
    await remind(kept, person, "latest", 3 * HOUR)
    await remind(kept, other, "somebody else's", MINUTE)

    reminders, total = await kept.book.upcoming(person.id, 2)
    assert [reminder.text for reminder in reminders] == ["sooner", "later"]
    assert total == 3


async def test_a_list_goes_on_behind_the_last_that_was_shown(kept):
    person = await kept.somebody()
    due = await kept.book.now() + HOUR
    schedule = Schedule.once(due, "UTC")
    for text in ("two", "three", "four"):
        await kept.book.create(person.id, text, schedule, schedule.first)
    await remind(kept, person, "one", MINUTE)
    await remind(kept, person, "five", 2 * HOUR)

    shown, total = await kept.book.upcoming(person.id, 2)
    assert ([each.text for each in shown], total) == (["one", "two"], 5)
    # What was shown meanwhile fires; nothing behind it may be passed over for that.
    await tell(kept, 2 * MINUTE)
    rest, total = await kept.book.upcoming(person.id, 2, shown[-1].place)
    assert ([each.text for each in rest], total) == (["three", "four"], 3)
    last, total = await kept.book.upcoming(person.id, 2, rest[-1].place)
    assert ([each.text for each in last], total) == (["five"], 1)
    assert await kept.book.upcoming(person.id, 2, last[-1].place) == ([], 0)


async def test_a_reminder_for_once_is_gone_from_the_list_once_it_fired(kept):
    person = await kept.somebody()
    made = await remind(kept, person)
    await tell(kept, HOUR + SECOND)

    assert await kept.book.upcoming(person.id, 10) == ([], 0)
    assert (await kept.book.reminder(person.id, made.id)).next_due is None


async def test_a_recurring_reminder_goes_on(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    await tell(kept, HOUR + SECOND)

    ((again,), _) = await kept.book.upcoming(person.id, 10)
    assert again.next_due == made.next_due + DAY


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("milk", ["Buy milk", "Buy oat milk", "Drink milk"]),
        ("MILK buy", ["Buy milk", "Buy oat milk"]),
        ("buy Milk", ["Buy milk"]),
        ("dent", ["Call the dentist about Paul's teeth"]),
        ("paul's", ["Call the dentist about Paul's teeth"]),
        ("ilk", []),
        ("milk dentist", []),
        ("3", ["Drink milk"]),
        ("#2", ["Buy oat milk"]),
        ("7", []),
        ("100", ["Do 100_squats % now"]),
        ("_", []),
        ("%", []),
        ("", []),
        ("  ", []),
    ],
)
async def test_words_find_the_reminders_that_hold_them(kept, words, found):
    person = await kept.somebody()
    for text in (
        *("Buy milk", "Buy oat milk", "Drink milk"),
        *("Call the dentist about Paul's teeth", "Do 100_squats % now"),
    ):
        await remind(kept, person, text)

    matching = await kept.book.matching(person.id, words, 9)
    assert [reminder.text for reminder in matching] == found


async def test_only_what_is_still_to_fire_is_found(kept):
    person = await kept.somebody()
    await remind(kept, person, "buy milk", MINUTE)
    await tell(kept, HOUR)
    await remind(kept, person, "buy milk")
    await kept.book.cancel(await remind(kept, person, "buy milk"))

    assert [found.number for found in await kept.book.matching(person.id, "milk", 9)] == [2]
    assert await kept.book.matching(person.id, "3", 9) == []


async def test_at_most_as_many_are_found_as_were_asked_for(kept):
    person = await kept.somebody()
    for number in range(5):
        await remind(kept, person, f"buy milk {number}")

    assert len(await kept.book.matching(person.id, "milk", 3)) == 3


async def test_the_latest_is_the_one_made_or_changed_last(kept):
    person = await kept.somebody()
    assert await kept.book.latest(person.id) is None
    first = await remind(kept, person, "first")
    await kept.advance(SECOND)
    second = await remind(kept, person, "second")
    assert await kept.book.latest(person.id) == second

    await kept.advance(SECOND)
    changed = await kept.book.change(first, "changed", first.schedule, first.next_due)
    assert await kept.book.latest(person.id) == changed
    await kept.book.cancel(changed)
    assert (await kept.book.latest(person.id)).next_due is None


async def test_a_cancelled_reminder_does_not_fire(kept):
    person = await kept.somebody()
    await kept.book.cancel(await remind(kept, person))
    await kept.book.cancel(await remind_daily(kept, person))

    assert await texts(kept, person) == []
    assert await tell(kept, DAY) == ()
    assert await kept.due.due_in() is None


async def test_a_reminder_cancelled_while_it_is_being_told_is_not_told_again(kept):
    person = await kept.somebody()
    made = await remind(kept, person)
    await kept.advance(2 * HOUR)
    claim = await kept.due.claim(10, MINUTE)
    await kept.book.cancel(made)
    await kept.due.offered(claim)
    await kept.due.close(claim, [], SECOND)

    assert await tell(kept, HOUR) == ()


async def test_a_changed_reminder_fires_as_it_stands_now_and_only_then(kept):
    person = await kept.somebody()
    made = await remind(kept, person, "buy milk", HOUR)
    later = Schedule.once(made.next_due + HOUR, "UTC")
    changed = await kept.book.change(made, "buy bread", later, later.first)

    assert (changed.id, changed.number) == (made.id, made.number)
    assert (changed.text, changed.next_due) == ("buy bread", later.first)
    assert await tell(kept, HOUR + MINUTE) == ()
    (notification,) = await tell(kept, HOUR)
    assert (notification.text, notification.due_at) == ("buy bread", later.first)


async def test_a_reminder_may_be_changed_to_and_fro(kept):
    person = await kept.somebody()
    made = await remind(kept, person)
    later = Schedule.once(made.next_due + HOUR, "UTC")
    changed = await kept.book.change(made, made.text, later, later.first)
    back = await kept.book.change(changed, made.text, made.schedule, made.next_due)

    assert back == made
    assert len(await tell(kept, 3 * HOUR)) == 1


async def test_a_recurring_reminder_that_was_changed_recurs_by_its_new_rule_alone(kept):
    person = await kept.somebody()
    made = await remind_daily(kept, person)
    weekly = made.schedule.model_copy(update={"rule": "FREQ=WEEKLY"})
    await kept.book.change(made, made.text, weekly, made.next_due)

    fired = [len(await tell(kept, DAY)) for _ in range(9)]
    assert fired == [1, 0, 0, 0, 0, 0, 0, 1, 0]


async def test_nobody_sees_the_reminders_of_another(kept):
    one, other = await kept.somebody(), await kept.somebody()
    made = await remind(kept, one)
    await tell(kept, 2 * HOUR)
    occurrence = await kept.book.last_told(one.id)

    assert await kept.book.reminder(other.id, made.id) is None
    assert await kept.book.occurrence(other.id, occurrence.id) is None
    assert await kept.book.last_told(other.id) is None
    assert await kept.book.fired(other.id, None, 9) == []
    assert await kept.book.matching(other.id, "1", 9) == []
    assert await kept.book.unacknowledged(other.id, DAY, 9) == ([], 0)
    assert await kept.book.undo(other.id) is None
