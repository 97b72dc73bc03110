"""Words of time with a slip in them are read as what was meant; other words are left alone."""

from __future__ import annotations

import pytest

from ontology.time.reading import Setting, read_time
from ontology.time.spelling import spelled
from tests.ontology.time.friday import NOW, read
from tests.ontology.time.repetitions import assert_repeats


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in 25 mintues", "2026-11-20 12:25"),
        ("in 3 horus", "2026-11-20 15:00"),
        ("in an huor", "2026-11-20 13:00"),
        ("in 2 weks", "2026-12-04 12:00"),
        ("in 6 montsh", "2027-05-20 12:00"),
        ("next wek", "2026-11-23 09:00"),
        ("tomorrow mornng", "2026-11-21 09:00"),
        ("this afternon", "2026-11-20 15:00"),
        ("sunday evning at 7", "2026-11-22 19:00"),
        ("tongiht at 8", "2026-11-20 20:00"),
        ("tomorroww at noon", "2026-11-21 12:00"),
        ("at midngiht", "2026-11-21 00:00"),
        ("chrismas eve at 5", "2026-12-24 17:00"),
        ("at nooon tomorrow", "2026-11-21 12:00"),
        ("tomorrow nigth at 10", "2026-11-21 22:00"),
        ("quater past 5", "2026-11-20 17:15"),
        ("this weeknd", "2026-11-21 09:00"),
    ],
)
def test_a_slip_of_the_fingers_changes_nothing(text, expected):
    schedule = read(text).schedule
    assert schedule is not None
    assert f"{schedule.start:%Y-%m-%d %H:%M}" == expected


def test_neither_does_one_in_a_repetition():
    assert_repeats("every othr day at 6pm", "FREQ=DAILY;INTERVAL=2", "2026-11-20 18:00")
    assert_repeats("every wekday mornin", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")
    assert_repeats(
        "every 20 mintues untill 2pm", "FREQ=MINUTELY;INTERVAL=20;UNTIL=20261120T130000Z"
    )


@pytest.mark.parametrize("word", ["mouths", "moths", "yearn", "mourning", "others", "quartet"])
def test_real_words_are_no_slips(word):
    assert spelled(word) == word
    assert read_time(f"sketch 3 {word}", Setting(NOW, "Europe/Madrid")) is None
