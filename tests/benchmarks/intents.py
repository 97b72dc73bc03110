"""(g) How many requests nobody taught are understood, and how many others are refused."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from ontology.dialogue.concepts import Intent, RankedIntent
from tests.benchmarks.figures import Figure, percentile

TITLE = "(g) intents of the held-out tenth"
FOREIGN = Path(__file__).with_name("foreign.txt")
REFUSALS = (Intent.OUT_OF_SCOPE, Intent.UNKNOWN)
LINE = 0.6
"""Probability from which a reading counts as sure in these tables."""
WORST = 8
CHANCE = 1 / 35

Judged = list[tuple[str, Intent, tuple[RankedIntent, ...]]]


async def measure() -> list[Figure]:
    return await asyncio.to_thread(_measured)


def _measured() -> list[Figure]:
    from gateways.embeddings.vectors import best_embedder

    # Before all else that imports numpy: it settles how many threads BLAS has.
    best = best_embedder()
    from gateways.embeddings.hashed import HashedGrams

    return [*_of("MiniLM", best), *_of("hashed n-grams", HashedGrams())]


def _of(name: str, embedder) -> list[Figure]:
    from gateways.intents.classifier import LearntClassifier
    from gateways.intents.utterances import all_utterances, held_out

    with TemporaryDirectory() as directory:
        load, busy = os.getloadavg()[0], time.process_time()
        learning = _timed(LearntClassifier(Path(directory), embedder).prepare)
        spent = time.process_time() - busy
        loading = _loading(Path(directory)) if name == "MiniLM" else 0.0
        classifier = LearntClassifier(Path(directory), embedder)
        classifier.prepare()
        took: list[float] = []
        worked: list[float] = []
        judged: Judged = []
        for text, intent in held_out(all_utterances()):
            began, busy = time.perf_counter(), time.thread_time()
            (ranked,) = classifier.classify([text])
            judged.append((text, intent, ranked))
            worked.append((time.thread_time() - busy) * 1000)
            took.append((time.perf_counter() - began) * 1000)
        strangers = classifier.classify(FOREIGN.read_text().splitlines())
    latency = [
        Figure(f"{name}: a message, CPU, p50", percentile(worked, 0.5), "ms", aim=20.0),
        Figure(f"{name}: a message, wall clock, p50", percentile(took, 0.5), "ms",
               note=f"p99 {percentile(took, 0.99):.0f} ms; load of the machine {load:.1f}"),
        Figure(f"{name}: learning", learning, "s", aim=10.0,
               note=f"{spent:.1f} s of CPU; load of the machine {load:.1f}"),
    ]  # fmt: skip
    if loading:
        latency.append(Figure(f"{name}: loading", loading, "s", aim=0.5))
    return [*_accuracy(name, judged), *_abstention(name, judged, strangers), *latency]


def _accuracy(name: str, judged: Judged) -> list[Figure]:
    known = [one for one in judged if one[1] is not Intent.OUT_OF_SCOPE]
    sure = [one for one in known if one[2][0].probability >= LINE]
    return [
        Figure(f"{name}: right of all", _right(judged), "%", baseline=100 * CHANCE,
               against="by chance, %", aim=95.0, more_is_better=True,
               note=f"{len(judged)} lines; worst: {_confusions(judged)}"),
        Figure(f"{name}: right among the first three", _right(judged, 3), "%"),
        Figure(f"{name}: right where sure", _right(sure), "%", aim=95.0, more_is_better=True,
               note=f"probability ≥ {LINE}: {len(sure)} of {len(known)} requests"),
        Figure(f"{name}: right, mean over intents", _macro(judged), "%",
               note="; ".join(f"{i} {p:.0f}" for i, p in _each(judged))),
    ]  # fmt: skip


def _abstention(
    name: str, judged: Judged, strangers: Sequence[tuple[RankedIntent, ...]]
) -> list[Figure]:
    outside = [ranked for _, intent, ranked in judged if intent is Intent.OUT_OF_SCOPE]
    inside = [ranked for _, intent, ranked in judged if intent is not Intent.OUT_OF_SCOPE]
    return [
        Figure(f"{name}: out of scope refused", _share(outside, _refused), "%", aim=95.0,
               more_is_better=True, note=f"{len(outside)} lines of the tenth"),
        Figure(f"{name}: foreign refused", _share(strangers, _refused), "%", aim=95.0,
               more_is_better=True, note=f"{len(strangers)} lines of {FOREIGN.name}"),
        Figure(f"{name}: foreign not acted upon", _share(strangers, _not_acted), "%", aim=95.0,
               more_is_better=True, note=f"refused, or less sure than {LINE}"),
        Figure(f"{name}: requests wrongly refused", _share(inside, _refused), "%", aim=5.0,
               note=f"{len(inside)} lines of the tenth"),
    ]  # fmt: skip


def _right(judged: Judged, within: int = 1) -> float:
    hits = [_is_right(intent, ranked[:within]) for _, intent, ranked in judged]
    return 100 * sum(hits) / len(hits)


def _is_right(intent: Intent, ranked: Sequence[RankedIntent]) -> bool:
    """Tell whether this is what was wanted; for what is out of scope any refusal is."""
    wanted = REFUSALS if intent is Intent.OUT_OF_SCOPE else (intent,)
    return any(one.intent in wanted for one in ranked)


def _each(judged: Judged) -> list[tuple[Intent, float]]:
    intents = sorted({intent for _, intent, _ in judged})
    return [(i, _right([one for one in judged if one[1] is i])) for i in intents]


def _macro(judged: Judged) -> float:
    each = _each(judged)
    return sum(share for _, share in each) / len(each)


def _confusions(judged: Judged) -> str:
    wrong = Counter(
        f"{intent}→{ranked[0].intent}"
        for _, intent, ranked in judged
        if not _is_right(intent, ranked[:1])
    )
    return ", ".join(f"{pair} {count}" for pair, count in wrong.most_common(WORST))


def _share(ranked, holds) -> float:
    return 100 * sum(map(holds, ranked)) / len(ranked)


def _refused(ranked: tuple[RankedIntent, ...]) -> bool:
    return ranked[0].intent in REFUSALS


def _not_acted(ranked: tuple[RankedIntent, ...]) -> bool:
    return _refused(ranked) or ranked[0].probability < LINE


def _timed(work) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _loading(directory: Path) -> float:
    """Return the seconds that a fresh interpreter needs to be ready, numpy included."""
    work = (
        "import sys, time; from pathlib import Path; began = time.perf_counter()\n"
        "from gateways.intents.classifier import LearntClassifier\n"
        "LearntClassifier(Path(sys.argv[1])).prepare()\n"
        "print(time.perf_counter() - began)"
    )
    command = [sys.executable, "-c", work, str(directory)]
    told = [
        subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ)
        for _ in range(3)
    ]
    return min(float(done.stdout.split()[-1]) for done in told)
