"""Reminders in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from ontology.ledger import conversation_now
from ontology.reminders.concepts import FOR_GOOD, STEPS, Occurrence, OccurrenceState, Reminder
from ontology.reminders.concepts import Change as Kind
from ontology.reminders.matching import holds, number_in, words_of
from ontology.reminders.ports import TakenBack
from ontology.time.recurrence import next_after
from tests.fakes.clock import FakeClock

S = OccurrenceState


@dataclass
class Row:
    """An occurrence and what the storage keeps beside it."""

    it: Occurrence
    ready_at: datetime | None
    follows: UUID | None = None
    claim: UUID | None = None
    is_tried: bool = False
    sent_at: datetime | None = None
    skipped: int = 0
    held_by: str | None = None
    came_back: bool = False

    @property
    def told_at(self):
        return self.it.told_at

    @property
    def is_being_told(self):
        perhaps = self.told_at is None and self.it.state in (S.DUE, S.OFFERED)
        return perhaps and (self.is_tried or self.sent_at is not None)

    @property
    def untold(self):
        return self.ready_at is not None and self.told_at is None and not self.is_being_told

    @property
    def fires_at(self):
        if self.held_by is None or self.claim is not None or self.ready_at is None:
            return self.it.due_at
        return max(self.it.due_at, self.ready_at)

    def tell(self, now):
        told_at = self.told_at or self.sent_at or now
        self.it = self.it.model_copy(update={"told_at": told_at})

    def move(self, state):
        if state not in STEPS[self.it.state]:
            return False
        self.it = self.it.model_copy(update={"state": state})
        if state not in (S.DUE, S.OFFERED):
            self.ready_at = self.claim = None
        return True


@dataclass
class Change:
    what: str
    reminder: Reminder
    before: dict[UUID, Row]
    made: list[UUID] = field(default_factory=list)
    conversation: str | None = field(default_factory=conversation_now)


@dataclass
class Move:
    """A change of the person's own, which the fake that keeps it can take back."""

    what: Kind
    zone: str | None
    take_back: Callable[[], None]
    conversation: str | None = field(default_factory=conversation_now)


def utterance_of(change):
    return (change.conversation or "").partition(":")[0]


def keep(changes, person_id, change):
    """Keep a change, the last of at most fifty."""
    kept = changes.setdefault(person_id, [])
    kept.append(change)
    del kept[:-50]


