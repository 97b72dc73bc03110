from __future__ import annotations

from datetime import timedelta

import pytest

from ontology.policy.concepts import LeadTimes, MatterKind
from ontology.policy.lead_times import moments
from tests.ontology.policy.situations import HOUR, MINUTE, NOON, event, reminder, situation


def told(matter, **preferences):
    """How long after now it is told, in minutes, and why."""
    found = moments(matter, situation(**preferences))
    return [((when - NOON) / MINUTE, why) for when, why in found]


@pytest.mark.parametrize(
    ("matter", "minutes"),
    [
        (event(NOON + 48 * HOUR), [24 * 60, 48 * 60 - 30]),
        (event(NOON + 2 * HOUR), [90]),
        (event(NOON + 24 * HOUR), [24 * 60 - 30]),
        (event(NOON + 10 * MINUTE), [0]),
        (event(NOON), [0]),
        (event(NOON - HOUR), [0]),
        (event(NOON + 3 * HOUR, place="the harbour"), [120]),
        (reminder(starts_at=NOON + 3 * HOUR, kind=MatterKind.TASK), [60]),
        (reminder(starts_at=NOON + HOUR), [60]),
        (reminder(starts_at=NOON + HOUR, place="the harbour"), [60]),
        (reminder(starts_at=NOON + HOUR, kind=MatterKind.BRIEFING), [60]),
    ],
)
def test_past_lead_times_are_left_out_but_never_all(matter, minutes):
    assert [when for when, _ in told(matter)] == minutes


def test_why_then_is_said():
    at_harbour = event(NOON + 3 * HOUR, place="the harbour")

    assert told(at_harbour) == [
        (120, "30 minutes before it begins, and 30 minutes for the way"),
    ]
    assert told(event(NOON + 10 * MINUTE)) == [(0, "it begins in 10 minutes")]
    assert told(reminder()) == [(0, "it is due")]
    assert told(reminder(starts_at=NOON + HOUR)) == [(60, "at its time")]


def test_lead_times_and_the_way_are_the_persons_own():
    leads = LeadTimes(event=(timedelta(hours=2), timedelta(minutes=5)))
    found = told(event(NOON + 5 * HOUR, place="x"), lead_times=leads, travel=timedelta(hours=1))

    assert [when for when, _ in found] == [120, 235]
