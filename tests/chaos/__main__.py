"""``python -m tests.chaos [--short] [--seed N]``: inject faults, count what it cost.

Exit status 1 when anything was. The figures are kept in results/.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from tests.chaos.plans import LONG, SHORT
from tests.chaos.run import run

RESULTS = Path(__file__).resolve().parents[2] / "results"


def say(line: str) -> None:
    sys.stdout.write(f"{time.strftime('%H:%M:%S')}  {line}\n")
    sys.stdout.flush()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos", description=__doc__)
    parser.add_argument("--short", action="store_true", help="the form that `make test` runs")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    parser.add_argument(
        "--unarchived",
        action="store_true",
        help="clients without an archive: a killed Prosody may lose what it held for them",
    )
    parser.add_argument("--keep", action="store_true", help="keep the home and its logs")
    parsed = parser.parse_args()
    plan = replace(
        SHORT if parsed.short else LONG, seed=parsed.seed, archived=not parsed.unarchived
    )
    room = Path(tempfile.mkdtemp(prefix="chaos-"))
    say(f"seed {plan.seed}: {plan.faults} faults, {plan.load.reminders} reminders, in {room}")
    report = asyncio.run(run(plan, room / "home", say))
    say(report.text())
    report.save(RESULTS / ("chaos-short.json" if parsed.short else "chaos.json"))
    if report.is_clean and not parsed.keep:
        shutil.rmtree(room, ignore_errors=True)
    else:
        say(f"the home and its logs are kept in {room}")
    return 0 if report.is_clean else 1


if __name__ == "__main__":
    raise SystemExit(main())
