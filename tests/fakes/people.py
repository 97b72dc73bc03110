"""A household in memory."""

from __future__ import annotations

from datetime import UTC, datetime

from ontology.errors import AddressTaken, NotAnAddress
from ontology.people.addresses import XMPP, normalised, scheme_of
from ontology.people.ports import BadAddress
from tests.fakes.reminders import Move, keep


def known_as(address):
    try:
        return normalised(address)
    except NotAnAddress:
        return address


class FakePeople:
    def __init__(self, *people, changes=None, now=lambda: datetime.now(UTC)):
        self.people = {person.id: person for person in people}
        self.changes = {} if changes is None else changes
        self.now = now
        self.owners = {}
        self.bad = {}
        self.strangers = {}

    async def at(self, address):
        return self.people.get(self.owners.get(known_as(address)))

    async def person(self, person_id):
        return self.people.get(person_id)

    async def everybody(self):
        by_name = sorted(self.people.values(), key=lambda person: person.name)
        return [(person, self._linked(person.id)) for person in by_name]

    async def addresses(self, person_id, scheme=XMPP):
        linked = self._linked(person_id)
        return [each for each in linked if scheme_of(each) == scheme and each not in self.bad]

    def _linked(self, person_id):
        return [address for address, owner in self.owners.items() if owner == person_id]

    async def add(self, person, address):
        self._check(person.id, address)
        self.people.setdefault(person.id, person)
        await self.link(person.id, address)

    async def link(self, person_id, address):
        self._check(person_id, address)
        self.owners[normalised(address)] = person_id
        self.bad.pop(normalised(address), None)

    async def unlink(self, person_id, scheme):
        gone = [each for each in self._linked(person_id) if scheme_of(each) == scheme]
        gone = gone[1:] if scheme == XMPP else gone
        for address in gone:
            del self.owners[address]
            self.bad.pop(address, None)
        return gone

    async def mark_bad(self, address, why):
        address = known_as(address)
        if address not in self.owners:
            return None
        since, _ = self.bad.setdefault(address, (self.now(), why))
        return BadAddress(self.owners[address], since)

    async def mark_good(self, address):
        self.bad.pop(known_as(address), None)

    async def move_to_zone(self, person_id, zone):
        if person_id in self.people:
            before = self._move(person_id, zone)
            move = Move("moved", before, lambda: self._move(person_id, before))
            keep(self.changes, person_id, move)

    def _move(self, person_id, zone):
        before = self.people[person_id]
        self.people[person_id] = before.model_copy(update={"zone": zone})
        return before.zone

    async def refuse_once(self, stranger, occasion=None):
        new = known_as(stranger) not in self.strangers
        refused_for = self.strangers.setdefault(known_as(stranger), occasion)
        return new or (occasion is not None and refused_for == occasion)

    def _check(self, person_id, address):
        if self.owners.get(normalised(address), person_id) != person_id:
            raise AddressTaken(f"{address} belongs to somebody else")
