"""(h) How long reading a time takes, next to dateparser on the same texts in the same run."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.acceptance.installation import Installation
from tests.benchmarks.figures import Figure, percentile
from tests.ontology.time import (
    test_clocks,
    test_dates,
    test_days,
    test_holidays,
    test_lengths,
    test_numeric_dates,
    test_parts_of_day,
    test_periods,
    test_spans,
    test_weekdays,
    test_zoned_times,
)
from tests.ontology.time.wednesday import CARRIERS, read

TITLE = "(h) reading times, next to dateparser"
PEER = Path(__file__).with_name("dateparser_session.py")
TABLES = (
    *(test_clocks, test_dates, test_days, test_holidays, test_lengths, test_numeric_dates),
    *(test_parts_of_day, test_periods, test_spans, test_weekdays, test_zoned_times),
)
EACH = 4
"""One in so many expressions, evenly over the tables: dateparser needs milliseconds each."""
ROUNDS = 2
"""How often the lines of the command are repeated, so that starting it is a small part."""
PATIENCE = 240.0
BARE, *SENTENCES = CARRIERS


class Took(NamedTuple):
    """What reading each of some texts took, in milliseconds, and in what share was a time."""

    wall: list[float]
    cpu: list[float]
    found: float


async def measure() -> list[Figure]:
    return await asyncio.to_thread(_measured)


def _measured() -> list[Figure]:
    bare = expressions()[::EACH]
    carried = [carrier.format(text) for text in bare for carrier in SENTENCES]
    load = os.getloadavg()[0]
    alone, within = _ours(bare), _ours(carried)
    return [
        *_compared("bare", alone, "parse", _theirs("parse", bare), load),
        *_compared("bare", alone, "search_dates", _theirs("search", bare), load),
        *_compared("in a sentence", within, "parse", _theirs("parse", carried), load),
        *_compared("in a sentence", within, "search_dates", _theirs("search", carried), load),
        *_lines_a_second(),
    ]


def expressions() -> list[str]:
    """Return every expression of our own tables of single times."""
    return [text for table in TABLES for text, *_ in table.CASES]


def _compared(how: str, ours: Took, name: str, theirs: Took, load: float) -> list[Figure]:
    note = (
        f"{len(ours.cpu)} texts; a time found in {ours.found:.0f} %, by dateparser in "
        f"{theirs.found:.0f} %; by the clock {percentile(ours.wall, 0.5):.2f} and "
        f"{percentile(theirs.wall, 0.5):.2f} ms; load of the machine {load:.1f}"
    )
    against = f"{name}, ms"
    return [
        Figure(f"{how}, {name}: CPU, p50", percentile(ours.cpu, 0.5), "ms",
               baseline=percentile(theirs.cpu, 0.5), against=against, aim=1.0, note=note),
        Figure(f"{how}, {name}: CPU, p99", percentile(ours.cpu, 0.99), "ms",
               baseline=percentile(theirs.cpu, 0.99), against=against, aim=5.0),
    ]  # fmt: skip


def _ours(texts: Sequence[str]) -> Took:
    read("tomorrow at 5 pm")
    wall, cpu, found = [], [], 0
    for text in texts:
        began, busy = time.perf_counter(), time.thread_time()
        found += read(text) is not None
        cpu.append((time.thread_time() - busy) * 1000)
        wall.append((time.perf_counter() - began) * 1000)
    return Took(wall, cpu, 100 * found / len(texts))


def _theirs(which: str, texts: Sequence[str]) -> Took:
    uv = shutil.which("uv")
    if uv is None:
        raise RuntimeError("uv is not on the PATH: dateparser needs an environment of its own")
    done = subprocess.run(
        [uv, "run", "--quiet", "--python", sys.executable, "--script", str(PEER), which],
        input="".join(json.dumps(text) + "\n" for text in texts),
        capture_output=True, text=True, check=True, timeout=PATIENCE,
    )  # fmt: skip
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    wall, cpu, found = zip(*rows, strict=True)
    return Took([1000 * s for s in wall], [1000 * s for s in cpu], 100 * sum(found) / len(rows))


def _lines_a_second() -> list[Figure]:
    from gateways.intents.utterances import all_utterances, held_out

    reminders = [SENTENCES[0].format(text) for text in expressions()]
    anything = [said.text for said in held_out(all_utterances())]
    mixtures = {
        "reminders with a time": reminders,
        "lines of every intent, never learnt from": anything,
        "both": [*reminders, *anything],
    }
    subprocess.run(
        Installation.command("understand", "--prepare"), check=True, timeout=PATIENCE
    )
    return [_rate(what, lines) for what, lines in mixtures.items()]


def _rate(what: str, lines: Sequence[str]) -> Figure:
    asked = "".join(json.dumps({"text": line}) + "\n" for line in lines) * ROUNDS
    load, busy = os.getloadavg()[0], _spent_by_children()
    wall = _timed(
        lambda: subprocess.run(
            Installation.command("understand", "--jsonl"),
            input=asked, stdout=subprocess.DEVNULL, text=True, check=True, timeout=PATIENCE,
        )
    )  # fmt: skip
    worked, count = _spent_by_children() - busy, len(lines) * ROUNDS
    return Figure(
        f"understand --jsonl, {what}", count / wall, "lines/s", aim=500.0, more_is_better=True,
        note=f"{count} lines, the start of the command included; {count / worked:.0f} a second "
        f"of CPU; load of the machine {load:.1f}",
    )  # fmt: skip


def _spent_by_children() -> float:
    spent = os.times()
    return spent.children_user + spent.children_system


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began
