"""What a classifier senses is not done where the words deny it, ask it, or tell something."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Context, Intent
from ontology.dialogue.deciding import Verdict, decide
from ontology.dialogue.interpreter import PlainInterpreter
from tests.fakes.classifying import ToldClassifier
from tests.ontology.dialogue.reading import MADRID, NOW, read, segments, when


def verdict(said: str, intent: Intent, probability: float = 0.97) -> Verdict:
    interpreter = PlainInterpreter(ToldClassifier((intent, probability)))
    (segment,) = interpreter.interpret(said, Context(now=NOW, zone=MADRID))
    return decide(segment.readings).verdict


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("not done yet", Intent.DONE),
        ("not done", Intent.DONE),
        ("I haven't done the laundry", Intent.DONE),
        ("The laundry is not done", Intent.DONE),
        ("is it done?", Intent.DONE),
        ("are the dishes done?", Intent.DONE),
        ("when will it be done?", Intent.DONE),
        ("did you do the dishes", Intent.DONE),
        ("don't undo that", Intent.UNDO),
        ("do not delete anything", Intent.FORGET),
        ("don't cancel the dentist", Intent.CANCEL_REMINDER),
        ("how long until 5pm?", Intent.SNOOZE),
        ("not tomorrow", Intent.CHANGE_REMINDER),
        ("I'm in London tomorrow", Intent.SET_ZONE),
        ("come home at 5", Intent.SNOOZE),
        ("woke up at 5 again", Intent.SNOOZE),
        ("nearly finished", Intent.DONE),
        ("what's the time in Tokyo?", Intent.SET_ZONE),
        ("I'm travelling to Tokyo", Intent.SET_ZONE),
        ("rent on the 1st of each month", Intent.CHANGE_REMINDER),
        ("I'm so done with this", Intent.DONE),
        ("well that's me done for today", Intent.DONE),
        ("in a minute I will call", Intent.SNOOZE),
        ("in an hour we will know", Intent.SNOOZE),
        ("that took 10 minutes", Intent.SNOOZE),
        ("tea 5 min", Intent.SNOOZE),
        ("five more", Intent.SNOOZE),
        ("oops", Intent.UNDO),
        ("thanks for reminding me at 5", Intent.CREATE_REMINDER),
        ("no need to remind me at 6", Intent.CREATE_REMINDER),
        ("I was reminded to call mum at 5", Intent.CREATE_REMINDER),
        ("you reminded me at 5 instead of 6", Intent.CHANGE_REMINDER),
        ("you could have reminded me at 5", Intent.CREATE_REMINDER),
        ("remind me on sunday instead of saturday at 6pm to pay", Intent.CREATE_REMINDER),
        ("remind me on sunday (not saturday) at 6pm to pay", Intent.CREATE_REMINDER),
        ("you reminded me at 5 again", Intent.SNOOZE),
        ("remind me tomorrow at 5pm no wait 6pm to drink", Intent.CREATE_REMINDER),
        ("remind me at 5 i mean 6 to drink", Intent.CREATE_REMINDER),
        ("remind me at 5 scratch that 6 to drink", Intent.CREATE_REMINDER),
        ("remind me on neither monday nor tuesday to drink", Intent.CREATE_REMINDER),
        ("the reminder at 5 was useless", Intent.CREATE_REMINDER),
        ("wrong one", Intent.UNDO),
        ("done?", Intent.DONE),
        ("will call mum later", Intent.DONE),
        ("calling mum now", Intent.DONE),
        ("no milk needed", Intent.DONE),
        ("no wait, 6pm", Intent.SNOOZE),
        ("i didn't do it", Intent.UNDO),
        ("and on saturday too", Intent.CHANGE_REMINDER),
        ("don't remind me at 5 to eat", Intent.CREATE_REMINDER),
        ("remind me at 5pm, no 6pm, to eat", Intent.CREATE_REMINDER),
        ("remind me at 5 - sorry, 6 - to eat", Intent.CREATE_REMINDER),
    ],
)
def test_what_was_denied_asked_or_told_is_not_done(said, intent):
    assert verdict(said, intent) not in (Verdict.ACT, Verdict.CONFIRM)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("don't cancel the gym please", Intent.CANCEL_REMINDER),
        ("I have not taken the pills", Intent.DONE),
        ("don't remind me at 5 to eat", Intent.CREATE_REMINDER),
        ("i didn't do it", Intent.UNDO),
    ],
)
def test_what_was_denied_is_not_offered_either(said, intent):
    assert verdict(said, intent) is Verdict.NOT_UNDERSTOOD


def test_a_few_words_with_a_length_may_be_a_task_or_a_wait():
    for said in ("tea 5 min", "5 min tea"):
        interpreter = PlainInterpreter(ToldClassifier((Intent.SNOOZE, 0.9)))
        (segment,) = interpreter.interpret(said, Context(now=NOW, zone=MADRID))
        assert decide(segment.readings).verdict is Verdict.WHICH_INTENT
        assert {(each.intent, each.text) for each in segment.readings} == {
            (Intent.SNOOZE, ""),
            (Intent.CREATE_REMINDER, "tea"),
        }


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("I took the pills", Intent.DONE),
        ("ask me again at 9", Intent.SNOOZE),
        ("I'm busy, ask me again in an hour", Intent.SNOOZE),
        ("I'll do it in ten minutes", Intent.SNOOZE),
        ("tomorrow instead", Intent.CHANGE_REMINDER),
        ("flew over to Lisbon yesterday", Intent.SET_ZONE),
        ("I didn't mean that", Intent.UNDO),
    ],
)
def test_what_was_plainly_said_is_done(said, intent):
    assert verdict(said, intent) is Verdict.ACT


def test_little_certainty_changes_nothing_that_is_there():
    for intent in (Intent.UNDO, Intent.DONE, Intent.SNOOZE):
        assert verdict("i gotta go", intent, 0.7) is not Verdict.ACT


@pytest.mark.parametrize("said", ["turn off all alarms", "never remind me of milk again"])
def test_what_no_word_names_is_not_deleted_unasked(said):
    assert verdict(said, Intent.CANCEL_REMINDER) is Verdict.CONFIRM


@pytest.mark.parametrize("said", ["buy milk at 6", "water plants every 3 days"])
def test_an_unsure_guess_does_not_hide_a_task_with_its_time(said):
    interpreter = PlainInterpreter(ToldClassifier((Intent.CHANGE_REMINDER, 0.4)))
    (segment,) = interpreter.interpret(said, Context(now=NOW, zone=MADRID))
    assert segment.likeliest.intent is Intent.CREATE_REMINDER


@pytest.mark.parametrize(
    "said", ["drop the kids at school at 8", "remove stains from shirt tomorrow"]
)
def test_a_task_that_sounds_like_deleting_is_asked_about(said):
    interpreter = PlainInterpreter()
    (segment,) = interpreter.interpret(said, Context(now=NOW, zone=MADRID))
    assert decide(segment.readings).verdict is Verdict.WHICH_INTENT
    assert {each.intent for each in segment.readings} == {
        Intent.CANCEL_REMINDER,
        Intent.CREATE_REMINDER,
    }


@pytest.mark.parametrize(
    ("said", "intent", "expected"),
    [
        ("complete the form by friday", Intent.CREATE_REMINDER, "11-27 09:00"),
        ("set a 20 minute timer for the eggs", Intent.CREATE_REMINDER, "11-20 12:20"),
        ("I'd like a reminder for tomorrow at 9: pay", Intent.CREATE_REMINDER, "11-21 09:00"),
        ("wake me tomorrow at 12", Intent.CREATE_REMINDER, "11-21 12:00"),
        ("set my alarm for 7", Intent.CREATE_REMINDER, "11-21 07:00"),
        ("remind me what I said on monday", Intent.RECALL, None),
        ("remember when we met on friday?", Intent.RECALL, None),
        ("yesterday I forgot to call mum", Intent.UNKNOWN, None),
        ("last friday we went out", Intent.UNKNOWN, None),
    ],
)
def test_requests_are_told_from_what_only_sounds_like_them(said, intent, expected):
    assert (read(said).intent, when(read(said))) == (intent, expected)


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("remind me at 8 and 20 to take pills", ["11-21 08:00", "11-20 20:00"]),
        ("remind me at 8 and 8 to take pills", ["11-20 20:00"]),
        ("remind me in an hour and 15 to ring", ["11-20 13:15"]),
    ],
)
def test_a_list_of_hours_is_of_one_clock_and_says_none_twice(said, expected):
    assert [when(each.likeliest) for each in segments(said)] == expected
