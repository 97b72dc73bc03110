"""Linking, on request, what a code has proved."""

from __future__ import annotations

from uuid import NAMESPACE_URL, uuid5

from behaviours.fipa.request import RequestResponder
from behaviours.people.tell_person import TellPerson
from ontology.acl import Failed
from ontology.errors import AddressTaken, NotAnAddress
from ontology.people.acts import (
    PEOPLE,
    AddressLinked,
    NoSuchAddress,
    NoSuchCode,
    NotTheirs,
    RedeemCode,
)
from ontology.people.addresses import normalised, scheme_of
from ontology.people.codes import Code, digest_of, read_code
from ontology.people.linking import SAID_FROM, say_linked
from ontology.people.ports import Codes, People


class RedeemCodeOnRequest(RequestResponder[RedeemCode, AddressLinked]):
    """Links an address, and says so in chat where the code was said elsewhere.

    No ledger: it takes back what was written when it declines, and a wrong code has to count.
    A code said again by the same while it is good is the same proof, and linking is idempotent.
    """

    vocabulary = PEOPLE
    action = RedeemCode

    def __init__(
        self, people: People, codes: Codes, key: bytes, tell_person: TellPerson
    ) -> None:
        self._people = people
        self._codes = codes
        self._key = key
        self._tell_person = tell_person

    async def perform(self, action: RedeemCode, asker: str) -> AddressLinked:
        """Link what the code is for."""
        digits = read_code(action.code)
        if digits is None or (action.person_id is None) == (action.address is None):
            raise Failed(NoSuchCode())
        digest = digest_of(digits, self._key)
        if action.person_id is not None:
            code = await self._codes.redeem_for(action.person_id, digest)
            address = code.address if code else None
        else:
            address = self._speaking(action.address or "")
            code = await self._codes.redeem_from(address, digest)
        if code is None or address is None:
            raise Failed(NoSuchCode())
        return await self._link(code, address)

    @staticmethod
    def _speaking(address: str) -> str:
        """Return the address that speaks, as it is written; it has to be one that may."""
        try:
            written = normalised(address)
        except NotAnAddress as error:
            raise Failed(NoSuchAddress(complaint=str(error))) from error
        if scheme_of(written) not in SAID_FROM:
            raise Failed(NoSuchCode())
        return written

    async def _link(self, code: Code, address: str) -> AddressLinked:
        try:
            await self._people.link(code.person_id, address)
        except AddressTaken as error:
            raise Failed(NotTheirs()) from error
        if code.address is None:
            key = uuid5(NAMESPACE_URL, f"{address} linked by {code.id}")
            await self._tell_person.tell(code.person_id, say_linked(address), key)
        return AddressLinked(address=address)
