"""How rules are said back: in the words that people use, and never other than they are."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from ontology.time.concepts import Schedule
from ontology.time.words import say_rule, say_schedule

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = datetime(2027, 2, 1, 12, tzinfo=UTC)
MONDAY = datetime.fromisoformat("2026-11-23T08:30")


_START = re.compile(r" from \w+day \d+ \w+( \d{4})?( at [\d:]+)?")


def of(rule: str | None, start: datetime = MONDAY) -> Schedule:
    return Schedule(zone="Europe/Madrid", start=start, rule=rule)


DAYS = [
    ("FREQ=DAILY", "every day at 08:30"),
    ("FREQ=DAILY;INTERVAL=2", "every 2 days at 08:30"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday at 08:30"),
    ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday at 08:30"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "every day except Sunday at 08:30"),
    ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day at 08:30"),
    ("FREQ=WEEKLY", "every Monday at 08:30"),
    ("FREQ=WEEKLY;BYDAY=WE,MO,FR", "every Monday, Wednesday and Friday at 08:30"),
    ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Monday and Thursday at 08:30"),
    ("FREQ=WEEKLY;INTERVAL=2", "every second Monday at 08:30"),
    ("FREQ=WEEKLY;INTERVAL=3", "every 3 weeks on Monday at 08:30"),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
        "every 2 weeks on Monday and Sunday (weeks begin on Sunday) at 08:30",
    ),
    ("FREQ=DAILY;BYMONTH=11,12", "every day in November and December at 08:30"),
    ("FREQ=DAILY;BYMONTH=1,2,3,4,6,7,8,9,10,11,12", "every day except in May at 08:30"),
    (
        "FREQ=DAILY;BYMONTHDAY=23;BYDAY=MO",
        "every Monday, if it is the 23rd, at 08:30",
    ),
    (
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO,SU",
        "every 3 days, if it is a Monday or Sunday, at 08:30",
    ),
]

MONTHS_AND_YEARS = [
    ("FREQ=MONTHLY", "on the 23rd of every month at 08:30"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=23,30",
        "on the 23rd and 30th of every month (if there is one) at 08:30",
    ),
    ("FREQ=MONTHLY;BYMONTHDAY=31", "on the 31st of every month (if there is one) at 08:30"),
    ("FREQ=MONTHLY;BYMONTHDAY=-1", "on the last day of every month at 08:30"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-2,25",
        "on the 25th and the second last day of every month at 08:30",
    ),
    ("FREQ=MONTHLY;BYDAY=1MO", "on the first Monday of every month at 08:30"),
    ("FREQ=MONTHLY;BYDAY=-1FR", "on the last Friday of every month at 08:30"),
    ("FREQ=MONTHLY;BYDAY=1MO,3MO", "on the first and third Monday of every month at 08:30"),
    (
        "FREQ=MONTHLY;BYDAY=1MO,-1FR",
        "on the first Monday and the last Friday of every month at 08:30",
    ),
    ("FREQ=MONTHLY;BYDAY=MO", "every Monday at 08:30"),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "on the last weekday of every month at 08:30",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,-1",
        "on the first and last Monday of every month at 08:30",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=2",
        "every month on every Monday and every Wednesday at 08:30,"
        " only the second of the month",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "every Friday the 13th at 08:30",
    ),
    ("FREQ=MONTHLY;INTERVAL=3", "every 3 months on the 23rd at 08:30"),
    (
        "FREQ=MONTHLY;BYMONTH=1,7;BYMONTHDAY=3",
        "every year on the 3rd of January and July at 08:30",
    ),
    ("FREQ=YEARLY", "every year on 23 November at 08:30"),
    ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "every year on 24 December at 08:30"),
    (
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "every year on 29 February (in leap years) at 08:30",
    ),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "every year on the last day of February at 08:30"),
    ("FREQ=YEARLY;BYMONTH=9;BYDAY=1MO", "every year on the first Monday of September at 08:30"),
    ("FREQ=YEARLY;BYMONTH=9;BYDAY=MO", "every Monday in September at 08:30"),
    ("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday of the year at 08:30"),
    ("FREQ=YEARLY;BYDAY=FR;BYSETPOS=-1", "every year on the last Friday of the year at 08:30"),
    ("FREQ=YEARLY;BYMONTH=1,7", "every year on the 23rd of January and July at 08:30"),
    ("FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=1", "every 4 years on 1 February at 08:30"),
    ("FREQ=YEARLY;BYYEARDAY=1,100", "every year on the 1st and 100th day of the year at 08:30"),
]

SEVERAL_TIMES = [
    ("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "twice a day at 08:00 and 20:00"),
    ("FREQ=DAILY;BYHOUR=8,13,20;BYMINUTE=0", "3 times a day at 08:00, 13:00 and 20:00"),
    ("FREQ=WEEKLY;BYHOUR=8,20;BYMINUTE=0", "every Monday at 08:00 and 20:00"),
    (
        "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
        "twice a day at 08:00 and 20:30",
    ),
    ("FREQ=DAILY;BYHOUR=8,20;BYSETPOS=1", "every day at 08:30"),
    (
        "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4,5,8",
        "every Monday and Thursday at 08:00 and 20:30",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=8,20;BYMINUTE=0;BYSETPOS=1,4",
        "every Monday and Thursday at 08:00 and 20:00, only the first and fourth of the week",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,20;BYMINUTE=0;BYSETPOS=-2,-1",
        "on the last weekday of every month at 08:00 and 20:00",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
        "on the 31st of every month (if there is one) at 08:00 and 20:30",
    ),
    (
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(16))),
        "every hour from 00:30 to 15:30 every day",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,10,11,12;BYMINUTE=0,30",
        "every 30 minutes from 09:00 to 12:30 every weekday",
    ),
    (
        "FREQ=DAILY;BYHOUR=8,9,10,11,12,13,14,15,16,17,18,19;BYMINUTE=0,1,7",
        "every day at 08:00, 08:01, 08:07 … 19:07 (36 times a day)",
    ),
]

ELAPSING = [
    ("FREQ=HOURLY", "every hour"),
    ("FREQ=HOURLY;INTERVAL=6", "every 6 hours"),
    ("FREQ=HOURLY;BYMINUTE=0,30", "every hour at minutes 00 and 30"),
    ("FREQ=MINUTELY;INTERVAL=10", "every 10 minutes"),
    (
        "FREQ=MINUTELY;INTERVAL=10;BYHOUR=9,10,11;BYDAY=MO,TU,WE,TH,FR",
        "every 10 minutes in the hours from 09:00 to 11:59 on weekdays",
    ),
    (
        "FREQ=HOURLY;BYHOUR=9,12;BYMONTHDAY=1",
        "every hour in the hours of 09:00 and 12:00 on the 1st",
    ),
    (
        "FREQ=HOURLY;UNTIL=20270430T120000",
        "every hour until 12:00 on 30 April",
    ),
]

ENDS = [
    ("FREQ=DAILY;COUNT=10", "every day at 08:30, 10 times"),
    ("FREQ=DAILY;COUNT=1", "every day at 08:30, 1 time"),
    ("FREQ=MONTHLY;BYDAY=1MO;COUNT=5", "on the first Monday of every month at 08:30, 5 times"),
    ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270430", "every second Monday at 08:30 until 30 April"),
    ("FREQ=DAILY;UNTIL=20270430T215959Z", "every day at 08:30 until 30 April"),
    ("FREQ=DAILY;UNTIL=20280430", "every day at 08:30 until 30 April 2028"),
    # the last day that still fires is named, not the day on which nothing happens any more
    ("FREQ=DAILY;UNTIL=20270430T000000", "every day at 08:30 until 29 April"),
    (
        "FREQ=DAILY;BYHOUR=8,20;UNTIL=20270430T120000",
        "twice a day at 08:30 and 20:30 until 12:00 on 30 April",
    ),
]


@pytest.mark.parametrize(
    ("rule", "said"), DAYS + MONTHS_AND_YEARS + SEVERAL_TIMES + ELAPSING + ENDS
)
def test_a_rule_is_said_in_words(rule, said):
    assert _START.sub("", say_rule(of(rule), FRIDAY_NOON)) == said


def test_something_that_happens_once_is_once():
    assert say_rule(of(None)) == "once"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("FREQ=DAILY", " from Monday 23 November", ""),
        ("FREQ=WEEKLY;BYDAY=MO", "", ""),
        (
            "FREQ=HOURLY",
            " from Monday 23 November at 08:30",
            " from Monday 23 November 2026 at 08:30",
        ),
        ("FREQ=WEEKLY;INTERVAL=2", "", " from Monday 23 November 2026"),
        # the start is in November, and so is no occurrence
        (
            "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=3",
            " from Sunday 3 January",
            " from Sunday 3 January 2027",
        ),
        ("FREQ=DAILY;COUNT=3", " from Monday 23 November", " from Monday 23 November 2026"),
        (
            "FREQ=DAILY;BYHOUR=7,20;BYMINUTE=0;COUNT=3",
            " from Monday 23 November at 20:00",
            " from Monday 23 November 2026 at 20:00",
        ),
    ],
)
def test_where_it_begins_is_said_if_the_same_words_would_now_begin_elsewhere(
    rule, before, after
):
    for now, expected in ((FRIDAY_NOON, before), (LATER, after), (None, after)):
        begins = _START.search(say_rule(of(rule), now))
        assert (begins[0] if begins else "") == expected


def test_a_confirmation_names_the_next_time_instead_of_the_phase():
    every_other_week = of("FREQ=WEEKLY;INTERVAL=2")
    assert say_schedule(every_other_week, every_other_week.first, FRIDAY_NOON) == (
        "every second Monday at 08:30, next: Monday 23 November, 08:30"
    )


def test_a_confirmation_of_so_many_times_names_the_first_once_they_have_begun():
    ten_times = of("FREQ=DAILY;COUNT=10")
    now = datetime(2026, 11, 25, 12, tzinfo=UTC)
    assert say_schedule(ten_times, datetime(2026, 11, 26, 7, 30, tzinfo=UTC), now) == (
        "every day at 08:30 from Monday 23 November 2026, 10 times,"
        " next: tomorrow, Thursday 26 November, 08:30"
    )
