"""How moments, spans and schedules are said back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.time.concepts import Schedule
from ontology.time.recurrence import next_after
from ontology.time.words import say_moment, say_rule, say_schedule, say_span

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = datetime.fromisoformat("2026-11-23T08:30")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "zone", "home", "said"),
    [
        ("2026-11-20 14:05", "UTC", None, "today, Friday 20 November, 14:05"),
        ("2026-11-20 14:05:59", "UTC", "UTC", "today, Friday 20 November, 14:05"),
        ("2026-11-21 09:00", "UTC", None, "tomorrow, Saturday 21 November, 09:00"),
        ("2026-11-19 09:00", "UTC", None, "yesterday, Thursday 19 November, 09:00"),
        ("2026-11-22 09:00", "UTC", None, "Sunday 22 November, 09:00"),
        ("2027-01-01 00:00", "UTC", None, "Friday 1 January 2027, 00:00"),
        ("2025-11-20 09:00", "UTC", None, "Thursday 20 November 2025, 09:00"),
        (
            "2026-11-20 23:30",
            "Europe/Madrid",
            "Europe/Madrid",
            "tomorrow, Saturday 21 November, 00:30",
        ),
        (
            "2026-11-20 14:05",
            "Asia/Kathmandu",
            "Europe/Madrid",
            "today, Friday 20 November, 19:50 (Asia/Kathmandu time)",
        ),
    ],
)
def test_a_moment_is_said_on_the_clock_of_its_zone(instant, zone, home, said):
    assert say_moment(at(instant), zone, FRIDAY_NOON, home) == said


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (None, "once"),
        ("FREQ=DAILY", "every day at 08:30"),
        ("FREQ=DAILY;INTERVAL=2", "every 2 days at 08:30"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every weekday at 08:30"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every weekday at 08:30"),
        ("FREQ=WEEKLY;BYDAY=SU,SA", "every Saturday and Sunday at 08:30"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA", "every day except Sunday at 08:30"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day at 08:30"),
        ("FREQ=WEEKLY", "every Monday at 08:30"),
        ("FREQ=WEEKLY;BYDAY=WE,MO,FR", "every Monday, Wednesday and Friday at 08:30"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Monday and Thursday at 08:30"),
        ("FREQ=WEEKLY;INTERVAL=2", "every 2 weeks on Monday at 08:30"),
        ("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "every day at 08:00 and 20:00"),
        ("FREQ=DAILY;BYMONTH=1,2", "every day in January and February at 08:30"),
        ("FREQ=DAILY;BYMONTHDAY=13;BYDAY=FR", "every Friday, if it is the 13th, at 08:30"),
        ("FREQ=DAILY;INTERVAL=3;BYDAY=SA,SU", "every 3 days, if it is a weekend day, at 08:30"),
        (
            "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(16))),
            "every day at 00:30, 01:30, 02:30 … 15:30 (16 times a day)",
        ),
        (
            "FREQ=DAILY;BYHOUR=8,20;BYSETPOS=1",
            "every day at 08:30",
        ),
        ("FREQ=MONTHLY", "every month on the 23rd at 08:30"),
        ("FREQ=MONTHLY;BYMONTHDAY=3", "every month on the 3rd at 08:30"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "every month on the 1st and the 15th at 08:30"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "every month on the 31st (if there is one) at 08:30"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day at 08:30"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-2,11",
            "every month on the 11th and the 2nd last day at 08:30",
        ),
        ("FREQ=MONTHLY;BYDAY=1MO", "every month on the first Monday at 08:30"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday at 08:30"),
        (
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "every month on the first Monday and the third Monday at 08:30",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "every month on the last weekday at 08:30",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,-1",
            "every month on the first and last Monday at 08:30",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,WE;BYSETPOS=2",
            "every month on every Monday and every Wednesday at 08:30,"
            " only the second of the month",
        ),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
            "every month on the 13th, if it is a Friday, at 08:30",
        ),
        ("FREQ=MONTHLY;INTERVAL=3", "every 3 months on the 23rd at 08:30"),
        ("FREQ=YEARLY", "every year on 23 November at 08:30"),
        ("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24", "every year on 24 December at 08:30"),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
            "every year on 29 February (in leap years) at 08:30",
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            "every year on the last day of February at 08:30",
        ),
        (
            "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
            "every year on the first Monday of September at 08:30",
        ),
        ("FREQ=YEARLY;BYDAY=20MO", "every year on the 20th Monday of the year at 08:30"),
        (
            "FREQ=YEARLY;BYDAY=FR;BYSETPOS=-1",
            "every year on the last Friday of the year at 08:30",
        ),
        ("FREQ=YEARLY;BYMONTH=1,7", "every year on the 23rd of January and July at 08:30"),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=1",
            "every 4 years on 1 February at 08:30",
        ),
        ("FREQ=HOURLY", "every hour"),
        ("FREQ=HOURLY;INTERVAL=6", "every 6 hours"),
        ("FREQ=HOURLY;BYMINUTE=0,30", "every hour at minutes 00 and 30"),
        ("FREQ=MINUTELY;INTERVAL=10", "every 10 minutes"),
        (
            "FREQ=MINUTELY;INTERVAL=10;BYHOUR=9,10,11;BYDAY=MO,TU,WE,TH,FR",
            "every 10 minutes from 09:00 to 11:59 on weekdays",
        ),
        (
            "FREQ=HOURLY;BYHOUR=9,12;BYMONTHDAY=1",
            "every hour in the hours of 09:00 and 12:00 on the 1st",
        ),
        ("FREQ=DAILY;COUNT=10", "every day at 08:30, 10 times"),
        ("FREQ=DAILY;COUNT=1", "every day at 08:30, once"),
        ("FREQ=DAILY;UNTIL=20270430", "every day at 08:30 until 30 April 2027"),
        ("FREQ=DAILY;UNTIL=20270430T215959Z", "every day at 08:30 until 30 April 2027"),
        # the last day that still fires is named, not the day on which nothing happens any more
        ("FREQ=DAILY;UNTIL=20270430T000000", "every day at 08:30 until 29 April 2027"),
        (
            "FREQ=DAILY;BYHOUR=8,20;UNTIL=20270430T120000",
            "every day at 08:30 and 20:30 until 30 April 2027, 12:00",
        ),
        ("FREQ=HOURLY;UNTIL=20270430T120000", "every hour until 30 April 2027, 12:00"),
    ],
)
def test_a_rule_is_said_in_words(rule, said):
    of = Schedule(zone="Europe/Madrid", start=MONDAY, rule=rule)
    assert say_rule(of) == said


def test_a_confirmation_says_the_repetition_and_the_next_local_time():
    of = Schedule(
        zone="Europe/Madrid",
        start=MONDAY,
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    )
    upcoming = next_after(of, FRIDAY_NOON)
    assert say_schedule(of, upcoming, FRIDAY_NOON, "Europe/Madrid") == (
        "every weekday at 08:30, next: Monday 23 November, 08:30"
    )
    assert say_schedule(of, upcoming, FRIDAY_NOON, "Asia/Tokyo") == (
        "every weekday at 08:30, next: Monday 23 November, 08:30 (Europe/Madrid time)"
    )
    assert say_schedule(of, None, FRIDAY_NOON) == "every weekday at 08:30, no more to come"


def test_a_confirmation_of_something_that_happens_once_is_its_moment():
    once = Schedule.once(at("2026-11-21 08:00"), "Europe/Madrid")
    said = "tomorrow, Saturday 21 November, 09:00"
    assert say_schedule(once, once.first, FRIDAY_NOON, "Europe/Madrid") == said
    assert say_schedule(once, None, FRIDAY_NOON, "Europe/Madrid") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (-5, "0 seconds"),
        (1, "1 second"),
        (45, "45 seconds"),
        (60, "1 minute"),
        (90, "1 minute 30 seconds"),
        (300, "5 minutes"),
        (3_599.6, "1 hour"),
        (3_629, "1 hour"),
        (5_400, "1 hour 30 minutes"),
        (86_400, "1 day"),
        (129_600, "1 day 12 hours"),
        (172_799, "2 days"),
        (86_400 * 400, "400 days"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds, said):
    assert say_span(seconds) == said
