"""Which zone this machine is in, told by whatever tells it."""

from __future__ import annotations

import pytest

from config.zones import is_zone, system_zone


@pytest.fixture
def root(tmp_path, monkeypatch):
    monkeypatch.delenv("TZ", raising=False)
    (tmp_path / "etc").mkdir()
    return tmp_path


def test_the_variable_goes_first(root, monkeypatch):
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    (root / "etc/timezone").write_text("Europe/Berlin\n")

    assert system_zone(root) == "Asia/Tokyo"


def test_a_variable_that_is_a_rule_not_a_name_is_passed_over(root, monkeypatch):
    monkeypatch.setenv("TZ", "CET-1CEST,M3.5.0,M10.5.0/3")
    (root / "etc/timezone").write_text("Europe/Berlin\n")

    assert system_zone(root) == "Europe/Berlin"


def test_the_link_tells_where_no_file_does(root):
    (root / "etc/localtime").symlink_to("/usr/share/zoneinfo/America/New_York")

    assert system_zone(root) == "America/New_York"


def test_where_nothing_tells_it_is_utc(root):
    assert system_zone(root) == "UTC"


@pytest.mark.parametrize(
    "name", ["", "Mars/Olympus", "/etc/passwd", "../x", "Europe", "x" * 5000]
)
def test_what_is_no_zone_is_no_zone(name):
    assert not is_zone(name)
