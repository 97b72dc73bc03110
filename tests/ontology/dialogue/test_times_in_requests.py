"""Times that are none, of another place, or hang on something else; tasks only pointed at."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Context, Intent, Problem
from ontology.dialogue.slots import Relation
from tests.ontology.dialogue.reading import INTERPRETER, MADRID, NOW, read, when


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("remind me in 0 minutes to eat", Intent.CREATE_REMINDER),
        ("remind me in -5 minutes to eat", Intent.CREATE_REMINDER),
        ("remind me in - 2 hours to eat", Intent.CREATE_REMINDER),
        ("snooze 0 min", Intent.SNOOZE),
        ("snooze -5 min", Intent.SNOOZE),
        ("snooze for 0 minutes", Intent.SNOOZE),
        ("in 0 minutes", Intent.SNOOZE),
    ],
)
def test_a_wait_that_is_none_is_told_so(said, intent):
    reading = read(said)
    assert (reading.intent, reading.problem) == (intent, Problem.NOT_AHEAD)
    assert reading.schedule is None


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("remind me\u200b at 5\u200b to buy\u200b milk", "buy milk"),
        ("remind me at 5 to \u200b\ufeff", ""),
        ("remind me at 5 to call \u202emum\u202c", "call mum"),
        ("remind me at 5 to hug 👨‍👩‍👧", "hug 👨‍👩‍👧"),
    ],
)
def test_invisible_characters_are_no_text_but_hold_emoji_together(said, text):
    assert read(said).text == text


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("remind me tomorrow at 9am PT to call Bob", "11-21 18:00"),
        ("remind me at 5pm EST to call Bob", "11-20 23:00"),
        ("remind me tomorrow at 10am Tokyo time to call Bob", "11-21 02:00"),
        ("remind me at 18:00 UTC to call Bob", "11-20 19:00"),
    ],
)
def test_a_time_may_be_that_of_another_place(said, expected):
    reading = read(said)
    assert (reading.text, when(reading)) == ("call Bob", expected)


@pytest.mark.parametrize(
    ("said", "relation"),
    [
        (
            "remind me 15 min before my 3pm to prepare",
            Relation(before=True, seconds=900, event="my 3pm"),
        ),
        (
            "remind me an hour after the party to prepare",
            Relation(before=False, seconds=3600, event="the party"),
        ),
        (
            "remind me 2 hours before the wedding to prepare",
            Relation(before=True, seconds=7200, event="the wedding"),
        ),
    ],
)
def test_a_time_that_hangs_on_an_event_is_kept_as_such(said, relation):
    reading = read(said)
    assert (reading.text, reading.relation) == ("prepare", relation)
    assert reading.problem is Problem.UNKNOWN_EVENT


def test_a_time_before_a_date_is_a_time():
    assert when(read("remind me 2 days before 24 december to buy gifts")) == "12-22 09:00"


@pytest.mark.parametrize("said", ["it", "this", "that", "the same thing", "This one"])
def test_what_was_told_last_is_what_it_means(said):
    ask = f"remind me about {said} tomorrow at 9"
    assert read(ask).problem is Problem.NO_TEXT
    context = Context(now=NOW, zone=MADRID, last_told="water the plants")
    (segment,) = INTERPRETER.interpret(ask, context)
    assert (segment.likeliest.text, segment.likeliest.problem) == ("water the plants", None)


@pytest.mark.parametrize(
    ("said", "text", "expected"),
    [
        (
            "remind me to pay at 5 because the shop closes at 6",
            "pay because the shop closes at 6",
            "11-20 17:00",
        ),
        (
            "remind me at 5 to leave, the film starts at 6",
            "leave, the film starts at 6",
            "11-20 17:00",
        ),
        (
            "remind me to pick up Ann at 5, her train arrives at 5:30",
            "pick up Ann , her train arrives at 5:30",
            "11-20 17:00",
        ),
        (
            "remind me to wait at 3 as school ends at 3:15",
            "wait as school ends at 3:15",
            "11-20 15:00",
        ),
        (
            "remind me to call at 5 in case she is back by 4",
            "call in case she is back by 4",
            "11-20 17:00",
        ),
        ("remind me that the shop closes at 6", "the shop closes", "11-20 18:00"),
    ],
)
def test_what_a_thing_does_by_itself_is_no_time_for_the_reminder(said, text, expected):
    reading = read(said)
    assert (reading.text, when(reading)) == (text, expected)


@pytest.mark.parametrize(
    "said",
    [
        "thanks for reminding me at 5",
        "would you mind not reminding me at 5?",
        "the reminder at 5 was useless",
        "my alarm rang at 7 this evening",
        "the alarm at 7pm never rang",
    ],
)
def test_who_speaks_of_reminders_is_reminded_of_nothing(said):
    assert read(said).intent is not Intent.CREATE_REMINDER
