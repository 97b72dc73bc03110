"""Deliveries in memory."""

from __future__ import annotations

from ontology.notifications.concepts import Outcome
from ontology.notifications.ports import Standing
from ontology.reminders.concepts import OccurrenceState as S


class FakeDeliveries:
    def __init__(self, book=None):
        self.book = book
        self.sent = set()
        self.withdrawn = set()
        self.attempts = []
        self.owners = {}

    async def standing(self, notifications):
        ids = {item.id for item in notifications}
        withdrawn = {item.id for item in notifications if self.is_withdrawn(item)}
        return Standing(
            pending=[i for i in notifications if i.id not in self.sent | withdrawn],
            sent=frozenset(ids & self.sent),
            withdrawn=frozenset(withdrawn),
        )

    def _row(self, id_):
        return self.book.rows.get(id_) if self.book else None

    def is_withdrawn(self, item):
        if item.id in self.withdrawn:
            return True
        row = self._row(item.id)
        return row is not None and row.it.state in (S.CANCELLED, S.ACKNOWLEDGED, S.SNOOZED)

    async def attempt(self, notifications, channel):
        for item in notifications:
            self.owners[item.id] = item.person_id
            if [item.id, channel, Outcome.ATTEMPTING] not in self.attempts:
                self.attempts.append([item.id, channel, Outcome.ATTEMPTING])
            if row := self._row(item.id):
                row.is_tried = True

    async def settle(self, ids, channel, outcome):
        tried = [
            a for a in self.attempts if a[0] in ids and a[1:] == [channel, Outcome.ATTEMPTING]
        ]
        for attempt in tried:
            attempt[2] = outcome
        settled = {attempt[0] for attempt in tried}
        for row in filter(None, map(self._row, settled)):
            row.is_tried = outcome is not Outcome.FAILED
            if outcome is Outcome.SENT:
                row.sent_at = row.sent_at or self.book.clock()
        if outcome is Outcome.SENT:
            self.sent.update(settled)

    async def learnt(self, id_, person_id, channel, outcome, *, step=None, why=""):
        if self.owners.get(id_) != person_id:
            return False
        tried = [attempt for attempt in self.attempts if attempt[:2] == [id_, channel]]
        if not tried:
            return False
        for attempt in tried:
            if _is_news(outcome, attempt[2]):
                attempt[2] = outcome
        arrived = any(attempt[2].arrived for attempt in tried)
        if not arrived:
            self.sent.discard(id_)
            if row := self._row(id_):
                row.is_tried, row.sent_at = False, None
        return True


_ORDER = ("attempting", "unknown", "sent", "delivered", "failed", "acknowledged")


def _is_news(outcome, known):
    return _ORDER.index(known) < _ORDER.index(outcome)
