"""Speech acts of the ``people`` ontology."""

from __future__ import annotations

from typing import Final, Literal
from uuid import UUID

from ontology.acl import Action, Content, Reason
from ontology.vocabulary import Vocabulary


class ZoneSet(Content):
    """The person's day takes place in this zone from now on."""

    act: Literal["zone-set"] = "zone-set"
    zone: str


class SetZone(Action[ZoneSet]):
    """Move a person's day to another time zone (IANA name)."""

    act: Literal["set-zone"] = "set-zone"
    person_id: UUID
    zone: str


class NoSuchZone(Reason):
    """The name is not in the IANA time zone database."""

    act: Literal["no-such-zone"] = "no-such-zone"
    zone: str


class NoSuchPerson(Reason):
    """Nobody here has this id."""

    act: Literal["no-such-person"] = "no-such-person"


PEOPLE: Final = Vocabulary("people", SetZone, ZoneSet, NoSuchZone, NoSuchPerson)
