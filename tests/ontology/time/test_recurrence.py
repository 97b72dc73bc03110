"""When schedules fire: tables over the changes of clocks, and starts of long ago."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest

from ontology.errors import HostileRule
from ontology.time.concepts import Schedule
from ontology.time.recurrence import (
    check_schedule,
    missed_between,
    next_after,
    previous_at_or_before,
    to_instant,
)

LONG_AGO = datetime(1900, 1, 1, tzinfo=UTC)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


def schedule(zone: str, start: str, rule: str | None = None, fold: int = 0) -> Schedule:
    return Schedule(zone=zone, start=wall(start), rule=rule, fold=fold)


def firings(of: Schedule, count: int, after: datetime = LONG_AGO) -> list[datetime]:
    """Return the first occurrences by asking for the next one again and again."""
    fired: list[datetime] = []
    while len(fired) < count and (upcoming := next_after(of, after)) is not None:
        fired.append(upcoming)
        after = upcoming
    return fired


@pytest.mark.parametrize(
    ("zone", "local", "fold", "instant"),
    [
        ("Europe/Madrid", "2026-07-01 09:00", 0, "2026-07-01 07:00"),
        ("Europe/Madrid", "2026-03-29 02:30", 0, "2026-03-29 01:30"),  # skipped: 03:30
        ("Europe/Madrid", "2026-03-29 02:30", 1, "2026-03-29 01:30"),  # there is no second
        ("Europe/Madrid", "2026-10-25 02:30", 0, "2026-10-25 00:30"),  # repeated: the first
        ("Europe/Madrid", "2026-10-25 02:30", 1, "2026-10-25 01:30"),
        ("America/New_York", "2026-03-08 02:15", 0, "2026-03-08 07:15"),
        ("America/New_York", "2026-11-01 01:30", 0, "2026-11-01 05:30"),
        ("Australia/Lord_Howe", "2026-10-04 02:10", 0, "2026-10-03 15:40"),  # a gap of 30 min
        ("Australia/Lord_Howe", "2026-04-05 01:45", 0, "2026-04-04 14:45"),
        ("Australia/Lord_Howe", "2026-04-05 01:45", 1, "2026-04-04 15:15"),
        ("Asia/Kathmandu", "2026-11-20 09:00", 0, "2026-11-20 03:15"),  # +05:45
        ("America/Santiago", "2026-09-06 00:30", 0, "2026-09-06 04:30"),  # no midnight that day
        ("America/Nuuk", "2026-03-28 23:30", 0, "2026-03-29 01:30"),  # a gap up to midnight
        ("Pacific/Apia", "2011-12-30 09:00", 0, "2011-12-30 19:00"),  # a whole day skipped
        ("Africa/Casablanca", "2026-03-22 02:30", 0, "2026-03-22 02:30"),  # back after Ramadan
    ],
)
def test_wall_times_become_instants_on_the_zones_own_terms(zone, local, fold, instant):
    assert to_instant(wall(local), zone, fold) == at(instant)
    assert to_instant(wall(local), ZoneInfo(zone), fold) == at(instant)


@pytest.mark.parametrize(
    ("start", "after", "expected"),
    [
        ("2026-11-20 09:00", "2026-11-20 07:59", "2026-11-20 08:00"),
        ("2026-11-20 09:00", "2026-11-20 08:00", None),  # strictly after
        ("2026-11-20 09:00", "2026-11-21 08:00", None),
    ],
)
def test_what_happens_once_fires_once(start, after, expected):
    once = schedule("Europe/Madrid", start)
    assert next_after(once, at(after)) == (at(expected) if expected else None)
    assert previous_at_or_before(once, at(after)) == (None if expected else once.first)


@pytest.mark.parametrize(
    ("zone", "start", "rule", "expected"),
    [
        # 09:00 stays 09:00 over both changes of clocks
        (
            "Europe/Madrid",
            "2026-03-28 09:00",
            "FREQ=DAILY",
            ["2026-03-28 08:00", "2026-03-29 07:00", "2026-03-30 07:00"],
        ),
        (
            "America/New_York",
            "2026-10-31 09:00",
            "FREQ=DAILY",
            ["2026-10-31 13:00", "2026-11-01 14:00", "2026-11-02 14:00"],
        ),
        # a skipped wall time moves by the gap, that day only
        (
            "Europe/Madrid",
            "2026-03-28 02:30",
            "FREQ=DAILY",
            ["2026-03-28 01:30", "2026-03-29 01:30", "2026-03-30 00:30"],
        ),
        # a repeated one fires once, the first time
        (
            "Europe/Madrid",
            "2026-10-24 02:30",
            "FREQ=DAILY",
            ["2026-10-24 00:30", "2026-10-25 00:30", "2026-10-26 01:30"],
        ),
        (
            "Australia/Lord_Howe",
            "2026-10-03 02:10",
            "FREQ=DAILY",
            ["2026-10-02 15:40", "2026-10-03 15:40", "2026-10-04 15:10"],
        ),
        ("Asia/Kathmandu", "2026-11-20 09:00", "FREQ=WEEKLY", ["2026-11-20 03:15"]),
        # Morocco goes back an hour for Ramadan, and forward after it
        (
            "Africa/Casablanca",
            "2026-02-14 09:00",
            "FREQ=DAILY",
            ["2026-02-14 08:00", "2026-02-15 09:00", "2026-02-16 09:00"],
        ),
        # Samoa has no 30 December 2011; both wall times are one instant and fire once
        (
            "Pacific/Apia",
            "2011-12-29 09:00",
            "FREQ=DAILY",
            ["2011-12-29 19:00", "2011-12-30 19:00", "2011-12-31 19:00"],
        ),
        # the gap carries 23:30 into the next day, past its 00:15
        (
            "America/Nuuk",
            "2026-03-28 00:15",
            "FREQ=DAILY;BYHOUR=0,23;BYMINUTE=15,30",
            [
                "2026-03-28 02:15",
                "2026-03-28 02:30",
                "2026-03-29 01:15",
                "2026-03-29 01:30",
                "2026-03-30 00:15",
            ],
        ),
        # an hour elapses even when the clock repeats it
        (
            "Europe/Madrid",
            "2026-10-25 01:30",
            "FREQ=HOURLY",
            ["2026-10-24 23:30", "2026-10-25 00:30", "2026-10-25 01:30", "2026-10-25 02:30"],
        ),
        (
            "Europe/Madrid",
            "2026-03-29 01:50",
            "FREQ=MINUTELY;INTERVAL=20",
            ["2026-03-29 00:50", "2026-03-29 01:10", "2026-03-29 01:30"],
        ),
        # office hours, on the wall clock
        (
            "Europe/Madrid",
            "2026-11-20 16:00",
            "FREQ=HOURLY;BYHOUR=9,10,16,17;BYDAY=MO,TU,WE,TH,FR",
            ["2026-11-20 15:00", "2026-11-20 16:00", "2026-11-23 08:00", "2026-11-23 09:00"],
        ),
        (
            "Europe/Madrid",
            "2026-11-20 09:05",
            "FREQ=HOURLY;BYMINUTE=5,35;BYHOUR=9",
            ["2026-11-20 08:05", "2026-11-20 08:35", "2026-11-21 08:05"],
        ),
        # months without such a day are passed over
        (
            "Europe/Madrid",
            "2026-01-31 10:00",
            "FREQ=MONTHLY",
            ["2026-01-31 09:00", "2026-03-31 08:00", "2026-05-31 08:00"],
        ),
        ("UTC", "2024-02-29 10:00", "FREQ=YEARLY", ["2024-02-29 10:00", "2028-02-29 10:00"]),
        (
            "UTC",
            "2096-02-29 10:00",
            "FREQ=YEARLY",
            ["2096-02-29 10:00", "2104-02-29 10:00"],
        ),
        (
            "UTC",
            "2026-11-30 17:00",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            ["2026-11-30 17:00", "2026-12-31 17:00", "2027-01-29 17:00"],
        ),
        (
            "UTC",
            "2026-11-22 09:00",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;WKST=SU",
            ["2026-11-22 09:00", "2026-11-23 09:00", "2026-12-06 09:00"],
        ),
        # a start that the rule does not name is not an occurrence
        ("UTC", "2026-11-20 09:00", "FREQ=WEEKLY;BYDAY=MO", ["2026-11-23 09:00"]),
    ],
)
def test_rules_fire_when_the_wall_clock_says(zone, start, rule, expected):
    of = schedule(zone, start, rule)
    assert firings(of, len(expected)) == [at(text) for text in expected]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("FREQ=DAILY;COUNT=3", 3),
        ("FREQ=DAILY;UNTIL=20261122T080000Z", 3),  # the last instant is let through
        ("FREQ=DAILY;UNTIL=20261122T075959Z", 2),
        ("FREQ=DAILY;UNTIL=20261122T090000", 3),  # without Z: the wall clock of the zone
        ("FREQ=DAILY;UNTIL=20261122", 3),  # a bare date: that whole day
        ("FREQ=MINUTELY;COUNT=5", 5),
        ("FREQ=HOURLY;BYHOUR=9,10;COUNT=3", 3),
        ("FREQ=MINUTELY;UNTIL=20261120T080400Z", 5),
    ],
)
def test_rules_end_where_they_say(rule, expected):
    of = schedule("Europe/Madrid", "2026-11-20 09:00", rule)
    fired = firings(of, 50)
    assert len(fired) == expected
    assert previous_at_or_before(of, at("2030-01-01")) == fired[-1]
    assert missed_between(of, LONG_AGO, at("2030-01-01"), 50) == expected


def test_a_first_occurrence_in_the_second_pass_of_an_hour_is_kept_there():
    of = schedule("Europe/Madrid", "2026-10-25 02:30", "FREQ=DAILY", fold=1)
    assert firings(of, 2) == [at("2026-10-25 01:30"), at("2026-10-26 01:30")]


def test_missed_occurrences_are_counted_up_to_a_limit():
    of = schedule("UTC", "2026-11-20 09:00", "FREQ=MINUTELY;INTERVAL=10")
    assert missed_between(of, at("2026-11-20 09:00"), at("2026-11-20 10:00"), 100) == 6
    assert missed_between(of, at("2026-11-20 09:00"), at("2026-11-20 10:00"), 4) == 4
    assert missed_between(of, at("2026-11-20 10:00"), at("2026-11-20 10:00"), 4) == 0
    assert (
        missed_between(schedule("UTC", "2026-11-20 09:00"), LONG_AGO, at("2026-12-01"), 9) == 1
    )


@pytest.mark.parametrize(
    ("start", "rule", "reason"),
    [
        ("2026-11-20 09:00", "FREQ=DAILY;UNTIL=20261119T000000Z", "ends before it begins"),
        ("2026-11-20 09:00", "FREQ=DAILY;UNTIL=20261119", "ends before it begins"),
        ("2026-11-20 09:00", "FREQ=WEEKLY;BYDAY=MO;UNTIL=20261122", "never fire"),
        ("2026-11-20 09:00", "FREQ=DAILY;INTERVAL=7;BYDAY=MO", "never fire"),
        ("2026-04-30 09:00", "FREQ=MONTHLY;INTERVAL=12;BYMONTHDAY=31", "never fire"),
        ("2026-11-20 09:00", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6", "never fire"),
        ("2026-11-20 09:00", "FREQ=MONTHLY;BYDAY=1FR;BYMONTHDAY=9", "never fire"),
        ("2026-11-20 09:00", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "never fire"),
        ("9999-12-31 09:00", "FREQ=DAILY", "after the year 2999"),
    ],
)
def test_a_rule_that_never_fires_from_its_start_is_refused(start, rule, reason):
    with pytest.raises(HostileRule, match=reason):
        check_schedule(schedule("Europe/Madrid", start, rule))


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=MINUTELY",
        "FREQ=MINUTELY;COUNT=10000",
        "FREQ=DAILY;COUNT=10000",
        "FREQ=YEARLY;COUNT=10000",
        "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=29;COUNT=10000",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO;COUNT=10000",
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYSETPOS=366",
        "FREQ=MINUTELY;INTERVAL=60;BYHOUR=3;BYMONTH=12;BYDAY=SU",
        "FREQ=DAILY;BYHOUR=" + ",".join(map(str, range(24))) + ";BYMINUTE=0,5,10,15,20,25,30",
    ],
)
def test_no_rule_takes_long_however_long_ago_it_began(rule):
    of = schedule("Europe/Madrid", "1996-01-01 09:00", rule)
    began = process_time()
    next_after(of, at("2026-11-20 12:00"))
    previous_at_or_before(of, at("2026-11-20 12:00"))
    assert process_time() - began < 0.5


def test_asking_for_the_next_one_is_cheap_in_the_thirtieth_year():
    of = schedule("Europe/Madrid", "1996-01-01 09:00", "FREQ=MINUTELY;INTERVAL=7")
    now = at("2026-11-20 12:00")
    began = process_time()
    for minute in range(200):
        upcoming = next_after(of, now + timedelta(minutes=minute))
        assert upcoming is not None
    assert process_time() - began < 0.2
