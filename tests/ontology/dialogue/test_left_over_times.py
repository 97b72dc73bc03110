"""A time that is joined to the one that was read, and not in it, is never dropped."""

from __future__ import annotations

from uuid import uuid4

import pytest

from ontology.dialogue.asking_back import ask_whether_all
from ontology.dialogue.concepts import Intent
from ontology.dialogue.deciding import Verdict, decide
from ontology.dialogue.wording import Wording
from ontology.people.concepts import Person
from tests.ontology.dialogue.reading import MADRID, NOW, read, segments, when

JOINED = [
    "every monday at 9 or every friday at 5",
    "every monday at 9, wednesday at 10",
    "mondays and also thursdays at 9am",
    "every day at 9 and tomorrow at 5",
    "every 2 hours and every friday at 5",
    "tomorrow or friday at 9",
    "tomorrow at 9 or friday at 10",
    "tomorrow at 9, 15 min before the meeting",
    "tomorrow at 9 except fridays",
    "on 3 december at 9 or 4 december at 10",
    "on friday at 9 or saturday at 10",
    "at 5pm or 6pm",
    "tomorrow at 5pm or 6pm",
    "on christmas or tomorrow",
]
REPEATED = [
    "every monday at 9 and every friday at 5",
    "every monday at 9, every friday at 5",
    "every monday at 9 & every friday at 5",
    "every monday at 9; every friday at 5",
    "every monday at 9 plus every friday at 5",
    "every monday at 9 and also every friday at 5",
    "every monday at 9 and then every friday at 5",
    "every weekday at 9 and saturdays at 11",
    "every weekday at 7am and every weekend at 9am",
    "every month on the 1st at 9 and every friday at 5",
]
ONE_TIME = [
    "every monday and friday at 5",
    "every monday, wednesday and friday at 7pm",
    "mondays and thursdays at 9am",
    "mon/wed/fri at 10",
    "mon thru thu at 6",
    "mon-fri at 6am",
    "at 6am mon-fri",
    "8am & 8pm daily",
    "daily at 8am and 8pm",
    "every day at 8am, noon and 6pm",
    "twice a day at 8am and 8pm",
    "every hour at :15",
    "every day at 9 except sundays and mondays",
    "every weekday but not on friday at 9",
    "every monday at 9 until 17:00 on 3 march",
    "every tuesday from january to march",
    "every day for the rest of the month",
    "every month on the 1st and 15th at 9",
    "7pm on the second tuesday of each month",
    "every monday at 9, starting next week, 10 times",
    "tomorrow, at 9",
    "on friday, 27 november at 9",
    "monday at 9am",
    "from 3 to 5pm tomorrow",
    "between 9 and 11 on friday",
]
OF_THE_TASK = [
    ("buy the monday paper tomorrow at 9", "buy the monday paper"),
    ("book a table for friday on monday at 9", "book a table for friday"),
    ("pay for friday on monday", "pay for friday"),
    ("buy milk and 2 eggs at 5", "buy milk and 2 eggs"),
    ("read chapter 3 and 4 at 5", "read chapter 3 and 4"),
    ("read pages 3 and 4 on monday", "read pages 3 and 4"),
]
OF_THE_TASK_BEHIND = [
    ("tomorrow to book a table for friday", "book a table for friday"),
    ("at 2 to call about the 3pm meeting", "call about the 3pm meeting"),
    ("on monday about the friday meeting", "the friday meeting"),
    ("tomorrow at 9 about the meeting on friday", "the meeting on friday"),
    ("tomorrow at 9 to ask whether friday works", "ask whether friday works"),
    ("at 5 to buy 10 eggs", "buy 10 eggs"),
    ("at 5, 10 eggs", "10 eggs"),
    ("at 5pm to take the 6pm bus", "take the 6pm bus"),
    ("tomorrow to plan monday and tuesday", "plan monday and tuesday"),
    ("every friday to send the monday report", "send the monday report"),
]


@pytest.mark.parametrize("time", JOINED)
@pytest.mark.parametrize("carrier", ["remind me {} to stretch", "remind me to stretch {}"])
def test_what_is_joined_and_not_used_is_asked_about(carrier, time):
    parts = segments(carrier.format(time))
    assert len(parts) == 1
    decision = decide(parts[0].readings)
    assert decision.verdict is Verdict.IS_THAT_ALL, decision
    (left,) = decision.readings[0].left_over
    assert left in time
    assert decision.readings[0].text == "stretch"


