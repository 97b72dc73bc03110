"""A journal in memory."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class FakeJournal:
    def __init__(self, now=lambda: datetime.now(UTC)):
        self.now = now
        self.entries = {}

    async def write(self, entries):
        for entry in entries:
            self.entries.setdefault(entry.message_id, entry)

    async def about(self, *ids, limit=200):
        return [entry for entry in self._sorted() if set(ids) & set(entry.about)][:limit]

    async def latest(self, limit):
        return self._sorted()[::-1][:limit]

    async def forget_before(self, days):
        old = [
            entry for entry in self._sorted() if entry.said_at < self.now() - timedelta(days)
        ]
        for entry in old:
            del self.entries[entry.message_id]
        return len(old)

    def _sorted(self):
        return sorted(self.entries.values(), key=lambda entry: entry.said_at)
