"""What the benches share: an installation, peers, and what processes cost."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import asdict
from pathlib import Path

from tests.acceptance.installation import Installation
from tests.acceptance.processes import processes_of
from tests.clients.hearing import Account

PEER_READY_WITHIN = 20.0
QUIET_LOG = {"STEWARD_LOG_LEVEL": "warning"}


@contextmanager
def empty_home() -> Iterator[Installation]:
    """Yield a home on which nothing ran yet; stop what runs on it and remove it."""
    room = Path(tempfile.mkdtemp(prefix="bench-"))
    home = Installation(room / "home")
    try:
        yield home
    finally:
        home.stop()
        shutil.rmtree(room, ignore_errors=True)


@contextmanager
def running_home() -> Iterator[Installation]:
    """Yield a home with everything in one process, as `steward run` has it."""
    with empty_home() as home:
        home.start().ready()
        yield home


@asynccontextmanager
async def peer(account: Account, *arguments: str) -> AsyncIterator[asyncio.StreamWriter]:
    """Run a peer beside; a line written to what is yielded lets a flood begin."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.peer", *arguments),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(json.dumps(asdict(account)).encode() + b"\n")
        await asyncio.wait_for(process.stdout.readline(), PEER_READY_WITHIN)
        yield process.stdin
    finally:
        process.stdin.close()
        if process.returncode is None:
            process.terminate()
        await process.wait()


def cpu_seconds(home: Path) -> dict[int, float]:
    """Return the processor time each process of a home has used (proc(5), stat 14 and 15)."""
    used: dict[int, float] = {}
    for pid in processes_of(home):
        try:
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        used[pid] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return used


def memory(home: Path, what: str) -> float:
    """Return the sum of ``Pss`` or ``Rss`` of all processes of a home, in MB (10^6 bytes).

    Pss counts a page shared by n processes as 1/n in each (proc(5), smaps_rollup), so that the
    sum counts it once.
    """
    total = 0
    for pid in processes_of(home):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith(f"{what}:"))
    return total * 1024 / 1e6
