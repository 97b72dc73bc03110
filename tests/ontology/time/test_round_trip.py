"""What is said of a schedule, read again, is the same schedule."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ontology.errors import HostileRule
from ontology.time.concepts import Schedule
from ontology.time.reading import Setting, read_time
from ontology.time.recurrence import check_schedule, next_after, previous_at_or_before
from ontology.time.words import say_rule
from tests.ontology.time.test_recurrence_properties import any_rule, starts

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
WEEKDAYS = "MO,TU,WE,TH,FR"
SECOND = timedelta(seconds=1)
MANY = 12

nows = st.integers(0, 8 * 365 * 1440).map(
    lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
zones = st.sampled_from(["Europe/Madrid", "America/New_York", "Asia/Kathmandu", "UTC"])


def several(values: st.SearchStrategy[object], most: int) -> st.SearchStrategy[str]:
    chosen = st.lists(values, min_size=1, max_size=most, unique=True)
    return chosen.map(lambda some: ",".join(map(str, some)))


weekdays = several(st.sampled_from(DAYS), 6) | st.just(WEEKDAYS) | st.just("SA,SU")
numbered = several(
    st.tuples(st.sampled_from(["1", "2", "3", "4", "-1", "-2"]), st.sampled_from(DAYS)).map(
        "".join
    ),
    2,
)
month_days = several(st.integers(1, 31) | st.sampled_from([-1, -2]), 3)
months = several(st.integers(1, 12), 11)
intervals = st.sampled_from(["", ";INTERVAL=2", ";INTERVAL=3", ";INTERVAL=10"])
in_months = st.just("") | months.map(lambda some: f";BYMONTH={some}")

daily = st.tuples(st.just("FREQ=DAILY"), intervals, st.just("")) | st.tuples(
    st.just("FREQ=DAILY"), st.just(""), in_months
)
weekly = st.tuples(
    st.just("FREQ=WEEKLY"),
    intervals,
    weekdays.map(lambda days: f";BYDAY={days}"),
) | st.tuples(weekdays.map(lambda days: f"FREQ=WEEKLY;BYDAY={days}"), in_months, st.just(""))
monthly = st.tuples(
    st.just("FREQ=MONTHLY"),
    intervals,
    month_days.map(lambda days: f";BYMONTHDAY={days}")
    | numbered.map(lambda days: f";BYDAY={days}")
    | st.just(""),
)
yearly = st.tuples(
    st.just("FREQ=YEARLY"),
    intervals,
    st.tuples(months, month_days).map(lambda both: f";BYMONTH={both[0]};BYMONTHDAY={both[1]}")
    | st.tuples(months, numbered).map(lambda both: f";BYMONTH={both[0]};BYDAY={both[1]}"),
)
elapsing = st.sampled_from(
    ["FREQ=HOURLY", "FREQ=HOURLY;INTERVAL=6", "FREQ=MINUTELY;INTERVAL=45", "FREQ=MINUTELY"]
).map(lambda rule: (rule, "", ""))
several_times = st.sampled_from(
    [
        "",
        ";BYHOUR=8,20;BYMINUTE=0",
        ";BYHOUR=6,14,22;BYMINUTE=30",
        ";BYHOUR=9,10,11,12,13,14,15,16,17;BYMINUTE=0",
    ]
)
ends = st.sampled_from(["", ";COUNT=1", ";COUNT=5"]) | st.integers(1, 800).map(
    lambda days: f";UNTIL={datetime(2030, 1, 1) + timedelta(days=days):%Y%m%d}"  # noqa: DTZ001
)
picked = st.tuples(
    st.just("FREQ=MONTHLY"),
    intervals,
    st.sampled_from(["1", "-1", "1,-1"]).map(lambda at: f";BYDAY={WEEKDAYS};BYSETPOS={at}"),
)
nothing = st.just("")
rules = (
    st.tuples((daily | weekly | monthly | yearly).map("".join), several_times, ends)
    | st.tuples(elapsing.map("".join), nothing, ends)
    | st.tuples(picked.map("".join), nothing, ends)
).map("".join)
BEYOND_WORDS = ("only the", "if it is", "…", "in the hours", "at minute", "weeks begin")
"""What is said of rules that are shown, but that the grammar has no words for."""


def occurrences(of: Schedule, after: datetime) -> list[datetime]:
    found: list[datetime] = []
    while len(found) < MANY and (upcoming := next_after(of, after)) is not None:
        found.append(upcoming)
        after = upcoming
    return found


def last(of: Schedule) -> datetime | None:
    bounded = "COUNT" in (of.rule or "") or "UNTIL" in (of.rule or "")
    return previous_at_or_before(of, datetime(2500, 1, 1, tzinfo=UTC)) if bounded else None


def is_read_as(said: str, of: Schedule, now: datetime) -> bool:
    reading = read_time(said, Setting(now, of.zone))
    if reading is None or reading.schedule is None:
        return False
    again = reading.schedule
    return occurrences(again, now) == occurrences(of, now) and last(again) == last(of)


@settings(max_examples=150, deadline=None)
@given(now=nows, zone=zones, rule=rules, minutes=st.integers(-400 * 1440, 400 * 1440))
def test_the_words_of_a_schedule_are_read_as_the_same_schedule(now, zone, rule, minutes):
    begin = (now + timedelta(minutes=minutes)).replace(tzinfo=None)
    of = Schedule(zone=zone, start=begin, rule=rule)
    assume(is_kept(of) and next_after(of, now) is not None)
    assert is_read_as(say_rule(of, now), of, now), say_rule(of, now)


@settings(max_examples=150, deadline=None)
@given(start=starts, rule=any_rule.map(lambda rule: rule.replace("T000000Z", "")))
def test_any_rule_is_read_as_the_same_or_shown_with_what_makes_it_special(start, rule):
    of = Schedule(zone="Europe/Madrid", start=start, rule=rule)
    assume(is_kept(of))
    now = of.first - SECOND
    said = say_rule(of, now)
    assert is_read_as(said, of, now) or any(word in said for word in BEYOND_WORDS), said


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4,5,8",
        "FREQ=MONTHLY;BYMONTHDAY=1,15;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4,5,8",
        "FREQ=MONTHLY;BYMONTHDAY=31;BYHOUR=8,20;BYMINUTE=0,30;BYSETPOS=1,4",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,20;BYMINUTE=0;BYSETPOS=-2,-1",
        "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1,15;BYSETPOS=1,4",
        "FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=3;BYHOUR=8,20;BYMINUTE=0,15;BYSETPOS=1,4",
        "FREQ=DAILY;BYHOUR=9,10,11,12;BYMINUTE=0,30;BYSETPOS=1,2,3,4,5,6,7",
        f"FREQ=DAILY;BYMONTHDAY={','.join(str(day) for day in range(1, 32) if day != 13)}",
        "FREQ=WEEKLY;BYMONTH=1,2,3,4,6,7,8,9,10,11,12;BYDAY=MO,TU,WE,TH,FR,SA",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=YEARLY;BYMONTH=11;BYDAY=TH;BYMONTHDAY=22,23,24,25,26,27,28",
        "FREQ=YEARLY;BYDAY=FR;BYSETPOS=-1",
        "FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
    ],
)
def test_what_places_pick_is_read_back_too(rule):
    of = Schedule(
        zone="Europe/Madrid", start=datetime.fromisoformat("2026-11-20T08:00"), rule=rule
    )
    for now in (of.first - SECOND, of.first + timedelta(days=100)):
        assert is_read_as(say_rule(of, now), of, now), say_rule(of, now)


def is_kept(of: Schedule) -> bool:
    try:
        check_schedule(of)
    except HostileRule:
        return False
    return True
