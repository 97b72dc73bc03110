"""Reminders by e-mail: from chat to the mailbox, and from a link in the mail back to chat."""

from __future__ import annotations

import re

import aiohttp
import pytest

from config.ports import free_port
from tests.acceptance.database import RunningDatabase
from tests.acceptance.household import settle_in
from tests.acceptance.installation import Installation
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually
from tests.vendors.mail_server import mail_server

pytestmark = pytest.mark.acceptance

SOON = 30.0


class Home:
    """An installation with a mail server, and somebody who wants mails first."""

    def __init__(self, installation, server, database, person):
        self.installation, self.server = installation, server
        self.database, self.person = database, person

    async def mails(self, count):
        await eventually(lambda: len(self.server.mails) >= count, f"{count} mails", SOON)
        assert len(self.server.mails) == count
        return self.server.mails

    def calls(self, *arguments):
        done = self.installation.call(*arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture
async def home(tmp_path):
    port = free_port("127.0.0.1")
    async with mail_server() as server:
        installation = Installation(
            tmp_path / "home",
            STEWARD_MAIL_FROM="steward@example.org",
            STEWARD_SMTP_URL=f"smtp://127.0.0.1:{server.port}",
            STEWARD_HTTP_PORT=str(port),
            STEWARD_PUBLIC_URL=f"http://127.0.0.1:{port}",
        )
        try:
            everything = installation.start()
            everything.ready()
            (account,) = await settle_in(installation, ["ada"])
            database = await RunningDatabase.open(installation)
            contact = f"assistant@{account.jid.partition('@')[2]}"
            async with SlixmppClient(account, contact, "desk") as person:
                made = Home(installation, server, database, person)
                made.calls("person", "link", "Ada", "mailto:ada@example.org")
                made.calls("person", "prefer", "Ada", "channels", "e-mail,chat")
                yield made
            await database.close()
        finally:
            assert installation.stop() == []


def links_in(mail):
    text = mail.get_body(("plain",)).get_content()
    return dict(re.findall(r"^([^:\n]+): (http\S+)", text, re.M))


async def test_a_reminder_arrives_by_mail_and_a_link_in_it_ends_it(home):
    await home.database.go_to("Monday", 8)
    await home.person.ask("remind me in 1 minute to stretch")
    await home.database.advance(minutes=1)

    (mail,) = await home.mails(1)
    assert mail["To"] == "ada@example.org"
    assert mail["Subject"] == "⏰ stretch"
    done = links_in(mail)["Done"]

    async with aiohttp.ClientSession() as browser:

        async def shows(words):
            async with browser.get(done) as page:
                return page.status == 200 and words in await page.text()

        assert await shows("stretch")
        assert not await shows("This is done already.")
        for _ in range(5):
            async with browser.post(done, data={}) as page:
                assert page.status == 200, await page.text()
        await eventually(lambda: shows("This is done already."), "it is done", SOON)
    await home.database.advance(hours=2)
    await home.person.nothing_under_way()
    assert home.person.count("⏰") == 0
    await home.mails(1)
