"""Retention that notes what it was asked to forget, and has nothing to forget."""

from __future__ import annotations


class FakeRetention:
    def __init__(self):
        self.asked = []

    async def forget_before(self, days):
        self.asked.append(days)
        return 0
