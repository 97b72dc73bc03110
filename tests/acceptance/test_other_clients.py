"""The same conversations through aioxmpp, profanity and go-sendxmpp, which verify our TLS."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.acceptance


async def test_aioxmpp_and_slixmpp_of_one_person_both_hear_what_rings(
    database, by_aioxmpp, login
):
    other = await login(by_aioxmpp.account)
    await database.go_to("Monday", 8)
    confirmation = await by_aioxmpp.ask("remind me in 1 minute to stretch")
    assert "stretch" in confirmation
    assert "08:01" in confirmation
    await database.advance(minutes=1)
    for client in (by_aioxmpp, other):
        await client.hears("⏰", "stretch")


async def test_aioxmpp_snoozes_and_finishes_what_rang(database, by_aioxmpp):
    await database.go_to("Monday", 8)
    await by_aioxmpp.ask("remind me in 1 hour to stretch")
    await database.go_to("Monday", 9)
    await by_aioxmpp.hears("⏰", "stretch")
    assert "stretch" in await by_aioxmpp.ask("snooze 10 min")
    await database.advance(minutes=10)
    await by_aioxmpp.hears("⏰", "stretch")
    assert "stretch" in await by_aioxmpp.ask("done")


async def test_aioxmpp_answers_numbered_choices(database, by_aioxmpp):
    await database.go_to("Monday", 8)
    await by_aioxmpp.ask("remind me tomorrow at 9:00 to call Ann")
    await by_aioxmpp.ask("remind me tomorrow at 10:00 to call Bob")
    await by_aioxmpp.ask("cancel call")
    assert "call" in await by_aioxmpp.ask("1")
    assert len((await by_aioxmpp.ask("list")).splitlines()) < 4


async def test_aioxmpp_says_again_what_a_cut_lost_and_is_answered_once(by_aioxmpp):
    for number in range(9):
        by_aioxmpp.say(f"remind me tomorrow at 9:00 to do thing {number}")
        if number % 3 == 1:
            before = by_aioxmpp.sessions
            by_aioxmpp.cut()
            await by_aioxmpp.begins_anew(before)
    await by_aioxmpp.sent()
    for number in range(9):
        await by_aioxmpp.hears(f"do thing {number}")
    assert "9 reminders" in await by_aioxmpp.ask("list")
    for number in range(9):
        assert by_aioxmpp.count("will remind you", f"do thing {number}”") == 1


async def test_profanity_sets_a_reminder_and_shows_it_when_it_rings(database, by_profanity):
    await database.go_to("Monday", 8)
    by_profanity.say("remind me in 1 minute to stretch")
    await by_profanity.hears("stretch", "Monday", "08:01")
    await database.advance(minutes=1)
    await by_profanity.hears("⏰", "stretch")


async def test_profanity_lists_and_cancels(database, by_profanity):
    await database.go_to("Monday", 8)
    by_profanity.say("remind me tomorrow at 9:00 to pay the rent")
    await by_profanity.hears("pay the rent", "Tuesday", "09:00")
    by_profanity.say("cancel 1")
    await by_profanity.terminal.shows("pay the rent", times=3)
    state = "SELECT state FROM occurrences NATURAL JOIN addresses WHERE address = $1"
    assert await database.value(state, by_profanity.account.jid) == "cancelled"


async def test_profanity_is_helped(by_profanity):
    by_profanity.say("help")
    await by_profanity.hears("snooze")


async def test_profanity_adds_the_assistant_as_a_contact_and_sees_it_online(by_profanity):
    by_profanity.say(f"/roster add {by_profanity.contact}")
    by_profanity.say(f"/sub request {by_profanity.contact}")
    await by_profanity.hears(by_profanity.contact, "[online] [TLS]")


async def test_go_sendxmpp_sets_a_reminder_from_a_script_and_hears_it(database, by_go_sendxmpp):
    await database.go_to("Monday", 8)
    await by_go_sendxmpp.say("remind me in 1 minute to stretch")
    await by_go_sendxmpp.hears("stretch", "08:01")
    await database.advance(minutes=1)
    await by_go_sendxmpp.hears("⏰", "stretch")


async def test_go_sendxmpp_undoes(database, by_go_sendxmpp):
    await by_go_sendxmpp.say("remind me in 1 hour to pay the rent")
    await by_go_sendxmpp.hears("pay the rent")
    await by_go_sendxmpp.say("undo")
    await by_go_sendxmpp.hears("pay the rent")


async def test_go_sendxmpp_hears_an_honest_answer_to_nonsense(by_go_sendxmpp):
    await by_go_sendxmpp.say("flurble the wug")
    await by_go_sendxmpp.hears("remind me")
