"""Our reckoning and dateutil's agree on every rule that dateutil can finish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import islice, takewhile

from dateutil.rrule import rrulestr
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ontology.errors import HostileRule
from ontology.time.concepts import Schedule
from ontology.time.recurrence import (
    check_schedule,
    missed_between,
    next_after,
    previous_at_or_before,
)
from ontology.time.words import say_rule

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
SECOND = timedelta(seconds=1)
HORIZON = datetime(2100, 1, 1, tzinfo=UTC)

starts = st.integers(0, 40 * 365 * 1440).map(
    lambda minutes: datetime.fromisoformat("1995-01-01") + timedelta(minutes=minutes)
)


def listed(name: str, values: st.SearchStrategy[object]) -> st.SearchStrategy[str]:
    """Return a rule part with up to three values, or nothing."""
    several = st.lists(values, max_size=3, unique=True)
    return several.map(lambda chosen: f"{name}={','.join(map(str, chosen))}" if chosen else "")


def week_days(freq: str) -> st.SearchStrategy[str]:
    plain = listed("BYDAY", st.sampled_from(DAYS))
    if freq not in ("MONTHLY", "YEARLY"):
        return plain
    # Mixed with plain days, dateutil wants both at once where RFC 5545 has either.
    numbered = st.tuples(st.sampled_from(["1", "2", "-1"]), st.sampled_from(DAYS)).map("".join)
    return plain | listed("BYDAY", numbered)


def rules(freq: str) -> st.SearchStrategy[str]:
    elapsing = freq in ("HOURLY", "MINUTELY")  # dateutil looks at every minute of a year
    nothing = st.just("")
    places = listed("BYSETPOS", st.integers(-2, 2).filter(bool))
    month_days = listed("BYMONTHDAY", st.integers(-5, 31).filter(bool))
    parts = [
        st.just(f"FREQ={freq}"),
        nothing if elapsing else st.integers(1, 6).map(lambda n: f"INTERVAL={n}"),
        nothing if elapsing else listed("BYMONTH", st.integers(1, 12)),
        week_days(freq),
        listed("BYYEARDAY", st.integers(-366, 366).filter(bool))
        if freq == "YEARLY"
        else nothing,
        nothing if elapsing or freq == "WEEKLY" else month_days,
        listed("BYHOUR", st.integers(0, 23)),
        listed("BYMINUTE", st.integers(0, 59)),
        # dateutil cuts the first week at its start, so its places there are others.
        nothing if elapsing or freq == "WEEKLY" else places,
        st.sampled_from(["", "WKST=SU", "WKST=TH"]),
        st.sampled_from(["", "COUNT=1", "COUNT=7", "UNTIL=20400101T000000Z"]),
    ]
    return st.tuples(*parts).map(lambda chosen: ";".join(filter(None, chosen)))


any_rule = st.sampled_from(
    ["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY"]
).flatmap(rules)


def by_dateutil(of: Schedule, count: int) -> list[datetime]:
    """Return what dateutil expands; only for schedules known to fire."""
    expanded = rrulestr(f"RRULE:{of.rule}", dtstart=of.start.replace(tzinfo=UTC))
    within = takewhile(lambda at: at < HORIZON, expanded)
    return list(islice(within, count))


@settings(max_examples=200, deadline=None)
@given(start=starts, rule=any_rule)
def test_occurrences_are_those_that_dateutil_expands(start, rule):
    of = Schedule(zone="UTC", start=start, rule=rule)
    try:
        check_schedule(of)
    except HostileRule:
        assume(False)
    expected = by_dateutil(of, 8)
    after = of.first - SECOND
    for occurrence in expected:
        assert next_after(of, after) == occurrence
        assert previous_at_or_before(of, occurrence) == occurrence
        assert previous_at_or_before(of, occurrence - SECOND) == (
            after if after >= of.first else None
        )
        after = occurrence
    if expected:
        assert missed_between(of, of.first - SECOND, expected[-1], 100) == len(expected)


@settings(max_examples=100, deadline=None)
@given(
    start=starts,
    rule=any_rule,
    zone=st.sampled_from(
        ["Europe/Madrid", "America/Nuuk", "Australia/Lord_Howe", "Asia/Kathmandu"]
    ),
    after=starts,
)
def test_the_next_one_is_later_and_the_previous_one_leads_back_to_it(start, rule, zone, after):
    of = Schedule(zone=zone, start=start, rule=rule)
    try:
        check_schedule(of)
    except HostileRule:
        assume(False)
    asked = after.replace(tzinfo=UTC)
    upcoming = next_after(of, asked)
    previous = previous_at_or_before(of, asked)
    if upcoming is not None:
        assert upcoming > asked
        assert previous_at_or_before(of, upcoming) == upcoming
        assert previous_at_or_before(of, upcoming - SECOND) == previous
    if previous is not None:
        assert of.first <= previous <= asked
        assert next_after(of, previous) == upcoming
        assert next_after(of, previous - SECOND) == previous


@settings(max_examples=200, deadline=None)
@given(start=starts, rule=any_rule)
def test_every_rule_that_is_kept_can_be_said(start, rule):
    of = Schedule(zone="Europe/Madrid", start=start, rule=rule)
    try:
        check_schedule(of)
    except HostileRule:
        assume(False)
    said = say_rule(of)
    assert said.startswith(
        ("every ", "on the ", "twice a day ", "3 times a day ", "4 times a day ")
    ), said
    assert "  " not in said
    assert said.isprintable()
