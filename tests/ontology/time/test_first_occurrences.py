"""Repetitions begin with their first occurrence, and are read back as they are said."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ontology.time.recurrence import check_schedule, next_after
from ontology.time.words import say_rule
from tests.ontology.time.friday import NOW, read, start, used


@pytest.mark.parametrize(
    ("text", "expected", "rule"),
    [
        ("every day", "Sat 2026-11-21 09:00", "FREQ=DAILY"),
        ("every day at 18:00", "Fri 2026-11-20 18:00", "FREQ=DAILY"),
        ("daily", "Sat 2026-11-21 09:00", "FREQ=DAILY"),
        ("every other day", "Sat 2026-11-21 09:00", "FREQ=DAILY;INTERVAL=2"),
        ("every second day", "Sat 2026-11-21 09:00", "FREQ=DAILY;INTERVAL=2"),
        ("every 3 days", "Sat 2026-11-21 09:00", "FREQ=DAILY;INTERVAL=3"),
        ("every three days", "Sat 2026-11-21 09:00", "FREQ=DAILY;INTERVAL=3"),
        ("every morning", "Sat 2026-11-21 09:00", "FREQ=DAILY"),
        ("every evening at 8", "Fri 2026-11-20 20:00", "FREQ=DAILY"),
        ("every night at 11", "Fri 2026-11-20 23:00", "FREQ=DAILY"),
        ("every weekday at 8:30", "Mon 2026-11-23 08:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("weekdays at 7", "Mon 2026-11-23 07:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("every weekend", "Sat 2026-11-21 09:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("every monday", "Mon 2026-11-23 09:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("on mondays at 6pm", "Mon 2026-11-23 18:00", "FREQ=WEEKLY;BYDAY=MO"),
        ("each tuesday evening", "Tue 2026-11-24 19:00", "FREQ=WEEKLY;BYDAY=TU"),
        (
            "every mon, wed and fri at 18:00",
            "Fri 2026-11-20 18:00",
            "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        ),
        ("every sat/sun", "Sat 2026-11-21 09:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        ("every other friday", "Fri 2026-11-27 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("every 2nd friday", "Fri 2026-11-27 09:00", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        (
            "every day except sunday at 7",
            "Sat 2026-11-21 07:00",
            "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA",
        ),
        ("every week", "Fri 2026-11-27 09:00", "FREQ=WEEKLY"),
        ("every week on thursday", "Thu 2026-11-26 09:00", "FREQ=WEEKLY;BYDAY=TH"),
        ("every 2 weeks", "Fri 2026-11-27 09:00", "FREQ=WEEKLY;INTERVAL=2"),
        ("every fortnight", "Fri 2026-11-27 09:00", "FREQ=WEEKLY;INTERVAL=2"),
        (
            "every 2 weeks on monday and thursday at 9",
            "Mon 2026-11-23 09:00",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
        ),
        ("every month", "Sun 2026-12-20 09:00", "FREQ=MONTHLY"),
        ("every month on the 3rd at 10", "Thu 2026-12-03 10:00", "FREQ=MONTHLY;BYMONTHDAY=3"),
        ("on the 3rd of every month", "Thu 2026-12-03 09:00", "FREQ=MONTHLY;BYMONTHDAY=3"),
        ("every 3rd of the month", "Thu 2026-12-03 09:00", "FREQ=MONTHLY;BYMONTHDAY=3"),
        (
            "every month on the 1st and the 15th",
            "Tue 2026-12-01 09:00",
            "FREQ=MONTHLY;BYMONTHDAY=1,15",
        ),
        ("every month on the last day", "Mon 2026-11-30 09:00", "FREQ=MONTHLY;BYMONTHDAY=-1"),
        ("every first monday of the month", "Mon 2026-12-07 09:00", "FREQ=MONTHLY;BYDAY=1MO"),
        (
            "the last friday of every month at 5pm",
            "Fri 2026-11-27 17:00",
            "FREQ=MONTHLY;BYDAY=-1FR",
        ),
        (
            "every 3 months on the 15th",
            "Tue 2026-12-15 09:00",
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15",
        ),
        ("every year", "Sat 2027-11-20 09:00", "FREQ=YEARLY"),
        (
            "every year on 24 december",
            "Thu 2026-12-24 09:00",
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
        ),
        ("every 1 may at 10", "Sat 2027-05-01 10:00", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1"),
        ("every hour", "Fri 2026-11-20 13:00", "FREQ=HOURLY"),
        ("hourly", "Fri 2026-11-20 13:00", "FREQ=HOURLY"),
        ("every 6 hours", "Fri 2026-11-20 18:00", "FREQ=HOURLY;INTERVAL=6"),
        ("every 10 minutes", "Fri 2026-11-20 12:10", "FREQ=MINUTELY;INTERVAL=10"),
        ("every half hour", "Fri 2026-11-20 12:30", "FREQ=MINUTELY;INTERVAL=30"),
        ("every 90 minutes", "Fri 2026-11-20 13:30", "FREQ=MINUTELY;INTERVAL=90"),
        (
            "every 10 minutes from tomorrow at 9",
            "Sat 2026-11-21 09:00",
            "FREQ=MINUTELY;INTERVAL=10",
        ),
        (
            "daily at 8am and 8pm",
            "Fri 2026-11-20 20:00",
            "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0",
        ),
        (
            "every day at 8am, 1pm and 8pm",
            "Fri 2026-11-20 13:00",
            "FREQ=DAILY;BYHOUR=8,13,20;BYMINUTE=0",
        ),
        (
            "every monday at 8 and 20:30",
            "Mon 2026-11-23 08:00",
            "FREQ=DAILY;BYDAY=MO;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
        ),
        ("every day at 9, 10 times", "Sat 2026-11-21 09:00", "FREQ=DAILY;COUNT=10"),
        (
            "every monday at 9 until 30 april",
            "Mon 2026-11-23 09:00",
            "FREQ=WEEKLY;BYDAY=MO;UNTIL=20270430T215959Z",
        ),
        (
            "every 10 minutes until 5pm",
            "Fri 2026-11-20 12:10",
            "FREQ=MINUTELY;INTERVAL=10;UNTIL=20261120T160000Z",
        ),
        (
            "every day until 30 april, 3 times",
            "Sat 2026-11-21 09:00",
            "FREQ=DAILY;COUNT=3",  # whichever ends first
        ),
        (
            "every day until monday, 30 times",
            "Sat 2026-11-21 09:00",
            "FREQ=DAILY;UNTIL=20261123T225959Z",
        ),
        (
            "every 8 hours for 5 days",
            "Fri 2026-11-20 20:00",
            "FREQ=HOURLY;INTERVAL=8;UNTIL=20261125T110030Z",
        ),
        (
            "every day at 9 for the next 2 weeks",
            "Sat 2026-11-21 09:00",
            "FREQ=DAILY;UNTIL=20261204T110030Z",
        ),
        ("every day from monday at 9", "Mon 2026-11-23 09:00", "FREQ=DAILY"),
        ("starting tomorrow every day at 9", "Sat 2026-11-21 09:00", "FREQ=DAILY"),
    ],
)
def test_repetitions_begin_with_their_first_occurrence(text, expected, rule):
    assert start(text) == expected
    schedule = read(text).schedule
    assert schedule is not None
    assert schedule.rule == rule
    check_schedule(schedule)
    assert next_after(schedule, schedule.first - timedelta(seconds=1)) == schedule.first
    assert used(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "every day",
        "every other day at 7",
        "every weekday at 8:30",
        "every mon, wed and fri at 18:00",
        "every day except sunday at 7",
        "every week",
        "every 2 weeks on monday and thursday at 9",
        "every month",
        "every month on the 1st and the 15th",
        "every month on the last day",
        "the last friday of every month at 5pm",
        "every 3 months on the 15th",
        "every year on 24 december",
        "every 6 hours",
        "every 10 minutes until 5pm",
        "every 8 hours for 5 days",
        "daily at 8am and 8pm",
        "every monday at 8 and 20:30, 7 times",
        "every monday at 9 until 30 april",
        "every evening, 10 times",
    ],
)
def test_a_repetition_said_back_is_read_as_the_same_again(text):
    schedule = read(text).schedule
    assert schedule is not None
    again = read(say_rule(schedule)).schedule
    assert again is not None
    asked = NOW
    for _ in range(12):
        upcoming = next_after(schedule, asked)
        assert next_after(again, asked) == upcoming
        if upcoming is None:
            break
        asked = upcoming
