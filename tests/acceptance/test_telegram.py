"""Telegram as a person has it: the bot is a process of its own, and speaks over the wire."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import pytest

from config.home import Home
from ontology.people.addresses import TELEGRAM
from ontology.people.codes import Code, digest_of, digits_of
from ontology.telegram.wording import LINKED, STRANGER
from storage.codes import PostgresCodes
from storage.database import Database
from storage.embedded_postgres import EmbeddedPostgres
from storage.people import PostgresPeople
from tests.acceptance.database import RunningDatabase
from tests.acceptance.installation import AGENTS, Installation
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually
from tests.vendors.telegram import TOKEN, Telegram, telegram

pytestmark = pytest.mark.acceptance

ADA = 4711
WITHIN = 30.0


class Place:
    """An installation with a bot, the Telegram it speaks to, and the owner in chat."""

    def __init__(self, home: Installation, server: Telegram) -> None:
        self.home = home
        self.server = server

    async def start(self, who: str) -> None:
        """Start the bot in a process of its own, or all the others with the assistant."""
        parts = ["telegram"] if who == "telegram" else AGENTS
        await asyncio.to_thread(self.home.start(*parts, name=who).ready)

    async def code(self) -> str:
        """Return a code that links an account to the owner, as the assistant issues it."""
        home = Home(self.home.home)
        url = EmbeddedPostgres(home.postgres, home.secret("postgres")).url
        database = await Database.open(url)
        owner = await PostgresPeople(database).at(self.home.owner().jid)
        assert owner is not None
        key, code = home.secret("codes").encode(), Code(uuid4(), owner.id, TELEGRAM)
        digits = digits_of(code, key)
        assert await PostgresCodes(database).issue(code, digest_of(digits, key))
        await database.close()
        return digits

    async def sees(self, *parts: str, count: int = 1) -> None:
        """Wait until so many of the bot's messages read like this."""

        def are_there() -> bool:
            read = [t for t in self.server.sees(ADA) if all(part in t for part in parts)]
            return len(read) >= count

        await eventually(are_there, lambda: f"{parts}: {self.server.sees(ADA)}", WITHIN)

    async def link(self) -> None:
        self.server.writes(ADA, f"/start {await self.code()}")
        await self.sees(LINKED)


@asynccontextmanager
async def place(directory: Path) -> AsyncIterator[Place]:
    async with telegram() as server:
        settings = {"STEWARD_TELEGRAM_TOKEN": TOKEN, "STEWARD_TELEGRAM_URL": server.url}
        home = Installation(directory / "home", **settings)
        try:
            made = Place(home, server)
            await asyncio.to_thread(home.start_servers)
            await made.start("assistant")
            await made.start("telegram")
            yield made
        finally:
            left = await asyncio.to_thread(home.stop)
        assert left == []
        assert server.complaints == []


async def test_a_reminder_is_made_told_and_answered_on_telegram(tmp_path):
    async with place(tmp_path) as at:
        at.server.writes(ADA, "hello")
        await at.sees(STRANGER)
        await at.link()

        at.server.writes(ADA, "remind me in 1 minute to water the ferns")
        await at.sees("OK", "water the ferns")
        preferring = ("person", "prefer", "owner", "channels", "telegram,chat")
        assert (await asyncio.to_thread(at.home.call, *preferring)).returncode == 0
        database = await RunningDatabase.open(at.home)
        await database.advance(minutes=1)
        await at.sees("⏰ water the ferns")
        assert at.server.buttons(ADA) == ["✓ Done", "10 min", "1 h"]

        query = at.server.presses(ADA, "Done")
        await at.sees("⏰ water the ferns", "Done")
        assert at.server.buttons(ADA) == []
        await eventually(lambda: query["id"] in at.server.shown, "a confirmation", WITHIN)
        assert await database.value("SELECT state FROM occurrences") == "acknowledged"
        await database.close()

        at.server.writes(ADA, "what did I miss?")
        await at.sees("miss")
        async with SlixmppClient(at.home.owner(), at.home.assistant, "desk") as chat:
            assert "no reminders" in (await chat.ask("list")).lower()


async def counts(database: RunningDatabase, rows: str, wanted: int) -> None:
    """Wait until there are so many rows."""

    async def are_there():
        return await database.value(f"SELECT count(*) FROM {rows}") == wanted or None

    await eventually(are_there, f"{wanted} {rows}", WITHIN)


@pytest.mark.parametrize(
    ("who", "dies_after"), [("telegram", 0.1), ("telegram", 0.3), ("assistant", 0.2)]
)
async def test_what_is_written_while_somebody_dies_is_done_and_answered_once(
    tmp_path, who, dies_after
):
    async with place(tmp_path) as at:
        await at.link()
        tasks = [f"do the number {number}" for number in range(8)]
        for task in tasks[:4]:
            at.server.writes(ADA, f"remind me in 2 hours to {task}")
        await asyncio.sleep(dies_after)  # somewhere between the updates and their answers
        await asyncio.to_thread(at.home.running[who].kill)
        for task in tasks[4:]:
            at.server.writes(ADA, f"remind me in 2 hours to {task}")
        await at.start(who)

        database = await RunningDatabase.open(at.home)
        await counts(database, "reminders", len(tasks))
        await counts(database, "arrivals WHERE settled_at IS NULL", 0)
        # What may have left before the bot died is not said again; nobody knows whether it did.
        in_doubt = await database.value(
            "SELECT count(*) FROM dispatches WHERE outcome = 'attempting'"
        )
        await database.close()
        told = [sum(task in text for text in at.server.sees(ADA)) for task in tasks]
        assert max(told) == 1
        assert sum(told) >= len(tasks) - in_doubt
