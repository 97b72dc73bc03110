"""The connection to PostgreSQL: transactions that calls can join, and patience when it is gone.

A repository is a set of methods marked :func:`reads` or :func:`writes`. Each gets the
connection handed in: that of the transaction it was called within (see
:meth:`Database.transaction`), else one of its own. Outside a transaction a call that loses the
server is repeated until the server is back, for :data:`PATIENCE` seconds; every port is made
so that a repeated call changes nothing more.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from sqlalchemy import URL, ExceptionContext, event, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from ontology.errors import ServerError, SettingsError
from storage.migration import migrate as run_migrations

PATIENCE: Final = 15.0
"""Seconds for which a call waits for a server that went away."""

CONNECTING: Final = 5.0
"""Seconds in which a server has to let us in."""

ANSWERING: Final = 60.0
"""Seconds in which it has to answer; a line that was cut without a word ends then."""

_SERVER_SETTINGS: Final = {
    "application_name": "steward",
    "jit": "off",  # our statements are over before a compiler has begun
    "random_page_cost": "1.1",  # what is asked for often is in memory
    "plan_cache_mode": "force_generic_plan",  # planned once; no parameter changes the plan
}

P = ParamSpec("P")
R = TypeVar("R")
Work = Callable[[AsyncConnection], Awaitable[R]]


class ConnectionLost(ServerError):
    """PostgreSQL cannot be reached, or went away in the middle of a call."""


@dataclass(slots=True)
class _Transaction:
    database: Database
    connection: AsyncConnection
    is_open: bool = True


_current: ContextVar[_Transaction | None] = ContextVar("_current", default=None)


class Database:
    """A pool of connections to one PostgreSQL database."""

    def __init__(self, engine: AsyncEngine) -> None:
        event.listen(engine.sync_engine, "handle_error", _name_the_loss)
        self.engine = engine
        self._reading = engine.execution_options(isolation_level="AUTOCOMMIT")

    @classmethod
    async def open(cls, url: str, *, migrate: bool = False, connections: int = 6) -> Database:
        """Connect, and with ``migrate`` bring the schema up to date first.

        At most ``connections`` are opened, when they are needed, and then kept: to open one
        costs as much as many queries. One of them may be the alarm's. Raises SettingsError
        for a URL that is none; ServerError when nobody answers, we are not let in, or the
        tables are those of a newer Steward.
        """
        database = cls(
            create_async_engine(
                normalised(url),
                pool_size=connections,
                max_overflow=0,
                pool_timeout=PATIENCE,
                pool_use_lifo=True,
                hide_parameters=True,
                connect_args={
                    "timeout": CONNECTING,
                    "command_timeout": ANSWERING,
                    "server_settings": _SERVER_SETTINGS,
                },
            )
        )
        try:
            await (database.write(run_migrations) if migrate else database.read(_hello))
        except DBAPIError as error:
            await database.close()
            raise ServerError(
                f"PostgreSQL will not let us in ({_in_one_line(error)}); see DATABASE_URL"
            ) from error
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        """Close every connection."""
        await self.engine.dispose()

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncConnection]:
        """Commit all that is written within, or nothing; join the transaction around."""
        if (joined := self._joined()) is not None:
            yield joined
            return
        async with _connected(self.engine) as connection, connection.begin():
            current = _Transaction(self, connection)
            token = _current.set(current)
            try:
                yield connection
            finally:
                # A task started within may live on with a copy of the context.
                current.is_open = False
                _current.reset(token)

    async def write(self, work: Work[R]) -> R:
        """Do work within the current transaction, or in one of its own, patiently."""
        if (joined := self._joined()) is not None:
            return await work(joined)

        async def attempt() -> R:
            async with self.transaction() as connection:
                return await work(connection)

        return await _patiently(attempt)

    async def read(self, work: Work[R]) -> R:
        """Do work that only reads, with no transaction of its own, patiently."""
        if (joined := self._joined()) is not None:
            return await work(joined)

        async def attempt() -> R:
            async with _connected(self._reading) as connection:
                return await work(connection)

        return await _patiently(attempt)

    def _joined(self) -> AsyncConnection | None:
        current = _current.get()
        if current is None or current.database is not self or not current.is_open:
            return None
        return current.connection


class Repository:
    """Something kept in the database."""

    def __init__(self, database: Database) -> None:
        self.database = database


S = TypeVar("S", bound=Repository)
Method = Callable[Concatenate[S, AsyncConnection, P], Awaitable[R]]
Call = Callable[Concatenate[S, P], Coroutine[Any, Any, R]]


def reads(method: Method[S, P, R]) -> Call[S, P, R]:
    """Hand a connection to a method that only reads."""

    @wraps(method)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.database.read(lambda on: method(self, on, *args, **kwargs))

    return call


def writes_at_once(method: Method[S, P, R]) -> Call[S, P, R]:
    """Hand a connection to a method that writes with one statement: two round trips less."""
    # Such a statement commits itself, so it needs what a method that reads needs.
    return reads(method)


def writes(method: Method[S, P, R]) -> Call[S, P, R]:
    """Hand a connection to a method that writes: all of it is committed, or nothing."""

    @wraps(method)
    async def call(self: S, /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.database.write(lambda on: method(self, on, *args, **kwargs))

    return call


_OPTIONS = frozenset({"host", "port", "ssl", "passfile", "target_session_attrs"})
"""What may stand in the query of a URL; the driver knows few of libpq's names."""


