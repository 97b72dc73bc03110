"""``python -m tests.benchmarks [a b c d e g h i j k]``: measure, print, keep in results/."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path

from tests.benchmarks import (
    burst,
    confirmation,
    escalations,
    firing,
    gateway,
    idle,
    intents,
    planning,
    start,
    times,
)
from tests.benchmarks.figures import Figure, save, table

BENCHES = {
    **{"a": confirmation, "b": burst, "c": firing, "d": idle, "e": start},
    **{"g": intents, "h": times, "i": planning, "j": escalations, "k": gateway},
}
LONGEST = 900.0
"""Seconds that one bench may take before it is given up."""
RESULTS = Path(__file__).resolve().parents[2] / "results" / "benchmarks.json"


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n\n")
    sys.stdout.flush()


async def bounded(name: str) -> list[Figure]:
    async with asyncio.timeout(LONGEST):
        return await BENCHES[name].measure()


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "which", nargs="*", metavar="a|b|c|d|e|g|h|i|j|k", help="all when left out"
    )
    which = parser.parse_args().which or list(BENCHES)
    if unknown := set(which) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(unknown))}")
    for name in which:
        figures = asyncio.run(bounded(name))
        say(table(BENCHES[name].TITLE, figures))
        save(RESULTS, {name: figures})
    say(f"Kept in {RESULTS}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
