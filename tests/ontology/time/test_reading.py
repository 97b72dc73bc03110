"""How times are read: a table for every way of saying one."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from ontology.errors import UnknownZone
from ontology.time.concepts import Schedule
from ontology.time.reading import Setting, read_time
from ontology.time.values import TimeProblem
from tests.ontology.time.friday import MADRID, NOW, read, start, used


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 5 minutes", "Fri 2026-11-20 12:05:30"),
        ("in a minute", "Fri 2026-11-20 12:01:30"),
        ("in 10 min", "Fri 2026-11-20 12:10:30"),
        ("in 10m", "Fri 2026-11-20 12:10:30"),
        ("in 90 seconds", "Fri 2026-11-20 12:02"),
        ("after 5 minutes", "Fri 2026-11-20 12:05:30"),
        ("in an hour", "Fri 2026-11-20 13:00:30"),
        ("in half an hour", "Fri 2026-11-20 12:30:30"),
        ("in a quarter of an hour", "Fri 2026-11-20 12:15:30"),
        ("in three quarters of an hour", "Fri 2026-11-20 12:45:30"),
        ("in an hour and a half", "Fri 2026-11-20 13:30:30"),
        ("in two and a half hours", "Fri 2026-11-20 14:30:30"),
        ("in 1h30", "Fri 2026-11-20 13:30:30"),
        ("in 1h30m", "Fri 2026-11-20 13:30:30"),
        ("in 1 hour and 15 minutes", "Fri 2026-11-20 13:15:30"),
        ("in 1 hour, 15 minutes", "Fri 2026-11-20 13:15:30"),
        ("in 1.5 hours", "Fri 2026-11-20 13:30:30"),
        ("in twenty-five minutes", "Fri 2026-11-20 12:25:30"),
        ("in a couple of hours", "Fri 2026-11-20 14:00:30"),
        ("2 hours from now", "Fri 2026-11-20 14:00:30"),
        ("in about 20 minutes", "Fri 2026-11-20 12:20:30"),
        ("in 2 days", "Sun 2026-11-22 12:00:30"),
        ("in a week", "Fri 2026-11-27 12:00:30"),
        ("in a fortnight", "Fri 2026-12-04 12:00:30"),
        ("in a month", "Sun 2026-12-20 12:00:30"),
        ("in 3.5 days", "Tue 2026-11-24 00:00:30"),
        ("in 2 days at 9", "Sun 2026-11-22 09:00"),
        ("in a week at 18:30", "Fri 2026-11-27 18:30"),
    ],
)
def test_lengths_of_time_count_from_now(text, expected):
    assert start(text) == expected
    assert read(text).duration
    assert used(text) == text


def test_hours_elapse_while_days_keep_the_wall_time_over_a_change_of_clocks():
    before = datetime(2026, 10, 24, 12, 0, tzinfo=ZoneInfo(MADRID))
    assert start("in 24 hours", before) == "Sun 2026-10-25 11:00"
    assert start("in 1 day", before) == "Sun 2026-10-25 12:00"


def test_an_elapsed_time_may_end_in_the_second_pass_of_an_hour():
    before = datetime(2026, 10, 25, 1, 30, tzinfo=ZoneInfo(MADRID))
    schedule = read("in 2 hours", before).schedule
    assert schedule == Schedule(
        zone=MADRID, start=datetime.fromisoformat("2026-10-25T02:30"), fold=1
    )
    assert schedule.first - before == timedelta(hours=2)


def test_a_length_of_time_without_in_is_one_only_where_that_is_wanted():
    assert read_time("10 min", Setting(NOW, MADRID)) is None
    assert start("10 min", bare_durations=True) == "Fri 2026-11-20 12:10:30"
    assert start("1h30", bare_durations=True) == "Fri 2026-11-20 13:30:30"
    assert start("half an hour", bare_durations=True) == "Fri 2026-11-20 12:30:30"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("at 9", "Fri 2026-11-20 21:00"),  # the next one
        ("at 3", "Fri 2026-11-20 15:00"),
        ("at 12", "Sat 2026-11-21 12:00"),
        ("at nine", "Fri 2026-11-20 21:00"),
        ("at 9am", "Sat 2026-11-21 09:00"),
        ("at 9 am", "Sat 2026-11-21 09:00"),
        ("at 9 a.m.", "Sat 2026-11-21 09:00"),
        ("9pm", "Fri 2026-11-20 21:00"),
        ("at 9:30", "Fri 2026-11-20 21:30"),
        ("9:30", "Fri 2026-11-20 21:30"),
        ("at 09:30", "Sat 2026-11-21 09:30"),
        ("at 21:15", "Fri 2026-11-20 21:15"),
        ("at 9.30pm", "Fri 2026-11-20 21:30"),
        ("9.30pm", "Fri 2026-11-20 21:30"),
        ("at 17.30", "Fri 2026-11-20 17:30"),
        ("at 15h30", "Fri 2026-11-20 15:30"),
        ("at 1730", "Fri 2026-11-20 17:30"),
        ("at 13", "Fri 2026-11-20 13:00"),
        ("@ 5pm", "Fri 2026-11-20 17:00"),
        ("by 5pm", "Fri 2026-11-20 17:00"),
        ("at 12am", "Sat 2026-11-21 00:00"),
        ("at 12pm", "Sat 2026-11-21 12:00"),
        ("at 5 o'clock", "Fri 2026-11-20 17:00"),
        ("at noon", "Sat 2026-11-21 12:00"),
        ("at midnight", "Sat 2026-11-21 00:00"),
        ("at 24:00", "Sat 2026-11-21 00:00"),
        ("half past 3", "Fri 2026-11-20 15:30"),
        ("at a quarter to five", "Fri 2026-11-20 16:45"),
        ("at quarter past 6pm", "Fri 2026-11-20 18:15"),
        ("at 8 in the evening", "Fri 2026-11-20 20:00"),
        ("at 9 in the morning", "Sat 2026-11-21 09:00"),
        ("in the morning", "Sat 2026-11-21 09:00"),
        ("in the afternoon", "Fri 2026-11-20 15:00"),
        ("at night", "Fri 2026-11-20 21:00"),
    ],
)
def test_a_wall_time_is_the_next_one(text, expected):
    assert start(text) == expected
    assert read(text).given == {"time"}
    assert used(text) == text


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-11-20 08:00", "at 9", "Fri 2026-11-20 09:00"),
        ("2026-11-20 09:00", "at 9", "Fri 2026-11-20 21:00"),
        ("2026-11-20 22:00", "at 9", "Sat 2026-11-21 09:00"),
        ("2026-11-20 22:00", "at 3", "Sat 2026-11-21 15:00"),  # nobody means 03:00
        ("2026-11-20 22:00", "at 3am", "Sat 2026-11-21 03:00"),
        ("2026-11-20 22:00", "at 6", "Sat 2026-11-21 06:00"),
        ("2026-11-20 21:00", "at 11", "Fri 2026-11-20 23:00"),
        ("2026-11-20 17:00", "at 5", "Sat 2026-11-21 17:00"),
    ],
)
def test_a_bare_hour_is_the_next_one_at_which_people_are_awake(now, text, expected):
    said_at = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(MADRID))
    assert start(text, said_at) == expected


def test_a_bare_hour_to_wake_somebody_is_in_the_morning():
    assert start("at 7") == "Fri 2026-11-20 19:00"
    assert start("at 7", waking=True) == "Sat 2026-11-21 07:00"
    assert start("tomorrow at 6", waking=True) == "Sat 2026-11-21 06:00"


@pytest.mark.parametrize(
    ("text", "expected", "given_parts"),
    [
        ("today", "Fri 2026-11-20 15:00", {"date"}),  # 09:00 has passed
        ("today at 8", "Fri 2026-11-20 20:00", {"date", "time"}),
        ("today at 8am", "Fri 2026-11-20 08:00", {"date", "time"}),  # past, and said so
        ("yesterday at 5pm", "Thu 2026-11-19 17:00", {"date", "time"}),
        ("tonight", "Fri 2026-11-20 21:00", {"date", "time"}),
        ("tonight at 9", "Fri 2026-11-20 21:00", {"date", "time"}),
        ("tonight at midnight", "Sat 2026-11-21 00:00", {"date", "time"}),
        ("at half past 8 tonight", "Fri 2026-11-20 20:30", {"date", "time"}),
        ("this evening", "Fri 2026-11-20 19:00", {"date", "time"}),
        ("tomorrow", "Sat 2026-11-21 09:00", {"date"}),
        ("tomorrow at 9", "Sat 2026-11-21 09:00", {"date", "time"}),
        ("tomorrow at 3", "Sat 2026-11-21 15:00", {"date", "time"}),
        ("tomorrow at 7", "Sat 2026-11-21 07:00", {"date", "time"}),
        ("at 9 tomorrow", "Sat 2026-11-21 09:00", {"date", "time"}),
        ("tomorrow, at 9", "Sat 2026-11-21 09:00", {"date", "time"}),
        ("tomorrow 9", "Sat 2026-11-21 09:00", {"date", "time"}),
        ("tmrw at 18:00", "Sat 2026-11-21 18:00", {"date", "time"}),
        ("tomorrow morning", "Sat 2026-11-21 09:00", {"date", "time"}),
        ("tomorrow evening at 8", "Sat 2026-11-21 20:00", {"date", "time"}),
        ("tomorrow night at 11", "Sat 2026-11-21 23:00", {"date", "time"}),
        ("the day after tomorrow", "Sun 2026-11-22 09:00", {"date"}),
        ("for tomorrow", "Sat 2026-11-21 09:00", {"date"}),
        ("on friday", "Fri 2026-11-27 09:00", {"date"}),  # said on a Friday
        ("friday at 9", "Fri 2026-11-27 09:00", {"date", "time"}),
        ("friday at 15:00", "Fri 2026-11-20 15:00", {"date", "time"}),
        ("on Monday", "Mon 2026-11-23 09:00", {"date"}),
        ("next monday", "Mon 2026-11-23 09:00", {"date"}),
        ("next friday", "Fri 2026-11-27 09:00", {"date"}),
        ("this sunday", "Sun 2026-11-22 09:00", {"date"}),
        ("sun", "Sun 2026-11-22 09:00", {"date"}),
        ("sat at 10", "Sat 2026-11-21 10:00", {"date", "time"}),
        ("on wed.", "Wed 2026-11-25 09:00", {"date"}),
        ("tuesday afternoon", "Tue 2026-11-24 15:00", {"date", "time"}),
        ("this weekend", "Sat 2026-11-21 09:00", {"date"}),
        ("next week", "Mon 2026-11-23 09:00", {"date"}),
        ("next month", "Tue 2026-12-01 09:00", {"date"}),
        ("next year at 10", "Fri 2027-01-01 10:00", {"date", "time"}),
        ("24 December", "Thu 2026-12-24 09:00", {"date"}),
        ("Dec 24th 2026", "Thu 2026-12-24 09:00", {"date"}),
        ("december 24, 2027", "Fri 2027-12-24 09:00", {"date"}),
        ("on the 24th of december at 9", "Thu 2026-12-24 09:00", {"date", "time"}),
        ("may 5", "Wed 2027-05-05 09:00", {"date"}),
        ("friday, november 27th", "Fri 2026-11-27 09:00", {"date"}),
        ("on friday the 13th at 20:00", "Fri 2027-08-13 20:00", {"date", "time"}),
        ("29 february", "Tue 2028-02-29 09:00", {"date"}),
        ("1 january 2020", "Wed 2020-01-01 09:00", {"date"}),  # past, and said so
        ("2026-12-24", "Thu 2026-12-24 09:00", {"date"}),
        ("2026-12-24T09:15", "Thu 2026-12-24 09:15", {"date", "time"}),
        ("24.12.2026", "Thu 2026-12-24 09:00", {"date"}),
        ("24/12/26", "Thu 2026-12-24 09:00", {"date"}),
        ("on 24/12 at 9", "Thu 2026-12-24 09:00", {"date", "time"}),
        ("the 3rd", "Thu 2026-12-03 09:00", {"date"}),
        ("on the 3rd at 10", "Thu 2026-12-03 10:00", {"date", "time"}),
        ("on the 20th at 18:00", "Fri 2026-11-20 18:00", {"date", "time"}),
        ("on the 20th at 11:00", "Sun 2026-12-20 11:00", {"date", "time"}),
        ("on the 31st", "Thu 2026-12-31 09:00", {"date"}),
    ],
)
def test_days_and_wall_times_in_either_order(text, expected, given_parts):
    assert start(text) == expected
    assert read(text).given == given_parts
    assert used(text) == text


@pytest.mark.parametrize(
    ("locale", "text", "expected"),
    [
        ("en_GB", "on 3/4", "Sat 2027-04-03 09:00"),
        ("en_US", "on 3/4", "Thu 2027-03-04 09:00"),
        ("en-US", "on 12/24/2026", "Thu 2026-12-24 09:00"),
        ("en_GB", "on 12/24/2026", "Thu 2026-12-24 09:00"),  # only one way makes sense
        ("en_US", "on 24/12/2026", "Thu 2026-12-24 09:00"),
    ],
)
def test_a_written_date_follows_the_locale(locale, text, expected):
    assert start(text, locale=locale) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("until tomorrow", "Sat 2026-11-21 09:00"),
        ("till 5pm", "Fri 2026-11-20 17:00"),
        ("until 5", "Fri 2026-11-20 17:00"),
        ("until monday at 9", "Mon 2026-11-23 09:00"),
        ("til tonight", "Fri 2026-11-20 21:00"),
        ("until the 3rd", "Thu 2026-12-03 09:00"),
        ("until tomorrow morning", "Sat 2026-11-21 09:00"),
        ("until 24 december", "Thu 2026-12-24 09:00"),
        ("till the morning", "Sat 2026-11-21 09:00"),
        ("until noon", "Sat 2026-11-21 12:00"),
    ],
)
def test_what_something_waits_for(text, expected):
    reading = read(text)
    assert reading.until
    assert start(text) == expected


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("on 30 february", TimeProblem.NO_SUCH_TIME),
        ("31 april 2027", TimeProblem.NO_SUCH_TIME),
        ("29 february 2027", TimeProblem.NO_SUCH_TIME),
        ("on 31/02", TimeProblem.NO_SUCH_TIME),
        ("on 32/13", TimeProblem.NO_SUCH_TIME),
        ("2026-13-01", TimeProblem.NO_SUCH_TIME),
        ("on the 32nd", TimeProblem.NO_SUCH_TIME),
        ("at 25:99", TimeProblem.NO_SUCH_TIME),
        ("25:99", TimeProblem.NO_SUCH_TIME),
        ("at 9:75", TimeProblem.NO_SUCH_TIME),
        ("at 25", TimeProblem.NO_SUCH_TIME),
        ("tomorrow at 25:00", TimeProblem.NO_SUCH_TIME),
        ("at 13am", TimeProblem.NO_SUCH_TIME),
        ("24 december 9999", None),
        ("9999-12-31", TimeProblem.NO_SUCH_TIME),
        ("saturday 27 november", TimeProblem.NO_SUCH_TIME),  # it is a Friday
        ("in 99999999 years", TimeProblem.NO_SUCH_TIME),
        ("until 30 february", TimeProblem.NO_SUCH_TIME),
        ("every month on the 32nd", TimeProblem.NO_SUCH_TIME),
        ("every 30 february", TimeProblem.NEVER_FIRES),
        ("every 0 days", TimeProblem.NEVER_FIRES),
        ("every 999999 days", TimeProblem.NEVER_FIRES),
        ("every day, 0 times", TimeProblem.NEVER_FIRES),
        ("every day until yesterday", TimeProblem.NEVER_FIRES),
        ("every monday until tomorrow", TimeProblem.NEVER_FIRES),
        ("every second", TimeProblem.TOO_OFTEN),
        ("every 30 seconds", TimeProblem.TOO_OFTEN),
        ("every 0 minutes", TimeProblem.TOO_OFTEN),
    ],
)
def test_what_cannot_be_is_reported_rather_than_guessed(text, problem):
    reading = read(text)
    assert reading.problem == problem
    assert (reading.schedule is None) == (problem is not None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("call mum tomorrow at 9 about the party", "tomorrow at 9"),
        ("tomorrow at 9 call mum", "tomorrow at 9"),
        ("every weekday, take pills at 8:30", "every weekday|at 8:30"),
        ("at 5 prepare for the meeting at 6", "at 5"),
        ("tomorrow reply to Bob, Alice and Carl at 10", "tomorrow|at 10"),
        ("buy 3 eggs tomorrow", "tomorrow"),
        ("read the 3rd chapter on friday", "on friday"),
        ("every monday at 9 plan, 5 times", "every monday at 9|5 times"),
        ("see tomorrow's list at 5pm", "at 5pm"),
    ],
)
def test_the_words_that_say_the_time_are_told_from_the_others(text, expected):
    assert used(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "call mum",
        "1/2 cup of milk",
        "may I ask",
        "march forward",
        "i sat there in the sun",
        "version 1.2.3",
        "+34 600 123 456",
        "room 12",
        "the 3rd chapter",
        "$5 and 12kg",
        "in at every the on until",
        "a table for 4",
        "call 0800 1111 at 0800 1111",
        "say it 10 times for 2 days",
        "second thoughts",
    ],
)
def test_what_says_no_time_is_not_read_as_one(text):
    assert read_time(text, Setting(NOW, MADRID)) is None


def test_an_unknown_zone_is_refused():
    with pytest.raises(UnknownZone):
        read_time("tomorrow", Setting(NOW, "Mars/Olympus"))
