"""How often something repeats, said in steps, weeks, months and years."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ontology.time.reading import Setting, read_time

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=ZoneInfo("Europe/Madrid"))

STEPS = [
    ("every day", "FREQ=DAILY", "2026-11-21 09:00"),
    ("every single day at 7am", "FREQ=DAILY", "2026-11-21 07:00"),
    ("daily at 6:45 pm", "FREQ=DAILY", "2026-11-20 18:45"),
    ("each and every day at noon", "FREQ=DAILY", "2026-11-21 12:00"),
    ("every night at 10", "FREQ=DAILY", "2026-11-20 22:00"),
    ("8 every evening", "FREQ=DAILY", "2026-11-20 20:00"),
    ("7 every morning", "FREQ=DAILY", "2026-11-21 07:00"),
    ("every night", "FREQ=DAILY", "2026-11-20 21:00"),
    ("nightly at 11pm", "FREQ=DAILY", "2026-11-20 23:00"),
    ("every morning", "FREQ=DAILY", "2026-11-21 09:00"),
    ("every morning at 7", "FREQ=DAILY", "2026-11-21 07:00"),
    ("in the evenings at 8", "FREQ=DAILY", "2026-11-20 20:00"),
    ("every evening at half past 7", "FREQ=DAILY", "2026-11-20 19:30"),
    ("everyday at 4pm", "FREQ=DAILY", "2026-11-20 16:00"),
    ("5pm daily", "FREQ=DAILY", "2026-11-20 17:00"),
    ("every other day at 8pm", "FREQ=DAILY;INTERVAL=2", "2026-11-20 20:00"),
    ("every second day", "FREQ=DAILY;INTERVAL=2", "2026-11-21 09:00"),
    ("every third day at 10am", "FREQ=DAILY;INTERVAL=3", "2026-11-21 10:00"),
    ("every couple of days at 6pm", "FREQ=DAILY;INTERVAL=2", "2026-11-20 18:00"),
    ("once every ten days", "FREQ=DAILY;INTERVAL=10", "2026-11-21 09:00"),
    ("alternate days at 5pm", "FREQ=DAILY;INTERVAL=2", "2026-11-20 17:00"),
    ("every forty-five minutes", "FREQ=MINUTELY;INTERVAL=45", "2026-11-20 12:45"),
    ("every half hour", "FREQ=MINUTELY;INTERVAL=30", "2026-11-20 12:30"),
    ("every half an hour", "FREQ=MINUTELY;INTERVAL=30", "2026-11-20 12:30"),
    ("every quarter of an hour", "FREQ=MINUTELY;INTERVAL=15", "2026-11-20 12:15"),
    ("every hour and a half", "FREQ=MINUTELY;INTERVAL=90", "2026-11-20 13:30"),
    ("every 1.5 hours", "FREQ=MINUTELY;INTERVAL=90", "2026-11-20 13:30"),
    ("every 2h30", "FREQ=MINUTELY;INTERVAL=150", "2026-11-20 14:30"),
    ("every other hour", "FREQ=HOURLY;INTERVAL=2", "2026-11-20 14:00"),
    ("hourly", "FREQ=HOURLY", "2026-11-20 13:00"),
    ("once an hour", "FREQ=HOURLY", "2026-11-20 13:00"),
    ("twice an hour", "FREQ=MINUTELY;INTERVAL=30", "2026-11-20 12:30"),
    ("every six hours starting at 6pm", "FREQ=HOURLY;INTERVAL=6", "2026-11-20 18:00"),
    ("every 12 hrs", "FREQ=HOURLY;INTERVAL=12", "2026-11-21 00:00"),
    ("every few hours", "FREQ=HOURLY;INTERVAL=3", "2026-11-20 15:00"),
]

WEEKS = [
    ("every week", "FREQ=WEEKLY", "2026-11-27 09:00"),
    ("weekly on friday at 2pm", "FREQ=WEEKLY;BYDAY=FR", "2026-11-20 14:00"),
    ("every mon, wed & fri at 6am", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-23 06:00"),
    (
        "mondays, wednesdays and fridays at 18:30",
        "FREQ=WEEKLY;BYDAY=MO,WE,FR",
        "2026-11-20 18:30",
    ),
    ("every tues/thurs at 9:15am", "FREQ=WEEKLY;BYDAY=TU,TH", "2026-11-24 09:15"),
    (
        "every monday through thursday at 5pm",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH",
        "2026-11-23 17:00",
    ),
    ("every day mon-fri at 8:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23 08:30"),
    ("on weekday mornings at 7:30", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-23 07:30"),
    ("every business day at 16:00", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-20 16:00"),
    ("weeknights at 9", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "2026-11-20 21:00"),
    ("every weekend at 11am", "FREQ=WEEKLY;BYDAY=SA,SU", "2026-11-21 11:00"),
    ("saturday and sunday mornings", "FREQ=WEEKLY;BYDAY=SA,SU", "2026-11-21 09:00"),
    ("every friday night", "FREQ=WEEKLY;BYDAY=FR", "2026-11-20 21:00"),
    ("sunday evenings at 6", "FREQ=WEEKLY;BYDAY=SU", "2026-11-22 18:00"),
    ("every other tuesday at 3pm", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2026-11-24 15:00"),
    ("every second thursday", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH", "2026-11-26 09:00"),
    ("alternate wednesdays at noon", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-11-25 12:00"),
    ("every 3 weeks on sunday", "FREQ=WEEKLY;INTERVAL=3;BYDAY=SU", "2026-11-22 09:00"),
    ("fortnightly on mondays", "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO", "2026-11-23 09:00"),
    ("every fortnight", "FREQ=WEEKLY;INTERVAL=2", "2026-11-27 09:00"),
    ("biweekly on wed at 10", "FREQ=WEEKLY;INTERVAL=2;BYDAY=WE", "2026-11-25 10:00"),
    ("bi-weekly", "FREQ=WEEKLY;INTERVAL=2", "2026-11-27 09:00"),
    ("once a week on thursdays", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26 09:00"),
    ("three times a week", "FREQ=WEEKLY;BYDAY=MO,WE,FR", "2026-11-23 09:00"),
    ("twice a week", "FREQ=WEEKLY;BYDAY=MO,TH", "2026-11-23 09:00"),
    (
        "twice a week on tuesday and saturday at 7pm",
        "FREQ=WEEKLY;BYDAY=TU,SA",
        "2026-11-21 19:00",
    ),
    ("every wendsday at 4pm", "FREQ=WEEKLY;BYDAY=WE", "2026-11-25 16:00"),
    ("every thrusday", "FREQ=WEEKLY;BYDAY=TH", "2026-11-26 09:00"),
]

MONTHS = [
    ("7pm on the second tuesday of each month", "FREQ=MONTHLY;BYDAY=2TU", "2026-12-08 19:00"),
    ("every month at 9am on the first monday", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07 09:00"),
    (
        "at noon on the last day of the month, every month",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "2026-11-30 12:00",
    ),
    ("every month", "FREQ=MONTHLY", "2026-12-20 09:00"),
    ("monthly on the 15th", "FREQ=MONTHLY;BYMONTHDAY=15", "2026-12-15 09:00"),
    ("on the 1st and 15th of every month", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01 09:00"),
    (
        "the 5th, 15th and 25th of each month",
        "FREQ=MONTHLY;BYMONTHDAY=5,15,25",
        "2026-11-25 09:00",
    ),
    ("every 10th of the month at 8am", "FREQ=MONTHLY;BYMONTHDAY=10", "2026-12-10 08:00"),
    ("on the first of every month", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 09:00"),
    ("the last day of every month at 17:00", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 17:00"),
    ("at the end of every month", "FREQ=MONTHLY;BYMONTHDAY=-1", "2026-11-30 09:00"),
    ("at the beginning of each month", "FREQ=MONTHLY;BYMONTHDAY=1", "2026-12-01 09:00"),
    ("last friday of each month at 4pm", "FREQ=MONTHLY;BYDAY=-1FR", "2026-11-27 16:00"),
    ("every first monday of the month", "FREQ=MONTHLY;BYDAY=1MO", "2026-12-07 09:00"),
    (
        "on the second and fourth tuesday of every month",
        "FREQ=MONTHLY;BYDAY=2TU,4TU",
        "2026-11-24 09:00",
    ),
    ("2nd wednesday each month at 7pm", "FREQ=MONTHLY;BYDAY=2WE", "2026-12-09 19:00"),
    (
        "the third thursday of every month at 18:00",
        "FREQ=MONTHLY;BYDAY=3TH",
        "2026-12-17 18:00",
    ),
    ("every last sunday", "FREQ=MONTHLY;BYDAY=-1SU", "2026-11-29 09:00"),
    (
        "monthly on the last weekday",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "2026-11-30 09:00",
    ),
    (
        "on the first working day of every month",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1",
        "2026-12-01 09:00",
    ),
    ("every two months on the 7th", "FREQ=MONTHLY;INTERVAL=2;BYMONTHDAY=7", "2026-12-07 09:00"),
    ("every other month", "FREQ=MONTHLY;INTERVAL=2", "2026-12-20 09:00"),
    ("quarterly", "FREQ=MONTHLY;INTERVAL=3", "2026-12-20 09:00"),
    ("every quarter on the 1st", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1", "2026-12-01 09:00"),
    ("every six months", "FREQ=MONTHLY;INTERVAL=6", "2026-12-20 09:00"),
    ("twice a month", "FREQ=MONTHLY;BYMONTHDAY=1,15", "2026-12-01 09:00"),
    ("half-yearly on the 3rd", "FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=3", "2026-12-03 09:00"),
    ("bimonthly", "FREQ=MONTHLY;INTERVAL=2", "2026-12-20 09:00"),
    ("every friday the 13th", "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR", "2027-08-13 09:00"),
    ("the second to last day of every month", "FREQ=MONTHLY;BYMONTHDAY=-2", "2026-11-29 09:00"),
]

YEARS = [
    (
        "5pm on the first monday in september every year",
        "FREQ=YEARLY;BYMONTH=9;BYDAY=1MO",
        "2027-09-06 17:00",
    ),
    ("every year on june 3", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=3", "2027-06-03 09:00"),
    ("every june 3rd at 8am", "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=3", "2027-06-03 08:00"),
    ("every 14th of february", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14", "2027-02-14 09:00"),
    ("annually on 1 may", "FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=1", "2027-05-01 09:00"),
    (
        "yearly on the 24th of december",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
        "2026-12-24 09:00",
    ),
    ("every christmas", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=25", "2026-12-25 09:00"),
    ("every thanksgiving", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH", "2026-11-26 09:00"),
    ("every january", "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1", "2027-01-01 09:00"),
    ("every jan and jul", "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1", "2027-01-01 09:00"),
    (
        "every year on the last sunday of march",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "2027-03-28 09:00",
    ),
    ("every 3rd tuesday in november", "FREQ=YEARLY;BYMONTH=11;BYDAY=3TU", "2027-11-16 09:00"),
    (
        "every 4 years on february 29",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
        "2028-02-29 09:00",
    ),
    ("every monday in december at 8am", "FREQ=WEEKLY;BYMONTH=12;BYDAY=MO", "2026-12-07 08:00"),
    ("once a year", "FREQ=YEARLY", "2027-11-20 09:00"),
    (
        "every jan 1 and jul 15",
        "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1,15;BYSETPOS=1,4",
        "2027-01-01 09:00",
    ),
]


@pytest.mark.parametrize(("text", "rule", "start"), STEPS + WEEKS + MONTHS + YEARS)
def test_a_repetition_is_read_with_its_first_occurrence(text, rule, start):
    for said in (text, f"remind me {text} to pay the rent", f"remind me to call mom {text}"):
        reading = read_time(said, Setting(FRIDAY_NOON, "Europe/Madrid"))
        assert reading is not None, said
        assert reading.schedule is not None, said
        assert reading.schedule.rule == rule, said
        assert reading.schedule.start == datetime.fromisoformat(start), said
        assert "rule" in reading.given, said
