"""What can be measured, in the words of Prometheus. Nothing in it tells of a person.

Counters and times are those of this process; what was delivered, and how late, is read from the
database and therefore that of all processes.
"""

from __future__ import annotations

from typing import Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

from ontology.figures import Figures

CONTENT_TYPE: Final = CONTENT_TYPE_LATEST
PAGES: Final = "pages"
"""The source of requests that are no webhook's."""

SECONDS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 8.0)


class Measures:
    """The measures of one process; a registry of its own, so that several can be in one."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        PlatformCollector(registry=self._registry)
        self._requests = Counter(
            "steward_http_requests",
            "Requests over HTTP by source (webhooks) and status.",
            ["source", "status"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "steward_http_request_seconds",
            "Time from the head of a request to the answer.",
            ["source"],
            buckets=SECONDS,
            registry=self._registry,
        )
        self._broken = Counter(
            "steward_http_broken",
            "Requests over which a handler of ours broke.",
            ["source"],
            registry=self._registry,
        )
        self._attempts = Gauge(
            "steward_attempts",
            "Attempts to deliver in the last 24 hours by channel and outcome.",
            ["channel", "outcome"],
            registry=self._registry,
        )
        self._lateness = Gauge(
            "steward_lateness_seconds",
            "How long after its time a reminder was first told, of those of the last 24 hours.",
            ["quantile"],
            registry=self._registry,
        )
        self._told = Gauge(
            "steward_told",
            "Reminders told in the last 24 hours.",
            registry=self._registry,
        )
        self._known: dict[tuple[str, int], Counter] = {}

    def answered(self, source: str, status: int, seconds: float) -> None:
        """Count a request that was answered."""
        key = (source, status)
        if key not in self._known:
            self._known[key] = self._requests.labels(source, str(status))
        self._known[key].inc()
        self._seconds.labels(source).observe(seconds)

    def broke(self, source: str) -> None:
        """Count a request over which a handler broke."""
        self._broken.labels(source).inc()

    def text(self, figures: Figures | None) -> bytes:
        """Return everything as text (:data:`CONTENT_TYPE`); without figures, what is ours."""
        for gauge in (self._attempts, self._lateness):
            gauge.clear()
        if figures is not None:
            for (channel, outcome), count in figures.attempts.items():
                self._attempts.labels(channel, outcome).set(count)
            for quantile, seconds in figures.lateness.items():
                self._lateness.labels(f"{quantile:g}").set(seconds)
            self._told.set(figures.told)
        return generate_latest(self._registry)
