"""Deliveries in memory."""

from __future__ import annotations

from ontology.notifications.concepts import Outcome
from ontology.reminders.concepts import OccurrenceState as S


class FakeDeliveries:
    def __init__(self, book=None):
        self.book = book
        self.sent = set()
        self.attempts = []

    async def open(self, notifications):
        return [
            item
            for item in notifications
            if item.id not in self.sent and not self.is_withdrawn(item)
        ]

    def is_withdrawn(self, item):
        row = self.book.rows.get(item.id) if self.book else None
        return row is not None and row.it.state in (S.CANCELLED, S.ACKNOWLEDGED, S.SNOOZED)

    async def attempt(self, notifications, channel):
        for item in notifications:
            if [item.id, channel, Outcome.ATTEMPTING] not in self.attempts:
                self.attempts.append([item.id, channel, Outcome.ATTEMPTING])

    async def settle(self, ids, channel, outcome):
        for attempt in self.attempts:
            if attempt[0] in ids and attempt[1:] == [channel, Outcome.ATTEMPTING]:
                attempt[2] = outcome
        if outcome is Outcome.SENT:
            self.sent.update(ids)
