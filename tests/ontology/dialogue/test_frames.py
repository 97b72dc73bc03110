"""What is wanted beside reminders: a table for each intent, and where one ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ontology.dialogue.concepts import Intent
from ontology.dialogue.slots import Meeting
from tests.ontology.dialogue.reading import read, segments, when

CALENDAR = [
    ("what's on my calendar tomorrow", Intent.SHOW_AGENDA, "11-21 09:00"),
    ("show me my diary", Intent.SHOW_AGENDA, None),
    ("my schedule for tomorrow", Intent.SHOW_AGENDA, "11-21 09:00"),
    ("do I have any meetings on monday?", Intent.SHOW_AGENDA, "11-23 09:00"),
    ("what do i have tomorrow", Intent.SHOW_AGENDA, "11-21 09:00"),
    ("what meetings do I have tomorrow?", Intent.SHOW_AGENDA, "11-21 09:00"),
    ("when is my next meeting", Intent.SHOW_AGENDA, None),
    ("am I free tomorrow at 3pm?", Intent.FREE_BUSY, "11-21 15:00"),
    ("is Anna available tomorrow at noon", Intent.FREE_BUSY, "11-21 12:00"),
    ("is wednesday open", Intent.FREE_BUSY, "11-25 09:00"),
    ("do I have time tomorrow for lunch", Intent.FREE_BUSY, "11-21 09:00"),
    ("when am I free", Intent.FREE_BUSY, None),
    ("find an hour for the gym tomorrow", Intent.FIND_SLOT, "11-21 09:00"),
    ("find a time to meet Bob", Intent.FIND_SLOT, None),
    ("suggest a slot for the review", Intent.FIND_SLOT, None),
    ("when could we three meet", Intent.FIND_SLOT, None),
    ("what's a good time for a call", Intent.FIND_SLOT, None),
    ("push the standup to 10am tomorrow", Intent.MOVE_EVENT, "11-21 10:00"),
    ("reschedule my dentist appointment to monday", Intent.MOVE_EVENT, "11-23 09:00"),
    ("cancel my 3pm", Intent.CANCEL_EVENT, None),
    ("call off the meeting", Intent.CANCEL_EVENT, None),
    ("cancel my interview with the bank", Intent.CANCEL_EVENT, None),
    ("clear my friday afternoon", Intent.CANCEL_EVENT, None),
]


@pytest.mark.parametrize(("said", "intent", "expected"), CALENDAR)
def test_people_speak_of_their_calendar(said, intent, expected):
    reading = read(said)
    assert (reading.intent, when(reading)) == (intent, expected)
    assert reading.confidence == 1


@pytest.mark.parametrize(
    ("said", "text", "expected", "meeting"),
    [
        (
            "schedule a meeting with Bob and Cy tomorrow at 3pm at the office for an hour",
            "meeting with Bob and Cy",
            "11-21 15:00",
            Meeting(people=("Bob", "Cy"), place="the office", lasting=timedelta(hours=1)),
        ),
        (
            "put lunch with Anna in my calendar tomorrow at 1pm",
            "lunch with Anna",
            "11-21 13:00",
            Meeting(people=("Anna",)),
        ),
        (
            "Book a Dentist appointment on 3 december at 10",
            "Dentist appointment",
            "12-03 10:00",
            None,
        ),
        ("new appointment: hairdresser monday 11am", "hairdresser", "11-23 11:00", None),
        ("add to my calendar: opera tomorrow at 7pm", "opera", "11-21 19:00", None),
    ],
)
def test_an_event_has_a_name_a_time_people_a_place_and_a_length(said, text, expected, meeting):
    reading = read(said)
    assert reading.intent is Intent.ADD_EVENT
    assert (reading.text, when(reading), reading.meeting) == (text, expected, meeting)


def test_a_meeting_that_is_cancelled_may_be_the_reminder_of_it():
    (segment,) = segments("cancel my meeting with Bob")
    assert [(each.intent, each.target) for each in segment.readings] == [
        (Intent.CANCEL_EVENT, "meeting with Bob"),
        (Intent.CANCEL_REMINDER, "meeting with Bob"),
    ]
    assert segment.readings[1].confidence < 0.9


@pytest.mark.parametrize(
    ("said", "intent", "text"),
    [
        ("add milk to the shopping list", Intent.ADD_TASK, "milk"),
        ("put buy stamps on my list", Intent.ADD_TASK, "buy stamps"),
        ("todo: water plants", Intent.ADD_TASK, "water plants"),
        ("new task pay taxes by monday", Intent.ADD_TASK, "pay taxes"),
        ("create a task to call the plumber", Intent.ADD_TASK, "call the plumber"),
        ("remember that my bike code is 4711", Intent.REMEMBER, "my bike code is 4711"),
        ("remember my passport number is X123", Intent.REMEMBER, "my passport number is X123"),
        ("note that the wifi is down", Intent.REMEMBER, "the wifi is down"),
        ("I hate coriander, keep that in mind", Intent.REMEMBER, "I hate coriander"),
        ("write down: gate code 55", Intent.REMEMBER, "gate code 55"),
        ("what's my bike code", Intent.RECALL, "my bike code"),
        ("when is Mum's birthday again?", Intent.RECALL, "Mum's birthday"),
        ("what do you know about me", Intent.RECALL, "me"),
        ("do you remember where I parked", Intent.RECALL, "where I parked"),
        ("who is my dentist?", Intent.RECALL, "my dentist"),
        ("remind me where I parked", Intent.RECALL, "where I parked"),
        ("remember I parked on level 3", Intent.REMEMBER, "I parked on level 3"),
        ("search my files for the warranty", Intent.ASK_DOCUMENTS, "the warranty"),
        ("find the deposit in my documents", Intent.ASK_DOCUMENTS, "the deposit"),
        (
            "what does my lease say about pets",
            Intent.ASK_DOCUMENTS,
            "what does my lease say about pets",
        ),
        ("index this pdf", Intent.ADD_DOCUMENT, "this pdf"),
        ("upload lease.pdf", Intent.ADD_DOCUMENT, "lease.pdf"),
        ("call me Ada", Intent.SET_PREFERENCE, "Ada"),
        ("use 24 hour clock", Intent.SET_PREFERENCE, "24 hour clock"),
        ("answer in German", Intent.SET_PREFERENCE, "German"),
    ],
)
def test_what_is_to_be_kept_or_looked_up_is_in_their_own_words(said, intent, text):
    reading = read(said)
    assert (reading.intent, reading.text) == (intent, text)


@pytest.mark.parametrize(
    ("said", "intent", "target"),
    [
        ("tick off milk", Intent.COMPLETE_TASK, "milk"),
        ("cross the tax return off my list", Intent.COMPLETE_TASK, "tax return"),
        ("mark the tax task as done", Intent.COMPLETE_TASK, "tax"),
        ("task rent is done", Intent.COMPLETE_TASK, "rent"),
        ("forget my bike code", Intent.FORGET, "bike code"),
        ("delete everything you know about me", Intent.FORGET, "everything you know about me"),
        ("erase my history", Intent.FORGET, "history"),
    ],
)
def test_what_is_meant_of_what_is_kept(said, intent, target):
    reading = read(said)
    assert (reading.intent, reading.target) == (intent, target)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("what's on my todo list", Intent.LIST_TASKS),
        ("show my shopping list", Intent.LIST_TASKS),
        ("what do I still need to buy?", Intent.LIST_TASKS),
        ("tasks", Intent.LIST_TASKS),
        ("export my data", Intent.EXPORT_MEMORY),
        ("give me a copy of my data", Intent.EXPORT_MEMORY),
        ("GDPR copy please", Intent.EXPORT_MEMORY),
        ("brief me", Intent.BRIEFING),
        ("daily briefing", Intent.BRIEFING),
        ("how does my week look", Intent.BRIEFING),
        ("remove task 3", Intent.COMPLETE_TASK),
        ("delete my account", Intent.FORGET),
        ("clear our conversation", Intent.FORGET),
        ("run me through my day", Intent.BRIEFING),
        ("show my settings", Intent.SET_PREFERENCE),
        ("do not disturb", Intent.SET_QUIET_HOURS),
        ("turn off quiet hours", Intent.SET_QUIET_HOURS),
    ],
)
def test_some_wishes_need_nothing_else(said, intent):
    assert read(said).intent is intent


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        ("send me a summary every morning at 7", Intent.BRIEFING, "11-21 07:00 FREQ=DAILY"),
    ],
)
def test_when_to_sum_up(said, intent, expected):
    reading = read(said)
    assert (reading.intent, when(reading)) == (intent, expected)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("remind me to add milk to the shopping list at 5pm", Intent.CREATE_REMINDER),
        ("remember to book a table at 5pm", Intent.CREATE_REMINDER),
        ("call me tomorrow at 5", Intent.CREATE_REMINDER),
        ("make dinner at 6", Intent.CREATE_REMINDER),
        ("remind me again in 10 minutes", Intent.SNOOZE),
        ("ping me about that again at 5pm", Intent.SNOOZE),
        ("remind me again every year on 7 july to call Ann", Intent.CREATE_REMINDER),
        ("set a timer for 12 minutes", Intent.CREATE_REMINDER),
        ("change it back", Intent.UNDO),
        ("hello again", Intent.GREETING),
        ("what do I have", Intent.LIST_REMINDERS),
        ("cancel the meeting reminder", Intent.CANCEL_REMINDER),
        ("forget it", Intent.CANCEL_REMINDER),
        ("cancel the dentist", Intent.CANCEL_REMINDER),
        ("give me 20 minutes", Intent.SNOOZE),
        ("move the call to Bob to monday", Intent.CHANGE_REMINDER),
        ("remove number 12", Intent.CANCEL_REMINDER),
    ],
)
def test_reminders_stay_reminders(said, intent):
    assert read(said).intent is intent


def test_a_plain_list_may_be_that_of_the_reminders():
    (segment,) = segments("what's on my list")
    assert [each.intent for each in segment.readings] == [
        Intent.LIST_TASKS,
        Intent.LIST_REMINDERS,
    ]
    (segment,) = segments("show my shopping list")
    assert [each.intent for each in segment.readings] == [Intent.LIST_TASKS]


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("pause the gym reminder", "gym"),
        ("suspend reminder 2", "2"),
        ("pause 2 until monday", "2"),
        ("skip the pills today", "pills"),
        ("skip the next gym reminder", "next gym"),
        ("hold off on the laundry reminder", "laundry"),
        ("resume the gym reminder", "gym"),
        ("disable the pills for this week", "pills"),
        ("turn off the gym reminder until monday", "gym"),
        ("cancel my gym reminder for the week", "gym"),
    ],
)
def test_a_reminder_that_is_to_wait_is_not_cancelled(said, target):
    reading = read(said)
    assert (reading.intent, reading.target) == (Intent.PAUSE_REMINDER, target)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("cancel the reminder for the dentist", Intent.CANCEL_REMINDER),
        ("cancel my 5pm reminder", Intent.CANCEL_REMINDER),
        ("stop the stretch reminder", Intent.CANCEL_REMINDER),
        ("pause all reminders until monday", Intent.SET_QUIET_HOURS),
        ("skip it", Intent.NEVER_MIND),
        ("skip lunch tomorrow at 1pm", Intent.CREATE_REMINDER),
    ],
)
def test_to_pause_is_told_from_what_is_near_to_it(said, intent):
    assert read(said).intent is intent
