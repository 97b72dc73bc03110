"""What people mean: a table for every intent, and nothing that makes the reader fail."""

from __future__ import annotations

from datetime import datetime
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.dialogue.concepts import (
    Context,
    Intent,
    Interpretation,
    OpenQuestion,
    Option,
    Problem,
)
from ontology.dialogue.interpreter import PlainInterpreter
from ontology.dialogue.ports import Interpreter

MADRID = "Europe/Madrid"
NOW = datetime(2026, 11, 20, 12, 0, 30, tzinfo=ZoneInfo(MADRID))  # a Friday
INTERPRETER: Interpreter = PlainInterpreter()


def read(text: str, *, options: int = 0, zone: str = MADRID) -> Interpretation:
    context = Context(now=NOW, zone=zone, question=question(options))
    first, *_ = INTERPRETER.interpret(text, context)
    return first.likeliest


def question(options: int) -> OpenQuestion | None:
    nothing = Option(label="", then=Interpretation(intent=Intent.NEVER_MIND))
    return OpenQuestion(options=(nothing,) * options) if options else None


def when(reading: Interpretation) -> str:
    """Return the local start to the minute, with the rule."""
    assert reading.schedule is not None, reading
    rule = f" {reading.schedule.rule}" if reading.schedule.rule else ""
    return f"{reading.schedule.start:%m-%d %H:%M}{rule}"


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


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("list", Intent.LIST_REMINDERS),
        ("my reminders", Intent.LIST_REMINDERS),
        ("what reminders do I have?", Intent.LIST_REMINDERS),
        ("what are my reminders", Intent.LIST_REMINDERS),
        ("show reminders", Intent.LIST_REMINDERS),
        ("Show me all my reminders, please", Intent.LIST_REMINDERS),
        ("list all reminders", Intent.LIST_REMINDERS),
        ("do i have any reminders?", Intent.LIST_REMINDERS),
        ("what's coming up?", Intent.LIST_REMINDERS),
        ("next", Intent.SHOW_NEXT),
        ("what's next?", Intent.SHOW_NEXT),
        ("show next", Intent.SHOW_NEXT),
        ("when is my next reminder?", Intent.SHOW_NEXT),
        ("what did I miss?", Intent.MISSED),
        ("missed?", Intent.MISSED),
        ("did I miss anything", Intent.MISSED),
        ("undo", Intent.UNDO),
        ("Undo that.", Intent.UNDO),
        ("undo the last change", Intent.UNDO),
        ("help", Intent.HELP),
        ("?", Intent.HELP),
        ("What can you do?", Intent.HELP),
        ("hi", Intent.GREETING),
        ("Hello there!", Intent.GREETING),
        ("good morning", Intent.GREETING),
        ("thanks", Intent.THANKS),
        ("ok thank you!", Intent.THANKS),
        ("ok", Intent.THANKS),
    ],
)
def test_short_phrases_mean_one_thing(said, intent):
    assert read(said) == Interpretation(intent=intent)


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("cancel", None),
        ("cancel it", None),
        ("cancel that reminder", None),
        ("delete the last one", None),
        ("forget it", None),
        ("cancel 2", "2"),
        ("cancel #4", "4"),
        ("delete reminder 3", "3"),
        ("remove number 12.", "12"),
        ("cancel the dentist", "dentist"),
        ("Cancel my Dentist reminder", "Dentist"),
        ("cancel the reminder about the dentist", "dentist"),
        ("forget the dentist reminder", "dentist"),
        ("please delete the reminder to call Bob", "call Bob"),
        ("stop reminding me to stretch", "stretch"),
        ("stop the stretch reminder", "stretch"),
        ("cancel my 5pm reminder", "5pm"),
    ],
)
def test_cancelling_names_its_reminder_or_means_the_latest(said, target):
    assert read(said) == Interpretation(intent=Intent.CANCEL_REMINDER, target=target)


