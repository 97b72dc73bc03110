"""A ledger in memory; it keeps answers, and rolls nothing back."""

from __future__ import annotations

import asyncio
from collections import defaultdict

from ontology.ledger import under_conversation


class FakeLedger:
    def __init__(self):
        self.answers = {}
        self._locks = defaultdict(asyncio.Lock)

    async def once(self, key, work):
        async with self._locks[key]:
            if key not in self.answers:
                with under_conversation(key.conversation):
                    self.answers[key] = await work()
            return self.answers[key]
