"""(e) From the command to ready, the first time and the second; memory when nothing happens."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time

from tests.acceptance.installation import Installation
from tests.acceptance.processes import processes_of
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.stage import empty_home, memory

TITLE = "(e) start to ready, and memory when idle"
SETTLING = 10.0
HELPS = 15


async def measure() -> list[Figure]:
    helps = [_timed(Installation.command("--help")) for _ in range(HELPS)]
    bare = [_timed([sys.executable, "-c", ""]) for _ in range(HELPS)]
    with empty_home() as home:
        first = _to_ready(home)
        home.stop()
        second = _to_ready(home)
        await asyncio.sleep(SETTLING)
        processes = len(processes_of(home.home))
        pss, rss = memory(home.home, "Pss"), memory(home.home, "Rss")
        home.stop()
    with empty_home() as apart:
        apart.start_apart()
        await asyncio.sleep(SETTLING)
        pss_apart, apart_processes = memory(apart.home, "Pss"), len(processes_of(apart.home))
    python = percentile(bare, 0.5)
    return [
        Figure("first start to ready", first, "s", baseline=python, against="python -c '', s"),
        Figure("second start to ready", second, "s", baseline=python,
               against="python -c '', s"),
        Figure("memory, sum of Pss", pss, "MB", aim=250.0,
               note=f"{processes} processes: steward run, Prosody, PostgreSQL; "
               f"{SETTLING:g} s after the start; shared pages counted once"),
        Figure("memory, sum of Rss", rss, "MB", note="shared pages counted in each process"),
        Figure("memory, sum of Pss, agents apart", pss_apart, "MB",
               note=f"{apart_processes} processes, each agent in its own"),
        Figure("steward --help", percentile(helps, 0.5), "s", baseline=python,
               against="python -c '', s", aim=0.5),
    ]  # fmt: skip


def _to_ready(home: Installation) -> float:
    began = time.perf_counter()
    home.start().ready()
    return time.perf_counter() - began


def _timed(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=20)
    return time.perf_counter() - began
