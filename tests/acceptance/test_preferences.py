"""How a person is told follows what they prefer, from the command line to the ring."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.clients.waiting import eventually
from tests.servers import unique

pytestmark = pytest.mark.acceptance

HELD = "SELECT held_by FROM occurrences WHERE text = $1 AND held_by IS NOT NULL"


class Named:
    """A person whom the command line can speak of, and their client."""

    def __init__(self, installation, name, client):
        self.client = client
        self._installation, self._name = installation, name

    def prefers(self, *wish):
        done = self._installation.call("person", "prefer", self._name, *wish)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
async def sam(installation, household, login):
    name = unique("sam")
    added = installation.call("person", "add", name, "--zone", "Europe/Berlin")
    assert added.returncode == 0, added.stderr
    jid, password_file = re.findall(rf"{name}@\S+(?=,)|/\S+", added.stdout)
    password = Path(password_file).read_text().strip()
    return Named(installation, name, await login(installation.account(jid, password)))


async def test_a_reminder_in_quiet_hours_comes_when_they_end_and_says_so(database, sam):
    await database.go_to("Monday", 21)
    sam.prefers("quiet", "22:00-07:00")
    sam.prefers("ring-anyway", "add", "hospital")
    await sam.client.ask("remind me at 23:00 to check the oven")
    await sam.client.ask("remind me at 23:05 to call the hospital")

    await database.go_to("Monday", 23)
    rule = await eventually(
        lambda: database.value(HELD, "check the oven"), "the oven is held", within=20.0
    )
    assert rule == "your quiet hours 22:00–07:00 daily"
    assert "check the oven" in await sam.client.ask("list")
    await database.go_to("Monday", 23, 5)
    await sam.client.hears("⏰", "call the hospital")
    assert sam.client.count("⏰", "check the oven") == 0

    await database.go_to("Tuesday", 7)
    rung = await sam.client.hears("⏰", "check the oven")
    assert "held by your quiet hours 22:00–07:00" in rung.body
    await sam.client.nothing_under_way()
    assert sam.client.count("⏰", "check the oven") == 1


async def test_what_was_preferred_is_undone_in_chat(sam):
    before = sam.prefers("show")
    sam.prefers("escalate", "never")
    assert sam.prefers("show") != before

    assert await sam.client.ask("undo") == "Undone, I tell you of things as I did before."
    assert sam.prefers("show") == before
