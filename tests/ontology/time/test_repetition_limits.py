"""Repetitions with several times a day, ends, exceptions and beginnings; and what is none."""

from __future__ import annotations

import pytest

from tests.ontology.time.repetitions import assert_repeats, read

SEVERAL_TIMES = [
    ("twice a day at 8am and 8pm", "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "2026-11-20 20:00"),
    (
        "every day at 8, 13:00 and 8:30pm",
        "FREQ=DAILY;BYHOUR=8,13,20;BYMINUTE=0,30;BYSETPOS=1,3,6",
        "2026-11-20 13:00",
    ),
    ("three times a day", "FREQ=DAILY;BYHOUR=9,15,21;BYMINUTE=0", "2026-11-20 15:00"),
    (
        "every monday at 9am and 5pm",
        "FREQ=WEEKLY;BYDAY=MO;BYHOUR=9,17;BYMINUTE=0",
        "2026-11-23 09:00",
    ),
    (
        "every hour from 9am to 5pm on weekdays",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0",
        "2026-11-20 13:00",
    ),
    (
        "every 2 hours between 8 and 20",
        "FREQ=DAILY;BYHOUR=8,10,12,14,16,18,20;BYMINUTE=0",
        "2026-11-20 14:00",
    ),
    ("2x a day", "FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0", "2026-11-20 21:00"),
    (
        "every other monday at 8 and 20:30",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
        "2026-11-23 08:00",
    ),
]

LIMITS = [
    (
        "every friday starting in may, 10 times",
        "FREQ=WEEKLY;BYDAY=FR;COUNT=10",
        "2027-05-07 09:00",
    ),
    ("every day at 9 for 10 days", "FREQ=DAILY;UNTIL=20261130T110000Z", "2026-11-21 09:00"),
    ("every day for the next 5 days", "FREQ=DAILY;UNTIL=20261125T110000Z", "2026-11-21 09:00"),
    (
        "every monday until the end of april",
        "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270430T215959Z",
        "2026-11-23 09:00",
    ),
    ("daily until 5 december", "FREQ=DAILY;UNTIL=20261205T225959Z", "2026-11-21 09:00"),
    ("every tuesday, 10 times", "FREQ=WEEKLY;BYDAY=TU;COUNT=10", "2026-11-24 09:00"),
    ("every day at noon 3 times", "FREQ=DAILY;COUNT=3", "2026-11-21 12:00"),
    (
        "every weekday through friday",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261127T225959Z",
        "2026-11-23 09:00",
    ),
    (
        "every 10 minutes for an hour",
        "FREQ=MINUTELY;INTERVAL=10;UNTIL=20261120T120000Z",
        "2026-11-20 12:10",
    ),
    (
        "every 20 min until 2pm",
        "FREQ=MINUTELY;INTERVAL=20;UNTIL=20261120T130000Z",
        "2026-11-20 12:20",
    ),
    ("weekly for 6 weeks", "FREQ=WEEKLY;UNTIL=20270101T110000Z", "2026-11-27 09:00"),
    ("every month till june", "FREQ=MONTHLY;UNTIL=20270531T220000Z", "2026-12-20 09:00"),
    (
        "every sunday morning until the end of the year at 8",
        "FREQ=WEEKLY;BYDAY=SU;UNTIL=20261231T225959Z",
        "2026-11-22 08:00",
    ),
    (
        "weekdays at 7 for the next month",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261220T110000Z",
        "2026-11-23 07:00",
    ),
    ("every night for 6 nights", "FREQ=DAILY;UNTIL=20261126T110000Z", "2026-11-20 21:00"),
    ("the next 3 tuesdays at 8", "FREQ=WEEKLY;BYDAY=TU;COUNT=3", "2026-11-24 08:00"),
    ("for the next 5 evenings at 8", "FREQ=DAILY;COUNT=5", "2026-11-20 20:00"),
    ("the next two weekends at 10am", "FREQ=WEEKLY;BYDAY=SA,SU;COUNT=4", "2026-11-21 10:00"),
    ("6 times every 20 minutes", "FREQ=MINUTELY;INTERVAL=20;COUNT=6", "2026-11-20 12:20"),
    (
        "every 3 hours for the rest of the day",
        "FREQ=HOURLY;INTERVAL=3;UNTIL=20261120T230000Z",
        "2026-11-20 15:00",
    ),
    ("every day until friday at noon", "FREQ=DAILY;UNTIL=20261127T225959Z", "2026-11-21 12:00"),
    (
        "every wednesday through january at 4pm",
        "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270131T225959Z",
        "2026-11-25 16:00",
    ),
    (
        "every day at 9 until monday at 17:00",
        "FREQ=DAILY;UNTIL=20261123T160000Z",
        "2026-11-21 09:00",
    ),
    (
        "every 15 min until tomorrow at 8:30",
        "FREQ=MINUTELY;INTERVAL=15;UNTIL=20261121T073000Z",
        "2026-11-20 12:15",
    ),
    (
        "every day from monday to thursday at 8",
        "FREQ=DAILY;UNTIL=20261126T225959Z",
        "2026-11-23 08:00",
    ),
]
WITHIN = [
    ("every day this week at 7pm", "FREQ=DAILY;UNTIL=20261122T225959Z", "2026-11-20 19:00"),
    ("every day this week at 8am", "FREQ=DAILY;UNTIL=20261122T225959Z", "2026-11-21 08:00"),
    ("each evening this month at 6", "FREQ=DAILY;UNTIL=20261130T225959Z", "2026-11-20 18:00"),
    ("daily next week", "FREQ=DAILY;UNTIL=20261129T225959Z", "2026-11-23 09:00"),
    ("daily next month at 7", "FREQ=DAILY;UNTIL=20261231T225959Z", "2026-12-01 07:00"),
    (
        "mon wed fri next week at 7am",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR;UNTIL=20261129T225959Z",
        "2026-11-23 07:00",
    ),
    (
        "every 2 hours this week",
        "FREQ=HOURLY;INTERVAL=2;UNTIL=20261122T225959Z",
        "2026-11-20 14:00",
    ),
    ("every hour today", "FREQ=HOURLY;UNTIL=20261120T225959Z", "2026-11-20 13:00"),
    (
        "every 3 hours tomorrow",
        "FREQ=HOURLY;INTERVAL=3;UNTIL=20261121T225959Z",
        "2026-11-21 09:00",
    ),
]

EXCEPTIONS = [
    ("every day except sunday", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "2026-11-21 09:00"),
    ("every day but sundays at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "2026-11-21 09:00"),
    ("daily except weekends at 10", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23 10:00"),
    ("every weekday except wednesday", "FREQ=WEEKLY;BYDAY=MO,TU,TH,FR", "2026-11-23 09:00"),
    (
        "every monday except in august",
        "FREQ=WEEKLY;BYMONTH=1,2,3,4,5,6,7,9,10,11,12;BYDAY=MO",
        "2026-11-23 09:00",
    ),
    (
        "every day, but not on mondays or tuesdays",
        "FREQ=WEEKLY;BYDAY=WE,TH,FR,SA,SU",
        "2026-11-21 09:00",
    ),
    ("mon-fri except thursday at 8", "FREQ=WEEKLY;BYDAY=MO,TU,WE,FR", "2026-11-23 08:00"),
    (
        "all days except sunday at 8am",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA",
        "2026-11-21 08:00",
    ),
    ("every weekday, not fridays, at 3pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH", "2026-11-23 15:00"),
    (
        "every day, but never on sundays",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA",
        "2026-11-21 09:00",
    ),
]

STARTS = [
    ("every day starting tomorrow at 8", "FREQ=DAILY", "2026-11-21 08:00"),
    ("every week starting next monday at 10", "FREQ=WEEKLY", "2026-11-23 10:00"),
    ("every friday from 1 january", "FREQ=WEEKLY;BYDAY=FR", "2027-01-01 09:00"),
    ("beginning next week, every wednesday at 5pm", "FREQ=WEEKLY;BYDAY=WE", "2026-11-25 17:00"),
    ("every 2 weeks starting december 4", "FREQ=WEEKLY;INTERVAL=2", "2026-12-04 09:00"),
    ("from monday every day at 7am", "FREQ=DAILY", "2026-11-23 07:00"),
    ("every day from 9 to 5", "FREQ=DAILY", "2026-11-21 09:00"),
    ("every day starting at 5pm", "FREQ=DAILY", "2026-11-20 17:00"),
]


@pytest.mark.parametrize(
    ("text", "rule", "start"), SEVERAL_TIMES + LIMITS + WITHIN + EXCEPTIONS + STARTS
)
def test_a_repetition_is_read_with_its_times_and_limits(text, rule, start):
    assert_repeats(text, rule, start)


@pytest.mark.parametrize(
    "text",
    [
        "buy everyday shoes tomorrow at 5",
        "tell every one of them at 6pm",
        "read the daily mail tomorrow at 8",
        "once upon a time at 7pm",
        "send the monthly report tomorrow",
        "finish my weekly review on friday at 3",
        "every now and then",
        "every time",
        "each other",
        "every so often",
        "the annual meeting on 3 december",
        "call each of them at noon",
        "pay 5 euros per day tomorrow",
        "twice as much at 5pm",
        "the second one at 6pm",
        "the third of june",
        "first monday of the month",
        "once more at 8pm",
        "the quarterly numbers on monday",
        "every little thing tomorrow",
        "weekend plans tomorrow at 10",
        "the last friday of march",
        "in the morning",
        "check twice tomorrow",
        "the 15th",
        "a second opinion on monday",
        "each way tickets tomorrow",
        "plan the weekly next steps tomorrow",
        "weekly shop list",
        "daily mail crossword",
        "take all days off in june",
        "call bob monday tuesday 9am",
        "on monday and wednesday at 9",
    ],
)
def test_what_only_sounds_like_it_is_no_repetition(text):
    reading = read(text)
    assert reading is None or reading.schedule is None or reading.schedule.rule is None


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("every second", "too-often"),
        ("every 30 seconds", "too-often"),
        ("every 90 seconds", "too-often"),
        ("1000 times a day", "too-often"),
        ("every 0 days", "never-fires"),
        ("every day 0 times", "never-fires"),
        ("every 30 february", "never-fires"),
        ("every 31st of april", "never-fires"),
        ("every monday except mondays", "never-fires"),
        ("every day except on weekdays and weekends", "never-fires"),
        ("every easter", "no-such-rule"),
        ("every day except on 3 december", "no-such-rule"),
        ("every 2 or 3 days", "no-such-rule"),
        ("every month and a half", "no-such-rule"),
        ("every weekday except on the first monday", "no-such-rule"),
        ("every 2 hours except at night", "no-such-rule"),
    ],
)
def test_what_cannot_repeat_is_said_with_its_reason(text, problem):
    reading = read(text)
    assert reading is not None
    assert reading.schedule is None
    assert reading.problem == problem


@pytest.mark.parametrize(
    ("text", "rule", "first"),
    [
        ("every day before 5", "FREQ=DAILY", "2026-11-20 17:00"),
        ("every day by 5pm", "FREQ=DAILY", "2026-11-20 17:00"),
        ("every monday before 9am", "FREQ=WEEKLY;BYDAY=MO", "2026-11-23 09:00"),
        ("every weekday by 6pm", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-20 18:00"),
        ("every month on the 1st before noon", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 12:00"),
        ("every evening by 8", "FREQ=DAILY", "2026-11-20 20:00"),
        ("every hour until 5pm", "FREQ=HOURLY;UNTIL=20261120T160000Z", "2026-11-20 13:00"),
    ],
)
def test_an_hour_by_which_ends_the_hours_of_a_day_and_not_the_days(text, rule, first):
    assert_repeats(text, rule, first)
