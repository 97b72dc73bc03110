"""What is kept about people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from ontology.people.concepts import Person


class People(Protocol):
    """The people of this household and the XMPP addresses that are theirs."""

    async def at(self, address: str) -> Person | None:
        """Return whose bare JID this is, or None for a stranger's."""
        ...

    async def person(self, person_id: UUID) -> Person | None: ...

    async def everybody(self) -> Sequence[tuple[Person, Sequence[str]]]:
        """Return all people by name, each with their addresses."""
        ...

    async def addresses(self, person_id: UUID) -> Sequence[str]:
        """Return the bare JIDs of a person, the first linked first."""
        ...

    async def add(self, person: Person, address: str) -> None:
        """Add a person with a first address. Raises AddressTaken."""
        ...

    async def link(self, person_id: UUID, address: str) -> None:
        """Link one more address. Raises AddressTaken when it is somebody else's."""
        ...

    async def move_to_zone(self, person_id: UUID, zone: str) -> None:
        """Let a person's day take place elsewhere from now on.

        It is one of the changes that :meth:`ontology.reminders.ports.ReminderBook.undo` takes
        back, in order with the others.
        """
        ...

    async def refuse_once(self, stranger: str) -> bool:
        """Note that a stranger was refused; tell whether this was the first time."""
        ...
