"""Links that act: shown by GET, done once by POST, refused in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from behaviours.web.work_off_arrivals import WorkOffArrivals
from gateways.http.action_pages import (
    AWAY,
    EXPIRED,
    FORGED,
    GONE,
    LATER,
    UNSUBSCRIBED,
    webhooks,
)
from ontology.acl import Failed
from ontology.errors import NoAnswer
from ontology.links import LinkKeys, Purpose
from ontology.notifications.concepts import Acknowledgement, Channel
from ontology.policy.changes import PreferChannel
from ontology.reminders.acts import NothingFound
from ontology.reminders.concepts import OccurrenceState
from tests.behaviours.duties import on_duty
from tests.fakes.arrivals import FakeArrivals
from tests.gateways.http.agents import FakeAgent
from tests.gateways.http.pressing import KEYS, NOW, PILLS, FakeAgents, token


@pytest.fixture
def agents():
    return FakeAgents.with_pills()


@pytest.fixture
async def site(serving, agents):
    intake = WorkOffArrivals(FakeArrivals())
    routes = webhooks(KEYS, agents, intake, lambda: NOW)
    async with serving(FakeAgent(), served={"webhooks": routes}) as visitor, on_duty(intake):
        yield visitor


async def body(response, status=200):
    assert response.status == status
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"
    return await response.text()


async def test_following_a_link_shows_what_and_when_and_does_nothing(site, agents):
    page = await body(await site.get(f"/a/{token()}"))

    assert "take &lt;b&gt;pills&lt;/b&gt;" in page
    assert "today, Monday 2 March, 10:00" in page
    assert '<form method="post">' in page
    assert "<button>Done</button>" in page
    assert (await site._ask("HEAD", f"/a/{token()}")).status == 200
    assert agents.asked == []


@pytest.mark.parametrize(
    ("purpose", "button", "answer", "until"),
    [
        (Purpose.DONE, "Done", Acknowledgement.DONE, None),
        (Purpose.SNOOZE_10M, "Snooze for 10", Acknowledgement.SNOOZE, timedelta(minutes=10)),
        (Purpose.SNOOZE_1H, "Snooze for 1 h", Acknowledgement.SNOOZE, timedelta(hours=1)),
        (Purpose.TOMORROW, "Tomorrow", Acknowledgement.SNOOZE, timedelta(days=1)),
    ],
)
async def test_pressing_the_button_acts_once_and_a_repeat_shows_what_was_done(
    site, agents, purpose, button, answer, until
):
    link = f"/a/{token(purpose)}"
    assert f"<button>{button}" in await body(await site.get(link))
    pages = {await body(await site.post(link, data=b"")) for _ in range(5)}

    assert len(pages) == 1
    assert f"{answer.value} it is" in pages.pop()
    ((action, _),) = agents.asked
    assert (action.id, action.person_id) == (PILLS.id, PILLS.person_id)
    assert (action.channel, action.answer) == (Channel.EMAIL, answer)
    assert action.until == (NOW + until if until else None)


async def test_what_was_undone_meanwhile_can_be_done_again_by_the_same_link(serving, agents):
    intake, at = WorkOffArrivals(FakeArrivals()), [NOW]
    routes = webhooks(KEYS, agents, intake, lambda: at[0])
    async with serving(FakeAgent(), served={"webhooks": routes}) as site, on_duty(intake):
        for minutes in (0, 0, 5):
            at[0] = NOW + timedelta(minutes=minutes)
            assert "done it is" in await body(await site.post(f"/a/{token()}", data=b""))

    assert [action.said_at for action, _ in agents.asked] == [NOW, at[0]]


async def test_a_mail_program_may_unsubscribe_without_showing_a_page(site, agents):
    link = f"/a/{token(Purpose.UNSUBSCRIBE)}"
    assert "<button>No more mails" in await body(await site.get(link))
    assert agents.asked == []
    for form in ({"data": {"List-Unsubscribe": "One-Click"}}, multipart()):
        assert UNSUBSCRIBED in await body(await site.post(link, **form))

    ((action, _),) = agents.asked
    assert action.person_id == PILLS.person_id
    assert action.change == PreferChannel(channel=Channel.EMAIL, use=False)


def multipart():
    part = b'--x\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\n'
    return {
        "data": part + b"One-Click\r\n--x--\r\n",
        "headers": {"Content-Type": "multipart/form-data; boundary=x"},
    }


@pytest.mark.parametrize(
    ("forged", "status", "words"),
    [
        (token(lasts=timedelta(0)), 410, EXPIRED),
        (token(keys=LinkKeys.of("of somebody else")), 403, FORGED),
        (token()[:-1], 403, FORGED),
        (f"{token()}x", 403, FORGED),
        ("nonsense", 403, FORGED),
        ("%00%ff", 403, FORGED),
        ("x" * 5000, 403, FORGED),
    ],
)
async def test_a_link_that_is_too_old_or_not_ours_is_refused_in_plain_words(
    site, agents, forged, status, words
):
    for response in (await site.get(f"/a/{forged}"), await site.post(f"/a/{forged}")):
        assert words in await body(response, status)
    assert agents.asked == []


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (OccurrenceState.ACKNOWLEDGED, "done already"),
        (OccurrenceState.SNOOZED, "put off already"),
        (OccurrenceState.CANCELLED, "was cancelled"),
    ],
)
async def test_what_is_closed_is_shown_without_a_button(site, agents, state, words):
    agents.occurrences[PILLS.id] = PILLS.model_copy(update={"state": state})
    page = await body(await site.get(f"/a/{token()}"))

    assert words in page
    assert "<button" not in page


async def test_a_reminder_that_is_no_more_is_gone(site, agents):
    agents.trouble = Failed(NothingFound())

    assert GONE in await body(await site.get(f"/a/{token()}"), 410)
    assert GONE in await body(await site.post(f"/a/{token()}"))


async def test_while_nobody_answers_it_is_noted_and_done_later(site, agents, monkeypatch):
    monkeypatch.setattr("behaviours.web.work_off_arrivals.LONGEST_PAUSE", 0.1)
    monkeypatch.setattr(
        "behaviours.web.work_off_arrivals.OneSource.answer", answering_within(0.1)
    )
    agents.trouble = NoAnswer("away")
    assert AWAY in await body(await site.get(f"/a/{token()}"), 503)
    assert LATER in await body(await site.post(f"/a/{token()}"), 202)

    agents.trouble = None
    monkeypatch.undo()
    assert "done it is" in await body(await site.post(f"/a/{token()}"))


def answering_within(seconds):
    async def answer(self, arrival, within=8.0):
        return await self._duty.answer(self._own(arrival), seconds)

    return answer
