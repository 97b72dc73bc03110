"""What is said after a question: the answer to it, or something of its own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.dialogue.answers import as_answer
from ontology.dialogue.concepts import (
    Context,
    Intent,
    Interpretation,
    OpenQuestion,
    Option,
    Problem,
)
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.said import Said

NOW = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


def read(text, question=None):
    """What an utterance means, after a question."""
    (segment,) = readings(text, question)
    return segment.likeliest


def readings(text, question=None):
    """All that it may mean."""
    context = Context(now=NOW, zone="UTC", question=question)
    heard = PlainInterpreter().interpret(text, context)
    return as_answer(heard, question or OpenQuestion(), Said.of(text, context))


def after(text):
    """The question that an unfinished wish leaves open."""
    unfinished = read(text)
    assert unfinished.problem is not None
    return OpenQuestion(unfinished=unfinished)


@pytest.mark.parametrize(
    ("wish", "answer", "start"),
    [
        ("remind me to stretch", "tomorrow at 9", "2026-03-03T09:00"),
        ("remind me to stretch", "Tomorrow at 9, please.", "2026-03-03T09:00"),
        ("remind me to stretch", "at 5pm", "2026-03-02T17:00"),
        ("remind me to stretch", "17", "2026-03-02T17:00"),
        ("remind me to stretch", "9 tomorrow", "2026-03-03T09:00"),
        ("remind me to stretch", "make it 5pm", "2026-03-02T17:00"),
        ("remind me to stretch", "how about on friday?", "2026-03-06T09:00"),
        ("remind me to stretch", "10 minutes", "2026-03-02T08:40"),
        ("remind me to stretch", "in 10 minutes", "2026-03-02T08:40"),
        ("remind me on 30 february to stretch", "28 february", "2027-02-28T09:00"),
        ("wake me up", "7", "2026-03-03T07:00"),
    ],
)
def test_a_time_alone_completes_a_reminder_that_lacks_one(wish, answer, start):
    question = after(wish)

    reading = read(answer, question)

    assert reading.intent is Intent.CREATE_REMINDER
    assert reading.problem is None
    assert reading.text == question.unfinished.text
    assert reading.schedule.start == datetime.fromisoformat(start)


def test_a_repetition_completes_a_reminder_too():
    reading = read("every weekday at 8", after("remind me to stretch"))
    assert reading.schedule.rule == "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"
    assert (reading.text, reading.problem) == ("stretch", None)


def test_a_time_that_cannot_be_is_asked_for_again():
    reading = read("30 february", after("remind me to stretch"))
    assert (reading.text, reading.problem) == ("stretch", Problem.NO_SUCH_TIME)
    assert read("at 9", OpenQuestion(unfinished=reading)).problem is None


def test_a_time_completes_a_change_with_what_was_said_of_it():
    unfinished = Interpretation(
        intent=Intent.CHANGE_REMINDER, target="dentist", problem=Problem.NO_TIME
    )
    reading = read("5pm", OpenQuestion(unfinished=unfinished))
    assert (reading.intent, reading.target) == (Intent.CHANGE_REMINDER, "dentist")
    assert (reading.given, reading.bare_hour) == ({"time"}, False)


def test_what_comes_again_is_put_off_once_and_not_again_and_again():
    unfinished = Interpretation(intent=Intent.SNOOZE, problem=Problem.NO_TIME)
    question = OpenQuestion(unfinished=unfinished)
    assert read("until 5pm", question).intent is Intent.SNOOZE
    assert read("every day at 5pm", question).intent is Intent.CREATE_REMINDER


@pytest.mark.parametrize(
    ("text", "kept"),
    [("call mum", "call mum"), ("to call Mum.", "call Mum"), ("the dentist", "the dentist")],
)
def test_what_is_no_request_is_the_text_of_a_reminder_that_lacks_one(text, kept):
    question = after("remind me tomorrow at 9")

    reading = read(text, question)

    assert (reading.text, reading.problem) == (kept, None)
    assert reading.schedule == question.unfinished.schedule


def test_a_wish_that_says_nothing_is_asked_for_its_text_and_then_for_its_time():
    without_time = read("stretch", after("remind me"))
    assert (without_time.text, without_time.problem) == ("stretch", Problem.NO_TIME)
    assert read("at 9", OpenQuestion(unfinished=without_time)).problem is None


@pytest.mark.parametrize(
    ("wish", "said", "intent"),
    [
        ("remind me to stretch", "list", Intent.LIST_REMINDERS),
        ("remind me to stretch", "undo", Intent.UNDO),
        ("remind me to stretch", "done with the pills", Intent.DONE),
        ("remind me to stretch", "until 5pm", Intent.SNOOZE),
        ("remind me to stretch", "whatever", Intent.UNKNOWN),
        ("remind me tomorrow", "help", Intent.HELP),
        ("remind me tomorrow", "cancel the dentist", Intent.CANCEL_REMINDER),
        ("remind me tomorrow", "what is the weather like?", Intent.UNKNOWN),
        ("remind me tomorrow", "don't remind me", Intent.UNKNOWN),
    ],
)
def test_anything_else_is_read_on_its_own(wish, said, intent):
    assert read(said, after(wish)) == read(said)
    assert read(said, after(wish)).intent is intent


def test_a_whole_wish_takes_the_place_of_one_that_lacks_something():
    reading = read("remind me at 10 to call mum", after("remind me to stretch"))
    assert (reading.text, reading.problem) == ("call mum", None)
    reading = read("call mum at 10", after("remind me tomorrow"))
    assert reading.text == "call mum"
    assert reading.schedule.start == datetime.fromisoformat("2026-03-02T10:00")


CHOICES = OpenQuestion(
    options=(Option(label="milk", then=Interpretation(intent=Intent.CANCEL_REMINDER)),)
)


@pytest.mark.parametrize("said", ["never mind", "forget it", "cancel", "cancel that", "no"])
def test_a_question_can_be_let_go_of_and_no_reminder_with_it(said):
    assert read(said, after("remind me to stretch")).intent is Intent.NEVER_MIND
    assert read(said, CHOICES).intent is Intent.NEVER_MIND
    assert read("cancel it").intent is Intent.CANCEL_REMINDER


def test_a_city_answers_which_time_zone_it_is():
    reading = read("Madrid", after("set my time zone to atlantis"))
    assert (reading.intent, reading.zone) == (Intent.SET_ZONE, "Europe/Madrid")
    assert read("gibberish", after("set my time zone to atlantis")).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "starts"),
    [
        ("3/4", ["2026-04-03T09:00", "2026-03-04T09:00"]),
        ("at 8:30", ["2026-03-02T20:30", "2026-03-03T08:30"]),
        ("at 5pm", ["2026-03-02T17:00"]),
    ],
)
def test_a_time_completes_in_all_ways_in_which_it_matters(answer, starts):
    (segment,) = readings(answer, after("remind me to stretch"))

    assert {each.text for each in segment.readings} == {"stretch"}
    assert [each.schedule.start for each in segment.readings] == [
        datetime.fromisoformat(start) for start in starts
    ]


def test_what_is_chosen_is_certain_however_unsure_it_was():
    unsure = Interpretation(intent=Intent.CANCEL_REMINDER, confidence=0.2, target="milk")
    question = OpenQuestion(options=(Option(label="yes", then=unsure),), confirms=True)

    for said in ("1", "yes", "cancel it", "cancel the milk"):
        assert read(said, question) == unsure.model_copy(update={"confidence": 1.0})


def test_a_reminder_that_was_told_is_answered_by_ok_and_a_number_still_chooses():
    undo = Interpretation(intent=Intent.UNDO)
    question = OpenQuestion(options=(Option(label="yes", then=undo),), confirms=True)

    assert read("ok", question) == undo
    assert read("ok", question.after_telling()) != undo
    assert read("1", question.after_telling()) == undo


def test_a_list_that_goes_on_stands_open_beside_one_question():
    goes_on = OpenQuestion(more=Interpretation(intent=Intent.LIST_REMINDERS))

    for both in (goes_on.beside(CHOICES), CHOICES.beside(goes_on)):
        assert (both.more, both.options) == (goes_on.more, CHOICES.options)
        assert both.waits
    assert not goes_on.waits


def test_a_question_that_an_earlier_version_kept_is_read():
    kept = '{"options":[{"label":"milk","then":{"intent":"cancel-reminder","target":"milk"}}]}'
    question = OpenQuestion.model_validate_json(kept)
    assert (question.confirms, question.more, question.replaces) == (False, None, None)
    assert read("1", question).target == "milk"


@pytest.mark.parametrize("said", ["cancel 2", "delete the second", "cancel number two", "2"])
def test_a_command_with_a_number_chooses_where_it_was_asked_which_one_to_cancel(said):
    milk, bread = (
        Interpretation(intent=Intent.CANCEL_REMINDER, target="buy", target_id=each)
        for each in ("milk", "bread")
    )
    options = tuple(Option(label="", then=each) for each in (milk, bread))
    question = OpenQuestion(options=options)
    assert read(said, question) == bread
    assert read("done with 2", question).intent is Intent.DONE
    assert read("cancel 7", question).target == "7"
