"""What is kept about people's preferences."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ontology.notifications.concepts import Channel
from ontology.people.concepts import Person
from ontology.policy.changes import Change
from ontology.policy.concepts import Preferences


@dataclass(frozen=True, slots=True)
class Known:
    """A person, what they prefer, and the channels of which they have an address that works."""

    person: Person
    preferences: Preferences
    reachable_by: frozenset[Channel]


@dataclass(frozen=True, slots=True)
class Altered:
    """Preferences before and after a change, and when that was."""

    before: Preferences
    after: Preferences
    at: datetime


class PreferenceBook(Protocol):
    """What people prefer. Who never said anything prefers what :class:`Preferences` does."""

    async def known(self, person_id: UUID) -> Known | None:
        """Return what is known of a person, None of nobody."""
        ...

    async def change(self, person_id: UUID, change: Change) -> Altered | None:
        """Apply a change to what a person prefers and commit it; None for nobody.

        Changes of one person come one after the other. Raises ImpossiblePreference, and then
        nothing has changed.
        """
        ...
