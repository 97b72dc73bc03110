"""All agents together on a real server, over storage in memory and a clock that is moved."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.behaviours.xmpp.listening import Listener
from tests.servers import unique

ASSISTANT = "assistant@localhost"
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def platform(house):
    """Everybody at work; returns the house."""
    await house.start(
        await house.directory(),
        await house.planner(),
        await house.reminder(),
        await house.notifier(),
        await house.assistant(),
    )
    return house


class Talk:
    """A person at the phone."""

    def __init__(self, house, phone):
        self.house = house
        self.phone = phone

    async def asks(self, text, *words):
        self.phone.say(ASSISTANT, text)
        return (await self.phone.hears(*words)).body

    async def later(self, by):
        await self.house.clock.advance(by)
        self.house.alarm.ring()


@pytest.fixture
async def talk(platform):
    _, account = await platform.person()
    async with Listener(account, resource=unique("phone")) as phone:
        yield Talk(platform, phone)


async def test_a_reminder_is_kept_rings_is_put_off_rings_again_and_is_done(talk):
    said = await talk.asks("remind me in 1 minute to stretch", "OK, I will remind you")
    assert "“stretch” – today, Monday 2 March, 09:01" in said

    await talk.later(MINUTE)
    await talk.phone.hears("⏰ stretch")
    await talk.asks("snooze 15m", "comes again today, Monday 2 March, 09:16")
    await talk.later(15 * MINUTE)
    await talk.phone.hears("⏰ stretch")

    await talk.asks("done", "Done: “stretch”")
    await talk.asks("what did I miss?", "You missed nothing")
    assert talk.phone.count("⏰ stretch") == 2


async def test_what_several_words_fit_is_asked_about_and_chosen_by_number(talk):
    for when in ("9:30", "9:40"):
        await talk.asks(f"remind me at {when} to buy milk", "OK, I will remind you")

    await talk.asks("cancel milk", "Which one?", "1.", "2.")
    await talk.asks("2", "Cancelled: “buy milk”", "09:40")
    await talk.asks("list", "You have 1 reminder:", "09:30")
    await talk.asks("undo", "it is back", "09:40")


async def test_why_it_rang_is_told_from_what_the_agents_said(talk):
    await talk.asks("remind me in 1 minute to stretch", "OK")
    await talk.later(MINUTE)
    await talk.phone.hears("⏰ stretch")

    said = await talk.asks("why did you remind me?", "About “stretch”:")

    assert "you said “remind me in 1 minute to stretch”" in said
    assert "reminder kept it as number 1" in said
    assert "notifier gave it to assistant" in said


async def test_a_planner_that_is_away_is_waited_for_and_nothing_is_done_twice(talk):
    planner = next(each for each in talk.house._started if each.address.startswith("planner"))
    await talk.house.stop(planner)
    talk.phone.say(ASSISTANT, "remind me in 1 minute to stretch")
    await talk.house.start(await talk.house.planner())

    await talk.phone.hears("OK, I will remind you")
    await talk.asks("list", "You have 1 reminder:")


async def test_a_reminder_agent_whose_answer_is_lost_is_asked_again_and_works_once(talk):
    reminder = next(each for each in talk.house._started if each.address.startswith("reminder"))
    say, lost = reminder.conversations._send, asyncio.Event()

    async def lose_the_answer(envelope):
        if envelope.content.act == "reminder-created" and not lost.is_set():
            lost.set()
        else:
            await say(envelope)

    reminder.conversations._send = lose_the_answer
    talk.phone.say(ASSISTANT, "remind me in 1 minute to stretch")
    await asyncio.wait_for(lost.wait(), 15)
    await talk.house.stop(reminder)
    await talk.house.start(await talk.house.reminder())

    await talk.phone.hears("OK, I will remind you")
    await talk.asks("list", "You have 1 reminder:")


async def test_people_are_strangers_to_each_other(talk):
    await talk.asks("remind me at 9:30 of the secret plan", "OK, I will remind you")
    _, account = await talk.house.person("other")
    async with Listener(account, resource=unique("phone")) as phone:
        other = Talk(talk.house, phone)
        await other.asks("list", "You have no reminders")
        await other.asks("cancel 1", "I find no reminder")
        await other.asks("undo", "nothing left to undo")
    await talk.asks("list", "secret plan")


async def test_a_long_list_is_read_to_its_end_page_by_page(talk):
    for n in range(1, 43):
        await talk.asks(f"remind me in {n} minutes to do task {n}", f"“do task {n}”")

    assert (
        await talk.asks("list", "You have 42 reminders:", "22 later ones: say “more”")
    ).count("\n") == 21
    await talk.asks("more", "22 more:", "“do task 21”", "“do task 40”", "2 later ones")
    assert (await talk.asks("more", "2 more:", "“do task 41”", "“do task 42”")).count("\n") == 2
    await talk.asks("more", "There is no more to show")


async def test_what_was_asked_back_is_answered_with_that_alone(talk):
    await talk.asks("remind me to stretch", "When?")
    await talk.asks("tomorrow at 9", "OK, I will remind you: “stretch” – tomorrow", "09:00")
    await talk.asks("remind me", "What shall I remind you of?")
    await talk.asks("water the plants", "When?")
    await talk.asks("forget it", "I left everything as it is")
    await talk.asks("list", "You have 1 reminder:")


CORRECTION = (
    "<message to='{to}' type='chat' id='{id}'><body>{body}</body>"
    "<replace xmlns='urn:xmpp:message-correct:0' id='{replaced}'/></message>"
)


async def correct(talk, replaced, body, *words):
    key = uuid4().hex
    stanza = CORRECTION.format(to=ASSISTANT, id=key, body=body, replaced=replaced)
    talk.phone.stream.send_raw(stanza)
    await talk.phone.hears(*words)
    return key


async def test_a_corrected_message_is_done_as_corrected_and_once(talk):
    first = talk.phone.say(ASSISTANT, "remind me at 10 to strech")
    await talk.phone.hears("OK, I will remind you: “strech”")

    second = await correct(talk, first, "remind me at 10 to stretch", "Undone", "“stretch”")
    await correct(talk, second, "remind me at 11 to stretch", "Undone", "11:00")
    await correct(talk, first, "remind me at 12 to stretch", "Undone", "12:00")
    assert "12:00" in await talk.asks("list", "You have 1 reminder:")

    await talk.asks("remind me at 13:00 to call mum", "OK")
    await correct(talk, first, "remind me at 14:00 to stretch", "It is too late to correct")
    await correct(talk, "unknown-name", "remind me at 15:00 to stretch", "I cannot tell which")
    assert "12:00" in await talk.asks("list", "You have 2 reminders:", "13:00")


async def test_an_encrypted_message_is_answered_and_its_fallback_is_no_wish(talk):
    talk.phone.stream.send_raw(
        f"<message to='{ASSISTANT}' type='chat' id='{uuid4().hex}'>"
        "<body>remind me at 10 to install OMEMO</body>"
        "<encrypted xmlns='eu.siacs.conversations.axolotl'><header sid='1'/>"
        "<payload>c2VhbGVk</payload></encrypted></message>"
    )
    await talk.phone.hears("I cannot read encrypted messages", "switch encryption")
    await talk.asks("list", "You have no reminders")


async def test_a_length_of_time_puts_off_what_rang_and_completes_nothing_older(talk):
    await talk.asks("remind me in 1 minute to take the pills", "OK")
    await talk.asks("remind me to stretch", "When?")
    await talk.later(MINUTE)
    await talk.phone.hears("⏰ take the pills")

    await talk.asks("10 min", "Snoozed: “take the pills”")
