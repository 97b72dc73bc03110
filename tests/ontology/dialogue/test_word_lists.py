"""Words that count for more or less, and how long before something is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ontology.dialogue.concepts import Intent
from ontology.policy.changes import ChangeWords, SetLeadTimes, SetTravel
from ontology.policy.concepts import MatterKind
from tests.ontology.dialogue.reading import read, segments

EVENT, TASK = MatterKind.EVENT, MatterKind.TASK


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("always call me for Ana", "vip", ("Ana",)),
        ("always phone me about the school and Dr Ruiz", "vip", ("school", "Dr Ruiz")),
        ("treat Ben as a VIP", "vip", ("Ben",)),
        ("add Ana, Ben and Cy to my VIPs", "vip", ("Ana", "Ben", "Cy")),
        ("Mum is a VIP", "vip", ("Mum",)),
        ("always ring for medicine", "ring_anyway", ("medicine",)),
        ("always ring for “check the oven”", "ring_anyway", ("check the oven",)),
        ("let the baby monitor ring anyway", "ring_anyway", ("baby monitor",)),
        ("always tell me about pills", "ring_anyway", ("pills",)),
        ("medicine may always ring", "ring_anyway", ("medicine",)),
        ("school is urgent", "urgent_words", ("school",)),
        ("The boiler is always urgent.", "urgent_words", ("boiler",)),
        ("treat hospital as urgent", "urgent_words", ("hospital",)),
        ("add hospital and boiler to my urgent words", "urgent_words", ("hospital", "boiler")),
        ("internal topics: standup, retro", "internal", ("standup", "retro")),
        ("treat newsletters as internal", "internal", ("newsletters",)),
        ("only e-mail for newsletters", "internal", ("newsletters",)),
        ("add sprint planning to internal topics", "internal", ("sprint planning",)),
    ],
)
def test_words_are_put_on_a_list(said, name, words):
    (segment,) = segments(said)
    assert segment.likeliest.intent is Intent.SET_PREFERENCE
    assert segment.likeliest.change == ChangeWords(list=name, words=words)


@pytest.mark.parametrize(
    ("said", "name", "words"),
    [
        ("remove Ana from my VIPs", "vip", ("Ana",)),
        ("don't always call me for Ana any more", "vip", ("Ana",)),
        ("Ben is no longer a VIP", "vip", ("Ben",)),
        ("take retro off the internal topics", "internal", ("retro",)),
        ("school is not urgent", "urgent_words", ("school",)),
        ("the boiler isn't urgent any more", "urgent_words", ("boiler",)),
        ("don't ring for medicine any more", "ring_anyway", ("medicine",)),
        ("remove hospital from my urgent words", "urgent_words", ("hospital",)),
    ],
)
def test_words_are_taken_off_a_list(said, name, words):
    (segment,) = segments(said)
    assert segment.likeliest.change == ChangeWords(list=name, words=words, remove=True)


@pytest.mark.parametrize(
    "said",
    [
        "this is urgent",
        "it's urgent",
        "what is urgent?",
        "is the school urgent?",
        "everything is urgent",
        "she is a VIP",
    ],
)
def test_what_only_points_at_something_names_no_word(said):
    assert read(said).change is None


def test_a_reason_for_a_reminder_changes_no_list():
    (segment,) = segments("the report is urgent, remind me at 5pm to send it")
    assert segment.likeliest.intent is Intent.CREATE_REMINDER


@pytest.mark.parametrize(
    ("said", "kind", "minutes"),
    [
        ("remind me 15 minutes before every meeting", EVENT, (15,)),
        ("tell me of events 1 day and 30 minutes before", EVENT, (1440, 30)),
        ("warn me an hour before my appointments", EVENT, (60,)),
        ("tell me about my tasks 2 hours ahead", TASK, (120,)),
        ("tasks: 3 hours before", TASK, (180,)),
        ("remind me of meetings 24 hours, 2 hours and 5 min before they start", EVENT,
         (1440, 120, 5)),
        ("by default remind me 10 min before meetings", EVENT, (10,)),
        ("lead time for events is 45 minutes", EVENT, (45,)),
    ],
)  # fmt: skip
def test_lead_times_are_of_events_or_tasks(said, kind, minutes):
    before = tuple(timedelta(minutes=each) for each in minutes)
    assert read(said).change == SetLeadTimes(kind=kind, before=before)


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("allow 45 minutes for travel", 45),
        ("my travel time is 20 min", 20),
        ("add half an hour for the way", 30),
        ("plan 1 hour for the trip", 60),
        ("set my travel buffer to 25 minutes", 25),
        ("I need 40 minutes to get there", 40),
    ],
)
def test_the_way_to_a_place_takes_its_time(said, minutes):
    assert read(said).change == SetTravel(buffer=timedelta(minutes=minutes))


@pytest.mark.parametrize(
    "said",
    [
        "remind me 15 min before my 3pm",
        "remind me 1 hour before the meeting",
        "remind me tomorrow at 9 to treat the deck",
        "add milk to the shopping list",
        "let the dog out at 6pm",
        "remind me to always ring the bell at 5pm",
        "remind me at 5 that the school is urgent",
    ],
)
def test_other_wishes_change_no_list_and_no_lead_time(said):
    assert read(said).change is None


@pytest.mark.parametrize("said", ["show my settings", "what are my preferences?", "settings"])
def test_all_settings_are_asked_for(said):
    reading = read(said)
    assert reading.intent is Intent.SET_PREFERENCE
    assert reading.change is None and not reading.text
