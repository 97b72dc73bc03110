"""Reminders by e-mail: from chat to the mailbox, and from a link in the mail back to chat."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import time
from contextlib import asynccontextmanager

import aiohttp
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from config.ports import free_port
from gateways.sendgrid.events import PATH, SIGNATURE, TIMESTAMP
from tests.acceptance.database import RunningDatabase
from tests.acceptance.household import settle_in
from tests.acceptance.installation import AGENTS, SERVERS, Installation
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually
from tests.gateways.sendgrid.test_events import written
from tests.vendors.mail_server import mail_server
from tests.vendors.sendgrid import KEY, sendgrid

pytestmark = pytest.mark.acceptance

SOON = 30.0


class Home:
    """An installation that mails, and somebody who wants mails before chat."""

    def __init__(self, installation, url, database, person):
        self.installation, self.url = installation, url
        self.database, self.person = database, person

    def calls(self, *arguments):
        done = self.installation.call(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    async def reminds(self, of):
        """Have somebody be reminded of this now."""
        await self.database.go_to("Monday", 8)
        await self.person.ask(f"remind me in 1 minute to {of}")
        await self.database.advance(minutes=1)


@asynccontextmanager
async def home_of(directory, apart=(), **settings):
    """Run everything in one process, but agents that are to run ``apart``."""
    port = free_port("127.0.0.1")
    url = f"http://127.0.0.1:{port}"
    installation = Installation(
        directory / "home",
        STEWARD_MAIL_FROM="steward@example.org",
        STEWARD_HTTP_PORT=str(port),
        STEWARD_PUBLIC_URL=url,
        **settings,
    )
    try:
        together = [part for part in (*SERVERS, *AGENTS, "mail") if part not in apart]
        installation.start(*together, name="the rest").ready()
        for name in apart:
            installation.start(name).ready()
        (account,) = await settle_in(installation, ["ada"])
        database = await RunningDatabase.open(installation)
        contact = f"assistant@{account.jid.partition('@')[2]}"
        async with SlixmppClient(account, contact, "desk") as person:
            home = Home(installation, url, database, person)
            home.calls("person", "link", "Ada", "mailto:ada@example.org")
            home.calls("person", "prefer", "Ada", "channels", "e-mail,chat")
            yield home
        await database.close()
    finally:
        assert installation.stop() == []


def links_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return dict(re.findall(r"^([^:\n]+): (http\S+)", text, re.M))


async def test_a_reminder_arrives_by_mail_and_a_link_in_it_ends_it(tmp_path):
    async with mail_server() as server:
        there = f"smtp://127.0.0.1:{server.port}"
        async with home_of(tmp_path, STEWARD_SMTP_URL=there) as home:
            await home.reminds("stretch")
            (mail,) = await eventually(lambda: server.mails or None, "a mail", SOON)
            assert (mail["To"], mail["Subject"]) == ("ada@example.org", "⏰ stretch")

            await follow(links_in(mail)["Done"])

            await home.database.advance(hours=2)
            await home.person.nothing_under_way()
            assert home.person.count("⏰") == 0
            assert len(server.mails) == 1


async def follow(link):
    """Look where a link leads, press its button five times, and see that it was done."""
    async with aiohttp.ClientSession() as browser:

        async def shows(words):
            async with browser.get(link) as page:
                return page.status == 200 and words in await page.text()

        assert await shows("stretch")
        assert not await shows("This is done already.")
        for _ in range(5):
            async with browser.post(link, data={}) as page:
                assert page.status == 200, await page.text()
        await eventually(lambda: shows("This is done already."), "it is done", SOON)


async def test_a_mail_programme_ends_the_mails_and_reminders_come_by_chat_from_then_on(
    tmp_path,
):
    async with mail_server() as server:
        there = f"smtp://127.0.0.1:{server.port}"
        async with home_of(tmp_path, STEWARD_SMTP_URL=there) as home:
            await home.reminds("stretch")
            (mail,) = await eventually(lambda: server.mails or None, "a mail", SOON)
            assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"

            async with (
                aiohttp.ClientSession() as programme,
                programme.post(
                    mail["List-Unsubscribe"].strip("<>"),
                    data={"List-Unsubscribe": "One-Click"},
                ) as page,
            ):
                assert page.status == 200

            await home.reminds("water the ferns")
            await home.person.hears("⏰", "water the ferns")
            assert len(server.mails) == 1


async def test_a_mail_that_a_killed_process_may_have_sent_is_told_in_chat_and_not_sent_again(
    tmp_path,
):
    async with mail_server() as server:
        there = f"smtp://127.0.0.1:{server.port}"
        async with home_of(tmp_path, apart=["mail"], STEWARD_SMTP_URL=there) as home:
            home.calls("person", "prefer", "Ada", "escalate", "1h")
            server.hangs = True
            await home.reminds("stretch")
            await asyncio.wait_for(server.has_heard.wait(), SOON)
            home.installation.running["mail"].kill()
            server.hangs = False
            home.installation.start("mail").ready()

            await home.person.hears("⏰", "stretch")
            await home.person.nothing_under_way()
            assert home.person.count("⏰", "stretch") == 1
            assert server.envelopes == []
            assert server.heard == 1


async def test_a_mail_that_came_back_is_told_in_chat_and_its_address_used_no_more(tmp_path):
    key = ec.generate_private_key(ec.SECP256R1())
    settings = {"STEWARD_SENDGRID_KEY": KEY, "STEWARD_SENDGRID_EVENT_KEY": written(key)}
    async with (
        sendgrid() as there,
        home_of(tmp_path, STEWARD_SENDGRID_URL=there.url, **settings) as home,
    ):
        home.calls("person", "prefer", "Ada", "escalate", "1h")
        await home.reminds("stretch")
        (mail,) = await eventually(lambda: there.sent or None, "a mail", SOON)
        (envelope,) = mail["personalizations"]
        bounced = {
            "event": "bounce",
            "email": envelope["to"][0]["email"],
            "reason": "550 no such mailbox",
            "sg_event_id": "event-1",
            **envelope["custom_args"],
        }

        for _ in range(5):
            assert await reported(home.url, key, [bounced]) == 200

        await home.person.hears("⏰", "stretch")
        await home.person.nothing_under_way()
        assert home.person.count("⏰", "stretch") == 1
        bad = "SELECT bad_why FROM addresses WHERE address = 'mailto:ada@example.org'"
        assert await home.database.value(bad) == "bounce 550 no such mailbox"
        assert len(there.sent) == 1


async def reported(url, key, events):
    """Report events as SendGrid does, signed by this key; return the status."""
    body, timestamp = json.dumps(events).encode(), str(int(time.time()))
    signature = key.sign(timestamp.encode() + body, ec.ECDSA(hashes.SHA256()))
    headers = {
        SIGNATURE: base64.b64encode(signature).decode(),
        TIMESTAMP: timestamp,
        "Content-Type": "application/json",
    }
    async with (
        aiohttp.ClientSession() as client,
        client.post(f"{url}{PATH}", data=body, headers=headers) as answer,
    ):
        return answer.status
