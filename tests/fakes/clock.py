"""A clock that stands still until it is moved."""

from __future__ import annotations

from datetime import UTC, datetime


class FakeClock:
    def __init__(self, at=datetime(2026, 3, 2, 9, tzinfo=UTC)):
        self.at = at

    def __call__(self):
        return self.at

    async def advance(self, by):
        self.at += by
