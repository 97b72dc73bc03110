from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import UUID

import pytest

from ontology.acl import Performative
from ontology.journal import JournalEntry
from ontology.reminders.concepts import Occurrence, OccurrenceState
from ontology.reminders.explaining import explain, utterances_behind

UTTERANCE = UUID(int=1)
REMINDER = UUID(int=2)
OCCURRENCE = UUID(int=3)
OTHER_OCCURRENCE = UUID(int=4)
SAID_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
_ids = count()


def occurrence(zone="UTC"):
    return Occurrence(
        id=OCCURRENCE,
        reminder_id=REMINDER,
        person_id=UUID(int=9),
        text="call the bank",
        zone=zone,
        due_at=SAID_AT + timedelta(hours=1),
        state=OccurrenceState.DELIVERED,
    )


def entry(act, *about, minutes=0.0, body=None, between=("planner", "reminder"), said="c"):
    sender, receiver = between
    return JournalEntry(
        message_id=str(next(_ids)),
        said_at=SAID_AT + timedelta(minutes=minutes),
        sender=f"{sender}@localhost",
        receiver=f"{receiver}@localhost",
        performative=Performative.REQUEST,
        protocol="fipa-request",
        ontology="reminders",
        act=act,
        conversation=said,
        in_reply_to=None,
        about=tuple(map(str, about)),
        body=json.dumps({"act": act, **(body or {})}),
    )


ASKED = entry(
    "answer-utterance",
    UTTERANCE,
    body={"text": "remind me at 9 to call the bank"},
    between=("assistant", "planner"),
    said=str(UTTERANCE),
)
KEEP = entry("create-reminder", UTTERANCE, minutes=0.01, said=f"{UTTERANCE}:1")
KEPT = entry(
    "reminder-created",
    REMINDER,
    minutes=0.02,
    body={"reminder": {"number": 3}},
    between=("reminder", "planner"),
    said=f"{UTTERANCE}:1",
)
OFFERED = entry(
    "notify-people", OCCURRENCE, REMINDER, minutes=60, between=("reminder", "notifier")
)
AWARDED = entry(
    "deliver-messages",
    OCCURRENCE,
    REMINDER,
    minutes=60,
    body={"channel": "chat", "reasons": ["you like chat"]},
    between=("notifier", "assistant"),
)
ARRIVED = entry(
    "messages-delivered",
    OCCURRENCE,
    minutes=60.1,
    body={"channel": "chat", "outcomes": [{"id": str(OCCURRENCE), "outcome": "sent"}]},
    between=("assistant", "notifier"),
)
STORY = [ASKED, KEEP, KEPT, OFFERED, AWARDED, ARRIVED]


def test_a_reminder_is_explained_from_what_was_said_to_its_arrival():
    assert explain(STORY, occurrence()) == (
        "Monday 2 March, 08:00: you said “remind me at 9 to call the bank”",
        "Monday 2 March, 08:00: planner asked reminder to keep it",
        "Monday 2 March, 08:00: reminder kept it as number 3",
        "Monday 2 March, 09:00: it fell due, and reminder asked notifier to tell you",
        "Monday 2 March, 09:00: notifier gave it to assistant, to be told by chat; "
        "you like chat",
        "Monday 2 March, 09:00: assistant confirmed that it is with you, by chat",
    )


def test_a_reminder_that_came_back_is_explained_with_why():
    back = entry(
        "note-outcome",
        OCCURRENCE,
        minutes=61,
        body={"channel": "chat", "outcome": "failed", "why": "service-unavailable"},
        between=("assistant", "notifier"),
    )

    assert explain([*STORY, back], occurrence())[-1] == (
        "Monday 2 March, 09:01: assistant told notifier that it came back by chat: "
        "service unavailable"
    )


def attempt(outcome, why=None, channel="call"):
    made = {"id": str(OCCURRENCE), "outcome": outcome} | ({"why": why} if why else {})
    return entry(
        "messages-delivered",
        OCCURRENCE,
        minutes=60,
        body={"channel": channel, "outcomes": [{"id": "another", "outcome": "sent"}, made]},
        between=("phone", "notifier"),
    )


@pytest.mark.parametrize(
    ("outcome", "why", "line"),
    [
        ("sent", None, "phone confirmed that it is with you, by phone"),
        ("failed", "busy", "phone could not tell you by phone: busy"),
        ("failed", None, "phone could not tell you by phone"),
        ("unknown", None, "phone does not know whether it reached you by phone"),
    ],
)
def test_every_attempt_is_told_with_its_channel_and_outcome(outcome, why, line):
    assert explain([attempt(outcome, why)], occurrence()) == (f"Monday 2 March, 09:00: {line}",)


