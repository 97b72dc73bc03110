"""What people prefer, in memory."""

from __future__ import annotations

from ontology.notifications.concepts import SCHEMES
from ontology.people.addresses import scheme_of
from ontology.policy.changing import apply
from ontology.policy.concepts import Preferences
from ontology.policy.ports import Altered, Known
from tests.fakes.reminders import Move, keep


class FakePreferenceBook:
    def __init__(self, people, book=None):
        self.people = people
        self.book = book
        self.preferences = {}

    async def known(self, person_id):
        person = await self.people.person(person_id)
        if person is None:
            return None
        owners = self.people.owners.items()
        linked = {each for each, owner in owners if owner == person_id} - self.people.bad.keys()
        schemes = set(map(scheme_of, linked))
        channels = frozenset(each for each, scheme in SCHEMES.items() if scheme in schemes)
        return Known(person, self.preferences.get(person_id, Preferences()), channels)

    async def change(self, person_id, change):
        known = await self.known(person_id)
        if known is None:
            return None
        before, now = known.preferences, self.people.now()

        def take_back():
            self.preferences[person_id] = before
            self._look_again(person_id)

        self.preferences[person_id] = apply(change, before, now, known.person.locale)
        keep(self.people.changes, person_id, Move("preferred", None, take_back))
        self._look_again(person_id)
        return Altered(before, self.preferences[person_id], now)

    def _look_again(self, person_id):
        for row in self.book.rows.values() if self.book else ():
            waits = row.held_by is not None and row.claim is None and row.ready_at
            if waits and row.it.person_id == person_id:
                row.ready_at = min(row.ready_at, self.book.clock())
