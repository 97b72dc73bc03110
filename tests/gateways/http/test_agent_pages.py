"""SPADE's web application of an agent, as its owner sees it and acts on it."""

from __future__ import annotations

import re

import pytest
from aiohttp import web

from gateways.http.views import MOST_MESSAGES
from ontology.acl import Performative
from ontology.errors import ServerError
from ontology.journal import JournalEntry
from tests.fakes.journal import FakeJournal
from tests.gateways.http.agents import CONVERSATION, LONG_AGO, SCRIPT, FakeAgent, acl

ROLE = "/agents/reminder/behaviour/fipa-request/RemindOnRequest/"
FRIEND = "owner@localhost"
CONTACT = "/agents/reminder/contact/owner@localhost/"


def text_of(page):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))


def entry(number, conversation=CONVERSATION, about=(), body="{}"):
    return JournalEntry(
        message_id=f"m{number}",
        said_at=LONG_AGO.replace(microsecond=number * 1000),
        sender="planner@localhost",
        receiver="reminder@localhost",
        performative=Performative.REQUEST,
        protocol="fipa-request",
        ontology="reminders",
        act=f"act-{number}",
        conversation=conversation,
        in_reply_to=None,
        about=about,
        body=body,
    )


async def test_the_first_page_lists_every_agent_with_its_state(serving, password):
    away, stopped = FakeAgent("planner"), FakeAgent("notifier")
    away.stream.online = False
    stopped.alive = False
    async with serving(FakeAgent(), away, stopped) as owner:
        await owner.sign_in(password)
        text = text_of(await owner.text("/"))
        for words in (
            "reminder online reminder@localhost",
            "planner offline planner@localhost",
            "notifier stopped notifier@localhost",
            "1 open conversation 2 behaviours",
        ):
            assert words in text
        for name in ("planner", "notifier"):
            assert "reminder@" not in await owner.text(f"/agents/{name}/")


async def test_each_role_and_duty_stands_under_its_own_name_with_its_mailbox(owner, agent):
    for _ in range(3):
        agent.role.queue.put_nowait(object())
    text = text_of(await owner.text("/agents/reminder/"))
    assert "Roles Name Kind Mailbox RemindOnRequest Keeps a reminder. fipa-request 3" in text
    assert "Duties Name Kind Mailbox WriteJournal duty 0" in text


async def test_a_role_shows_what_it_listens_for_and_what_it_heard(owner, agent):
    agent.hear(acl(text="mine"))
    agent.hear(acl(text="another's"), by=["duty/WriteJournal"])
    page = await owner.text(ROLE)
    assert "performative request act create-reminder" in text_of(page)
    assert "mine" in page
    assert "another" not in page


async def test_messages_show_all_that_matters_the_newest_first(owner, agent):
    agent.hear(acl(text="earlier"))
    agent.say(acl(text="later"), act="reminder-created", performative="inform")
    page = text_of(await owner.text("/agents/reminder/messages/"))
    assert page.index("later") < page.index("earlier")
    for words in (
        "request create-reminder planner@localhost/steward → reminder@localhost",
        "received fipa-request ontology reminders heard by fipa-request/RemindOnRequest",
        f"conversation {CONVERSATION}",
        "inform reminder-created reminder@localhost → planner@localhost",
    ):
        assert words in page
    assert "{ &#34;text&#34;: &#34;earlier&#34; }" in page


async def test_a_message_that_several_behaviours_hear_is_shown_once(owner, agent):
    agent.hear(acl(text="both"), by=["a/One", "b/Two"])
    page = await owner.text("/agents/reminder/messages/")
    assert page.count("both") == 1
    assert "heard by a/One heard by b/Two" in text_of(page)


async def test_messages_are_filtered_by_conversation(owner, agent):
    agent.hear(acl(text="mine"), conversation_id="a&b=c")
    agent.hear(acl(text="other"))
    page = await owner.text("/agents/reminder/messages/")
    [link] = re.findall(r'"(/agents/reminder/messages/\?conversation=a[^"]*)"', page)
    filtered = await owner.text(link)
    assert "mine" in filtered
    assert "other" not in filtered
    assert "a&amp;b=c" in filtered


