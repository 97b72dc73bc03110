"""Dispatches in memory."""

from __future__ import annotations

from ontology.notifications.concepts import Outcome
from ontology.notifications.ports import Dispatch


class FakeDispatches:
    def __init__(self):
        self.rows = {}

    async def begin(self, key, channel, person_id):
        owner, known = self.rows.setdefault((key, channel), (person_id, None))
        if owner != person_id:
            return Dispatch(Outcome.FAILED, why="another person's")
        if known is None:
            self.rows[key, channel] = (owner, Dispatch(Outcome.ATTEMPTING))
            return None
        return Dispatch(Outcome.UNKNOWN) if known.outcome is Outcome.ATTEMPTING else known

    async def end(self, key, channel, dispatch):
        owner, known = self.rows.get((key, channel), (None, None))
        if known is not None and known.outcome is Outcome.ATTEMPTING:
            self.rows[key, channel] = (owner, dispatch)

    async def forget(self, key, channel):
        _, known = self.rows.get((key, channel), (None, None))
        if known is not None and known.outcome is Outcome.ATTEMPTING:
            del self.rows[key, channel]

    async def referred(self, reference, channel):
        for (key, on), (owner, known) in self.rows.items():
            ended = known.outcome is not Outcome.ATTEMPTING
            if on == channel and ended and known.reference == reference:
                return key, owner
        return None

    def outcomes(self):
        return [known.outcome for _, known in self.rows.values()]
