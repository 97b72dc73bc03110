"""The pages in a real browser: nothing from outside, nothing executed, readable also narrow."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from behaviours.web.work_off_arrivals import WorkOffArrivals
from gateways.http.action_pages import webhooks
from tests.behaviours.duties import on_duty
from tests.fakes.arrivals import FakeArrivals
from tests.fakes.journal import FakeJournal
from tests.gateways.http.agents import SCRIPT, FakeAgent, acl
from tests.gateways.http.chromium import CHROMIUM, browsing
from tests.gateways.http.pressing import KEYS, NOW, FakeAgents, token
from tests.gateways.http.test_agent_pages import FRIEND, ROLE, entry

pytestmark = pytest.mark.skipif(
    CHROMIUM is None, reason="needs a browser: install Debian's package chromium"
)

PAGES = ("/", "/agents/reminder/", "/agents/reminder/messages/", ROLE, "/journal")
WIDE, NARROW = (1100, 800), (360, 740)
PRESS = "document.querySelector('form button').click()"
MEASURE = "[document.documentElement.scrollWidth, window.innerWidth]"


@pytest.fixture
async def hostile_agent():
    agent = FakeAgent()
    agent.presence.meet(FRIEND, status=SCRIPT)
    agent.hear(acl(text="water the plants", at="2026-01-02T09:00:00+01:00"))
    agent.hear(
        acl(text=f"{SCRIPT}<img src=http://192.0.2.1/x onerror=document.title='here'>"),
        conversation_id=SCRIPT,
        sender=f"{FRIEND}/{'long' * 40}",
    )
    agent.say(acl(text="kept"), act="reminder-created", performative="inform")
    return agent


async def test_pages_fetch_nothing_from_outside_and_run_nothing(
    serving, hostile_agent, password, tmp_path
):
    journal = FakeJournal()
    await journal.write([entry(number, body=acl(text=SCRIPT)) for number in range(3)])
    async with (
        serving(hostile_agent, journal=journal) as visitor,
        browsing(tmp_path / "profile") as tab,
    ):
        await tab.go(f"{visitor.url}/")
        await tab.evaluate(
            f"document.getElementById('password').value = {json.dumps(password)}"
        )
        await tab.leave_by("document.querySelector('form.sign-in').submit()")
        assert await tab.evaluate("location.pathname") == "/"
        for number, page in enumerate(PAGES):
            await tab.go(visitor.url + page)
            for width, height in (WIDE, NARROW):
                await tab.resize(width, height)
                wanted, given = await tab.evaluate(MEASURE)
                assert wanted <= given, f"{page} is too wide for {width} pixels"
                await tab.screenshot(tmp_path / f"{number}-{width}.png")
            assert "Steward" in await tab.evaluate("document.title")
        assert {urlsplit(url).netloc for url in tab.requests} == {
            visitor.url.removeprefix("http://")
        }
        assert not tab.complaints
    assert (tmp_path / "0-360.png").stat().st_size > 1_000


async def test_a_button_works_in_a_browser(serving, hostile_agent, password, tmp_path):
    async with serving(hostile_agent) as visitor, browsing(tmp_path / "profile") as tab:
        await tab.go(f"{visitor.url}{ROLE}")
        await tab.evaluate(
            f"document.getElementById('password').value = {json.dumps(password)}"
        )
        await tab.leave_by("document.querySelector('form.sign-in button').click()")
        assert await tab.evaluate("location.pathname") == ROLE
        await tab.leave_by("document.querySelector('form[action$=\"kill/\"] button').click()")
        assert hostile_agent.role.is_killed()
        assert "taken up anew" in await tab.evaluate("document.body.innerText")


async def test_a_link_of_a_mail_is_pressed_in_a_browser(serving, tmp_path):
    agents, intake = FakeAgents.with_pills(), WorkOffArrivals(FakeArrivals())
    routes = webhooks(KEYS, agents, intake, lambda: NOW)
    async with (
        serving(FakeAgent(), served={"webhooks": routes}) as visitor,
        on_duty(intake),
        browsing(tmp_path / "profile") as tab,
    ):
        link = f"{visitor.url}/a/{token()}"
        for step in ("shown", "done"):
            await tab.go(link) if step == "shown" else await tab.leave_by(PRESS)
            for width, height in (WIDE, NARROW):
                await tab.resize(width, height)
                wanted, given = await tab.evaluate(MEASURE)
                assert wanted <= given, f"{step} is too wide for {width} pixels"
                await tab.screenshot(tmp_path / f"{step}-{width}.png")
        assert "done it is" in await tab.evaluate("document.body.innerText")
        fetched = {urlsplit(url).path for url in tab.requests}
        assert not tab.complaints
    assert len(agents.asked) == 1
    assert fetched >= {urlsplit(link).path, "/static/style.css"}
    assert (tmp_path / "shown-360.png").stat().st_size > 1_000
