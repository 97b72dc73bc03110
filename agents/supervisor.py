"""Keeping a server process alive as long as we are, and no longer.

The server is a direct child in a session of its own, so that the terminal's Ctrl-C reaches
only us, and the kernel ends it when we die, however we die (prctl(2), PR_SET_PDEATHSIG). When
it dies it is started again: at once, then more and more slowly.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Protocol

import structlog

from agents.confinement import Confinement
from ontology.errors import ServerError

log = structlog.get_logger(__name__)

FIRST_PAUSE = 0.05
LONGEST_PAUSE = 5.0
STEADY_SECONDS = 10.0
"""A server that lived this long has started well: the next pause is the first one again."""
START_SECONDS = 60.0
STOP_SECONDS = 10.0
ORPHAN_SECONDS = 10.0
LOOK_SECONDS = 0.02
ATTEMPTS = 5
"""So often may the first start fail before we give up and say why."""
LOG_BYTES = 5_000_000


class Server(Protocol):
    """A server program, as the supervisor sees it."""

    name: str
    stop_signal: signal.Signals
    """Asks it to end cleanly."""
    death_signal: signal.Signals
    """Reaches it when we die."""

    async def prepare(self) -> None:
        """Make what it needs on disk. Called before every start."""

    def command(self) -> list[str]:
        """Return the command line."""

    def environment(self) -> dict[str, str]:
        """Return the whole environment."""

    async def ready(self) -> None:
        """Return when it answers; wait for that without end."""

    def orphan(self) -> int | None:
        """Return the id of its process that an earlier supervisor left, if one still lives."""


@asynccontextmanager
async def supervised(
    server: Server, *, log_file: Path, confinement: Confinement
) -> AsyncIterator[Supervisor]:
    """Run the server inside this block.

    Raises:
        ServerError: it did not start.
    """
    supervisor = Supervisor(server, log_file, confinement)
    try:
        await supervisor.start()
        yield supervisor
    finally:
        await supervisor.stop()


class Supervisor:
    """Starts one server, starts it again when it dies, stops it."""

    def __init__(self, server: Server, log_file: Path, confinement: Confinement) -> None:
        self._server = server
        self._log_file = log_file
        self._confinement = confinement
        self._spawning: asyncio.Task[asyncio.subprocess.Process] | None = None
        self._process: asyncio.subprocess.Process | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._begun = asyncio.Event()
        self._answered = False

    @property
    def pid(self) -> int | None:
        """The server's process id, while it runs."""
        if self._process is None or self._process.returncode is not None:
            return None
        return self._process.pid

    async def start(self) -> None:
        """Start the server and return when it answers.

        Raises:
            ServerError: it ended several times, or did not answer in time; with its last words.
        """
        await self._end_orphan()
        await self._server.prepare()
        self._keeping = asyncio.create_task(self._keep(), name=f"keep {self._server.name}")
        ready = asyncio.create_task(self._answers())
        try:
            done, _ = await asyncio.wait(
                {ready, self._keeping},
                timeout=START_SECONDS,
                return_when=asyncio.FIRST_COMPLETED,
            )
            for task in done:
                task.result()
        finally:
            ready.cancel()
        if not done:
            raise self._did_not_start()
        self._answered = True
        log.info("server ready", server=self._server.name, pid=self.pid)

    async def stop(self) -> None:
        """Stop the server; kill it when it takes too long."""
        if self._keeping is not None:
            self._keeping.cancel()
            await asyncio.wait({self._keeping})
        with contextlib.suppress(OSError):
            if self._spawning is not None:
                await _end(await self._spawning, self._server.stop_signal)

    async def _answers(self) -> None:
        """Return when the server answers; it may do so before we are told that it runs."""
        await self._server.ready()
        await self._begun.wait()

    async def _keep(self) -> None:
        clock = asyncio.get_running_loop()
        pause, deaths = FIRST_PAUSE, 0
        while True:
            began = clock.time()
            log.warning("server died", server=self._server.name, status=await self._live())
            steady = clock.time() - began > STEADY_SECONDS
            pause, deaths = (FIRST_PAUSE, 0) if steady else (pause, deaths + 1)
            if deaths >= ATTEMPTS and not self._answered:
                raise self._did_not_start()
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            await self._prepare_again()

    async def _live(self) -> int | str:
        """Run the server once, to its end; return its exit status or why it did not run."""
        # Shielded: a process that was started must not be forgotten because we are stopped.
        self._spawning = asyncio.create_task(self._spawn())
        try:
            self._process = await asyncio.shield(self._spawning)
        except OSError as error:
            self._log_file.write_text(f"{error}\n")
            return str(error)
        self._begun.set()
        return await self._process.wait()

    async def _prepare_again(self) -> None:
        try:
            await self._server.prepare()
        except (ServerError, OSError) as error:
            # The next start will fail for the same reason, and be tried again.
            log.warning("server not prepared", server=self._server.name, reason=str(error))

    async def _spawn(self) -> asyncio.subprocess.Process:
        _rotate(self._log_file)
        death = self._server.death_signal.name.removeprefix("SIG")
        with self._log_file.open("ab") as output:
            return await asyncio.create_subprocess_exec(
                *self._confinement.prefix,
                # Last of all: a change of user would clear it again.
                *("setpriv", "--pdeathsig", death, "--"),
                *self._server.command(),
                env=self._server.environment(),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=asyncio.subprocess.STDOUT,
                start_new_session=True,
            )

    async def _end_orphan(self) -> None:
        """Wait for the end of a process that lost its supervisor, and press it if need be."""
        clock = asyncio.get_running_loop()
        patience = clock.time() + ORPHAN_SECONDS
        pressed = False
        while (pid := self._server.orphan()) is not None:
            late = clock.time() > patience
            if late or not pressed:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL if late else self._server.death_signal)
                pressed = True
            await asyncio.sleep(LOOK_SECONDS)

    def _did_not_start(self) -> ServerError:
        try:
            lines = self._log_file.read_text(errors="replace").split("\n")
        except OSError:
            lines = []
        told = next((line for line in reversed(lines) if line.strip()), "nothing")
        return ServerError(
            f"{self._server.name} does not start. "
            f"Its last words: {' '.join(told.split())[:300]} (all of them: {self._log_file})"
        )


async def _end(process: asyncio.subprocess.Process, politely: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(politely)
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await process.wait()
        except TimeoutError:
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()


def _rotate(file: Path) -> None:
    with contextlib.suppress(FileNotFoundError):
        if file.stat().st_size > LOG_BYTES:
            file.replace(file.with_suffix(".old.log"))
