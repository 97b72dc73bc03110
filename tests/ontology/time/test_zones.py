"""Which zone a person names."""

from __future__ import annotations

from zoneinfo import available_timezones

import pytest

from ontology.time.concepts import zone_named
from ontology.time.zones import find_zone


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Europe/Madrid", "Europe/Madrid"),
        ("europe/madrid", "Europe/Madrid"),
        ("Berlin", "Europe/Berlin"),
        ("New York", "America/New_York"),
        ("new_york", "America/New_York"),
        ("the UK", "Europe/London"),
        ("Spain", "Europe/Madrid"),
        ("São Paulo", "America/Sao_Paulo"),
        ("buenos aires", "America/Argentina/Buenos_Aires"),
        ("Tokyo time", "Asia/Tokyo"),
        ("CET", "Europe/Paris"),
        ("UTC", "UTC"),
        ("Etc/GMT+5", "Etc/GMT+5"),
        ("barcelona.", "Europe/Madrid"),
        ("Croatia", "Europe/Zagreb"),
        ("Texas", "America/Chicago"),
    ],
)
def test_a_place_is_known_by_its_usual_names(name, zone):
    assert find_zone(name) == zone
    zone_named(zone)


@pytest.mark.parametrize(
    ("name", "zone"),
    [
        ("Paris", "Europe/Paris"),
        ("Paris, France", "Europe/Paris"),
        ("Paris, Texas", "America/Chicago"),
        ("el paso, tx", "America/Denver"),
        ("london ontario", "America/Toronto"),
        ("Cambridge, MA", "America/New_York"),
        ("Birmingham, Alabama", "America/Chicago"),
        ("Birmingham, UK", "Europe/London"),
        ("Melbourne, Florida", "America/New_York"),
        ("Perth, WA", "Australia/Perth"),
        ("Spokane, WA", "America/Los_Angeles"),
        ("Perth, Scotland", "Europe/London"),
        ("San José, Costa Rica", "America/Costa_Rica"),
        ("Santiago, Spain", "Europe/Madrid"),
        ("Santiago, Chile", "America/Santiago"),
        ("Valencia, Venezuela", "America/Caracas"),
        ("Tbilisi, Georgia", "Asia/Tbilisi"),
        ("Atlanta, Georgia", "America/New_York"),
        ("Washington, DC", "America/New_York"),
        ("Toronto, Canada", "America/Toronto"),
        ("Georgia", None),
        ("Springfield, USA", None),
        ("Paris, Nowhere", None),
    ],
)
def test_a_country_or_state_tells_which_city_is_meant(name, zone):
    assert find_zone(name) == zone


@pytest.mark.parametrize(
    "name", ["", "Mars", "a meeting", "../etc/passwd", "x" * 10_000, "\x00"]
)
def test_what_is_no_place_has_no_zone(name):
    assert find_zone(name) is None


def test_every_city_of_the_database_is_found_by_its_full_name():
    for zone in available_timezones():
        if "/" in zone and not zone.startswith(
            ("US/", "Canada/", "Mexico/", "Chile/", "Brazil/")
        ):
            assert find_zone(zone) == zone