@pytest.mark.parametrize(
    ("said", "target", "expected", "given_parts"),
    [
        ("change the dentist to 5pm", "dentist", "11-20 17:00", {"time"}),
        ("change the dentist reminder to 17:00", "dentist", "11-20 17:00", {"time"}),
        ("move it to tomorrow at 9", None, "11-21 09:00", {"date", "time"}),
        ("reschedule 2 to friday", "2", "11-27 09:00", {"date"}),
        ("move reminder 3 to 6", "3", "11-20 18:00", {"time"}),
        ("move the call to Bob to monday", "call to Bob", "11-23 09:00", {"date"}),
        ("postpone the dentist until friday", "dentist", "11-27 09:00", {"date"}),
        ("change the time of the dentist to 6pm", "dentist", "11-20 18:00", {"time"}),
        ("make it 5pm", None, "11-20 17:00", {"time"}),
        ("set 1 to 5pm", "1", "11-20 17:00", {"time"}),
        ("postpone 2 to 5pm", "2", "11-20 17:00", {"time"}),
        ("make it every day", None, "11-21 09:00 FREQ=DAILY", {"rule"}),
        (
            "change the pills to every day at 9",
            "pills",
            "11-21 09:00 FREQ=DAILY",
            {"rule", "time"},
        ),
    ],
)
def test_changing_the_time_tells_which_parts_were_said(said, target, expected, given_parts):
    reading = read(said)
    assert reading.intent is Intent.CHANGE_REMINDER
    assert reading.target == target
    assert when(reading) == expected
    assert reading.given == given_parts
    assert reading.text == ""


@pytest.mark.parametrize(
    ("said", "target", "text"),
    [
        ("rename the dentist to orthodontist", "dentist", "orthodontist"),
        ("rename 2 to Buy Oat Milk", "2", "Buy Oat Milk"),
        ("change the text of 2 to buy oat milk", "2", "buy oat milk"),
        ("change 2 to buy oat milk", "2", "buy oat milk"),
        ("rename it to call Bob at 5", None, "call Bob at 5"),
    ],
)
def test_changing_the_text(said, target, text):
    reading = read(said)
    assert reading == Interpretation(intent=Intent.CHANGE_REMINDER, target=target, text=text)


def test_text_and_time_can_change_at_once():
    reading = read("change the dentist to orthodontist at 5pm")
    assert (reading.target, reading.text) == ("dentist", "orthodontist")
    assert when(reading) == "11-20 17:00"


@pytest.mark.parametrize(
    ("said", "target", "problem"),
    [
        ("move it", None, Problem.NO_TIME),
        ("update 2", "2", Problem.NO_TIME),
        ("postpone the dentist by an hour", "dentist", Problem.NO_TIME),
        ("move the dentist 1 hour later", "dentist", Problem.NO_TIME),
        ("make it 10 minutes later", None, Problem.NO_TIME),
        ("move it to 30 february", None, Problem.NO_SUCH_TIME),
        ("change 2 to every second", "2", Problem.TOO_OFTEN),
    ],
)
def test_a_change_that_cannot_be_made_says_why(said, target, problem):
    assert read(said) == Interpretation(
        intent=Intent.CHANGE_REMINDER, target=target, problem=problem
    )