async def test_a_page_shows_no_more_messages_than_a_person_can_read(owner, agent):
    for number in range(MOST_MESSAGES + 50):
        agent.hear(acl(number=number))
    page = await owner.text("/agents/reminder/messages/")
    assert page.count('<li class="message">') == MOST_MESSAGES


async def test_times_are_local(owner, agent):
    agent.hear("{}")
    _, message, category = agent.traces.store[0]
    as_spade_notes_it = LONG_AGO.astimezone().replace(tzinfo=None)
    agent.traces.store[0] = (as_spade_notes_it, message, category)
    page = await owner.text("/agents/reminder/messages/")
    assert "<time>2026-01-02 04:04:05.000</time>" in page
    assert "Times in Europe/Berlin" in page


@pytest.mark.parametrize(
    "path", ["/", "/agents/reminder/", "/agents/reminder/messages/", ROLE, CONTACT, "/journal"]
)
async def test_hostile_words_stay_words(serving, agent, password, path):
    hostile = f"{SCRIPT}\"'><img src=x onerror=alert(1)>\u202egnp.\ud800\x00"
    agent.address = "reminder@localhost"
    agent.presence.meet(FRIEND, status=hostile)
    agent.hear(
        acl(text=hostile),
        sender=f"{FRIEND}/<b>",
        act=hostile,
        protocol=hostile,
        ontology=hostile,
        conversation_id=hostile,
        performative=hostile,
    )
    agent.hear(hostile, sender=FRIEND, conversation_id=hostile)
    journal = FakeJournal()
    await journal.write([entry(1, conversation=hostile, body=hostile)])
    async with serving(agent, journal=journal) as owner:
        await owner.sign_in(password)
        page = await owner.text(path)
        for link in re.findall(r'href="(/[^"]*)"', page):
            assert (await owner.get(link.replace("&amp;", "&"))).status in {200, 303}, link
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page
    assert "\x00" not in page


@pytest.mark.parametrize("body", ["[" * 5000, '{"a":' * 200_000, "9" * 10_000, "x" * 1_000_000])
async def test_a_body_made_to_hurt_is_cut_short(owner, agent, body):
    agent.hear(body)
    assert len(await owner.text("/agents/reminder/messages/")) < 20_000


@pytest.mark.parametrize(
    "path",
    [
        *(
            f"{ROLE}kill/",
            "/agents/reminder/stop/",
            f"{CONTACT}send/",
            f"{CONTACT}unsubscribe/",
        ),
        "/logout",
    ],
)
async def test_a_link_changes_nothing(owner, agent, path):
    agent.presence.meet(FRIEND)
    assert (await owner.get(path)).status == 405
    assert agent.alive
    assert not agent.role.is_killed()
    assert not agent.presence.unsubscribed


@pytest.mark.parametrize(
    "path",
    [
        *("/spade", "/spade/stop", "/spade/stop/now/"),
        "/spade/behaviour/fipa-request/RemindOnRequest/kill/",
        "/spade/agent/unsubscribe/owner@localhost/",
    ],
)
async def test_the_routes_of_spade_itself_are_not_there(owner, agent, path):
    for start in ("", "/agents/reminder"):
        assert (await owner.get(start + path)).status == 404
    assert agent.alive


async def test_a_behaviour_is_restarted_by_a_button(owner, agent):
    response = await owner.press(f"{ROLE}kill/")
    assert response.headers["Location"] == "/agents/reminder/?did=ending"
    assert agent.role.is_killed()
    assert "is taken up anew" in await owner.text("/agents/reminder/?did=ending")


async def test_an_agent_is_stopped_by_a_button_and_stays_to_be_looked_at(owner, agent):
    assert (await owner.press("/agents/reminder/stop/")).status == 303
    assert not agent.alive
    assert "stopped" in await owner.text("/agents/reminder/")
    assert (await owner.get("/agents/reminder/messages/")).status == 200


