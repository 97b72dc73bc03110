"""A terminal to type into and read from: one program in a tmux of its own."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.clients.hearing import PATIENCE
from tests.clients.waiting import eventually

COLUMNS, ROWS = 220, 150


def why_absent() -> str | None:
    """Return why there is no terminal, None when there is."""
    return (
        None if shutil.which("tmux") else "tmux is not on the PATH (Debian: apt install tmux)"
    )


class Terminal:
    """Runs ``command`` with ``environment`` beside the current one, in ``directory``."""

    def __init__(
        self, command: Sequence[str], environment: Mapping[str, str], directory: Path
    ) -> None:
        self._socket = directory / f"tmux-{uuid.uuid4().hex[:8]}"
        self._ended = directory / f"{self._socket.name}.ended"
        settings = " ".join(f"{k}={shlex.quote(v)}" for k, v in environment.items())
        line = (
            f"env {settings} {shlex.join(command)}; echo $? > {shlex.quote(str(self._ended))}"
        )
        self._tmux(
            *("new-session", "-d", "-x", str(COLUMNS), "-y", str(ROWS)),
            *("-c", str(directory), f"{line}; exec cat"),
        )

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the terminal and whatever runs in it."""
        self._tmux("kill-server", check=False)

    def type(self, text: str) -> None:
        """Type a line and press Enter."""
        self._tmux("send-keys", "-l", "--", text)
        self.press("Enter")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names for them ("Enter", "C-c")."""
        self._tmux("send-keys", *keys)

    @property
    def screen(self) -> str:
        """What is shown, and what has scrolled away, with runs of blanks as one."""
        shown = self._tmux("capture-pane", "-p", "-J", "-S", "-")
        return re.sub(r"[ \t]+", " ", shown)

    async def shows(self, *words: str, times: int = 1, within: float = PATIENCE) -> str:
        """Return the screen once a line of it holds all words, that often."""
        wanted = " … ".join(words)
        await eventually(
            lambda: self.count(*words) >= times,
            lambda: f"{wanted!r} on the screen:\n{self.screen.strip()}",
            within,
        )
        return self.screen

    def count(self, *words: str) -> int:
        """How many lines hold all words, in any case."""
        lines = self.screen.lower().splitlines()
        return sum(all(word.lower() in line for word in words) for line in lines)

    async def ended(self, within: float = PATIENCE) -> int:
        """Return the exit status of the program once it has ended."""
        status = await eventually(self._status, "the end of the program", within)
        return int(status)

    def _status(self) -> str | None:
        return self._ended.read_text().strip() or None if self._ended.exists() else None

    def _tmux(self, *arguments: str, check: bool = True) -> str:
        environment = {**os.environ, "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        environment.pop("TMUX", None)
        return subprocess.run(
            ["tmux", "-u", "-S", str(self._socket), "-f", "/dev/null", *arguments],
            check=check,
            capture_output=True,
            text=True,
            env=environment,
        ).stdout
