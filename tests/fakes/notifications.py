"""Deliveries and chains in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from ontology.notifications.concepts import ChainState, Channel, Outcome
from ontology.notifications.ports import Attempt, Chain, ChainClaim, ClosedChain, Standing
from ontology.reminders.concepts import OccurrenceState as S
from tests.fakes.clock import FakeClock

CLOSED = (S.CANCELLED, S.ACKNOWLEDGED, S.SNOOZED)


class FakeDeliveries:
    def __init__(self, book=None):
        self.book = book
        self.withdrawn = set()
        self.tries = []
        self.owners = {}
        self.chained = set()
        self.reopened = set()

    @property
    def attempts(self):
        """Each as its notification, channel and outcome."""
        return [[each.id, each.channel, each.outcome] for each in self.tries]

    async def standing(self, notifications):
        ids = {item.id for item in notifications}
        withdrawn = {item.id for item in notifications if self.is_withdrawn(item)}
        sent = {each.id for each in self.tries if each.outcome.arrived} & ids - withdrawn
        chained = self.chained & ids - withdrawn - sent - self.reopened
        pending = [i for i in notifications if i.id not in sent | withdrawn | chained]
        open_ids = {item.id for item in pending}
        return Standing(
            pending=pending,
            sent=frozenset(sent),
            withdrawn=frozenset(withdrawn),
            chained=frozenset(chained),
            tried={each.id: each for each in self.tries if each.id in open_ids},
            reopened=frozenset(self.reopened & open_ids),
        )

    def _row(self, id_):
        return self.book.rows.get(id_) if self.book else None

    def is_withdrawn(self, item):
        row = self._row(item.id)
        return item.id in self.withdrawn or (row is not None and row.it.state in CLOSED)

    async def attempt(self, notifications, channel, step=0):
        for item in notifications:
            self.owners[item.id] = item.person_id
            new = Attempt(item.id, channel, step, Outcome.ATTEMPTING)
            if new not in self.tries:
                self.tries.append(new)
            if row := self._row(item.id):
                row.is_tried = True

    async def settle(self, attempted, channel, step=0):
        for each in attempted:
            for n, tried in enumerate(self.tries):
                if tried == Attempt(each.id, channel, step, Outcome.ATTEMPTING):
                    self.tries[n] = replace(
                        tried, outcome=each.outcome, reference=each.reference, why=each.why
                    )
                    self._tell(each)

    def _tell(self, attempted):
        if row := self._row(attempted.id):
            row.is_tried = attempted.outcome is not Outcome.FAILED
            if attempted.outcome.arrived:
                row.sent_at, row.came_back = row.sent_at or self.book.clock(), False

    async def made(self, person_id, ids):
        return [t for t in self.tries if t.id in ids and self.owners[t.id] == person_id]

    async def learnt(self, id_, person_id, channel, outcome, *, step=None, why=""):
        if self.owners.get(id_) != person_id:
            return False
        meant = [
            n
            for n, each in enumerate(self.tries)
            if (each.id, each.channel) == (id_, channel) and step in (None, each.step)
        ]
        for n in meant:
            if _is_news(outcome, self.tries[n].outcome):
                self.tries[n] = replace(self.tries[n], outcome=outcome, why=why or None)
        arrived = any(each.outcome.arrived for each in self.tries if each.id == id_)
        if meant and not arrived and (row := self._row(id_)):
            row.is_tried, row.sent_at = False, None
            row.came_back = outcome is Outcome.FAILED and channel is not Channel.CHAT
            if row.came_back and row.it.state is S.DELIVERED and id_ not in self.chained:
                again = {"state": S.OFFERED, "told_at": None}
                row.it, row.ready_at = row.it.model_copy(update=again), self.book.clock()
                self.book.rang.set()
        return bool(meant)


_ORDER = ("attempting", "unknown", "sent", "delivered", "failed", "acknowledged")


def _is_news(outcome, known):
    return _ORDER.index(known) < _ORDER.index(outcome)


@dataclass
class Row:
    """A chain and what the storage keeps beside it."""

    it: Chain
    ready_at: datetime | None
    claim: UUID | None = None
    state: ChainState = ChainState.RUNNING


class FakeChains:
    def __init__(self, deliveries=None, clock=None):
        self.deliveries = deliveries or FakeDeliveries()
        self.clock = clock or FakeClock()
        self.rows = {}

    async def now(self):
        return self.clock()

    async def begin(self, notifications, notice, channel, lease):
        token, begun = uuid4(), []
        for item in notifications:
            if item.id not in self.rows:
                chain = Chain(item, notice, 0 if channel else 1)
                ready_at = self.clock() + lease if channel else self.clock()
                self.rows[item.id] = Row(chain, ready_at, token if channel else None)
                self.deliveries.chained.add(item.id)
                begun.append(chain)
        if channel is None:
            return ChainClaim(token)
        await self.deliveries.attempt([chain.notification for chain in begun], channel)
        return ChainClaim(token, tuple(begun))

    async def claim(self, limit, lease):
        now, token = self.clock(), uuid4()
        ready = [row for row in self.rows.values() if row.ready_at and row.ready_at <= now]
        chosen = sorted(ready, key=lambda row: row.ready_at)[:limit]
        for row in chosen:
            tries = self._tries(row)
            opened = next((t for t in tries if t.outcome is Outcome.ATTEMPTING), None)
            step = row.it.step + bool(tries and opened is None)
            row.it = replace(row.it, step=step, open=opened)
            row.ready_at, row.claim = now + lease, token
        return ChainClaim(token, tuple(row.it for row in chosen))

    async def attempt(self, token, chains, channel, lease):
        held = [
            row
            for row in self._held(token, [chain.notification.id for chain in chains])
            if not self.deliveries.is_withdrawn(row.it.notification)
        ]
        for row in held:
            row.ready_at = self.clock() + lease
            await self.deliveries.attempt([row.it.notification], channel, row.it.step)
        return frozenset(row.it.notification.id for row in held)

    async def settle(self, token, attempted, channel, step, wait):
        await self.deliveries.settle(attempted, channel, step)
        ids = [each.id for each in attempted]
        for row in self._held(token, ids):
            if wait is None:
                _end(row, ChainState.EXHAUSTED)
                continue
            arrived = any(each.outcome.arrived for each in self._tries(row))
            row.claim = None
            row.ready_at = self.clock() + wait if arrived or _rings_again(row) else self.clock()
        if wait is None:
            return frozenset()
        return frozenset(i for i in ids if i in self.rows and not self.rows[i].ready_at)

    async def pass_by(self, token, chains):
        for row in self._held(token, [chain.notification.id for chain in chains]):
            row.it = replace(row.it, step=row.it.step + 1)
            row.claim, row.ready_at = None, self.clock()

    async def put_off(self, token, chains, until):
        for row in self._held(token, [chain.notification.id for chain in chains]):
            row.claim, row.ready_at = None, until

    async def hurry(self, person_id, id_):
        row = self.rows.get(id_)
        if row is None or self._whose(row) != person_id:
            return
        waits = row.ready_at is not None and row.claim is None and not _rings_again(row)
        if waits and any(each.outcome is Outcome.FAILED for each in self._tries(row)):
            row.ready_at = self.clock()

    async def end(self, person_id, ids, state):
        for row in map(self.rows.get, ids):
            if row and row.ready_at and self._whose(row) == person_id:
                _end(row, state)
                self.deliveries.reopened.add(row.it.notification.id)

    async def closed(self, limit):
        book = self.deliveries.book
        found = []
        for id_, row in self.rows.items():
            state = book.rows[id_].it.state if book and id_ in book.rows else None
            if row.ready_at and state in CLOSED:
                found.append(ClosedChain(row.it.notification, state))
        return found[:limit]

    async def release(self):
        for row in self.rows.values():
            if row.ready_at and row.claim:
                row.ready_at, row.claim = self.clock(), None

    async def due_in(self):
        ready = [row.ready_at for row in self.rows.values() if row.ready_at]
        return min(ready) - self.clock() if ready else None

    def _held(self, token, ids):
        rows = [self.rows[id_] for id_ in ids if id_ in self.rows]
        return [row for row in rows if row.claim == token]

    def _tries(self, row):
        mine = (row.it.notification.id, row.it.step)
        return [each for each in self.deliveries.tries if (each.id, each.step) == mine]

    @staticmethod
    def _whose(row):
        return row.it.notification.person_id


def _rings_again(row):
    steps = row.it.notice.steps[row.it.step : row.it.step + 2]
    return len(steps) > 1 and steps[0].channels == steps[1].channels


def _end(row, state):
    row.state, row.ready_at, row.claim = state, None, None
