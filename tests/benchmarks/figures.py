"""A measured figure beside its baseline and its aim, as a line of a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

HEADINGS = ("", "measured", "baseline", "ratio", "aim", "")


@dataclass(frozen=True)
class Figure:
    """One measurement.

    ``against`` says what the baseline is. ``aim`` is the largest value wished for: of the ratio
    where there is a baseline and ``of_ratio``, else of the value itself.
    """

    what: str
    value: float
    unit: str
    baseline: float | None = None
    against: str = ""
    aim: float | None = None
    of_ratio: bool = False
    more_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.value / self.baseline if self.baseline else None

    @property
    def is_met(self) -> bool | None:
        """Whether the aim is reached, None where there is none."""
        measured = self.ratio if self.of_ratio else self.value
        if self.aim is None or measured is None:
            return None
        return measured >= self.aim if self.more_is_better else measured <= self.aim

    def cells(self) -> tuple[str, ...]:
        measured = f"{self.value:,.4g} {self.unit}".replace("e+0", "e")
        baseline = f"{self.baseline:,.4g} ({self.against})" if self.baseline else ""
        ratio = f"{self.ratio:.2f} x" if self.ratio else ""
        sign = "≥" if self.more_is_better else "≤"
        unit = "x" if self.of_ratio else self.unit
        aim = f"{sign} {self.aim:g} {unit}" if self.aim is not None else ""
        verdict = {True: "met", False: "MISSED", None: ""}[self.is_met]
        return (self.what, measured, baseline, ratio, aim, verdict)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of all does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(title: str, figures: Sequence[Figure]) -> str:
    """Return the figures under their title, in columns."""
    rows = [HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEADINGS))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
    notes = [f"  {figure.what}: {figure.note}" for figure in figures if figure.note]
    return "\n".join([f"== {title}", *lines, *notes])


def save(file: Path, results: dict[str, list[Figure]]) -> None:
    """Write all figures down, with the machine they were measured on; keep other benches'."""
    file.parent.mkdir(parents=True, exist_ok=True)
    kept = json.loads(file.read_text())["figures"] if file.exists() else {}
    fresh = {
        name: [asdict(f) | {"ratio": f.ratio, "met": f.is_met} for f in figures]
        for name, figures in results.items()
    }
    content = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
        "machine": {
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "system": platform.platform(),
        },
        "figures": kept | fresh,
    }
    file.write_text(json.dumps(content, indent=2) + "\n")
