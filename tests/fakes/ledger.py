"""A ledger in memory; it keeps answers, and rolls nothing back."""

from __future__ import annotations

import asyncio
from collections import defaultdict


class FakeLedger:
    def __init__(self):
        self.answers = {}
        self._locks = defaultdict(asyncio.Lock)

    async def once(self, key, work):
        async with self._locks[key]:
            if key not in self.answers:
                self.answers[key] = await work()
            return self.answers[key]
