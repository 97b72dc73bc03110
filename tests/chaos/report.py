"""What a run did and what it cost, for people and as JSON."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from pathlib import Path

from tests.chaos.faults import table
from tests.chaos.verdict import Verdict


@dataclass
class Report:
    """Figures of one run. ``lateness`` is in seconds, one figure a client and delivery."""

    seed: int
    seconds: float
    faults: Counter[str]
    missed: Counter[str]
    restarts: Counter[str]
    requests: Counter[str]
    fell_due: int
    deliveries: int
    lateness: list[float]
    verdict: Verdict
    unfinished: dict[str, int]
    strange: list[str]
    histories: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        return self.verdict.is_clean and not self.unfinished

    def percentile(self, share: float) -> float:
        """Return the lateness that this share of deliveries did not exceed."""
        ordered = sorted(self.lateness)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0

    def text(self) -> str:
        verdict = self.verdict
        lines = [
            f"{self.faults.total()} faults in {self.seconds:.0f} s (seed {self.seed}):",
            table(self.faults),
            f"processes started again: {self.restarts.total()}",
            f"{self.requests.total()} requests "
            f"({', '.join(f'{n} {verb}' for verb, n in self.requests.most_common())}), "
            f"{self.fell_due} reminders fell due, {self.deliveries} heard at all clients",
            f"lost = {verdict.lost}, confirmations doubled = {verdict.confirmations_doubled}, "
            f"deliveries doubled = {verdict.deliveries_doubled}, "
            f"lateness p50/p99 = {self.percentile(0.5):.2f}/{self.percentile(0.99):.2f} s "
            f"(longest {self.percentile(1.0):.2f} s)",
        ]
        if verdict.unconfirmed:
            lines.append(f"rang without a confirmation: {verdict.unconfirmed}")
        if self.unfinished:
            lines.append(f"never got quiet: {self.unfinished}")
        if unexpected := Counter(self.strange):
            lines.append("other answers (these lost nothing by themselves):")
            lines += [f"  {times} x {body!r}" for body, times in unexpected.most_common(10)]
        for key, words in list(verdict.complaints.items())[:20]:
            lines.append(f"{key}: {'; '.join(words)}")
        return "\n".join([*lines, *self.histories])

    def save(self, file: Path) -> None:
        """Write the figures down; what went wrong in full, deliveries as percentiles."""
        file.parent.mkdir(parents=True, exist_ok=True)
        content: dict[str, object] = {
            field_.name: getattr(self, field_.name)
            for field_ in fields(self)
            if field_.name not in ("lateness", "histories", "verdict")
        }
        content["verdict"] = vars(self.verdict)
        content["lateness"] = {
            name: round(self.percentile(share), 3)
            for name, share in (("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("longest", 1.0))
        }
        file.write_text(json.dumps(content, indent=2, default=str) + "\n")
