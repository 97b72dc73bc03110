"""Letting addresses go, and knowing those that are bad, on request."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from behaviours.fipa.request import RequestResponder
from behaviours.people.tell_person import TellPerson
from ontology.acl import Failed
from ontology.ledger import Ledger
from ontology.people.acts import (
    PEOPLE,
    AddressMarked,
    AddressUnlinked,
    MarkAddress,
    NoSuchAddress,
    UnlinkAddress,
)
from ontology.people.addresses import XMPP, scheme_of
from ontology.people.linking import say_bad
from ontology.people.ports import People


class UnlinkAddressOnRequest(RequestResponder[UnlinkAddress, AddressUnlinked]):
    """Lets all addresses of a scheme go; the first chat address stays."""

    vocabulary = PEOPLE
    action = UnlinkAddress

    def __init__(self, people: People, ledger: Ledger) -> None:
        self._people = people
        self.ledger = ledger

    async def perform(self, action: UnlinkAddress, asker: str) -> AddressUnlinked:
        """Let them go."""
        gone = await self._people.unlink(action.person_id, action.scheme)
        if not gone:
            last = "the last chat address stays" if action.scheme == XMPP else "none is linked"
            raise Failed(NoSuchAddress(complaint=last))
        return AddressUnlinked(addresses=tuple(gone))


class MarkAddressOnRequest(RequestResponder[MarkAddress, AddressMarked]):
    """Knows an address as bad, and tells its owner so in chat, once.

    No ledger: marked again it is as bad as before, and what is told of it has one name.
    """

    vocabulary = PEOPLE
    action = MarkAddress

    def __init__(self, people: People, tell_person: TellPerson) -> None:
        self._people = people
        self._tell_person = tell_person

    async def perform(self, action: MarkAddress, asker: str) -> AddressMarked:
        """Mark it."""
        if scheme_of(action.address) == XMPP:
            raise Failed(NoSuchAddress(complaint="chat addresses are never given up"))
        bad = await self._people.mark_bad(action.address, action.why)
        if bad is None:
            raise Failed(NoSuchAddress(complaint="the address is nobody's"))
        key = uuid5(NAMESPACE_URL, f"{action.address} bad since {bad.since.isoformat()}")
        text = say_bad(action.address, action.why)
        await self._tell_person.tell(bad.person_id, text, key)
        return AddressMarked()
