"""A household with every channel set up, and the vendors it speaks to, all on this machine."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp
from twilio.request_validator import RequestValidator

from config.ports import free_port
from ontology.policy.changes import Change
from storage.database import Database
from storage.people import PostgresPeople
from storage.preferences import PostgresPreferenceBook
from tests.acceptance.database import RunningDatabase, address
from tests.acceptance.household import settle_in
from tests.acceptance.installation import Installation
from tests.acceptance.processes import Running
from tests.acceptance.somebody import OUR_NUMBER, SOON, Somebody
from tests.clients.hearing import Account
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually
from tests.vendors.mail_server import MailServerForTests, mail_server
from tests.vendors.telegram import TOKEN as TELEGRAM_TOKEN
from tests.vendors.telegram import Telegram, telegram
from tests.vendors.twilio import ACCOUNT, TOKEN, Twilio, twilio

PEOPLE = 45

TOGETHER = ("directory", "policy", "reminder", "planner", "assistant", "web", "mail")
APART = ("notifier", "phone", "telegram")


class Channels:
    """The installation: each of ``APART`` is a process of its own, which may be killed."""

    def __init__(self, home: Installation, url: str) -> None:
        self.home = home
        self.url = url
        self.twilio: Twilio
        self.telegram: Telegram
        self.mail: MailServerForTests
        self.database: RunningDatabase
        self.store: Database
        self.browser: aiohttp.ClientSession
        self._accounts: list[Account] = []
        self._numbers = itertools.count(1)
        self._ids = itertools.count(1)

    # -- processes -----------------------------------------------------------------------------

    async def start(self, *names: str) -> None:
        """Start agents, each in a process of its own but those that stay together."""
        started = [
            self.home.start(*(TOGETHER if name == "assistant" else (name,)), name=name)
            for name in names
        ]
        for each in started:
            await asyncio.to_thread(each.ready)

    def process(self, name: str) -> Running:
        return self.home.running[name]

    async def call(self, *arguments: str) -> str:
        """Run a command of the operator's."""
        done = await asyncio.to_thread(self.home.call, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    # -- time ----------------------------------------------------------------------------------

    async def real_time(self) -> None:
        """Let everybody's clock show the same again: webhooks go by this machine's."""
        await self.database.set_clock(await self.database.value("SELECT clock_timestamp()"))
        self.telegram.now = time.time

    async def advance(self, **by: float) -> None:
        """Let time pass at once, for us and for Telegram."""
        ahead = (await self.database.advance(**by)).timestamp() - time.time()
        self.telegram.now = lambda: time.time() + ahead

    # -- what stands in the database -----------------------------------------------------------

    async def stands(self, query: str, *arguments: object) -> None:
        """Wait until the only value that this finds is true."""

        async def is_so() -> Any:
            return await self.database.value(query, *arguments) or None

        await eventually(is_so, f"{query} {arguments}", SOON)

    async def everything_is_worked_on(self) -> None:
        """Wait until nothing that vendors sent is left to be worked on."""
        await self.stands("SELECT count(*) = 0 FROM arrivals WHERE settled_at IS NULL")

    # -- people --------------------------------------------------------------------------------

    @asynccontextmanager
    async def somebody(
        self, *changes: Change, reached_by: Sequence[str] = ("telegram", "tel")
    ) -> AsyncIterator[Somebody]:
        """Log in somebody new, who has addresses of these schemes and has said this."""
        number = next(self._numbers)
        account = self._accounts.pop()
        people, book = PostgresPeople(self.store), PostgresPreferenceBook(self.store)
        person = await people.at(account.jid)
        assert person is not None
        async with SlixmppClient(account, self.home.assistant, "desk") as chat:
            made = Somebody(self, person, chat, number)
            for scheme in reached_by:
                await people.link(person.id, made.address(scheme))
            for change in changes:
                await book.change(person.id, change)
            yield made

    # -- what vendors send ---------------------------------------------------------------------

    async def posts(
        self, path: str, form: dict[str, str], signature: str | None = None
    ) -> tuple[int, str]:
        """Send a form as Twilio does, signed for the address that it calls."""
        url = path if path.startswith("http") else f"{self.url}{path}"
        headers = {"X-Twilio-Signature": signature or self.signature(url, form)}
        async with self.browser.post(url, data=form, headers=headers) as answer:
            return answer.status, await answer.text()

    @staticmethod
    def signature(url: str, form: dict[str, str]) -> str:
        """Return how Twilio signs this."""
        return str(RequestValidator(TOKEN).compute_signature(url, form))

    async def opens(self, link: str) -> tuple[int, str]:
        async with self.browser.get(link) as page:
            return page.status, await page.text()

    async def presses(self, link: str) -> tuple[int, str]:
        async with self.browser.post(link, data={}) as page:
            return page.status, await page.text()

    def message_sid(self) -> str:
        return f"SM{next(self._ids):032x}"


@asynccontextmanager
async def channels_in(directory: Path) -> AsyncIterator[Channels]:
    """Run all of it for as long as the block lasts."""
    port = free_port("127.0.0.1")
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        at_twilio = await stack.enter_async_context(twilio())
        bot = await stack.enter_async_context(telegram())
        post_office = await stack.enter_async_context(mail_server())
        home = Installation(
            directory / "home",
            STEWARD_HTTP_PORT=str(port),
            STEWARD_PUBLIC_URL=url,
            STEWARD_TELEGRAM_TOKEN=TELEGRAM_TOKEN,
            STEWARD_TELEGRAM_URL=bot.url,
            STEWARD_TWILIO_ACCOUNT=ACCOUNT,
            STEWARD_TWILIO_TOKEN=TOKEN,
            STEWARD_TWILIO_NUMBER=OUR_NUMBER,
            STEWARD_TWILIO_URL=at_twilio.url,
            STEWARD_MAIL_FROM="steward@example.org",
            STEWARD_SMTP_URL=f"smtp://127.0.0.1:{post_office.port}",
        )
        made = Channels(home, url)
        made.twilio, made.telegram, made.mail = at_twilio, bot, post_office
        made.browser = await stack.enter_async_context(aiohttp.ClientSession())
        try:
            await asyncio.to_thread(home.start_servers)
            names = [f"somebody{number}" for number in range(PEOPLE)]
            made._accounts = await settle_in(home, names)
            await made.start("assistant", *APART)
            made.database = await RunningDatabase.open(home)
            stack.push_async_callback(made.database.close)
            made.store = await Database.open(
                address(home).replace("postgresql", "postgresql+asyncpg", 1)
            )
            stack.push_async_callback(made.store.close)
            yield made
        finally:
            left = await asyncio.to_thread(home.stop)
        assert left == []
        assert bot.complaints == []
