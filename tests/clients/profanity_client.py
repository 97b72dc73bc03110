"""profanity, typed into in a terminal, in a throw-away home.

It verifies our certificate: the home's CA is its directory of trusted authorities
(``tls.certpath``, what ``/tls certpath set`` writes), and the account demands TLS (``force``).
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from tests.clients import terminal
from tests.clients.hearing import Account
from tests.clients.terminal import Terminal

PREFERENCES = """
[connection]
tls.certpath={authorities}
[ui]
splash=false
titlebar.show=false
beep=false
flash=false
wrap=false
time.console=off
time.chat=%H:%M:%S
enc.warn=false
[notifications]
message=off
[logging]
chlog=true
"""
ACCOUNT = """
[{jid}]
enabled=true
jid={jid}
password={password}
resource=profanity
server={host}
port={port}
tls.policy=force
presence.login=online
priority.online=0
"""


def why_absent() -> str | None:
    """Return why profanity cannot be used here, None when it can."""
    for program in ("profanity", "openssl"):
        if shutil.which(program) is None:
            return f"{program} is not on the PATH (Debian: apt install {program})"
    return terminal.why_absent()


def trust(ca_file: str, directory: Path) -> Path:
    """Make an OpenSSL directory of trusted authorities that holds this one."""
    directory.mkdir(parents=True)
    named = subprocess.run(
        ["openssl", "x509", "-hash", "-noout", "-in", ca_file],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    shutil.copy(ca_file, directory / f"{named}.0")
    return directory


class ProfanityClient:
    """A person at a keyboard: what is said is typed, what is heard is on the screen."""

    def __init__(self, account: Account, contact: str, directory: Path) -> None:
        self.account = account
        self.contact = contact
        self._directory = directory
        self.terminal: Terminal

    async def __aenter__(self) -> ProfanityClient:
        home = self._directory
        config, data = home / "config" / "profanity", home / "data" / "profanity"
        for room in (config, data):
            room.mkdir(parents=True)
        authorities = trust(self.account.ca_file, home / "authorities")
        (config / "profrc").write_text(PREFERENCES.format(authorities=authorities))
        account = self.account
        (data / "accounts").write_text(
            ACCOUNT.format(
                jid=account.jid, password=account.password, host=account.host, port=account.port
            )
        )
        places = {
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"),
            "LC_ALL": "C.UTF-8",
            "TERM": "xterm-256color",
        }
        self.terminal = Terminal(["profanity", "-a", account.jid], places, home)
        await self.terminal.shows("logged in successfully")
        self.terminal.type(f"/msg {self.contact}")
        return self

    async def __aexit__(self, *_: object) -> None:
        self.terminal.type("/quit")
        self.terminal.close()

    def say(self, text: str) -> None:
        self.terminal.type(text)

    async def hears(self, *words: str) -> str:
        """Return the screen once it shows a line with all words."""
        return await self.terminal.shows(*words)
