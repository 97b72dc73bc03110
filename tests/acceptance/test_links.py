"""Links that a person presses: carried out whoever is away or dies meanwhile, and once."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import aiohttp
import pytest

from agents.platform import link_keys
from config.home import Home
from ontology.links import Link, Purpose, signed
from tests.clients.waiting import eventually

pytestmark = pytest.mark.acceptance

SOON = 30.0
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
OCCURRENCE = "SELECT id, person_id, state FROM occurrences WHERE text = $1"


async def test_what_is_pressed_while_the_notifier_is_dead_is_done_though_the_gateway_dies_too(
    installation, database, person
):
    await database.go_to("Monday", 8)
    await person.ask("remind me in 1 minute to water the orchids")
    await database.advance(minutes=1)
    await person.hears("⏰", "water the orchids")
    (told,) = await database.rows(OCCURRENCE, "water the orchids")
    link = link_to(installation, told["person_id"], told["id"])

    installation.running["notifier"].kill()
    status, page = await press(installation, link)
    assert status == 202
    assert "noted" in page

    installation.running["web"].kill()
    installation.start("web", name="web").ready()
    installation.start("notifier", name="notifier").ready()
    await eventually(lambda: is_done(database, told["id"]), "it is done", SOON)
    pages = [await press(installation, link) for _ in range(5)]
    assert {status for status, _ in pages} == {200}
    assert all("water the orchids" in page for _, page in pages)
    await person.nothing_under_way()
    assert person.count("⏰", "water the orchids") == 1


def link_to(installation, person_id: UUID, occurrence_id: UUID) -> str:
    until = datetime(2100, 1, 1, tzinfo=UTC)
    made = Link(Purpose.DONE, person_id, occurrence_id, until)
    return f"a/{signed(made, link_keys(Home(installation.home)))}"


async def press(installation, link: str) -> tuple[int, str]:
    url = installation.running["web"].ready()["http"] + link
    async with (
        aiohttp.ClientSession() as session,
        session.post(url, data=b"", headers=FORM) as answer,
    ):
        return answer.status, await answer.text()


async def is_done(database, occurrence_id):
    query = "SELECT state = 'acknowledged' FROM occurrences WHERE id = $1"
    return bool(await database.value(query, occurrence_id))
