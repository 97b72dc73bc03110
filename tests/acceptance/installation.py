"""One throw-away home of Steward and whatever runs on it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.acceptance.processes import Running, describe, kill_all, processes_of
from tests.clients.hearing import Account

AGENTS = ("directory", "policy", "reminder", "notifier", "planner", "assistant", "web")
SERVERS = ("postgres", "prosody")
STOP_WITHIN = 15.0
GRACE = 1.0


class Installation:
    """Starts, addresses and stops the assistant of one home.

    ``settings`` are variables of the environment; ports are any free ones, as everybody's are
    who runs tests beside a Steward of their own.
    """

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.logs = home.parent / f"{home.name}-logs"
        self.logs.mkdir(parents=True, exist_ok=True)
        self.running: dict[str, Running] = {}
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith("STEWARD_") and name != "DATABASE_URL"
        }
        self.environment |= {
            "STEWARD_HOME": str(home),
            "STEWARD_XMPP_PORT": "0",
            "STEWARD_HTTP_PORT": "0",
            "STEWARD_TIMEZONE": "Europe/Berlin",
            **settings,
        }

    # -- commands ----------------------------------------------------------------------------

    @staticmethod
    def command(*arguments: str) -> list[str]:
        """The command a person would type in this checkout."""
        steward = Path(sys.executable).with_name("steward")
        program = [str(steward)] if steward.exists() else [sys.executable, "-m", "agents"]
        return [*program, *arguments]

    def call(
        self, *arguments: str, said: str | None = None, within: float = 60.0, **settings: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a short command to its end."""
        return subprocess.run(
            self.command(*arguments),
            input=said,
            stdin=subprocess.DEVNULL if said is None else None,
            capture_output=True,
            text=True,
            env={**self.environment, **settings},
            timeout=within,
        )

    def start(self, *only: str, name: str | None = None, **settings: str) -> Running:
        """Start a process with these parts, or with everything, without waiting for it."""
        called = name or "+".join(only) or "everything"
        arguments = ["run", "--headless", *(("--only", ",".join(only)) if only else ())]
        log = self.logs / f"{called}.log"
        with log.open("a") as errors:
            popen = subprocess.Popen(
                self.command(*arguments),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self.environment | settings,
                start_new_session=True,
            )
        running = Running(called, popen, log)
        self.running[called] = running
        return running

    # -- the shape that the tests use --------------------------------------------------------

    def start_servers(self) -> Running:
        """PostgreSQL and Prosody, held by a process of their own."""
        servers = self.start(*SERVERS, name="servers")
        servers.ready()
        return servers

    def start_agents(self, names: Sequence[str] = AGENTS, **settings: str) -> list[Running]:
        """Each agent in a process of its own; they find each other on the server."""
        started = [self.start(name, name=name, **settings) for name in names]
        for agent in started:
            agent.ready()
        return started

    def start_apart(self) -> Installation:
        """Servers and every agent in separate processes."""
        self.start_servers()
        self.start_agents()
        return self

    def stop(self) -> list[str]:
        """Stop everything as Ctrl-C would; return what had to be killed."""
        for running in reversed(list(self.running.values())):
            if running.name != "servers":
                running.interrupt()
        self._await_ends(but="servers")
        for running in self.running.values():
            running.interrupt()
        self._await_ends()
        self.running.clear()
        stubborn = self._left_after(GRACE)
        named = [describe(pid) for pid in stubborn]
        kill_all(stubborn)
        return named

    def _left_after(self, grace: float) -> list[int]:
        """Return what still works on the home when a process about to end has had its time."""
        deadline = time.monotonic() + grace
        while (left := processes_of(self.home)) and time.monotonic() < deadline:
            time.sleep(0.05)
        return left

    def _await_ends(self, but: str | None = None) -> None:
        deadline = time.monotonic() + STOP_WITHIN
        for running in self.running.values():
            if running.name == but:
                continue
            try:
                running.ended(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                running.kill()

    # -- addresses ---------------------------------------------------------------------------

    @property
    def ready(self) -> dict[str, object]:
        """What the process that runs the assistant said when it stood."""
        for running in self.running.values():
            if running.name in ("assistant", "everything"):
                return running.ready()
        raise AssertionError("nobody runs the assistant")

    @property
    def assistant(self) -> str:
        return str(self.ready["assistant"])

    def owner(self) -> Account:
        """The account that every home has."""
        owner = self.ready["owner"]
        assert isinstance(owner, dict)
        return self.account(owner["jid"], Path(owner["password_file"]).read_text().strip())

    def account(self, jid: str, password: str) -> Account:
        xmpp = self.ready["xmpp"]
        assert isinstance(xmpp, dict)
        return Account(
            jid=jid,
            password=password,
            host=str(xmpp["host"]),
            port=int(xmpp["port"]),
            ca_file=str(xmpp["ca_file"]),
        )
