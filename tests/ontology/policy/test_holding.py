from __future__ import annotations

from dataclasses import replace

import pytest

from ontology.policy.concepts import WeekendRule
from ontology.policy.holding import Release, release
from tests.ontology.policy.situations import NIGHT, PLAIN, at, quiet, situation

SILENT = WeekendRule.SILENT
EVENING = "2026-11-20 23:00"
RINGING = replace(PLAIN, ring_anyway="hospital")


@pytest.mark.parametrize(
    ("preferences", "wanted", "told"),
    [
        ({}, EVENING, EVENING),
        ({"quiet": (NIGHT,)}, EVENING, "2026-11-21 07:00"),
        ({"quiet": (NIGHT, quiet("07:00", "09:00", {5}))}, EVENING, "2026-11-21 09:00"),
        ({"away_until": at("2026-11-27 03:00")}, EVENING, "2026-11-27 03:00"),
        (
            {"away_until": at("2026-11-27 03:00"), "quiet": (NIGHT,)},
            EVENING,
            "2026-11-27 07:00",
        ),
        ({"away_until": at("2026-11-19 03:00")}, EVENING, EVENING),
        ({"weekend": SILENT}, EVENING, EVENING),
        ({"weekend": SILENT}, "2026-11-21 08:00", "2026-11-23 00:00"),
        ({"weekend": SILENT, "quiet": (NIGHT,)}, EVENING, "2026-11-23 07:00"),
        ({"weekend": SILENT, "holidays": True}, "2026-12-25 09:00", "2026-12-28 00:00"),
        ({"weekend": WeekendRule.EMAIL_ONLY}, "2026-11-21 08:00", "2026-11-21 08:00"),
    ],
)
def test_what_is_held_back_is_told_when_every_rule_lets_it_go(preferences, wanted, told):
    found = release(at(wanted), PLAIN, situation(**preferences))

    assert found.at == at(told)
    assert (found.held_by is not None) == (wanted != told)


def test_it_is_said_until_when_and_which_rules_hold_it_back():
    found = release(at(EVENING), PLAIN, situation(quiet=(NIGHT,), weekend=SILENT))

    assert found.held_by == "your quiet hours 22:00–07:00 daily and your silent weekend"
    assert found.why == f"held back until Mon 23 Nov, 07:00: {found.held_by}"


@pytest.mark.parametrize(
    ("preferences", "spite"),
    [
        ({"quiet": (NIGHT,)}, "your quiet hours 22:00–07:00 daily"),
        ({"weekend": SILENT}, "your silent weekend"),
        ({"away_until": at("2026-11-27 03:00")}, "your being away"),
    ],
)
def test_what_rings_anyway_breaches_every_rule_and_says_which(preferences, spite):
    wanted = at("2026-11-21 23:00")

    found = release(wanted, RINGING, situation(**preferences))

    assert found == Release(wanted, f"in spite of {spite}: you let “hospital” ring anyway")


def test_where_nothing_is_breached_nothing_is_said():
    assert release(at(EVENING), RINGING, situation()) == Release(at(EVENING))


def test_rules_that_never_end_lose_nothing():
    always = situation(quiet=(quiet("00:00", "00:00"),))

    found = release(at(EVENING), PLAIN, always)

    assert found.at == at(EVENING)
    assert found.why is not None
    assert "for ever" in found.why
