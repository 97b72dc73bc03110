"""Which recurrence rules are kept, and why others are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.errors import HostileRule
from ontology.time.recurrence import check_rule


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=DAILY",
        "freq=daily;interval=2",
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;WKST=SU",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYYEARDAY=100,-1",
        "FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0;BYSECOND=0",
        "FREQ=HOURLY;BYHOUR=9,10,11;BYMINUTE=0,30",
        "FREQ=MINUTELY;INTERVAL=10;BYHOUR=9",
        "FREQ=MINUTELY;UNTIL=20270101T000000Z",
        "FREQ=DAILY;COUNT=10000",
        "FREQ=YEARLY;INTERVAL=100",
    ],
)
def test_an_ordinary_rule_is_kept(rule):
    check_rule(rule)


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ("FREQ=SECONDLY", "every second"),
        ("FREQ=DAILY;BYSECOND=0,30", "several times a minute"),
        ("FREQ=FORTNIGHTLY", "not a frequency"),
        ("INTERVAL=2", "not a frequency"),
        ("", "not a part"),
        ("every day", "not a part"),
        ("RRULE:FREQ=DAILY", "not a part"),
        ("FREQ=DAILY;", "not a part"),
        ("FREQ=DAILY;BYEASTER=0", "not a part"),
        ("FREQ=YEARLY;BYWEEKNO=20", "not a part"),
        ("FREQ=DAILY;COUNT=", "not a part"),
        ("FREQ=DAILY;FREQ=WEEKLY", "given twice"),
        ("FREQ=DAILY;COUNT=0", "out of bounds"),
        ("FREQ=DAILY;COUNT=-3", "out of bounds"),
        ("FREQ=DAILY;COUNT=10001", "out of bounds"),
        ("FREQ=DAILY;COUNT=99999999999999999999", "out of bounds"),
        ("FREQ=DAILY;COUNT=٣", "out of bounds"),
        ("FREQ=DAILY;INTERVAL=0", "out of bounds"),
        ("FREQ=DAILY;INTERVAL=36501", "less than once in a hundred years"),
        ("FREQ=YEARLY;INTERVAL=101", "less than once in a hundred years"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "exclude each other"),
        ("FREQ=DAILY;UNTIL=tomorrow", "not a date"),
        ("FREQ=DAILY;UNTIL=20260230", "not a date"),
        ("FREQ=DAILY;UNTIL=20260228T250000Z", "not a date"),
        ("FREQ=DAILY;WKST=XX", "not a day"),
        ("FREQ=WEEKLY;BYDAY=XX", "not a day"),
        ("FREQ=MONTHLY;BYDAY=0MO", "not a day"),
        ("FREQ=YEARLY;BYDAY=54MO", "not a day"),
        ("FREQ=WEEKLY;BYDAY=2MO", "numbered BYDAY"),
        ("FREQ=MONTHLY;BYDAY=6MO", "never fire"),
        ("FREQ=YEARLY;BYMONTH=3;BYDAY=-6MO", "never fire"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "never fire"),
        ("FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31", "never fire"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=-30", "never fire"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "out of bounds"),
        ("FREQ=WEEKLY;BYMONTHDAY=3", "no meaning"),
        ("FREQ=DAILY;BYYEARDAY=3", "needs FREQ=YEARLY"),
        ("FREQ=YEARLY;BYYEARDAY=367", "out of bounds"),
        ("FREQ=DAILY;BYHOUR=24", "out of bounds"),
        ("FREQ=MONTHLY;BYSETPOS=1", "another BYxxx"),
        ("FREQ=HOURLY;BYDAY=MO;BYSETPOS=1", "DAILY or longer"),
        ("FREQ=DAILY;BYHOUR=8,20;BYSETPOS=3", "never fire"),
        ("FREQ=HOURLY;INTERVAL=5;BYHOUR=9", "needs FREQ=DAILY"),
        ("FREQ=MINUTELY;INTERVAL=7;BYMINUTE=3", "needs FREQ=DAILY"),
        ("FREQ=HOURLY;INTERVAL=100;BYDAY=MO", "need FREQ=DAILY"),
        ("FREQ=MINUTELY;BYSECOND=3", "DAILY or longer"),
        (
            f"FREQ=DAILY;BYHOUR={','.join(map(str, range(24)))}"
            f";BYMINUTE={','.join(map(str, range(60)))}",
            "times a day",
        ),
        ("FREQ=DAILY;BYMONTH=" + "1," * 1000 + "1", "longer than 500"),
    ],
)
def test_a_hostile_rule_is_refused_in_one_line(rule, reason):
    with pytest.raises(HostileRule, match=reason) as refused:
        check_rule(rule)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 120


@given(st.text(alphabet="FREQ=DAILY;BYMONTH0123456789,-:ZT \x00é", max_size=80))
def test_whatever_is_written_is_kept_or_refused(rule):
    try:
        check_rule(rule)
    except HostileRule as refused:
        assert str(refused)
