"""Who is to get up gets up in the morning, unless something else is said."""

from __future__ import annotations

import pytest

from tests.ontology.time.friday import start


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("wake up 6:15 tomorrow", "Sat 2026-11-21 06:15"),
        ("get up at 7", "Sat 2026-11-21 07:00"),
        ("waking up the kids at half past 6", "Sat 2026-11-21 06:30"),
        ("wake up at 7pm", "Fri 2026-11-20 19:00"),
        ("get up and dance at 9 tonight", "Fri 2026-11-20 21:00"),
        ("pick up the kids at 3", "Fri 2026-11-20 15:00"),
        ("get milk at 6", "Fri 2026-11-20 18:00"),
    ],
)
def test_a_bare_hour_of_getting_up_is_one_of_the_morning(text, expected):
    assert start(text) == expected
