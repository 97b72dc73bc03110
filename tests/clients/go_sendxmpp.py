"""go-sendxmpp, from a shell: one message out, or a listener whose lines are read.

It verifies our certificate: Go reads the trusted authorities from SSL_CERT_FILE.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
from pathlib import Path

from tests.clients.hearing import PATIENCE, Account, Ears, Heard


def why_absent() -> str | None:
    """Return why go-sendxmpp cannot be used here, None when it can."""
    if shutil.which("go-sendxmpp"):
        return None
    return "go-sendxmpp is not on the PATH (Debian: apt install go-sendxmpp)"


class GoSendxmpp(Ears):
    """Listens from ``async with`` on; each ``say`` is a process of its own."""

    def __init__(self, account: Account, contact: str, directory: Path) -> None:
        super().__init__()
        self.account = account
        self.contact = contact
        self._directory = directory
        self._environment = {**os.environ, "HOME": str(directory)}
        self._environment |= {"SSL_CERT_FILE": account.ca_file, "SSL_CERT_DIR": str(directory)}
        self._listener: asyncio.subprocess.Process | None = None
        self._reading: list[asyncio.Task[None]] = []

    @property
    def _command(self) -> tuple[str, ...]:
        settings = self._directory / "sendxmpprc"
        if not settings.exists():
            settings.touch(mode=0o600)
            settings.write_text(
                f"username: {self.account.jid}\npassword: {self.account.password}\n"
                f"jserver: {self.account.host}:{self.account.port}\n"
            )
        return ("go-sendxmpp", "-f", str(settings))

    async def say(self, text: str) -> None:
        """Send one message and end, as a script would."""
        sender = await asyncio.create_subprocess_exec(
            *(*self._command, self.contact),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            env=self._environment,
        )
        output, _ = await asyncio.wait_for(sender.communicate(text.encode()), PATIENCE)
        assert sender.returncode == 0, output.decode()

    async def __aenter__(self) -> GoSendxmpp:
        self._listener = await asyncio.create_subprocess_exec(
            *(*self._command, "-d", "-l"),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=self._environment,
        )
        present = asyncio.Event()
        self._reading = [
            asyncio.create_task(self._await_presence(present)),
            asyncio.create_task(self._read_lines()),
        ]
        try:
            await asyncio.wait_for(present.wait(), PATIENCE)
        except TimeoutError:
            await self.__aexit__()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._listener is not None
        if self._listener.returncode is None:
            self._listener.terminate()
        await self._listener.wait()
        await asyncio.gather(*self._reading)

    async def _await_presence(self, present: asyncio.Event) -> None:
        """Its debug output (-d) is XML on standard error: there it sees itself come online."""
        assert self._listener is not None and self._listener.stderr is not None
        own = re.escape(f"{self.account.jid}/go-sendxmpp".encode())
        said = b""
        while more := await self._listener.stderr.read(1 << 16):
            said += more
            # The server writes attributes in any order.
            if re.search(rb"<presence[^>]* from='" + own, said):
                present.set()

    async def _read_lines(self) -> None:
        assert self._listener is not None and self._listener.stdout is not None
        async for line in self._listener.stdout:
            self.hear(Heard(self.contact, line.decode(errors="replace").rstrip("\n")))
