"""(k) The gateway under load, beside a bare handler of the same HTTP library."""

from __future__ import annotations

import asyncio
import re
import shutil
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from statistics import median

from tests.acceptance.database import address
from tests.benchmarks.figures import Figure
from tests.benchmarks.stage import running_home

TITLE = "(k) webhooks under load: wrk, 32 connections, forms of 200 bytes"
CONNECTIONS = 32
SECONDS = 6
ROUNDS = 5
READY_WITHIN = 30.0
FORM = """
local number = 0
local line = string.rep("x", 180)
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
request = function()
  number = number + 1
  return wrk.format(nil, nil, nil, "id=" .. number .. "&text=" .. line)
end
"""
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0}


async def measure() -> list[Figure]:
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("bench (k) needs wrk: install Debian's package of that name")
    with running_home() as home, tempfile.TemporaryDirectory() as room:
        script = Path(room) / "form.lua"
        script.write_text(FORM)
        served: dict[str, list[tuple[float, float]]] = {}
        for _ in range(ROUNDS):
            # Each in turn, so that what else the machine does falls upon all of them.
            for kind, more in (("bare", ()), ("gateway", ()), ("kept", (address(home),))):
                async with _serving(kind, *more) as url:
                    served.setdefault(kind, []).append(await _load(wrk, script, url))
    p99 = {kind: median(each[0] for each in runs) for kind, runs in served.items()}
    rate = {kind: median(each[1] for each in runs) for kind, runs in served.items()}
    noise = ", ".join(f"{each[0]:.1f}" for each in served["gateway"])
    return [
        Figure("gateway, p99", p99["gateway"], "ms", baseline=p99["bare"],
               against="bare aiohttp, ms", aim=3.0, of_ratio=True,
               note=f"median of {ROUNDS} rounds of {SECONDS} s each: {noise} ms"),
        Figure("gateway, requests", rate["gateway"], "1/s", baseline=rate["bare"],
               against="bare aiohttp, 1/s", more_is_better=True),
        Figure("kept in PostgreSQL first, p99", p99["kept"], "ms"),
        Figure("kept in PostgreSQL first, requests", rate["kept"], "1/s", more_is_better=True),
    ]  # fmt: skip


@asynccontextmanager
async def _serving(*arguments: str) -> AsyncIterator[str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.benchmarks.gateway_server", *arguments),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        line = await asyncio.wait_for(process.stdout.readline(), READY_WITHIN)
        yield line.decode().strip()
    finally:
        process.terminate()
        await process.wait()


async def _load(wrk: str, script: Path, url: str) -> tuple[float, float]:
    """Return p99 in milliseconds and requests a second; every answer must be a good one."""
    options = (f"-t1 -c{CONNECTIONS} -d{SECONDS}s --latency -s").split()
    process = await asyncio.create_subprocess_exec(
        *(wrk, *options, str(script), url), stdout=asyncio.subprocess.PIPE
    )
    output = (await process.communicate())[0].decode()
    assert "Non-2xx" not in output, output
    assert "Socket errors" not in output, output
    slow = re.search(r"99%\s+([\d.]+)(us|ms|s)", output)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", output)
    assert slow is not None, output
    assert rate is not None, output
    return float(slow[1]) * UNITS[slow[2]], float(rate[1])
