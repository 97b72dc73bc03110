"""Asking for a reminder: what is to be done, and when; what it lacks is named."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Context, Intent, Problem
from tests.ontology.dialogue.reading import INTERPRETER, NOW, read, when


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("remind me in 1 minute to stretch", "stretch", "11-20 12:01"),
        ("remind me to call mum tomorrow at 9", "call mum", "11-21 09:00"),
        ("Remind me tomorrow at 9 to call Mum", "call Mum", "11-21 09:00"),
        ("tomorrow at 9 remind me to call mum", "call mum", "11-21 09:00"),
        ("remind me about the dentist on 24 december at 10", "the dentist", "12-24 10:00"),
        ("remind me that the bins go out tonight", "the bins go out", "11-20 21:00"),
        ("reminder: water plants on friday", "water plants", "11-27 09:00"),
        ("Reminder water the PLANTS at 5pm", "water the PLANTS", "11-20 17:00"),
        ("new reminder: pay rent on the 1st", "pay rent", "12-01 09:00"),
        ("set a reminder for tomorrow at 9 to call Bob", "call Bob", "11-21 09:00"),
        ("set me a reminder to call Bob at 3pm", "call Bob", "11-20 15:00"),
        ("i need a reminder to call John at 3pm", "call John", "11-20 15:00"),
        ("don't let me forget the milk tonight", "the milk", "11-20 21:00"),
        ("don’t forget to lock the door at 10pm", "lock the door", "11-20 22:00"),
        ("remember to lock the door at 10pm", "lock the door", "11-20 22:00"),
        ("wake me at 7", "wake up", "11-21 07:00"),
        ("wake me up in 20 minutes", "wake up", "11-20 12:20"),
        ("set an alarm for 7", "alarm", "11-21 07:00"),
        ("can you please remind me at 5pm to leave?", "leave", "11-20 17:00"),
        ("Hey Steward, could you remind me in 2h to eat, please", "eat", "11-20 14:00"),
        ('remind me in 2h to "check the oven"', "check the oven", "11-20 14:00"),
        ("remind me to buy 3 eggs tomorrow.", "buy 3 eggs", "11-21 09:00"),
        ("remind me to read the 3rd chapter tomorrow", "read the 3rd chapter", "11-21 09:00"),
        (
            "remind me at 5 to prepare for the meeting at 6",
            "prepare for the meeting at 6",
            "11-20 17:00",
        ),
        ("remind me to send Anna's report by monday", "send Anna's report", "11-23 09:00"),
        (
            "remind me to meet Ann, Bob and Cy tomorrow at noon",
            "meet Ann, Bob and Cy",
            "11-21 12:00",
        ),
        ("remind me in an hour 🍕", "🍕", "11-20 13:00"),
        ("remind me 10 min to stretch", "stretch", "11-20 12:10"),
        ("remind me on friday 27 november at 10 to pay", "pay", "11-27 10:00"),
        ("remind me tomorrow to walk for 2 hours", "walk for 2 hours", "11-21 09:00"),
        ("remind me today at 8am to run", "run", "11-20 08:00"),  # past: refused later on
        ("remind me at 5pm to buy flowers for Eve", "buy flowers for Eve", "11-20 17:00"),
        ("remind me at 5pm to e-mail bob@example.org", "e-mail bob@example.org", "11-20 17:00"),
        ("remind me tomorrow to ask: why?", "ask: why?", "11-21 09:00"),
        ("remind me at 5pm to buy\n- milk\n- eggs", "buy\n- milk\n- eggs", "11-20 17:00"),
        (
            "Remind me every weekday at 8:30 to take the Pills",
            "take the Pills",
            "11-23 08:30 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "every weekday remind me at 8:30 to take pills",
            "take pills",
            "11-23 08:30 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        ),
        (
            "remind me to stretch every 10 minutes",
            "stretch",
            "11-20 12:10 FREQ=MINUTELY;INTERVAL=10",
        ),
        (
            "remind me each monday at 9 to plan, 5 times",
            "plan",
            "11-23 09:00 FREQ=WEEKLY;BYDAY=MO;COUNT=5",
        ),
        (
            "remind me every day until friday to drink water",
            "drink water",
            "11-21 09:00 FREQ=DAILY;UNTIL=20261127T225959Z",
        ),
    ],
)
def test_a_reminder_is_asked_for_in_many_ways(said, text, expected):
    reading = read(said)
    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.problem is None
    assert reading.confidence == 1
    assert reading.text == text
    assert when(reading) == expected


@pytest.mark.parametrize(
    ("said", "text", "problem"),
    [
        ("remind me", "", Problem.NO_TEXT),
        ("remind me tomorrow", "", Problem.NO_TEXT),
        ("remind me in 5 minutes to", "", Problem.NO_TEXT),
        ("remind me at 5pm to ...", "", Problem.NO_TEXT),
        ("tomorrow at 9", "", Problem.NO_TEXT),
        ("remind me to call mum", "call mum", Problem.NO_TIME),
        ("remind me to add 1/2 cup of milk", "add 1/2 cup of milk", Problem.NO_TIME),
        ("remind me on 30 february to sleep", "sleep", Problem.NO_SUCH_TIME),
        ("remind me at 25:99 to sleep", "sleep", Problem.NO_SUCH_TIME),
        ("remind me every 30 february to sleep", "sleep", Problem.NEVER_FIRES),
        ("remind me every day until yesterday to sleep", "sleep", Problem.NEVER_FIRES),
        ("remind me every second to blink", "blink", Problem.TOO_OFTEN),
    ],
)
def test_what_a_reminder_lacks_is_named(said, text, problem):
    reading = read(said)
    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.problem is problem
    assert reading.schedule is None or problem is Problem.NO_TEXT
    assert reading.text == text


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        ("tomorrow at 9 dentist", "dentist", "11-21 09:00"),
        ("dentist monday 15:00", "dentist", "11-23 15:00"),
        ("make dinner at 6", "make dinner", "11-20 18:00"),
        ("move the car tomorrow", "move the car", "11-21 09:00"),
        ("set the table at 7pm", "set the table", "11-20 19:00"),
        (
            "pay the rent every month on the 1st",
            "pay the rent",
            "12-01 09:00 FREQ=MONTHLY;BYMONTHDAY=1",
        ),
    ],
)
def test_a_task_with_a_time_is_taken_for_a_reminder_less_surely(said, text, expected):
    reading = read(said)
    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.confidence == 0.6
    assert reading.text == text
    assert when(reading) == expected


def test_an_unknown_zone_of_the_person_counts_as_utc():
    context = Context(now=NOW, zone="Nowhere/Land")
    (segment,) = INTERPRETER.interpret("remind me tomorrow at 9 to call", context)
    reading = segment.likeliest
    assert reading.schedule is not None
    assert reading.schedule.zone == "UTC"


def test_what_is_too_long_to_read_stays_part_of_the_text():
    long = "call mum " * 12_000
    reading = read("remind me at 5pm to " + long)
    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.text.strip() == long.strip()
    assert len(reading.text) > 100_000


def test_control_characters_do_not_reach_the_text():
    reading = read("remind me at 5pm to call\x00\x1b mum")
    assert reading.text.split() == ["call", "mum"]
    assert reading.text.isprintable()