class FakeReminderBook:
    def __init__(self, clock=None):
        self.clock = clock or FakeClock()
        self.reminders = {}
        self.changed_at = {}
        self.rows = {}
        self.changes = {}
        self.utterances = {}
        self.rang = asyncio.Event()

    async def now(self):
        return self.clock()

    async def create(self, person_id, text, schedule, next_due):
        number = 1 + sum(r.person_id == person_id for r in self.reminders.values())
        reminder = Reminder(
            id=uuid4(), person_id=person_id, number=number, text=text, schedule=schedule
        )
        change = self._remember("created", reminder)
        self._keep(reminder)
        change.made.append(self._schedule(reminder, next_due))
        return self._shown(reminder)

    async def upcoming(self, person_id, limit, after=None):
        ahead = [
            reminder
            for reminder in self._ahead(person_id)
            if after is None or (reminder.next_due, reminder.number) > (after.due, after.among)
        ]
        return ahead[:limit], len(ahead)

    async def matching(self, person_id, words, limit):
        ahead = self._ahead(person_id)
        exact = [reminder for reminder in ahead if self._is_exactly(reminder, words)]
        return (exact or [r for r in ahead if holds(r.text, words)])[:limit]

    async def reminder(self, person_id, reminder_id):
        found = self.reminders.get(reminder_id)
        return self._shown(found) if found and found.person_id == person_id else None

    async def latest(self, person_id):
        mine = [self._shown(r) for r in self.reminders.values() if r.person_id == person_id]
        return max(mine, key=lambda r: (self.changed_at[r.id], r.number), default=None)

    async def cancel(self, reminder):
        self._remember("cancelled", self.reminders[reminder.id])
        self._cancel_open(reminder)

    async def change(self, reminder, text, schedule, next_due):
        change = self._remember("changed", self.reminders[reminder.id])
        self._cancel_open(reminder)
        changed = reminder.model_copy(update={"text": text, "schedule": schedule})
        self._keep(changed)
        change.made.append(self._schedule(changed, next_due))
        return self._shown(changed)

    async def reword(self, reminder, text):
        change = self._remember("reworded", self.reminders[reminder.id])
        if not self._reword(reminder.id, text):
            self.changes[reminder.person_id].remove(change)
            return None
        return self._shown(self.reminders[reminder.id])

    def _reword(self, reminder_id, text, anyway=False):
        ahead = [row for row in self._of(reminder_id) if row.untold]
        for row in ahead:
            row.it = row.it.model_copy(update={"text": text})
        if ahead or anyway:
            self._keep(self.reminders[reminder_id].model_copy(update={"text": text}))
        return bool(ahead)

    async def fired(self, person_id, words, limit, *, due_by=None):
        told = [
            row
            for row in self._told(person_id)
            if row.it.state in (S.DUE, S.OFFERED, S.DELIVERED)
            and (due_by is None or row.it.due_at <= due_by)
        ]
        return [self._known(row) for row in self._narrowed(told, words)][:limit]

    def _narrowed(self, rows, words):
        if words is None:
            return rows
        exact = [row for row in rows if self._is_exactly(self._reminder_of(row), words)]
        return exact or [row for row in rows if holds(self._reminder_of(row).text, words)]

    def _known(self, row):
        return row.it.model_copy(update={"told_at": row.told_at or row.sent_at})

    async def occurrence(self, person_id, occurrence_id):
        row = self.rows.get(occurrence_id)
        return row.it if row and row.it.person_id == person_id else None

    async def last_told(self, person_id, words=None):
        told = self._narrowed(self._told(person_id), words)
        return next(map(self._known, told), None)

    async def acknowledge(self, occurrence):
        this = self._read(occurrence)
        change = self._remember("completed", self.reminders[occurrence.reminder_id])
        until = this.told_at or occurrence.due_at
        moved = this.move(S.ACKNOWLEDGED)
        for row in self._of(occurrence.reminder_id):
            heard = row.told_at is not None or row.it.state is S.MISSED
            if heard and row.it.due_at <= until:
                moved |= row.move(S.ACKNOWLEDGED)
        if not moved:
            self.changes[occurrence.person_id].remove(change)
        self._go_on(change, this)
        return this.it

    async def complete(self, reminder):
        ahead = [row for row in self._of(reminder.id) if row.untold]
        if not ahead:
            return None
        change = self._remember("completed", self.reminders[reminder.id])
        first = min(ahead, key=lambda row: row.it.due_at)
        first.move(S.ACKNOWLEDGED)
        self._go_on(change, first)
        return first.it

    async def snooze(self, occurrence, until):
        reminder = self.reminders[occurrence.reminder_id]
        this = self._read(occurrence)
        if this.it.state in FOR_GOOD:
            return this.it
        change = self._remember("snoozed", reminder)
        if not this.move(S.SNOOZED) and this.untold:
            this.move(S.CANCELLED)
        for row in self._of(reminder.id):
            if row.follows == occurrence.id and row.untold:
                row.move(S.CANCELLED)
        new = self._schedule(reminder, until, follows=occurrence.id)
        change.made.append(new)
        self._go_on(change, this)
        return self.rows[new].it

    async def unacknowledged(self, person_id, since, limit, after=None):
        answered = (S.ACKNOWLEDGED, S.SNOOZED, S.CANCELLED)
        due = [
            row.it
            for row in self.rows.values()
            if row.it.person_id == person_id
            and self.clock() - since <= row.it.due_at <= self.clock()
            and row.it.state not in answered
        ]
        by_id = sorted(due, key=lambda occurrence: occurrence.id)
        latest_first = sorted(by_id, key=lambda occurrence: occurrence.due_at, reverse=True)
        left = [
            occurrence
            for occurrence in latest_first
            if after is None
            or occurrence.due_at < after.due
            or (occurrence.due_at == after.due and occurrence.id > after.among)
        ]
        return left[:limit], len(left)

    async def changed_since(self, person_id, utterance):
        said = [str(k) for k, each in self.utterances.items() if each.person_id == person_id]
        since = said[said.index(str(utterance)) :] if str(utterance) in said else ()
        return any(utterance_of(each) in since for each in self.changes.get(person_id, ()))

    def _chain(self, utterance):
        first = self.utterances.get(utterance)
        return [
            str(each.id)
            for each in self.utterances.values()
            if first and (each.person_id, each.address) == (first.person_id, first.address)
            if each.id == first.id or (each.replaces and each.replaces == first.sent_as)
        ]

    async def undo(self, person_id, by=None):
        mine = self.changes.get(person_id)
        if not mine or (by is not None and utterance_of(mine[-1]) not in self._chain(by)):
            return None
        change = self.changes[person_id].pop()
        if isinstance(change, Move):
            change.take_back()
            return TakenBack(change.what, zone=change.zone)
        reminder = change.reminder
        if change.what == "created":
            self._cancel_open(reminder)
            return TakenBack(change.what, self._shown(reminder))
        if change.what == "reworded":
            self._reword(reminder.id, reminder.text, anyway=True)
            return TakenBack(change.what, self._shown(self.reminders[reminder.id]))
        for made in self._made_by(change):
            self._close(made, S.CANCELLED)
        self._keep(reminder)
        for key, before in change.before.items():
            self._put_back(self.rows[key], before)
        return TakenBack(change.what, self._shown(reminder))

    def _made_by(self, change):
        made = [self.rows[key] for key in change.made]
        if change.what == "changed":
            known = change.before.keys()
            made += [
                r for r in self._of(change.reminder.id) if r.it.id not in known and r.untold
            ]
        return made

    def _read(self, occurrence):
        row = self.rows[occurrence.id]
        if row.is_being_told:
            row.tell(self.clock())
        return row

    def _put_back(self, row, before):
        if row.it.state is before.it.state or STEPS[row.it.state]:
            return
        row.it, row.ready_at = before.it, before.ready_at and before.it.due_at
        others = [r for r in self._of(row.it.reminder_id) if r is not row]
        if row.it.state is S.SCHEDULED and row.follows is None and any(map(by_rule, others)):
            row.move(S.MISSED)

    def _remember(self, what, reminder):
        before = {row.it.id: replace(row) for row in self._of(reminder.id)}
        change = Change(what, reminder, before)
        keep(self.changes, reminder.person_id, change)
        return change

    def _keep(self, reminder):
        self.reminders[reminder.id] = reminder
        self.changed_at[reminder.id] = self.clock()

    def _schedule(self, reminder, due_at, follows=None):
        occurrence = Occurrence(
            id=uuid4(),
            reminder_id=reminder.id,
            person_id=reminder.person_id,
            text=reminder.text,
            zone=reminder.schedule.zone,
            due_at=due_at,
            state=S.SCHEDULED,
        )
        self.rows[occurrence.id] = Row(occurrence, due_at, follows)
        self.rang.set()
        return occurrence.id

    def _go_on(self, change, closed):
        if closed.follows or any(map(by_rule, self._of(closed.it.reminder_id))):
            return
        following = next_after(change.reminder.schedule, closed.it.due_at)
        if following is not None:
            change.made.append(self._schedule(change.reminder, following))

    def _cancel_open(self, reminder):
        for row in self._of(reminder.id):
            self._close(row, S.CANCELLED)

    def _close(self, row, state):
        if row.is_being_told:
            row.tell(self.clock())
        row.move(state)

    def _of(self, reminder_id):
        return [row for row in self.rows.values() if row.it.reminder_id == reminder_id]

    def _reminder_of(self, row):
        return self.reminders[row.it.reminder_id]

    def _told(self, person_id):
        mine = [row for row in self.rows.values() if row.it.person_id == person_id]
        told = [row for row in mine if row.told_at or row.is_being_told]
        latest_first = sorted(told, key=lambda row: row.it.due_at, reverse=True)
        return sorted(latest_first, key=_told_at, reverse=True)

    def _ahead(self, person_id):
        mine = [r for r in self.reminders.values() if r.person_id == person_id]
        shown = [shown for shown in map(self._shown, mine) if shown.next_due]
        return sorted(shown, key=lambda reminder: (reminder.next_due, reminder.number))

    def _shown(self, reminder):
        due = [row.fires_at for row in self._of(reminder.id) if row.untold]
        return reminder.model_copy(update={"next_due": min(due, default=None)})

    def _is_exactly(self, reminder, words):
        return reminder.number == number_in(words) or words_of(reminder.text) == words_of(words)


def _told_at(row):
    return row.told_at or row.sent_at or datetime.max.replace(tzinfo=UTC)


def by_rule(row):
    """Whether this is the one that the reminder's schedule lets fire next."""
    return row.it.state is S.SCHEDULED and row.follows is None