async def test_a_contact_is_there_when_one_of_its_clients_is(owner, agent):
    agent.presence.meet(FRIEND, status="at home")
    text = text_of(await owner.text("/agents/reminder/"))
    assert f"{FRIEND} online at home both" in text
    contact = agent.presence.contacts[FRIEND]
    contact.update_presence("phone", contact.resources[""])
    assert f"{FRIEND} offline" in text_of(await owner.text(CONTACT))


async def test_a_contact_is_sent_a_plain_message(owner, agent):
    agent.presence.meet(FRIEND)
    assert FRIEND in await owner.text("/agents/reminder/")
    response = await owner.press(f"{CONTACT}send/", message="<b>good morning</b>")
    assert response.headers["Location"] == f"{CONTACT}?did=sent"
    assert agent.stream.sent == [(FRIEND, "<b>good morning</b>", "chat")]


@pytest.mark.parametrize("message", ["", "  \n", "x" * 10_001, "bell \x07", "\ufffe"])
async def test_a_message_that_would_hurt_the_stream_is_not_sent(owner, agent, message):
    agent.presence.meet(FRIEND)
    assert (await owner.press(f"{CONTACT}send/", message=message)).status == 400
    assert not agent.stream.sent


async def test_nothing_is_said_to_be_sent_while_the_agent_is_away(owner, agent):
    agent.presence.meet(FRIEND)
    agent.stream.online = False
    assert (await owner.press(f"{CONTACT}send/", message="hello")).status == 409
    assert not agent.stream.sent


async def test_messages_go_to_contacts_only(owner, agent):
    assert (await owner.press(f"{CONTACT}send/", message="hello")).status == 404
    assert not agent.stream.sent


async def test_a_contact_is_unsubscribed_by_a_button(owner, agent):
    agent.presence.meet(FRIEND)
    assert (await owner.press(f"{CONTACT}unsubscribe/")).status == 303
    assert agent.presence.unsubscribed == [FRIEND]


async def test_a_page_that_an_agent_adds_is_served_behind_the_same_login(serving, password):
    async def figures(_request):
        return web.Response(text="seven")

    agent = FakeAgent()
    agent.web.add_get("/figures", figures, None, raw=True)
    agent.web.add_menu_entry("Figures", "/figures")
    async with serving(agent) as visitor:
        assert (await visitor.get("/agents/reminder/figures")).status == 303
        await visitor.sign_in(password)
        assert await visitor.text("/agents/reminder/figures") == "seven"
        assert 'href="/agents/reminder/figures"' in await visitor.text("/agents/reminder/")


async def test_the_journal_shows_what_is_kept_the_newest_first(serving, password):
    journal = FakeJournal()
    await journal.write([entry(number) for number in range(300)])
    async with serving(FakeAgent(), journal=journal) as owner:
        await owner.sign_in(password)
        page = await owner.text("/journal")
        assert page.count('<li class="message">') == MOST_MESSAGES
        assert page.index("act-299") < page.index("act-298")
        assert 'href="/journal"' in await owner.text("/")


async def test_the_journal_finds_old_messages_about_a_conversation(serving, password):
    journal = FakeJournal()
    await journal.write([entry(0, conversation="old", about=("occurrence",))])
    await journal.write([entry(number) for number in range(1, 300)])
    async with serving(FakeAgent(), journal=journal) as owner:
        await owner.sign_in(password)
        page = await owner.text("/journal?conversation=occurrence")
        assert "act-0" in page
        assert page.count('<li class="message">') == 1


async def test_without_a_journal_there_is_no_such_page(owner):
    assert (await owner.get("/journal")).status == 404
    assert "/journal" not in await owner.text("/")


async def test_a_journal_out_of_reach_is_told_in_its_own_words(serving, password):
    class Away(FakeJournal):
        async def latest(self, limit):
            raise ServerError("PostgreSQL does not answer: start it.")

    async with serving(FakeAgent(), journal=Away()) as owner:
        await owner.sign_in(password)
        response = await owner.get("/journal")
        assert response.status == 503
        assert "PostgreSQL does not answer: start it." in await response.text()