@pytest.mark.parametrize(
    ("said", "target", "expected"),
    [
        ("snooze", None, "11-20 12:10"),
        ("later", None, "11-20 12:10"),
        ("not now", None, "11-20 12:10"),
        ("remind me later", None, "11-20 12:10"),
        ("snooze 15m", None, "11-20 12:15"),
        ("snooze 15", None, "11-20 12:15"),
        ("snooze for an hour", None, "11-20 13:00"),
        ("snooze it for 15 minutes", None, "11-20 12:15"),
        ("snooze until 5pm", None, "11-20 17:00"),
        ("snooze till tomorrow", None, "11-21 09:00"),
        ("snooze 2", "2", "11-20 12:10"),
        ("snooze 2 for 15m", "2", "11-20 12:15"),
        ("snooze the pills until 5pm", "pills", "11-20 17:00"),
        ("snooze the dentist", "dentist", "11-20 12:10"),
        ("remind me again in 10 min", None, "11-20 12:10"),
        ("remind me again at 5", None, "11-20 17:00"),
        ("postpone it by an hour", None, "11-20 13:00"),
        ("snooze by 10 min", None, "11-20 12:10"),
        ("snooze for a bit", None, "11-20 12:10"),
        ("give me 20 minutes", None, "11-20 12:20"),
        ("5 more minutes", None, "11-20 12:05"),
        ("10 min", None, "11-20 12:10"),
        ("10m", None, "11-20 12:10"),
        ("15 minutes please", None, "11-20 12:15"),
        ("half an hour", None, "11-20 12:30"),
        ("1h30", None, "11-20 13:30"),
        ("in 10 minutes", None, "11-20 12:10"),
        ("until 5pm", None, "11-20 17:00"),
        ("till tomorrow", None, "11-21 09:00"),
        ("until monday", None, "11-23 09:00"),
    ],
)
def test_snoozing_waits_for_a_while_or_until_a_time(said, target, expected):
    reading = read(said)
    assert reading.intent is Intent.SNOOZE
    assert reading.target == target
    assert when(reading) == expected


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("snooze every day", Problem.NO_TIME),
        ("snooze until 30 february", Problem.NO_SUCH_TIME),
        ("until 25:99", Problem.NO_SUCH_TIME),
    ],
)
def test_a_snooze_that_cannot_be_says_why(said, problem):
    if said.startswith("snooze"):
        assert read(said) == Interpretation(intent=Intent.SNOOZE, problem=problem)
    else:
        assert read(said).schedule is None


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("done", None),
        ("Done!", None),
        ("ok done", None),
        ("all done", None),
        ("did it", None),
        ("I did it", None),
        ("I've done it", None),
        ("finished", None),
        ("it's done", None),
        ("done 2", "2"),
        ("2 done", "2"),
        ("mark 2 as done", "2"),
        ("complete #3", "3"),
        ("done with the pills", "pills"),
        ("finished the report", "report"),
        ("the pills are done", "pills"),
        ("yes, done, thanks", None),
    ],
)
def test_done_names_its_reminder_or_means_the_one_that_fired(said, target):
    assert read(said) == Interpretation(intent=Intent.DONE, target=target)


@pytest.mark.parametrize(
    ("said", "target"),
    [
        ("why", None),
        ("why?", None),
        ("why did you remind me?", None),
        ("why did you remind me of this?", None),
        ("why did you remind me about the dentist?", "dentist"),
        ("why did I get this?", None),
    ],
)
def test_why(said, target):
    assert read(said) == Interpretation(intent=Intent.WHY, target=target)


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("set my time zone to Europe/Madrid", "Europe/Madrid"),
        ("my timezone is Berlin", "Europe/Berlin"),
        ("change my time-zone to new york please", "America/New_York"),
        ("timezone: CET", "Europe/Paris"),
        ("I'm in New York", "America/New_York"),
        ("I am now in Tokyo", "Asia/Tokyo"),
        ("i live in the UK", "Europe/London"),
        ("we moved to São Paulo", "America/Sao_Paulo"),
        ("use Kathmandu time", "Asia/Kathmandu"),
    ],
)
def test_people_say_where_they_are(said, zone):
    assert read(said) == Interpretation(intent=Intent.SET_ZONE, zone=zone)


def test_a_time_zone_that_is_none_is_named():
    reading = read("set my time zone to Olympus Mons")
    assert reading.intent is Intent.SET_ZONE
    assert reading.problem is Problem.UNKNOWN_ZONE
    assert reading.zone is None


@pytest.mark.parametrize(
    ("said", "choice"),
    [("2", 2), ("2.", 2), ("#2", 2), ("number 3", 3), ("the second", 2), ("the first one", 1)],
)
def test_a_number_answers_while_choices_stand_open(said, choice):
    assert read(said, options=3) == Interpretation(intent=Intent.CHOOSE, choice=choice)
    assert read(said).intent is Intent.UNKNOWN


