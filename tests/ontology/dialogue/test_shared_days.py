"""Several hours, or tasks at hours, share the day and the half of the day that is said once."""

from __future__ import annotations

import pytest

from tests.ontology.dialogue.reading import segments, when


def heard(said: str) -> list[tuple[str, str | None]]:
    readings = [segment.likeliest for segment in segments(said)]
    return [(each.text, when(each)) for each in readings]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("at 5, 6 and 7pm tomorrow", ["11-21 17:00", "11-21 18:00", "11-21 19:00"]),
        ("at 9 and 5pm tomorrow", ["11-21 09:00", "11-21 17:00"]),
        ("tomorrow at 8 and 20", ["11-21 08:00", "11-21 20:00"]),
        ("at 8am, 1pm and 6pm on monday", ["11-23 08:00", "11-23 13:00", "11-23 18:00"]),
        ("at 7:30, 8:15 and 9am on sunday", ["11-22 07:30", "11-22 08:15", "11-22 09:00"]),
        ("at 5 and tomorrow at 6", ["11-20 17:00", "11-21 18:00"]),
        (
            "on monday at 5, 6 and tuesday at 7pm",
            ["11-23 17:00", "11-23 18:00", "11-24 19:00"],
        ),
    ],
)
@pytest.mark.parametrize("request_for", ["remind me {} to row", "remind me to row {}"])
def test_hours_in_a_row_share_their_day(said, expected, request_for):
    assert heard(request_for.format(said)) == [("row", at) for at in expected]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (
            "9am standup, 10am demo, 11:30 lunch tomorrow",
            [("standup", "11-21 09:00"), ("demo", "11-21 10:00"), ("lunch", "11-21 11:30")],
        ),
        (
            "tomorrow 3pm standup, 4pm demo",
            [("standup", "11-21 15:00"), ("demo", "11-21 16:00")],
        ),
        (
            "7pm dinner and 9pm film on saturday",
            [("dinner", "11-21 19:00"), ("film", "11-21 21:00")],
        ),
        (
            "standup at 9, demo at 10 and lunch at 12 on monday",
            [("standup", "11-23 09:00"), ("demo", "11-23 10:00"), ("lunch", "11-23 12:00")],
        ),
        (
            "remind me to call mum at 5pm, buy milk at 6pm and row at 7pm tomorrow",
            [("call mum", "11-21 17:00"), ("buy milk", "11-21 18:00"), ("row", "11-21 19:00")],
        ),
        (
            "call mum at 5 and pay rent at 9 tomorrow",
            [("call mum", "11-20 17:00"), ("pay rent", "11-21 09:00")],
        ),
        (
            "standup 5pm today, demo 10am tomorrow",
            [("standup", "11-20 17:00"), ("demo", "11-21 10:00")],
        ),
    ],
)
def test_a_day_at_the_end_of_a_list_is_that_of_every_task(said, expected):
    assert heard(said) == expected
