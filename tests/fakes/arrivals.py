"""Arrivals in memory."""

from __future__ import annotations

from dataclasses import replace


class FakeArrivals:
    def __init__(self):
        self.rows = {}

    async def keep(self, arrivals):
        new = [it for it in arrivals if (it.source, it.id) not in self.rows]
        self.rows.update({(it.source, it.id): it for it in new})
        return new

    async def kept(self, source, id_):
        return self.rows.get((source, id_))

    async def unsettled(self, source, limit=100):
        waiting = [it for it in self.rows.values() if it.source == source and not it.settled]
        return waiting[:limit]

    async def settle(self, source, ids, answer=None):
        for id_ in ids:
            row = self.rows[source, id_]
            if not row.settled:
                self.rows[source, id_] = replace(row, settled=True, answer=answer)

    async def latest(self, source):
        ids = [id_ for of, id_ in self.rows if of == source]
        return ids[-1] if ids else None
