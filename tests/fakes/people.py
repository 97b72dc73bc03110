"""A household in memory."""

from __future__ import annotations

from ontology.errors import AddressTaken
from tests.fakes.reminders import Move, keep


class FakePeople:
    def __init__(self, *people, changes=None):
        self.people = {person.id: person for person in people}
        self.changes = {} if changes is None else changes
        self.owners = {}
        self.strangers = set()

    async def at(self, address):
        return self.people.get(self.owners.get(address.casefold()))

    async def person(self, person_id):
        return self.people.get(person_id)

    async def everybody(self):
        by_name = sorted(self.people.values(), key=lambda person: person.name)
        return [(person, await self.addresses(person.id)) for person in by_name]

    async def addresses(self, person_id):
        return [address for address, owner in self.owners.items() if owner == person_id]

    async def add(self, person, address):
        self._check(person.id, address)
        self.people.setdefault(person.id, person)
        await self.link(person.id, address)

    async def link(self, person_id, address):
        self._check(person_id, address)
        self.owners[address.casefold()] = person_id

    async def move_to_zone(self, person_id, zone):
        if person_id in self.people:
            before = self._move(person_id, zone)
            move = Move(before, lambda: self._move(person_id, before))
            keep(self.changes, person_id, move)

    def _move(self, person_id, zone):
        before = self.people[person_id]
        self.people[person_id] = before.model_copy(update={"zone": zone})
        return before.zone

    async def refuse_once(self, stranger):
        new = stranger not in self.strangers
        self.strangers.add(stranger)
        return new

    def _check(self, person_id, address):
        if self.owners.get(address.casefold(), person_id) != person_id:
            raise AddressTaken(f"{address} belongs to somebody else")