@pytest.mark.parametrize(
    "said",
    [
        "",
        "   ",
        "!!!",
        "asdf",
        "buy milk",
        "the quick brown fox",
        "what is the weather tomorrow",
        "do you like fridays?",
        "I was born on 3 may 1980",
        "the meeting is at 5",
        "I'm in a meeting",
        "I'm in Paris tomorrow",
        "why not",
        "why is the sky blue",
        "make coffee",
        "forget me",
        "bring me coffee",
        "did you see the game",
        "42",
        "I love you",
    ],
)
def test_what_has_no_sure_meaning_is_not_guessed(said):
    assert read(said) == Interpretation(intent=Intent.UNKNOWN, confidence=0)


@pytest.mark.parametrize(
    "said",
    ["cancel all reminders", "delete everything", "done with everything", "move all to 5pm"],
)
def test_nothing_is_done_to_all_reminders_at_once(said):
    assert read(said) == Interpretation(intent=Intent.UNKNOWN, confidence=0)


def test_an_unknown_zone_of_the_person_counts_as_utc():
    reading = read("remind me tomorrow at 9 to call", zone="Nowhere/Land")
    assert reading.schedule is not None
    assert reading.schedule.zone == "UTC"


HOSTILE = {
    "a long text": "remind me at 5pm to " + "call mum " * 12_000,
    "one word": "x" * 100_000,
    "spaces": "a" + " " * 100_000 + "b",
    "digits": "9" * 100_000,
    "a long number": "in " + "9" * 3_000 + " minutes",
    "brackets": "(" * 50_000 + ")" * 50_000,
    "control characters": "remind me\x00 at\x07 5pm to\x1b[31m call\x9f" * 1_000,
    "right to left": "\u202eremind me tomorrow to call\u202c\u2066" * 1_000,
    "lone surrogates": "remind me at 5pm to \ud800\udfff",
    "letters that grow": "İ" * 500 + " remind me at 5pm to call İpek",
    "days without end": "every monday and " * 6_000,
    "clocks without end": "at 5 and " * 10_000,
    "lengths without end": "1 hour and " * 10_000,
    "dates without end": "the 1st and " * 10_000,
    "requests without end": "set me " * 10_000,
    "marks": "?.,;:!" * 10_000,
    "politeness": "please " * 10_000,
    "questions": "? " * 50_000,
    "names": "mark it as " * 10_000,
    "reasons": "why did you " * 10_000,
    "changes": "change it to " * 10_000,
}


@pytest.mark.parametrize("said", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_quickly_or_not_at_all(said):
    took: list[float] = []
    for _ in range(3):
        began = process_time()
        read(said)
        took.append(process_time() - began)
    assert min(took) < 0.05


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


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=200), st.integers(0, 9))
def test_whatever_is_typed_is_answered(text, options):
    reading = read(text, options=options)
    if reading.intent in (Intent.CREATE_REMINDER, Intent.SNOOZE):
        assert reading.schedule is not None or reading.problem is not None
        if reading.schedule is not None:
            assert reading.problem in (None, Problem.NO_TEXT)


PIECES = st.sampled_from(
    [
        *(
            "remind me",
            "to",
            "call mum",
            "tomorrow",
            "at 9",
            "every day",
            "cancel",
            "the dentist",
        ),
        *(
            "change",
            "move it",
            "to 5pm",
            "snooze",
            "15m",
            "until",
            "monday",
            "done",
            "with",
            "2",
        ),
        *("why", "rename", "as", "reminder:", "please", "hey", "list", "my", "time zone", "is"),
        *("Berlin", "?", "!", ",", "in", "5 minutes", "30 february", "it", "again", "later"),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=10).map(" ".join), st.integers(0, 3))
def test_any_mixture_of_requests_is_answered(text, options):
    reading = read(text, options=options)
    if reading.intent in (Intent.CREATE_REMINDER, Intent.SNOOZE):
        assert reading.schedule is not None or reading.problem is not None
        if reading.schedule is not None:
            assert reading.problem in (None, Problem.NO_TEXT)
    if reading.intent is Intent.CREATE_REMINDER and reading.problem is None:
        assert reading.text
