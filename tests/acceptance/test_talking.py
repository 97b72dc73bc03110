"""What the assistant says when it is not about a reminder that will ring."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.acceptance

REPLACE = "<replace xmlns='urn:xmpp:message-correct:0' id='{}'/>"
"""What makes a message the correction of another (XEP-0308)."""


async def test_help_names_what_can_be_said(person):
    told = (await person.ask("help")).lower()
    for word in ("remind", "list", "cancel", "snooze", "done", "undo"):
        assert word in told


async def test_a_greeting_is_returned(person):
    assert len(await person.ask("hello")) < 300


@pytest.mark.parametrize("words", ["flurble the wug", "¿qué?", "42 is the answer, is it not"])
async def test_nonsense_gets_a_short_honest_answer_with_one_example(database, person, words):
    answer = await person.ask(words)
    assert len(answer) < 300
    assert "remind me" in answer.lower()
    assert await database.reminders_of(person.account.jid) == 0


async def test_times_are_read_in_the_zone_that_a_person_sets(database, person):
    await database.go_to("Monday", 8)
    assert "America/New_York" in await person.ask("my time zone is America/New_York")
    confirmation = await person.ask("remind me tomorrow at 9:00 to call home")
    assert "09:00" in confirmation
    due = await database.value(
        "SELECT due_at FROM occurrences NATURAL JOIN addresses WHERE address = $1",
        person.account.jid,
    )
    now = await database.now()
    # Nine in New York is two or three in the afternoon in Berlin, where it is just past eight.
    assert 24 + 4.5 < (due - now).total_seconds() / 3600 < 24 + 7.5


async def test_undo_brings_the_zone_back_and_then_takes_back_what_was_before(person):
    await person.ask("remind me tomorrow at 9:00 to call home")
    await person.ask("set my time zone to Asia/Tokyo")
    assert "Asia/Tokyo" not in await person.ask("remind me tomorrow at 9:00 to buy rice")
    assert "buy rice" in await person.ask("undo")
    assert "Europe/Berlin again" in await person.ask("undo")
    assert "Europe" not in await person.ask("list")
    assert "call home" in await person.ask("undo")


async def test_a_zone_that_does_not_exist_is_not_set(database, person):
    answer = await person.ask("my time zone is Mars/Olympus")
    assert "zone" in answer.lower()
    query = "SELECT zone FROM people JOIN addresses ON person_id = people.id WHERE address = $1"
    assert await database.value(query, person.account.jid) == "Europe/Berlin"


@pytest.mark.parametrize(
    "words",
    [
        pytest.param("remind me yesterday at 9:00 to call Ann", id="a time in the past"),
        pytest.param("remind me in 5 minutes", id="an empty text"),
        pytest.param("remind me to call Ann", id="no time"),
        pytest.param("remind me every 30 February to call Ann", id="a rule that never fires"),
        pytest.param("remind me every second to breathe", id="a rule that fires too often"),
        pytest.param("remind me tomorrow at 25:61 to call Ann", id="a time that is none"),
        pytest.param("remind me tomorrow at 9 to " + "x" * 5_000, id="a text too long"),
        pytest.param("remind me tomorrow at 9 to " + "call Ann " * 11_500, id="100 kB"),
    ],
)
async def test_what_cannot_be_kept_gets_a_clear_message_and_nothing_is_stored(
    database, person, words
):
    answer = await person.ask(words)
    assert 10 < len(answer) < 600
    assert "Traceback" not in answer
    assert await database.reminders_of(person.account.jid) == 0


@pytest.mark.parametrize(
    "text",
    ["grüße an Zoë 🎉👩‍👩‍👧", "¡mañana! — «café»", "電話する", "a\u202eb\ufffdc & <b>'\"]]>"],
)
async def test_any_writing_comes_back_as_it_was_said(database, person, text):
    await database.go_to("Monday", 8)
    # What would turn the writing round is left out: a reply goes from left to right.
    shown = text.replace("\u202e", "")
    assert shown in await person.ask(f"remind me in 1 hour to {text}")
    await database.advance(hours=1)
    await person.hears("⏰", shown)


async def test_a_message_corrected_again_and_again_makes_one_reminder(person):
    first = person.say("remind me tomorrow at 9:00 to strech")
    await person.hears("number 1")
    for words, heard in (
        ("flurble the wug", "as it was"),
        ("remind me tomorrow at 9:00 to stretch", "Undone"),
    ):
        person.say(words, replace=REPLACE.format(first))
        await person.hears(heard)
    listed = await person.ask("list")
    assert "“stretch”" in listed
    assert "strech" not in listed


async def test_a_message_that_the_next_one_completed_is_not_done_once_more(person):
    first = person.say("remind me to stretch")
    await person.hears("When?")
    assert "number 1" in await person.ask("tomorrow at 9:00")
    person.say("remind me tomorrow at 10:00 to stretch", replace=REPLACE.format(first))
    await person.hears("too late")
    assert "1 reminder:" in await person.ask("list")


async def test_of_several_requests_one_waits_for_its_time_and_undo_takes_back_the_last(person):
    said = await person.ask("remind me at 17:00 to call mum and remind me to buy milk")
    assert "“call mum”" in said and "When?" in said
    doubtful = await person.ask("3/4")
    assert "Which time do you mean for “buy milk”?" in doubtful
    assert "number 2" in await person.ask("1")
    assert "“buy milk”" in await person.ask("undo")
    assert "1 reminder:" in await person.ask("list")


async def test_several_requests_are_corrected_together_and_nothing_before_it_is_sure(person):
    first = person.say("remind me to call mum at 17:00 and to buy milk at 18:00")
    await person.hears("number 2")
    person.say("remind me on 3/4 to pay the rent", replace=REPLACE.format(first))
    await person.hears("Nothing is changed yet.")
    answer = await person.ask("1")
    assert answer.count("Undone") == 2
    listed = await person.ask("list")
    assert "1 reminder:" in listed and "“pay the rent”" in listed


async def test_the_names_of_reminders_tell_news_of_them_from_talk(person):
    await person.ask("remind me tomorrow at 12:00 to call mum")
    assert "did not understand" in await person.ask("we moved to the kitchen")
    assert "1 reminder:" in await person.ask("list")
    assert "Done: “call mum”" in await person.ask("already called mum")
    assert "no reminders" in await person.ask("list")


async def test_what_is_named_is_put_off_and_nothing_else(database, person):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 minute to stretch")
    await person.ask("remind me tomorrow at 18:00 to go to the gym")
    await database.advance(minutes=1)
    await person.hears("⏰", "stretch")
    assert "18:15" in await person.ask("push gym back by 15 min")
    assert "gym" not in await person.ask("done")


async def test_what_people_say_at_the_same_moment_is_answered_to_each(
    newcomer, household, login
):
    people = [await login(newcomer), await login(household.newcomer())]
    for number, client in enumerate(people):
        for _ in range(5):
            client.say(f"remind me tomorrow at 9:00 to do thing {number}")
    for number, client in enumerate(people):
        for _ in range(5):
            await client.hears(f"do thing {number}")
        await client.nothing_under_way()
        assert client.count(f"do thing {1 - number}") == 0
