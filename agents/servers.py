"""PostgreSQL and Prosody of one home: who runs them, where they are, who has an account.

Any number of processes share a home. Each server is run by one of them, the one that holds its
lock; the others use it, and one of them takes over when that process dies. A server that runs
elsewhere, by `DATABASE_URL` or `STEWARD_XMPP_SERVER`, is only named here.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import structlog

from agents.confinement import Confinement, confinement
from agents.sharing import Maker, S, Share
from config.home import Home
from config.ports import is_free
from config.settings import SECRETS, Settings
from gateways.prosody import EmbeddedProsody, Options, port_taken
from ontology.errors import ServerError, SettingsError
from storage.embedded_postgres import EmbeddedPostgres

log = structlog.get_logger(__name__)

PARTS = ("postgres", "prosody")
USUAL_XMPP_PORT = 5222


@dataclass(frozen=True)
class Account:
    """An XMPP account of the platform.

    Attributes:
        jid: the bare address.
        password_file: where the password is kept, for the person who wants to log in.
    """

    jid: str
    password: str = field(repr=False)
    password_file: Path


@dataclass(frozen=True)
class Addresses:
    """Where the servers are.

    Attributes:
        database_url: for SQLAlchemy with asyncpg. Holds a password.
        ca_file: by which to trust the XMPP server; None means the system's authorities.
    """

    database_url: str = field(repr=False)
    xmpp_host: str
    xmpp_port: int
    xmpp_domain: str
    ca_file: Path | None
    _home: Home
    _prosody: EmbeddedProsody | None

    async def accounts(self, names: Iterable[str]) -> dict[str, Account]:
        """Return the accounts with these local parts, registering those that are missing.

        Raises:
            ServerError: Prosody refused; or the server is not ours and a password is not known.
        """
        wanted = dict.fromkeys(names)
        passwords = {name: self._password(name) for name in wanted}
        if self._prosody is not None and passwords:
            await self._prosody.register(passwords)
        return {
            name: Account(f"{name}@{self.xmpp_domain}", password, self._password_file(name))
            for name, password in passwords.items()
        }

    async def account(self, name: str) -> Account:
        """Return one such account."""
        return (await self.accounts([name]))[name]

    def _password(self, name: str) -> str:
        if self._prosody is not None:
            return self._home.secret(_key(name))
        file = self._password_file(name)
        try:
            return file.read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            raise ServerError(
                f"The password of {name}@{self.xmpp_domain} is not known: "
                f"make that account on your XMPP server and write its password into {file}."
            ) from None

    def _password_file(self, name: str) -> Path:
        mounted = SECRETS / _key(name)
        ours = self._prosody is not None or not mounted.exists()
        return self._home.secret_file(_key(name)) if ours else mounted


def _key(name: str) -> str:
    return f"account-{name}"


@dataclass(frozen=True)
class _PostgresMaker:
    home: Home
    confinement: Confinement
    name: str = "postgres"

    def use(self) -> EmbeddedPostgres:
        return EmbeddedPostgres(
            self.home.postgres, self.home.secret("postgres"), prefix=self.confinement.prefix
        )

    def run(self) -> EmbeddedPostgres:
        self.confinement.own(self.home.postgres)
        return self.use()


@dataclass(frozen=True)
class _ProsodyMaker:
    settings: Settings
    home: Home
    confinement: Confinement
    name: str = "prosody"

    def use(self) -> EmbeddedProsody:
        settings, home = self.settings, self.home
        return EmbeddedProsody(
            home.prosody,
            home.certificates,
            Options(
                host=settings.xmpp_host,
                port=home.port(
                    "xmpp",
                    settings.xmpp_port,
                    preferred=USUAL_XMPP_PORT,
                    host=settings.xmpp_host,
                ),
                domain=settings.xmpp_domain,
                archive_policy=settings.archive_policy,
                federation=settings.federation,
                log_level=settings.prosody_log_level,
            ),
            programs=home.programs,
            prefix=self.confinement.prefix,
        )

    def run(self) -> EmbeddedProsody:
        self.confinement.own(self.home.prosody)
        server = self.use()
        host, port = server.address
        if server.orphan() is not None or is_free(host, port):
            return server
        if self.settings.xmpp_port:
            raise port_taken(host, port)
        port = self.home.move_port("xmpp", host=self.settings.xmpp_host)
        log.warning("port was taken, moved", server=self.name, port=port)
        return self.use()


@asynccontextmanager
async def servers(
    settings: Settings, home: Home, *, parts: Collection[str] = PARTS
) -> AsyncIterator[Addresses]:
    """Yield where the servers of this home are, once they answer.

    Args:
        settings: which servers are ours to run.
        home: the home, created.
        parts: of "postgres" and "prosody", those that this process runs if nobody else does.

    Raises:
        ServerError: a server does not start, or nobody runs one that is not among `parts`.
    """
    ours = settings.database_url is None or settings.embedded_xmpp
    confined = await confinement() if ours else None
    async with AsyncExitStack() as stack:
        database_url, prosody = "", None
        if confined is not None and settings.database_url is None:
            postgres = _share(_PostgresMaker(home, confined), home, parts)
            database_url = (await stack.enter_async_context(postgres)).url
        elif settings.database_url is not None:
            database_url = settings.database_url.get_secret_value()
        if confined is not None and settings.embedded_xmpp:
            shared = _share(_ProsodyMaker(settings, home, confined), home, parts)
            prosody = await stack.enter_async_context(shared)
        yield _addresses(settings, home, database_url, prosody)


@asynccontextmanager
async def serving(
    settings: Settings, home: Home, parts: Collection[str]
) -> AsyncIterator[None]:
    """Run these servers and nothing else, whether or not the others of this home are there.

    Raises:
        SettingsError: one of them runs elsewhere, by the settings.
        ServerError: one does not start.
    """
    if "postgres" in parts and settings.database_url is not None:
        raise SettingsError("--only postgres: DATABASE_URL names one that runs elsewhere")
    if "prosody" in parts and not settings.embedded_xmpp:
        raise SettingsError("--only prosody: STEWARD_XMPP_SERVER names one elsewhere")
    confined = await confinement()
    async with AsyncExitStack() as stack:
        if "postgres" in parts:
            maker = _PostgresMaker(home, confined)
            await stack.enter_async_context(_share(maker, home, parts))
        if "prosody" in parts:
            other = _ProsodyMaker(settings, home, confined)
            await stack.enter_async_context(_share(other, home, parts))
        yield


def _share(maker: Maker[S], home: Home, parts: Collection[str]) -> Share[S]:
    return Share(maker, home.hold(maker.name), home.logs, maker.name in parts)


def _addresses(
    settings: Settings, home: Home, database_url: str, prosody: EmbeddedProsody | None
) -> Addresses:
    there = urlsplit(f"//{settings.xmpp_server}")
    host, port = prosody.address if prosody else (there.hostname or "", there.port or 0)
    ca_file = prosody.ca_file if prosody else settings.xmpp_ca_file
    return Addresses(database_url, host, port, settings.xmpp_domain, ca_file, home, prosody)
