"""A schedule moved to another time of the day."""

from __future__ import annotations

from datetime import datetime, time, timedelta

import pytest

from ontology.time.changing import with_time_of_day
from ontology.time.concepts import Schedule
from ontology.time.recurrence import check_schedule
from ontology.time.rule_words import say_repetition


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (None, "once"),
        ("FREQ=DAILY", "every day at 17:05"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "every 2 weeks on Monday and Thursday at 17:05"),
        ("FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0", "every day at 17:05"),
        (
            "FREQ=DAILY;BYDAY=MO;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4;COUNT=3",
            "every Monday at 17:05, 3 times",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=9",
            "on the last weekday of every month at 17:05",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
            "every second Monday at 17:05",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,20;BYMINUTE=0;BYSETPOS=-2,-1",
            "on the last weekday of every month at 17:05",
        ),
        ("FREQ=MINUTELY;INTERVAL=10", "every 10 minutes"),
    ],
)
def test_the_days_stay_and_the_time_is_the_new_one(rule, said):
    old = Schedule(
        zone="Europe/Madrid", start=datetime.fromisoformat("2026-11-23T08:30"), rule=rule
    )
    new = with_time_of_day(old, time(17, 5))
    check_schedule(new)
    assert new.start == datetime.fromisoformat("2026-11-23T17:05")
    assert say_repetition(new, new.first - timedelta(days=1)) == said
