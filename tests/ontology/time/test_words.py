"""How moments, spans and schedules are said back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.time.concepts import Schedule
from ontology.time.recurrence import next_after
from ontology.time.words import say_moment, say_schedule, say_span

FRIDAY_NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MONDAY = datetime.fromisoformat("2026-11-23T08:30")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "zone", "home", "said"),
    [
        ("2026-11-20 14:05", "UTC", None, "today, Friday 20 November, 14:05"),
        ("2026-11-20 14:05:59", "UTC", "UTC", "today, Friday 20 November, 14:05"),
        ("2026-11-21 09:00", "UTC", None, "tomorrow, Saturday 21 November, 09:00"),
        ("2026-11-19 09:00", "UTC", None, "yesterday, Thursday 19 November, 09:00"),
        ("2026-11-22 09:00", "UTC", None, "Sunday 22 November, 09:00"),
        ("2027-01-01 00:00", "UTC", None, "Friday 1 January 2027, 00:00"),
        ("2025-11-20 09:00", "UTC", None, "Thursday 20 November 2025, 09:00"),
        (
            "2026-11-20 23:30",
            "Europe/Madrid",
            "Europe/Madrid",
            "tomorrow, Saturday 21 November, 00:30",
        ),
        (
            "2026-11-20 14:05",
            "Asia/Kathmandu",
            "Europe/Madrid",
            "today, Friday 20 November, 19:50 (Asia/Kathmandu time)",
        ),
    ],
)
def test_a_moment_is_said_on_the_clock_of_its_zone(instant, zone, home, said):
    assert say_moment(at(instant), zone, FRIDAY_NOON, home) == said


def test_a_confirmation_says_the_repetition_and_the_next_local_time():
    of = Schedule(
        zone="Europe/Madrid",
        start=MONDAY,
        rule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    )
    upcoming = next_after(of, FRIDAY_NOON)
    assert say_schedule(of, upcoming, FRIDAY_NOON, "Europe/Madrid") == (
        "every weekday at 08:30, next: Monday 23 November, 08:30"
    )
    assert say_schedule(of, upcoming, FRIDAY_NOON, "Asia/Tokyo") == (
        "every weekday at 08:30, next: Monday 23 November, 08:30 (Europe/Madrid time)"
    )
    assert say_schedule(of, None, FRIDAY_NOON) == "every weekday at 08:30, no more to come"


def test_a_confirmation_of_something_that_happens_once_is_its_moment():
    once = Schedule.once(at("2026-11-21 08:00"), "Europe/Madrid")
    said = "tomorrow, Saturday 21 November, 09:00"
    assert say_schedule(once, once.first, FRIDAY_NOON, "Europe/Madrid") == said
    assert say_schedule(once, None, FRIDAY_NOON, "Europe/Madrid") == said


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 seconds"),
        (-5, "0 seconds"),
        (1, "1 second"),
        (45, "45 seconds"),
        (60, "1 minute"),
        (90, "1 minute 30 seconds"),
        (300, "5 minutes"),
        (3_599.6, "1 hour"),
        (3_629, "1 hour"),
        (5_400, "1 hour 30 minutes"),
        (86_400, "1 day"),
        (129_600, "1 day 12 hours"),
        (172_799, "2 days"),
        (86_400 * 400, "400 days"),
    ],
)
def test_a_span_is_said_in_its_two_largest_units(seconds, said):
    assert say_span(seconds) == said
