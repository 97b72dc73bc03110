"""/health and /metrics: what they tell, and to whom."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from ontology.errors import ServerError
from ontology.figures import Figures
from tests.gateways.http.agents import FakeAgent

AFAR = {"X-Forwarded-For": "192.0.2.1"}
FIGURES = Figures(
    attempts={("chat", "sent"): 3, ("call", "failed"): 1}, lateness={0.5: 0.2, 1.0: 2.5}, told=3
)


class FakeFigures:
    def __init__(self):
        self.away = False

    async def figures(self):
        return self._unless_away(FIGURES)

    async def now(self):
        return self._unless_away(datetime.now(UTC))

    def _unless_away(self, told):
        if self.away:
            raise ServerError("away")
        return told


@pytest.fixture
def figures():
    return FakeFigures()


@pytest.fixture
async def site(serving, agent, figures):
    lacking = {"chat": "", "telegram": "telegram is not set up here: set …"}
    async with serving(agent, served={"figures": figures, "channels": lacking}) as visitor:
        yield visitor


async def test_health_tells_this_machine_of_every_part(site):
    response = await site.get("/health")

    assert response.status == 200
    assert await response.json() == {
        "status": "ok",
        "parts": {"reminder": "ok", "xmpp": "ok", "database": "ok"},
        "channels": {"chat": "set up", "telegram": "telegram is not set up here: set …"},
    }


async def test_health_tells_others_only_whether_all_is_well(site, figures):
    response = await site.get("/health", headers=AFAR)
    assert (response.status, await response.json()) == (200, {"status": "ok"})

    figures.away = True
    response = await site.get("/health", headers=AFAR)
    assert (response.status, await response.json()) == (503, {"status": "failing"})


async def test_health_tells_who_is_signed_in_from_wherever(site, password):
    await site.sign_in(password)

    assert "parts" in await (await site.get("/health", headers=AFAR)).json()


async def test_a_database_that_is_away_and_an_agent_that_is_offline_are_named(
    site, agent, figures
):
    figures.away = True
    agent.stream.online = False
    response = await site.get("/health")

    assert response.status == 503
    assert (await response.json())["parts"] == {
        "reminder": "failing",
        "xmpp": "failing",
        "database": "failing",
    }


async def test_measures_are_shown_to_this_machine_and_to_who_is_signed_in(site, password):
    assert "steward_http_requests_total" in await site.text("/metrics")
    refused = await site.get("/metrics", headers=AFAR)
    assert (refused.status, refused.headers["Location"]) == (303, "/login?next=/metrics")

    await site.sign_in(password)
    assert (await site.get("/metrics", headers=AFAR)).status == 200


async def test_measures_are_shown_to_everybody_where_that_is_set(serving):
    public = {"public_url": "https://steward.example.org", "http_open_metrics": True}
    async with serving(FakeAgent(), **public) as visitor:
        named = {"Host": "steward.example.org"}
        assert (await visitor.get("/metrics", headers=AFAR | named)).status == 200


async def test_measures_tell_how_deliveries_went_while_the_database_answers(site, figures):
    measures = await site.text("/metrics")
    assert 'steward_attempts{channel="chat",outcome="sent"} 3.0' in measures
    assert 'steward_lateness_seconds{quantile="0.5"} 0.2' in measures
    assert "steward_told 3.0" in measures

    figures.away = True
    measures = await site.text("/metrics")
    assert "steward_attempts{" not in measures
    assert "steward_lateness_seconds{" not in measures


async def test_measures_tell_of_nobody(serving):
    async with serving(FakeAgent("reminder")) as visitor:
        for path in ("/agents/reminder/contact/ada@localhost/", "/nothing/ada", "/a/ada"):
            await visitor.get(path)
        measures = await visitor.text("/metrics")

    assert "ada" not in measures
    assert 'source="pages",status="303"' in measures