def normalised(url: str) -> URL:
    """Return a PostgreSQL URL, in any of its spellings, as the driver wants it.

    Raises SettingsError: it is none, is another database's, or has an option nobody knows.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise SettingsError(
            "DATABASE_URL is not a URL; write postgresql://user:password@host/database"
        ) from error
    if parsed.get_backend_name() not in ("postgres", "postgresql"):
        raise SettingsError(
            f"DATABASE_URL begins with {parsed.drivername!r}; only postgresql:// will do"
        )
    query = dict(parsed.query)
    if "sslmode" in query:  # libpq's name for what the driver calls ssl
        query["ssl"] = query.pop("sslmode")
    if unknown := query.keys() - _OPTIONS:
        raise SettingsError(
            f"DATABASE_URL has the option {min(unknown)!r}, which is unknown here: leave it out"
        )
    return parsed.set(drivername="postgresql+asyncpg", query=query)


def is_transient(error: BaseException) -> bool:
    """Tell whether the same call may succeed later: the server is away, or chose a victim."""
    if isinstance(error, ConnectionLost):
        return True
    if not isinstance(error, DBAPIError):
        return False
    # Classes 08 connection, 57P shutdown and start, 53300 connections, 40 deadlock (SQLSTATE).
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return error.connection_invalidated or state.startswith(("08", "57P", "53300", "40"))


@asynccontextmanager
async def _connected(engine: AsyncEngine) -> AsyncIterator[AsyncConnection]:
    async with AsyncExitStack() as stack:
        try:
            connection = await stack.enter_async_context(engine.connect())
        except (OSError, PoolTimeout) as error:
            raise ConnectionLost("PostgreSQL cannot be reached") from error
        yield connection


def _name_the_loss(context: ExceptionContext) -> BaseException | None:
    # The driver lets errors of the socket through as they are; an action that runs within
    # our transaction may raise its own, and those are none of our business.
    if not isinstance(context.original_exception, OSError):
        return None
    context.is_disconnect = True
    return ConnectionLost("PostgreSQL went away")


async def _patiently(attempt: Callable[[], Awaitable[R]]) -> R:
    loop = asyncio.get_running_loop()
    deadline, pause = loop.time() + PATIENCE, 0.02
    while True:
        try:
            return await attempt()
        except (DBAPIError, ConnectionLost) as error:
            if not is_transient(error):
                raise
            if loop.time() + pause > deadline:
                raise ServerError(
                    "PostgreSQL does not answer; see that it runs and DATABASE_URL is right"
                ) from error
        await asyncio.sleep(pause)
        pause = min(2 * pause, 0.5)


def _in_one_line(error: DBAPIError) -> str:
    return str(error.orig).split("\n")[0]


async def _hello(connection: AsyncConnection) -> None:
    await connection.exec_driver_sql("SELECT 1")
