"""aioxmpp in an environment and a process of its own (see aioxmpp_session.py)."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import uuid
from pathlib import Path
from typing import Any

from tests.clients.hearing import PATIENCE, Account, Ears, Heard

SCRIPT = Path(__file__).with_name("aioxmpp_session.py")
FIRST_INSTALL = 180.0


def why_absent() -> str | None:
    """Return why aioxmpp cannot be used here, None when it can; installs it the first time."""
    uv = shutil.which("uv")
    if uv is None:
        return "uv is not on the PATH: aioxmpp needs an environment of its own"
    command = [uv, "sync", "--quiet", "--script", str(SCRIPT)]
    try:
        made = subprocess.run(command, capture_output=True, text=True, timeout=FIRST_INSTALL)
    except subprocess.TimeoutExpired:
        return f"uv could not install aioxmpp within {FIRST_INSTALL:g} s"
    if made.returncode:
        return f"uv could not install aioxmpp: {made.stderr.strip().splitlines()[-1]}"
    return None


class AioxmppClient(Ears):
    """The same verbs as the slixmpp client."""

    def __init__(self, account: Account, contact: str, resource: str = "aioxmpp") -> None:
        super().__init__()
        self.account = account
        self.contact = contact
        self.jid = f"{account.jid}/{resource}"
        self.sessions = 0
        self._unacknowledged: set[str] = set()
        self._live = asyncio.Event()
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None

    async def __aenter__(self) -> AioxmppClient:
        return await self.start()

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, within: float = PATIENCE) -> AioxmppClient:
        self._process = await asyncio.create_subprocess_exec(
            *("uv", "run", "--quiet", "--script", str(SCRIPT)),
            *(self.jid, self.account.host, str(self.account.port)),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            limit=1 << 24,
            env={
                **os.environ,
                "STEWARD_TEST_PASSWORD": self.account.password,
                "SSL_CERT_FILE": self.account.ca_file,
            },
        )
        self._reading = asyncio.create_task(self._read_lines())
        await asyncio.wait_for(self._live.wait(), within)
        return self

    async def stop(self) -> None:
        process = self._process
        if process is None or self._reading is None:
            return
        assert process.stdin is not None
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 10)
        except TimeoutError:
            process.kill()
            await process.wait()
        await self._reading

    @property
    def is_live(self) -> bool:
        return self._live.is_set()

    async def live(self, within: float = PATIENCE) -> None:
        await asyncio.wait_for(self._live.wait(), within)

    def cut(self) -> None:
        self._order(cut=True)

    async def begins_anew(self, sessions: int, within: float = PATIENCE) -> None:
        """Return once more streams than so many were begun or resumed."""
        await self.until(
            lambda: True if self.sessions > sessions else None, "a new stream", within
        )

    def say(self, text: str, *, to: str | None = None, message_id: str | None = None) -> str:
        name = message_id or uuid.uuid4().hex
        self._unacknowledged.add(name)
        self._order(say=text, to=to or self.contact, id=name)
        return name

    async def ask(self, text: str, within: float = PATIENCE) -> str:
        """Say something and return what is said next."""
        self.forget()
        self.say(text)
        return (await self.hears(within=within)).body

    @property
    def unsent(self) -> int:
        return len(self._unacknowledged)

    async def sent(self, within: float = PATIENCE) -> None:
        await self.until(lambda: True if not self._unacknowledged else None, "ack", within)

    def _order(self, **order: object) -> None:
        assert self._process is not None and self._process.stdin is not None
        self._process.stdin.write(json.dumps(order).encode() + b"\n")

    async def _read_lines(self) -> None:
        assert self._process is not None and self._process.stdout is not None
        async for line in self._process.stdout:
            self._obey(json.loads(line))

    def _obey(self, line: dict[str, Any]) -> None:
        event = line.pop("event")
        if event == "live":
            self.sessions += 1
            self._live.set()
        elif event == "lost":
            self._live.clear()
        elif event == "acked":
            self._unacknowledged.discard(line["id"])
        elif event == "heard":
            self.hear(Heard(**line))
        self.wake()
