"""What falls due, in memory, and the alarm."""

from __future__ import annotations

import asyncio
from uuid import uuid4

from ontology.notifications.concepts import Notification
from ontology.reminders.concepts import OccurrenceState as S
from ontology.reminders.ports import Claim
from ontology.time.recurrence import missed_between, next_after
from tests.fakes.reminders import by_rule


class FakeDueOccurrences:
    def __init__(self, book):
        self.book = book

    async def claim(self, limit, lease):
        now, token = self.book.clock(), uuid4()
        ready = [r for r in self.book.rows.values() if r.ready_at and r.ready_at <= now]
        chosen = _fair(sorted(ready, key=lambda row: row.ready_at), limit)
        for row in chosen:
            fresh = by_rule(row)
            row.move(S.DUE)
            row.ready_at, row.claim = now + lease, token
            if fresh:
                self._repeat(row, token, now)
        told = sorted((r for r in chosen if r.claim == token), key=lambda row: row.it.due_at)
        return Claim(token, tuple(_notification(row, now) for row in told))

    async def release(self):
        for row in self.book.rows.values():
            if row.ready_at and row.claim:
                row.ready_at, row.claim = self.book.clock(), None

    async def offered(self, claim):
        for row in self._held(claim):
            row.move(S.OFFERED)

    async def close(self, claim, told, retry_in, held=()):
        kept = {id_: each for each in held for id_ in each.ids}
        for row in self._held(claim):
            if each := kept.get(row.it.id):
                row.claim, row.ready_at = None, each.until
                row.held_by = each.by or row.held_by
            elif row.it.id not in told:
                row.claim = None
                row.ready_at = self.book.clock() + retry_in
            elif row.it.state is S.OFFERED and not row.came_back:
                row.move(S.DELIVERED)
                row.tell(self.book.clock())

    async def due_in(self):
        ready = [row.ready_at for row in self.book.rows.values() if row.ready_at]
        return min(ready) - self.book.clock() if ready else None

    def _held(self, claim):
        rows = (self.book.rows[item.id] for item in claim.notifications)
        return [row for row in rows if row.claim == claim.token]

    def _repeat(self, row, token, now):
        reminder = self.book.reminders[row.it.reminder_id]
        schedule = reminder.schedule
        if schedule.rule is None:
            return
        missed = missed_between(schedule, row.it.due_at, now, 1000)
        following = next_after(schedule, max(now, row.it.due_at))
        if following is not None:
            self.book._schedule(reminder, following)
        heir = next((r for r in self.book._of(reminder.id) if _waits(r, row, token, now)), row)
        heir.skipped += missed + (heir is not row)
        if heir is not row:
            row.move(S.MISSED)


def _waits(row, later, token, now):
    """An earlier occurrence of the same reminder that nobody is telling."""
    nobody_tells = row.claim in (None, token) or row.ready_at <= now
    earlier = row.follows is None and row.it.due_at < later.it.due_at
    return earlier and row.untold and row.it.state in (S.DUE, S.OFFERED) and nobody_tells


def _fair(ready, limit):
    people = {row.it.person_id for row in ready}
    share = -(-limit // max(1, len(people)))
    shares = [[r for r in ready if r.it.person_id == person][:share] for person in people]
    return [row for of_one in shares for row in of_one][:limit]


def _notification(row, now):
    return Notification(
        skipped=row.skipped,
        held_by=row.held_by,
        claimed_at=now,
        **row.it.model_dump(
            include={"id", "reminder_id", "person_id", "text", "zone", "due_at"}
        ),
    )


class FakeAlarm:
    """Rings when somebody writes an occurrence, or calls :meth:`ring`."""

    def __init__(self, book=None):
        self.bell = book.rang if book else asyncio.Event()

    def ring(self):
        self.bell.set()

    async def rung(self, within):
        try:
            await asyncio.wait_for(self.bell.wait(), within.total_seconds())
        except TimeoutError:
            return
        self.bell.clear()
