"""Zones beside a wall time: abbreviations, offsets and cities."""

from __future__ import annotations

import pytest

from tests.ontology.time.wednesday import assert_read

CASES = [
    ("2027-06-23T16:00:00+02:00", "2027-06-23 14:00"),
    ("2027-06-23T16:00:00-05:00", "2027-06-23 21:00"),
    ("Wed, 23 Jun 2027 16:00:00 GMT", "2027-06-23 16:00"),
    ("Wed, 23 Jun 2027 16:00:00 +0000", "2027-06-23 16:00"),
    ("9am PT", "2026-03-11 16:00"),
    ("9am PST", "2026-03-11 17:00"),
    ("9 am eastern", "2026-03-11 13:00"),
    ("9am eastern time tomorrow", "2026-03-12 13:00"),
    ("9am EST on friday", "2026-03-13 14:00"),
    ("10:00 CET", "2026-03-12 09:00"),
    ("11 CET tomorrow", "2026-03-12 10:00"),
    ("14 UTC", "2026-03-11 14:00"),
    ("9am texas time", "2026-03-11 14:00"),
    ("18:00 UTC+2", "2026-03-11 16:00"),
    ("18:00 GMT-5", "2026-03-11 23:00"),
    ("10:00 Madrid time tomorrow", "2026-03-12 09:00"),
    ("at 9pm tokyo time", "2026-03-11 12:00"),
    ("friday 3pm london time", "2026-03-13 15:00"),
    ("thursday 8:00 gmt", "2026-03-12 08:00"),
    ("Thursday 8:00 GMT+1", "2026-03-12 07:00"),
    ("Friday 5PM EST", "2026-03-13 22:00"),
    ("5pm CET tomorrow", "2026-03-12 16:00"),
    ("5:00pm (ET) tomorrow", "2026-03-12 21:00"),
    ("17:00 CEST on june 3", "2026-06-03 15:00"),
    ("17:00 utc", "2026-03-11 17:00"),
    ("5pm pacific time friday", "2026-03-14 00:00"),
    ("noon PT friday", "2026-03-13 19:00"),
    ("5pm new york time", "2026-03-11 21:00"),
    ("Sat, 14 Mar 2026 09:30:00 +0100", "2026-03-14 08:30"),
    ("Sat Nov 07 2026 22:45:30 GMT+0900 (JST)", "2026-11-07 13:45"),
    ("Tue, 31 Mar 2026 07:00 UTC", "2026-03-31 07:00"),
    ("4pm CET", "2026-03-11 15:00"),
    ("tomorrow at 2pm PT", "2026-03-12 21:00"),
    ("2pm Pacific tomorrow", "2026-03-12 21:00"),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_a_zone_beside_a_wall_time_is_reckoned_on_its_own_clock(text, expected):
    assert_read(text, expected)
