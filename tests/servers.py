"""The session's real servers: one PostgreSQL and one Prosody, thrown away in the end."""

from __future__ import annotations

import asyncio
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from agents.confinement import Confinement, confinement
from agents.supervisor import Server
from config.ports import free_port
from gateways.prosody import EmbeddedProsody, Options
from ontology.errors import ServerError
from storage.embedded_postgres import EmbeddedPostgres
from tests.clients.hearing import Account

START_SECONDS = 60
LOOPBACK = "127.0.0.1"


@contextmanager
def running(
    server: Server, confined: Confinement, *options: str
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a server, without a supervisor, until the block ends."""
    asyncio.run(server.prepare())
    process = subprocess.Popen(
        [*confined.prefix, "setpriv", "--pdeathsig", "KILL", "--", *server.command(), *options],
        env=server.environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        asyncio.run(asyncio.wait_for(server.ready(), START_SECONDS))
        yield process
    finally:
        process.send_signal(server.stop_signal)
        process.wait(START_SECONDS)


class PostgresForTests:
    """A server on which every test gets a database of its own."""

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server

    @property
    def url(self) -> str:
        """The database that belongs to nobody's test."""
        return self._server.url

    def url_of(self, database: str) -> str:
        return self._server.url.replace("/steward?", f"/{database}?")

    async def create(self, template: str = "template1") -> str:
        """Make a database, as a copy of another if wanted, and return its name."""
        name = f"t_{uuid.uuid4().hex}"
        await self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return name

    async def drop(self, database: str) -> None:
        await self._execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(plain(self._server.url))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


def plain(url: str) -> str:
    """The same URL as asyncpg itself reads it."""
    return url.replace("+asyncpg", "", 1)


class ProsodyForTests:
    """A server on which every test makes accounts of its own."""

    def __init__(self, server: EmbeddedProsody, domain: str) -> None:
        self._server = server
        self.domain = domain
        self.host, self.port = server.address
        self.ca_file = server.ca_file

    async def accounts(self, *names: str) -> list[Account]:
        """Make accounts; the same name is the same account for the whole session."""
        passwords = {name: f"secret of {name}" for name in names}
        await self._server.register(passwords)
        return [
            Account(
                jid=f"{name}@{self.domain}",
                password=password,
                host=self.host,
                port=self.port,
                ca_file=str(self.ca_file),
            )
            for name, password in passwords.items()
        ]

    def file(self, path: str) -> Path:
        """A file among the server's data."""
        return self._server._directory / path

    async def account(self, name: str) -> Account:
        return (await self.accounts(name))[0]


def unique(name: str) -> str:
    """A local part that no other test has."""
    return f"{name}-{uuid.uuid4().hex[:12]}"


@contextmanager
def postgres_for_tests(directory: Path) -> Iterator[PostgresForTests]:
    confined = asyncio.run(confinement())
    server = EmbeddedPostgres(directory, "for tests only", prefix=confined.prefix)
    confined.own(directory)
    with running(server, confined, "-c", "fsync=off"):
        yield PostgresForTests(server)


@contextmanager
def prosody_for_tests(directory: Path) -> Iterator[ProsodyForTests]:
    confined = asyncio.run(confinement())
    for room in ("data", "certificates"):
        (directory / room).mkdir(mode=0o700)
    options = Options(LOOPBACK, free_port(LOOPBACK), "localhost")
    server = EmbeddedProsody(
        directory / "data", directory / "certificates", options, prefix=confined.prefix
    )
    confined.own(directory / "data")
    try:
        asyncio.run(server.prepare())
    except ServerError as error:
        pytest.skip(str(error))
    with running(server, confined):
        yield ProsodyForTests(server, options.domain)
