"""A journal in memory."""

from __future__ import annotations


class FakeJournal:
    def __init__(self):
        self.entries = {}

    async def write(self, entries):
        for entry in entries:
            self.entries.setdefault(entry.message_id, entry)

    async def about(self, *ids, limit=200):
        return [entry for entry in self._sorted() if set(ids) & set(entry.about)][:limit]

    async def latest(self, limit):
        return self._sorted()[::-1][:limit]

    def _sorted(self):
        return sorted(self.entries.values(), key=lambda entry: entry.said_at)
