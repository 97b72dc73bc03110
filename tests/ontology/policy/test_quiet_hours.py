from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from ontology.policy.quiet_hours import quiet_until
from tests.ontology.policy.situations import MADRID, NIGHT, at, quiet

WEEKDAYS = frozenset(range(5))
APIA, LORD_HOWE = ZoneInfo("Pacific/Apia"), ZoneInfo("Australia/Lord_Howe")


@pytest.mark.parametrize(
    ("ranges", "now", "until"),
    [
        ([], "2026-11-20 03:00", None),
        ([NIGHT], "2026-11-20 21:59", None),
        ([NIGHT], "2026-11-20 22:00", "2026-11-21 07:00"),
        ([NIGHT], "2026-11-21 06:59", "2026-11-21 07:00"),
        ([NIGHT], "2026-11-21 07:00", None),
        # It begins on weekdays: Friday's lasts into Saturday, Sunday's is none.
        ([quiet("22:00", "07:00", WEEKDAYS)], "2026-11-21 03:00", "2026-11-21 07:00"),
        ([quiet("22:00", "07:00", WEEKDAYS)], "2026-11-23 03:00", None),
        ([quiet("13:00", "14:00"), NIGHT], "2026-11-20 13:30", "2026-11-20 14:00"),
        ([quiet("13:00", "14:00"), quiet("13:30", "15:00")], "2026-11-20 13:45",
         "2026-11-20 15:00"),
        ([quiet("00:00", "00:00", {4})], "2026-11-20 23:59", "2026-11-21 00:00"),
        ([quiet("00:00", "00:00", {4})], "2026-11-21 00:00", None),
        ([quiet("08:00", "08:00", {4})], "2026-11-21 07:59", "2026-11-21 08:00"),
        ([quiet("22:00", "00:00")], "2026-11-20 23:00", "2026-11-21 00:00"),
    ],
)  # fmt: skip
def test_what_is_quiet_ends_when_the_last_of_its_ranges_does(ranges, now, until):
    found = quiet_until(at(now), ranges, MADRID)

    assert (found and found[0]) == (until and at(until))


@pytest.mark.parametrize(
    ("zone", "range_", "now", "until"),
    [
        # Madrid skips 02:00 to 03:00: what ends within ends an hour later.
        (MADRID, ("22:00", "02:30"), "2027-03-28T01:15+00:00", "2027-03-28T01:30+00:00"),
        (MADRID, ("02:30", "04:00"), "2027-03-28T01:15+00:00", None),
        (MADRID, ("02:30", "04:00"), "2027-03-28T01:30+00:00", "2027-03-28T02:00+00:00"),
        # It repeats 02:00 to 03:00: quiet from the first 02:15 to the second 02:45.
        (MADRID, ("02:15", "02:45"), "2026-10-25T00:15+00:00", "2026-10-25T01:45+00:00"),
        (MADRID, ("02:15", "02:45"), "2026-10-25T01:00+00:00", "2026-10-25T01:45+00:00"),
        (MADRID, ("02:15", "02:45"), "2026-10-25T00:14+00:00", None),
        # A night of 25 and of 23 hours begins and ends on the clock all the same.
        (MADRID, ("22:00", "07:00"), "2026-10-25T05:59+00:00", "2026-10-25T06:00+00:00"),
        (MADRID, ("22:00", "07:00"), "2027-03-28T04:59+00:00", "2027-03-28T05:00+00:00"),
        # Lord Howe moves its clocks by half an hour only.
        (LORD_HOWE, ("01:00", "02:15"), "2026-10-03T15:29+00:00", "2026-10-03T15:45+00:00"),
        # Samoa left out Friday 30 December 2011: Thursday's night ends on Saturday.
        (APIA, ("22:00", "07:00"), "2011-12-30T09:00+00:00", "2011-12-30T17:00+00:00"),
    ],
)
def test_quiet_is_what_the_clock_shows_when_it_changes(zone, range_, now, until):
    from datetime import datetime

    found = quiet_until(datetime.fromisoformat(now), [quiet(*range_)], zone)

    assert (found and found[0].isoformat()) == (until and f"{until[:16]}:00+00:00")