def notified(outcome, **known):
    outcomes = [{"id": str(OCCURRENCE), "outcome": outcome, **known}]
    between = ("notifier", "reminder")
    body = {"outcomes": outcomes}
    return entry("people-notified", OCCURRENCE, minutes=60, body=body, between=between)


def test_what_was_held_says_until_when_and_by_which_rule():
    held = notified("held", until="2026-03-03T07:00:00Z", why="your quiet hours 22:00–07:00")

    assert explain([held, notified("sent")], occurrence()) == (
        "Monday 2 March, 09:00: notifier keeps it back until Tuesday 3 March, 07:00: "
        "your quiet hours 22:00–07:00",
    )


def test_answers_and_what_was_taken_back_are_part_of_the_story():
    answered = entry(
        "acknowledge-notification",
        OCCURRENCE,
        minutes=60,
        body={"channel": "call", "answer": "done"},
        between=("phone", "notifier"),
    )
    closed = entry(
        "close-delivery",
        OCCURRENCE,
        minutes=60,
        body={"channel": "telegram", "words": "done by phone"},
        between=("notifier", "telegram"),
    )

    assert explain([answered, closed], occurrence()) == (
        "Monday 2 March, 09:00: you answered “done” by phone",
        "Monday 2 March, 09:00: notifier had telegram take it back: done by phone",
    )


def test_the_story_is_told_in_the_order_in_which_it_happened():
    assert explain(STORY[::-1], occurrence())[0] == explain(STORY, occurrence())[0]
    assert explain(STORY[::-1], occurrence())[-1] == explain(STORY, occurrence())[-1]


def test_the_story_is_told_on_the_clock_of_the_reminder():
    lines = explain(STORY, occurrence(zone="Asia/Tokyo"))

    assert lines[0].startswith("Monday 2 March, 17:00: you said")


def test_a_message_that_both_ends_noted_is_told_once():
    assert explain([*STORY, *STORY], occurrence()) == explain(STORY, occurrence())


def test_an_offer_made_again_in_the_same_minute_is_told_once():
    again = entry(
        "notify-people", OCCURRENCE, REMINDER, minutes=60.05, between=("reminder", "notifier")
    )

    assert explain([*STORY, again], occurrence()) == explain(STORY, occurrence())


def test_other_occurrences_of_the_same_reminder_are_another_story():
    other = [
        entry(act, OTHER_OCCURRENCE, REMINDER, minutes=2_000)
        for act in ("notify-people", "deliver-messages", "messages-delivered")
    ]

    assert explain([*STORY, *other], occurrence()) == explain(STORY, occurrence())


def test_small_talk_between_agents_is_left_out():
    small_talk = [
        entry(act, OCCURRENCE, REMINDER, minutes=30)
        for act in (
            "agreed",
            "call-for-delivery",
            "delivery-bid",
            "people-notified",
            "providers",
        )
    ]

    assert explain([*STORY, *small_talk], occurrence()) == explain(STORY, occurrence())


@pytest.mark.parametrize(
    ("act", "line"),
    [
        ("change-reminder", "planner asked reminder to change it"),
        ("reminder-changed", "planner changed it"),
        ("snoozed", "you snoozed it, and planner let it come again"),
        ("undone", "you took a change back, and planner restored it"),
    ],
)
def test_a_change_is_part_of_the_story(act, line):
    lines = explain([entry(act, REMINDER, minutes=5)], occurrence())

    assert lines == (f"Monday 2 March, 08:05: {line}",)


def test_a_long_utterance_is_shortened_and_braces_in_it_are_just_braces():
    said = entry("answer-utterance", UTTERANCE, body={"text": "{sender} " + "x" * 500})

    (line,) = explain([said], occurrence())

    assert line.startswith("Monday 2 March, 08:00: you said “{sender} xxx")
    assert line.endswith("x…”")
    assert len(line) < 200


def test_nothing_in_the_journal_is_no_story():
    assert explain([], occurrence()) == ()


def test_the_utterances_behind_are_found_by_the_conversations_named_for_them():
    assert utterances_behind(STORY) == (str(UTTERANCE),)
    assert utterances_behind([OFFERED, AWARDED]) == ()
    assert utterances_behind([]) == ()
