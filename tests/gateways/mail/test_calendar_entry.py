"""What calendars that we did not write read in the entry: vobject, and ical.js."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import vobject

from gateways.mail.calendar_entry import calendar_entry
from ontology.notifications.concepts import Notification
from tests.gateways.mail.test_hostile_texts import HOSTILE
from tests.gateways.mail.writing import SENDER, notification

ICAL_JS = "ical.js@2.2.1"
ZONES = [
    *("UTC", "Europe/Madrid", "Europe/London", "America/New_York", "America/Santiago"),
    *("Australia/Lord_Howe", "Australia/Sydney", "Asia/Kathmandu", "Asia/Tehran"),
    *("Africa/Casablanca", "Pacific/Chatham", "Pacific/Kiritimati", "America/St_Johns"),
]
AROUND = [timedelta(minutes=minutes) for minutes in (-90, -60, -30, -1, 0, 1, 30, 60, 90)]


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield the hours of 2026 in which the clocks of a zone change."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    while at.year == 2026:
        later = at + timedelta(hours=1)
        if at.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset():
            yield later
        at = later


def instants(name: str) -> list[datetime]:
    """Noon of some days, and instants around every change of clocks, on the wall clock."""
    zone = ZoneInfo(name)
    noons = [datetime(2026, month, 15, 12, tzinfo=zone) for month in (1, 4, 7, 10)]
    edges = [change + around for change in changes(zone) for around in AROUND]
    return [*noons, *(at.astimezone(zone) for at in edges)]


EVERY = [
    notification("take the pills", due_at=at, zone=zone)
    for zone in ZONES
    for at in instants(zone)
]


@pytest.fixture(scope="session")
def ical_js(tmp_path_factory) -> Path:
    """A directory with ical.js in it."""
    npm = shutil.which("npm")
    if npm is None or shutil.which("node") is None:
        pytest.skip("there is no Node.js to run ical.js by")
    there = tmp_path_factory.mktemp("ical")
    done = subprocess.run(
        [npm, "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts", ICAL_JS],
        cwd=there,
        capture_output=True,
        timeout=120,
        check=False,
    )
    if done.returncode:
        pytest.skip("ical.js cannot be had from the package registry")
    return there


def read_by_ical_js(there: Path, items: list[Notification]) -> list[dict[str, object]]:
    calendars = [calendar_entry(item, SENDER).decode() for item in items]
    script = Path(__file__).with_name("read_calendars.mjs")
    done = subprocess.run(
        ["node", str(script), str(there / "node_modules")],
        input=json.dumps(calendars),
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    said: list[dict[str, object]] = json.loads(done.stdout)
    return said


def test_there_are_changes_of_clocks_among_the_instants():
    assert len(EVERY) > len(ZONES) * 4 + 8 * 2 * len(AROUND)


def test_vobject_reads_the_same_instants_in_every_zone_and_around_every_change_of_clocks():
    for item in EVERY:
        event = vobject.readOne(calendar_entry(item, SENDER).decode()).vevent

        assert event.dtstart.value == item.due_at.astimezone(UTC)
        assert event.dtstamp.value == item.claimed_at.astimezone(UTC)
        assert event.uid.value == f"{item.id}@example.org"
        assert event.transp.value == "TRANSPARENT"
        assert event.organizer.value == f"mailto:{SENDER}"


def test_ical_js_reads_the_same_instants_in_every_zone_and_around_every_change_of_clocks(
    ical_js: Path,
):
    for item, said in zip(EVERY, read_by_ical_js(ical_js, EVERY), strict=True):
        assert said["start"] == item.due_at.timestamp()
        assert said["end"] == item.due_at.timestamp() + 15 * 60
        assert said["stamp"] == item.claimed_at.timestamp()
        assert said["uid"] == f"{item.id}@example.org"
        assert said["components"] == ["vevent"]
        assert said["method"] == "PUBLISH"


def test_ical_js_reads_of_hostile_texts_what_vobject_reads(ical_js: Path):
    items = [notification(text) for text in HOSTILE]
    for item, said in zip(items, read_by_ical_js(ical_js, items), strict=True):
        event = vobject.readOne(calendar_entry(item, SENDER).decode()).vevent

        assert said["components"] == ["vevent"]
        assert said["description"] == event.description.value
        assert said["summary"] == event.summary.value


def test_a_second_mail_about_the_same_is_the_same_entry():
    item = notification()

    assert calendar_entry(item, SENDER) == calendar_entry(item, SENDER)


def test_fractions_of_a_second_are_not_written():
    item = notification(due_at=datetime(2026, 3, 2, 9, 0, 0, 999_999, tzinfo=UTC))

    assert b"DTSTART:20260302T090000Z\r\n" in calendar_entry(item, SENDER)
