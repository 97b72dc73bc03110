"""Bullets, slashes and slips of the fingers before or in the first word change nothing."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent
from ontology.dialogue.openings import without_slips
from tests.ontology.dialogue.reading import read, segments, when


@pytest.mark.parametrize(
    "said",
    [
        "- remind me at 5pm to eat",
        "• remind me at 5pm to eat",
        "* remind me at 5pm to eat",
        "1) remind me at 5pm to eat",
        "2. remind me at 5pm to eat",
        "/remind me at 5pm to eat",
        "/remind at 5pm to eat",
        "!remind me at 5pm to eat",
        "@Steward remind me at 5pm to eat",
        "Steward: - remind me at 5pm to eat",
        "remindme at 5pm to eat",
        '"remind me at 5pm to eat"',
        "(remind me at 5pm to eat)",
        "new one: remind me at 5pm to eat",
        ">> remind me at 5pm to eat",
        "note to self: remind me at 5pm to eat",
        "rmnd me 2 eat at 5pm",
        "remnd me at 5pm to eat",
        "rmeind em at 5pm to eat",
        "pls rmd me at 5pm to eat",
        "remined me at 5pm to eat",
        "remind me at 5pm to eat. Thank you so much!",
        "Please remind me at 5pm to eat. Kind regards, Jo",
    ],
)
def test_a_request_is_read_without_what_opens_or_ends_it(said):
    reading = read(said)
    assert (reading.intent, reading.text) == (Intent.CREATE_REMINDER, "eat")
    assert when(reading) == "11-20 17:00"


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("/list", Intent.LIST_REMINDERS),
        ("/reminders", Intent.LIST_REMINDERS),
        ("!list", Intent.LIST_REMINDERS),
        ("/help", Intent.HELP),
        ("/start", Intent.HELP),
        ("/undo", Intent.UNDO),
        ("/done", Intent.DONE),
        ("/snooze 20m", Intent.SNOOZE),
        ("lsit", Intent.LIST_REMINDERS),
        ("unod", Intent.UNDO),
        ("dnoe", Intent.DONE),
        ("helpp", Intent.HELP),
        ("snoze 10", Intent.SNOOZE),
    ],
)
def test_commands_are_read_with_a_slash_or_a_slip(said, intent):
    assert read(said).intent is intent


@pytest.mark.parametrize("said", ["- cancel 2", "/cancel 2", "canel 2", "cancle 2", "delte 2"])
def test_a_mended_command_means_the_same_one(said):
    assert (read(said).intent, read(said).target) == (Intent.CANCEL_REMINDER, "2")


@pytest.mark.parametrize(
    "said",
    [
        "cancer screening",
        "last",
        "lift",
        "chance",
        "charge 2",
        "hello",
        "love",
        "doe",
        "rewind",
    ],
)
def test_another_word_is_not_a_slip(said):
    assert without_slips(said) == said


@pytest.mark.parametrize(
    "said",
    [
        "1. remind me at 5pm to eat\n2. remind me at 6pm to sleep",
        "- eat at 5pm\n- sleep at 6pm",
        "remind me:\n- eat at 5pm\n- sleep at 6pm",
        "Reminders:\n• eat at 5pm\n• sleep at 6pm",
    ],
)
def test_each_entry_of_a_list_is_a_request(said):
    assert [(each.likeliest.text, when(each.likeliest)) for each in segments(said)] == [
        ("eat", "11-20 17:00"),
        ("sleep", "11-20 18:00"),
    ]


def test_a_list_of_what_to_buy_is_one_task():
    (segment,) = segments("remind me at 5pm to buy:\n- milk\n- eggs")
    assert segment.likeliest.text == "buy:\n- milk\n- eggs"


def test_a_day_is_not_a_bullet():
    assert when(read("remind me 1. december at 9 to pay")) == "12-01 09:00"
    assert when(read("1. december at 9 dentist")) == "12-01 09:00"
