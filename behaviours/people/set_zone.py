"""Moving a person's day to another time zone on request."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from ontology.acl import Refused
from ontology.errors import UnknownZone
from ontology.ledger import Ledger
from ontology.people.acts import PEOPLE, NoSuchZone, SetZone, ZoneSet
from ontology.people.ports import People
from ontology.time.concepts import zone_named


class SetZoneOnRequest(RequestResponder[SetZone, ZoneSet]):
    """Sets the zone, if there is one of that name."""

    vocabulary = PEOPLE
    action = SetZone

    def __init__(self, people: People, ledger: Ledger) -> None:
        self._people = people
        self.ledger = ledger

    async def consider(self, action: SetZone) -> None:
        """Refuse a name the time zone database does not know."""
        try:
            zone_named(action.zone)
        except UnknownZone as error:
            raise Refused(NoSuchZone(zone=action.zone)) from error

    async def perform(self, action: SetZone, asker: str) -> ZoneSet:
        """Set it."""
        await self._people.move_to_zone(action.person_id, action.zone)
        return ZoneSet(zone=action.zone)
