"""Where a person is."""

from __future__ import annotations

import pytest

from ontology.dialogue.concepts import Intent, Interpretation, Problem
from tests.ontology.dialogue.reading import read


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("set my time zone to Europe/Madrid", "Europe/Madrid"),
        ("my timezone is Berlin", "Europe/Berlin"),
        ("change my time-zone to new york please", "America/New_York"),
        ("timezone: CET", "Europe/Paris"),
        ("I'm in New York", "America/New_York"),
        ("I am now in Tokyo", "Asia/Tokyo"),
        ("i live in the UK", "Europe/London"),
        ("we moved to São Paulo", "America/Sao_Paulo"),
        ("use Kathmandu time", "Asia/Kathmandu"),
    ],
)
def test_people_say_where_they_are(said, zone):
    assert read(said) == Interpretation(intent=Intent.SET_ZONE, zone=zone)


def test_a_time_zone_that_is_none_is_named():
    reading = read("set my time zone to Olympus Mons")
    assert reading.intent is Intent.SET_ZONE
    assert reading.problem is Problem.UNKNOWN_ZONE
    assert reading.zone is None
