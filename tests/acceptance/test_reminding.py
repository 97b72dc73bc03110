"""Reminders made in chat, and what becomes of them when their time comes."""

from __future__ import annotations

import pytest

from tests.clients.waiting import eventually

pytestmark = pytest.mark.acceptance


async def test_a_reminder_is_confirmed_with_its_local_time_and_rings_in_every_client(
    database, newcomer, login
):
    desk, phone = await login(newcomer), await login(newcomer)
    await database.go_to("Monday", 8)

    confirmation = await desk.ask("remind me in 1 minute to stretch")
    assert "stretch" in confirmation
    assert "Monday" in confirmation
    assert "08:01" in confirmation

    await database.advance(minutes=1)
    for client in (desk, phone):
        rung = await client.hears("⏰", "stretch")
        assert "late" not in rung.body
        await client.nothing_under_way()
        assert client.count("⏰", "stretch") == 1


async def test_what_one_client_asks_is_confirmed_in_the_other_too(newcomer, login):
    desk, phone = await login(newcomer), await login(newcomer)
    desk.say("remind me tomorrow at 9:00 to water the ferns")
    await desk.hears("water the ferns", "09:00")
    await phone.hears("water the ferns", "09:00")


async def test_a_reminder_does_not_ring_before_its_time(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 2 hours to feed the cat")
    await database.advance(hours=1)
    assert "feed the cat" in await person.ask("list")
    await person.nothing_under_way()
    assert person.count("⏰") == 0


async def test_a_recurring_reminder_rings_each_time_and_says_its_repetition(database, person):
    await database.go_to("Thursday", 8)
    confirmation = await person.ask("remind me every weekday at 8:30 to take out the rubbish")
    assert "every weekday at 08:30" in confirmation
    assert "Thursday" in confirmation

    for day in ("Thursday", "Friday", "Monday"):
        person.forget()
        await database.go_to(day, 8, 30)
        await person.hears("⏰", "take out the rubbish")
    await person.nothing_under_way()
    assert person.count("⏰", "take out the rubbish") == 3


async def test_the_list_names_what_is_to_come_the_next_first(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me tomorrow at 9:00 to pay the rent")
    await person.ask("remind me in 1 hour to call Ann")
    listed = await person.ask("list my reminders")
    assert listed.index("call Ann") < listed.index("pay the rent")
    assert "09:00" in listed
    assert "Tuesday" in listed


async def test_only_the_next_is_shown_when_the_next_is_asked_for(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me tomorrow at 9:00 to pay the rent")
    await person.ask("remind me in 1 hour to call Ann")
    shown = await person.ask("what's next?")
    assert "call Ann" in shown
    assert "pay the rent" not in shown


async def test_a_person_with_no_reminders_is_told_so(person):
    assert "remind" in (await person.ask("list my reminders")).lower()


@pytest.mark.parametrize("which", ["1", "the rent", "rent", "the reminder for the rent"])
async def test_a_reminder_is_cancelled_by_its_number_and_by_its_words(database, person, which):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to pay the rent")
    cancelled = await person.ask(f"cancel {which}")
    assert cancelled.startswith("Cancelled: “pay the rent”")
    assert "pay the rent" not in await person.ask("list")
    await database.advance(hours=1)
    assert await person.ask("hello")
    assert person.count("⏰") == 0


async def test_an_ambiguous_request_offers_numbered_choices_and_a_plain_number_answers(
    database, person
):
    await database.go_to("Monday", 8)
    await person.ask("remind me tomorrow at 9:00 to call Ann")
    await person.ask("remind me tomorrow at 10:00 to call Bob")
    offered = await person.ask("cancel call")
    chosen = next(line for line in offered.splitlines() if "Bob" in line)
    number = chosen.strip().lstrip("(")[0]
    assert number in "12"

    assert "call Bob" in await person.ask(number)
    listed = await person.ask("list")
    assert "call Ann" in listed
    assert "call Bob" not in listed


async def test_the_time_of_a_reminder_is_changed(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me tomorrow at 9:00 to see the dentist")
    changed = await person.ask("move the dentist to 11:00")
    assert "see the dentist" in changed
    assert "11:00" in changed

    await database.go_to("Tuesday", 9)
    assert "11:00" in await person.ask("list")
    assert person.count("⏰") == 0
    await database.go_to("Tuesday", 11)
    await person.hears("⏰", "see the dentist")


async def test_the_text_of_a_reminder_is_changed(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me tomorrow at 9:00 to buy bread")
    changed = await person.ask("change the text of 1 to buy rye bread")
    assert "buy rye bread" in changed
    await database.go_to("Tuesday", 9)
    await person.hears("⏰", "buy rye bread")


@pytest.mark.parametrize(
    ("words", "weekday", "hour", "minute"),
    [
        ("snooze 10 min", "Monday", 9, 10),
        ("snooze until 5pm", "Monday", 17, 0),
        ("snooze till tomorrow", "Tuesday", 9, 0),
    ],
)
async def test_what_has_rung_comes_again_when_it_is_snoozed(
    database, person, words, weekday, hour, minute
):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to stretch")
    await database.go_to("Monday", 9)
    await person.hears("⏰", "stretch")

    snoozed = await person.ask(words)
    assert "stretch" in snoozed
    assert weekday in snoozed
    assert f"{hour:02}:{minute:02}" in snoozed
    await database.go_to(weekday, hour, minute)
    # Snoozed for ten minutes from when it was said: some seconds may be left.
    await database.advance(seconds=30)
    await person.hears("⏰", "stretch")


async def test_a_bare_done_after_it_rang_is_about_what_rang(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to stretch")
    await person.ask("remind me in 2 days to pay the rent")
    await database.advance(hours=1)
    await person.hears("⏰", "stretch")
    assert "stretch" in await person.ask("done")
    assert "stretch" not in await person.ask("what did I miss?")


async def test_after_done_the_next_reminder_still_arrives_and_to_each_their_own(
    database, newcomer, household, login
):
    ann, bob = await login(newcomer), await login(household.newcomer())
    await database.go_to("Monday", 8)
    for client, plant in ((ann, "ferns"), (bob, "roses")):
        await client.ask(f"remind me every day at 9:00 to water the {plant}")
    await ann.ask("remind me at 9:30 to call home")

    await database.go_to("Monday", 9)
    await ann.hears("⏰", "water the ferns")
    await bob.hears("⏰", "water the roses")
    assert "water the ferns" in await ann.ask("done")
    assert "water the roses" in await bob.ask("what did I miss?")

    await database.go_to("Monday", 9, 30)
    await ann.hears("⏰", "call home")
    assert "call home" in await ann.ask("done")
    await database.go_to("Tuesday", 9)
    await ann.hears("⏰", "water the ferns")
    await bob.hears("⏰", "water the roses")
    for client, others in ((ann, "roses"), (bob, "ferns")):
        await client.nothing_under_way()
        assert client.count("⏰", "water") == 2
        assert client.count(others) == 0
    assert "You missed nothing" not in await bob.ask("what did I miss?")
    assert "water the ferns" in await ann.ask("done")
    assert "You missed nothing" in await ann.ask("what did I miss?")


async def test_why_is_answered_for_what_was_snoozed_by_its_words(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to call Ann")
    await database.advance(hours=1)
    await person.hears("⏰", "call Ann")
    await person.ask("snooze 1 hour")

    assert "call Ann" in await person.ask("why did you remind me about Ann?")


async def test_undo_takes_back_a_cancellation(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to pay the rent")
    await person.ask("cancel the rent")
    assert "pay the rent" in await person.ask("undo")
    await database.advance(hours=1)
    await person.hears("⏰", "pay the rent")


async def test_undo_takes_back_a_new_reminder(person):
    await person.ask("remind me in 1 hour to pay the rent")
    assert "pay the rent" in await person.ask("undo")
    assert "pay the rent" not in await person.ask("list")


async def test_undo_with_nothing_done_says_so(person):
    assert "undo" in (await person.ask("undo")).lower()


async def test_what_was_missed_is_told(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to call Ann")
    await database.advance(hours=1)
    await person.hears("⏰", "call Ann")
    missed = await person.ask("what did I miss?")
    assert "call Ann" in missed
    assert "09:00" in missed


async def test_why_a_person_was_reminded_is_explained_from_the_journal(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 hour to call Ann")
    await database.advance(hours=1)
    await person.hears("⏰", "call Ann")
    # The journal is written in batches, a moment after.
    noted = "SELECT 1 FROM journal WHERE act = 'people-notified' AND about && (" + (
        "SELECT array_agg(id::text) FROM occurrences NATURAL JOIN addresses WHERE address = $1)"
    )
    await eventually(
        lambda: database.value(noted, person.account.jid), "the outcome in the journal", 10
    )

    why = await person.ask("why did you remind me?")
    assert "call Ann" in why
    assert len(why.splitlines()) >= 3
    assert "{" not in why
