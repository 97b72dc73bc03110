"""Processes of one home, seen from outside: found through /proc, ended by their ids."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import threading
from pathlib import Path
from typing import Any

READY_WITHIN = 60.0


class Running:
    """One ``steward`` process that we started. ``ready`` is the line it printed."""

    def __init__(self, name: str, popen: subprocess.Popen[str], log: Path) -> None:
        self.name = name
        self.log = log
        self.popen = popen
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._ready: dict[str, Any] | None = None

    def _read(self) -> None:
        assert self.popen.stdout is not None
        with self.popen.stdout as lines:
            for line in lines:
                self._lines.put(line)
        self._lines.put("")

    @property
    def pid(self) -> int:
        return self.popen.pid

    @property
    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def ready(self, within: float = READY_WITHIN) -> dict[str, Any]:
        """Return what the process said when it stood; AssertionError when it did not."""
        if self._ready is None:
            try:
                line = self._lines.get(timeout=within)
            except queue.Empty:
                line = ""
            if not line:
                said = self.log.read_text(errors="replace")[-3000:]
                raise AssertionError(f"{self.name} was not ready within {within:g} s:\n{said}")
            self._ready = json.loads(line)
        return self._ready

    def later_lines(self) -> list[str]:
        """What else was printed on standard output so far."""
        lines = []
        while not self._lines.empty():
            lines.append(self._lines.get())
        return [line for line in lines if line]

    def interrupt(self) -> None:
        """What Ctrl-C does."""
        if self.is_alive:
            self.popen.send_signal(signal.SIGINT)

    def kill(self) -> None:
        if self.is_alive:
            self.popen.kill()
        self.popen.wait()

    def ended(self, within: float = 15.0) -> int:
        """Wait for the end and return the exit status."""
        return self.popen.wait(within)


def processes_of(home: Path) -> list[int]:
    """Return the ids of all processes that work on a home, ours and their servers."""
    return [pid for pid in _pids() if _belongs(pid, str(home))]


def find_servers(home: Path) -> dict[str, int]:
    """Return the ids of the servers of a home, whichever process runs them."""
    found: dict[str, int] = {}
    for pid in sorted(processes_of(home)):
        words = _words(pid, "cmdline")
        program = Path(words[0]).name if words else ""
        if program == "postgres" and "-D" in words:
            found.setdefault("postgres", pid)
        elif program.startswith("lua") and any(Path(w).name == "prosody" for w in words[:3]):
            found.setdefault("prosody", pid)
    return found


def describe(pid: int) -> str:
    """Return the id of a process, its parent's, and its command."""
    try:
        parent = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()[1]
    except OSError:
        return f"{pid} (gone)"
    return f"{pid} of {parent}: {' '.join(_words(pid, 'cmdline'))[:200]}"


def kill_all(pids: list[int]) -> None:
    """End processes for good; those that are gone already do not matter."""
    for pid in pids:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue


def _pids() -> list[int]:
    own = os.getpid()
    names = (entry.name for entry in Path("/proc").iterdir())
    return [int(name) for name in names if name.isdigit() and int(name) != own]


def _belongs(pid: int, home: str) -> bool:
    if _state(pid) == "Z":
        return False
    named = [word for word in _words(pid, "environ") if word.startswith("STEWARD_")]
    if any(word.partition("=")[2] == home or f"{home}/" in word for word in named):
        return True
    if any(f"{home}/" in word for word in _words(pid, "cmdline")):
        return True
    try:
        return str(Path(f"/proc/{pid}/cwd").readlink()).startswith(f"{home}/")
    except OSError:
        return False


def _state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2][:1]
    except OSError:
        return "Z"


def _words(pid: int, what: str) -> list[str]:
    try:
        return Path(f"/proc/{pid}/{what}").read_text(errors="replace").split("\0")
    except OSError:
        return []
