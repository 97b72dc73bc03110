"""One server for several processes: run by one, used by all, taken over when that one dies."""

from __future__ import annotations

import asyncio
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol, TypeVar

import structlog

from agents.confinement import Confinement
from agents.supervisor import START_SECONDS, Server, Supervisor
from ontology.errors import ServerError

log = structlog.get_logger(__name__)

SUCCESSION_SECONDS = 0.2
"""How often a process that uses a server of another looks whether that one still lives."""
AGAIN_SECONDS = 5.0
LOOK_SECONDS = 0.5
NOBODY_SECONDS = 5.0

S = TypeVar("S", bound=Server, covariant=True)


class Maker(Protocol[S]):
    """Makes the object for a server of the home, for who runs it and for who only uses it."""

    @property
    def name(self) -> str:
        """What the server is called, in logs and locks."""

    @property
    def confinement(self) -> Confinement:
        """How it is run."""

    def use(self) -> S:
        """Return the server as it is now."""

    def run(self) -> S:
        """Return the server that this process is about to start.

        Raises:
            ServerError: something stands in the way.
        """


class Lock(Protocol):
    """Tells processes of one home apart; freed by the kernel when its holder dies."""

    def try_take(self) -> bool:
        """Take it if nobody has it."""

    def release(self) -> None:
        """Give it back, if it is ours."""

    def holder(self) -> int | None:
        """Return the id of the process that has it, if one does."""


class Share(AbstractAsyncContextManager[S]):
    """One server of the home: run by us, or by another process until that dies.

    Args:
        maker: see there.
        hold: the lock of who runs it.
        logs: the directory for what it has to say.
        willing: whether this process runs it, now or after another.
    """

    def __init__(self, maker: Maker[S], hold: Lock, logs: Path, willing: bool) -> None:
        self._maker = maker
        self._hold = hold
        self._log_file = logs / f"{maker.name}.log"
        self._willing = willing
        self._supervisor: Supervisor | None = None
        self._succession: asyncio.Task[None] | None = None

    async def __aenter__(self) -> S:
        try:
            if self._willing and self._hold.try_take():
                return await self._run()
            if self._willing:
                self._succession = asyncio.create_task(self._succeed())
            return await self._use()
        except BaseException:
            await self._leave()
            raise

    async def __aexit__(self, *_: object) -> None:
        await self._leave()

    async def _leave(self) -> None:
        if self._succession is not None:
            self._succession.cancel()
            await asyncio.wait({self._succession})
        if self._supervisor is not None:
            await self._supervisor.stop()
        self._hold.release()

    async def _run(self) -> S:
        server = self._maker.run()
        self._supervisor = Supervisor(server, self._log_file, self._maker.confinement)
        await self._supervisor.start()
        return server

    async def _use(self) -> S:
        """Wait until whoever runs the server has it ready."""
        patience = START_SECONDS if self._willing or self._hold.holder() else NOBODY_SECONDS
        why = ServerError(
            f"Nobody runs {self._maker.name} of this STEWARD_HOME: "
            f"start `steward run --only {self._maker.name}`, or leave it to this process."
        )
        clock = asyncio.get_running_loop()
        until = clock.time() + patience
        while clock.time() < until:
            # Every time anew: who runs it may have to move it to another port.
            server = self._maker.use()
            try:
                async with asyncio.timeout(LOOK_SECONDS):
                    await server.ready()
                return server
            except TimeoutError:
                continue
            except ServerError as error:
                why = error
                await asyncio.sleep(LOOK_SECONDS)
        raise why

    async def _succeed(self) -> None:
        """Take over as soon as the process that runs the server is gone."""
        while not self._hold.try_take():  # noqa: ASYNC110 - a lock of the kernel sets no event
            await asyncio.sleep(SUCCESSION_SECONDS)
        log.info("taking over", server=self._maker.name)
        while True:
            try:
                await self._run()
            except (ServerError, OSError) as error:
                log.error("server not taken over", server=self._maker.name, reason=str(error))
                if self._supervisor is not None:
                    await self._supervisor.stop()
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                return
