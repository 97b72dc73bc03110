"""What is kept about people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from ontology.people.addresses import XMPP
from ontology.people.codes import Code
from ontology.people.concepts import Person


@dataclass(frozen=True, slots=True)
class BadAddress:
    """An address to which nothing is sent: whose it is, and since when it is known as bad."""

    person_id: UUID
    since: datetime


class People(Protocol):
    """The people of this household and the addresses that are theirs, in normal form."""

    async def at(self, address: str) -> Person | None:
        """Return whose address this is, be it bad or not; None for a stranger's."""
        ...

    async def person(self, person_id: UUID) -> Person | None: ...

    async def everybody(self) -> Sequence[tuple[Person, Sequence[str]]]:
        """Return all people by name, each with all their addresses, also the bad."""
        ...

    async def addresses(self, person_id: UUID, scheme: str = XMPP) -> Sequence[str]:
        """Return the good addresses of a person by one scheme, the first linked first."""
        ...

    async def add(self, person: Person, address: str) -> None:
        """Add a person with a first address. Raises AddressTaken and NotAnAddress."""
        ...

    async def link(self, person_id: UUID, address: str) -> None:
        """Link one more address, or one anew: it is good. Raises AddressTaken.

        Raises NotAnAddress, too.
        """
        ...

    async def unlink(self, person_id: UUID, scheme: str) -> Sequence[str]:
        """Let all addresses of a scheme go and return them; the first chat address stays."""
        ...

    async def mark_bad(self, address: str, why: str) -> BadAddress | None:
        """Know an address as bad until it is linked anew; None if it is nobody's.

        Marked again it stays bad since the first time, with the first reason.
        """
        ...

    async def mark_good(self, address: str) -> None:
        """Know an address as good: somebody was heard from there."""
        ...

    async def move_to_zone(self, person_id: UUID, zone: str) -> None:
        """Let a person's day take place elsewhere from now on.

        It is one of the changes that :meth:`ontology.reminders.ports.ReminderBook.undo` takes
        back, in order with the others.
        """
        ...

    async def refuse_once(self, stranger: str, occasion: str | None = None) -> bool:
        """Note that a stranger was refused; tell whether this was the first time.

        ``occasion`` names what they were refused for: asked again for the same, it is still
        the first time.
        """
        ...


class Codes(Protocol):
    """Codes that are open: known by a digest, for a short time, to few wrong tries."""

    async def issue(self, code: Code, digest: bytes) -> bool:
        """Commit that a code is open; False if the person was given too many lately.

        Issued again, it is the code that it was.
        """
        ...

    async def redeem_for(self, person_id: UUID, digest: bytes) -> Code | None:
        """Close the code that was sent to an address of theirs, and return it.

        Redeemed again by the same while it is good, it is returned again. A wrong one counts
        as a try at every open code that it could have been.
        """
        ...

    async def redeem_from(self, address: str, digest: bytes) -> Code | None:
        """Do the same with a code that was issued to be said from an account of this scheme."""
        ...
