"""A server process lives as long as we do, is started again when it dies, and ends cleanly."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agents import supervisor as module
from agents.confinement import Confinement
from agents.supervisor import Supervisor, supervised
from ontology.errors import ServerError
from tests.clients.waiting import eventually

HERE = Confinement((), os.geteuid())


class Script:
    """A server made of a few lines of shell. `$BEATS` gets a line at each start."""

    name = "script"
    stop_signal = death_signal = signal.SIGTERM

    def __init__(self, directory: Path, body: str = "exec sleep 600") -> None:
        self.beats = directory / "beats"
        self.prepared = 0
        self._body = body

    async def prepare(self) -> None:
        self.prepared += 1

    def command(self) -> list[str]:
        return ["sh", "-c", f'echo $$ >>"$BEATS"; {self._body}']

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], "BEATS": str(self.beats)}

    async def ready(self) -> None:
        await eventually(lambda: self.starts() or None, "a first beat", 10)

    def orphan(self) -> int | None:
        return None

    def starts(self) -> list[int]:
        """The process id of every start so far."""
        return (
            [int(line) for line in self.beats.read_text().split()]
            if self.beats.exists()
            else []
        )


@pytest.fixture
def log_file(tmp_path):
    return tmp_path / "script.log"


def is_alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


async def test_it_runs_inside_the_block_only(tmp_path, log_file):
    server = Script(tmp_path)

    async with supervised(server, log_file=log_file, confinement=HERE) as running:
        pid = running.pid
        assert is_alive(pid)

    assert not is_alive(pid)
    assert running.pid is None


async def test_a_killed_server_is_back(tmp_path, log_file):
    server = Script(tmp_path)
    async with supervised(server, log_file=log_file, confinement=HERE):
        os.kill(server.starts()[0], signal.SIGKILL)

        await eventually(lambda: len(server.starts()) == 2, "a second start", 30)

        assert server.prepared == 2


async def test_a_server_that_dies_again_and_again_is_started_more_and_more_slowly(
    tmp_path, log_file, monkeypatch
):
    pauses = []
    monkeypatch.setattr(module, "STEADY_SECONDS", 1000.0)
    sleep = asyncio.sleep

    async def noted(seconds):
        pauses.append(seconds)
        await sleep(0)

    server = Script(tmp_path)
    async with supervised(server, log_file=log_file, confinement=HERE) as running:
        monkeypatch.setattr(asyncio, "sleep", noted)
        for start in range(1, 10):
            os.kill(server.starts()[-1], signal.SIGKILL)
            async with asyncio.timeout(30):
                # A process may have begun before the supervisor is told of it.
                while len(server.starts()) == start or running.pid != server.starts()[-1]:
                    await sleep(0.01)
        monkeypatch.undo()

    assert pauses == [0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0]


async def test_a_server_that_never_starts_is_told_with_its_last_words(
    tmp_path, log_file, monkeypatch
):
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    server = Script(tmp_path, "echo 'no room on the disk' >&2; exit 1")
    monkeypatch.setattr(server, "ready", asyncio.Event().wait)

    with pytest.raises(ServerError, match=r"script does not start\. .*no room on the disk"):
        async with supervised(server, log_file=log_file, confinement=HERE):
            raise AssertionError("it does not run")

    assert len(server.starts()) == module.ATTEMPTS


async def test_a_program_that_cannot_be_run_is_named(tmp_path, log_file, monkeypatch):
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.001)
    server = Script(tmp_path)
    monkeypatch.setattr(server, "environment", lambda: {"PATH": "/nowhere"})
    monkeypatch.setattr(server, "ready", asyncio.Event().wait)

    with pytest.raises(ServerError, match="No such file or directory: 'setpriv'"):
        async with supervised(server, log_file=log_file, confinement=HERE):
            raise AssertionError("it does not run")


async def test_a_server_that_does_not_answer_is_given_up(tmp_path, log_file, monkeypatch):
    monkeypatch.setattr(module, "START_SECONDS", 0.2)
    server = Script(tmp_path)
    monkeypatch.setattr(server, "ready", asyncio.Event().wait)

    with pytest.raises(ServerError, match="does not start"):
        async with supervised(server, log_file=log_file, confinement=HERE):
            raise AssertionError("it is not ready")

    assert not is_alive(server.starts()[0])


async def test_a_server_that_does_not_stop_is_killed(tmp_path, log_file, monkeypatch):
    monkeypatch.setattr(module, "STOP_SECONDS", 0.2)
    server = Script(tmp_path, "trap '' TERM; while :; do sleep 600 & wait; done")

    async with supervised(server, log_file=log_file, confinement=HERE) as running:
        pid = running.pid

    assert not is_alive(pid)


async def test_what_lost_its_supervisor_is_ended_before_another_is_started(tmp_path, log_file):
    with subprocess.Popen(["sleep", "600"]) as orphan:
        server = Script(tmp_path)
        server.orphan = lambda: orphan.pid if orphan.poll() is None else None  # type: ignore[method-assign]

        async with supervised(server, log_file=log_file, confinement=HERE):
            assert orphan.poll() == -signal.SIGTERM


async def test_ctrl_c_in_the_terminal_does_not_reach_it(tmp_path, log_file):
    async with supervised(Script(tmp_path), log_file=log_file, confinement=HERE) as running:
        assert running.pid is not None
        assert os.getsid(running.pid) != os.getsid(0)
        assert os.getpgid(running.pid) != os.getpgid(0)


async def test_its_log_is_put_aside_when_it_grew_large(tmp_path, log_file, monkeypatch):
    monkeypatch.setattr(module, "LOG_BYTES", 10)
    log_file.write_text("x" * 100)

    async with supervised(Script(tmp_path), log_file=log_file, confinement=HERE):
        assert log_file.stat().st_size == 0
        assert log_file.with_suffix(".old.log").stat().st_size == 100


async def test_it_dies_with_us_however_we_die(tmp_path):
    program = (
        "import asyncio, pathlib\n"
        "from agents.confinement import confinement\n"
        "from agents.supervisor import supervised\n"
        "from config.logging import configure\n"
        "from tests.agents.test_supervisor import Script\n"
        "configure('error')\n"
        "async def main():\n"
        f"    here = pathlib.Path({str(tmp_path)!r})\n"
        "    async with supervised(Script(here), log_file=here / 'log',\n"
        "                          confinement=await confinement()) as running:\n"
        "        print(running.pid, flush=True)\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        assert is_alive(pid)

        parent.kill()

        await eventually(lambda: not is_alive(pid), "its end", 5)


def test_no_server_is_no_process(tmp_path, log_file):
    assert Supervisor(Script(tmp_path), log_file, HERE).pid is None