@pytest.mark.parametrize("time", REPEATED)
@pytest.mark.parametrize("carrier", ["remind me {} to stretch", "remind me to stretch {}"])
def test_several_repetitions_are_a_reminder_each(carrier, time):
    parts = segments(carrier.format(time))
    assert [each.likeliest.text for each in parts] == ["stretch", "stretch"]
    assert {decide(each.readings).verdict for each in parts} == {Verdict.ACT}
    assert len({when(each.likeliest) for each in parts}) == 2


@pytest.mark.parametrize("time", ONE_TIME)
@pytest.mark.parametrize("carrier", ["remind me {} to stretch", "remind me to stretch {}"])
def test_what_is_one_time_is_done(carrier, time):
    (part,) = segments(carrier.format(time))
    assert part.likeliest.left_over == ()
    assert part.likeliest.problem is None
    assert part.likeliest.text == "stretch"


@pytest.mark.parametrize(("said", "text"), OF_THE_TASK)
def test_times_of_the_task_stay_in_it(said, text):
    reading = read(f"remind me to {said}")
    assert (reading.text, reading.left_over) == (text, ())


@pytest.mark.parametrize(("said", "text"), OF_THE_TASK_BEHIND)
def test_times_of_the_task_stay_in_it_behind_the_time(said, text):
    reading = read(f"remind me {said}")
    assert (reading.text, reading.left_over) == (text, ())


@pytest.mark.parametrize(
    ("said", "intent", "left"),
    [
        ("snooze until 5pm and 6pm", Intent.SNOOZE, "6pm"),
        ("snooze until 5pm or 6pm", Intent.SNOOZE, "6pm"),
        ("move 2 to friday at 9 or saturday at 10", Intent.CHANGE_REMINDER, "saturday at 10"),
        ("move it to tomorrow or friday at 9", Intent.CHANGE_REMINDER, "friday at 9"),
    ],
)
def test_changes_and_snoozes_leave_nothing_out_either(said, intent, left):
    (part,) = segments(said)
    assert part.likeliest.intent is intent
    assert part.likeliest.left_over == (left,)
    assert decide(part.readings).verdict is Verdict.IS_THAT_ALL


def test_the_question_names_what_it_would_leave_out():
    reading = read("remind me every monday at 9 or every friday at 5 to row")
    say = Wording(Person(id=uuid4(), name="Ada", zone=MADRID), NOW)
    asked = ask_whether_all(reading, say)
    assert "leaves out “every friday at 5”" in asked.text
    assert asked.question is not None
    only_that, again = asked.question.options
    assert only_that.then == reading.model_copy(update={"left_over": ()})
    assert again.then.intent is Intent.NEVER_MIND


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("mon-fri at 6am", "11-23 06:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("mon thru thu at 6", "11-23 18:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH"),
        ("mon/wed/fri at 10", "11-23 10:00 FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        ("at 6am mon-fri", "11-23 06:00 FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("8am & 8pm daily", "11-20 20:00 FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0"),
        ("every hour at :15", "11-20 12:15 FREQ=HOURLY"),
        ("every hour at quarter past", "11-20 12:15 FREQ=HOURLY"),
        ("every hour at 10 minutes to the hour", "11-20 12:50 FREQ=HOURLY"),
        ("every 2 hours on the half hour", "11-20 12:30 FREQ=HOURLY;INTERVAL=2"),
        (
            "every tuesday from january to march",
            "01-05 09:00 FREQ=WEEKLY;BYDAY=TU;UNTIL=20270331T215959Z",
        ),
        (
            "every monday at 9 until 17:00 on 3 march",
            "11-23 09:00 FREQ=WEEKLY;BYDAY=MO;UNTIL=20270303T160000Z",
        ),
    ],
)
def test_all_that_was_said_of_a_repetition_is_in_it(said, expected):
    assert when(read(f"remind me {said} to row")) == expected


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("remind me on Ann's birthday at 9 to call", "on Ann's birthday"),
        ("remind me at 9 to call mum on her birthday", "on her birthday"),
        ("remind me every year on Ann's birthday at 9 to call", "on Ann's birthday"),
        ("remind me two days before Ann's birthday at 9 to shop", "before Ann's birthday"),
        ("remind me on our wedding anniversary at 9 to call", "on our wedding anniversary"),
        ("remind me at 9am XYZ time tomorrow to call", "XYZ time"),
        ("remind me a few minutes before 5 to pay", "a few minutes"),
        ("remind me in 5 minutes to stir and in 10 to serve", "and in 10"),
    ],
)
def test_what_is_a_time_that_cannot_be_reckoned_is_asked_about(said, left):
    reading = read(said)
    assert reading.left_over == (left,)
    assert decide([reading]).verdict is Verdict.IS_THAT_ALL


def test_a_day_that_is_told_beside_its_name_is_known():
    assert read("remind me on 5 may at 9 to call Ann on her birthday").left_over == ()
