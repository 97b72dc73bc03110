"""Giving out, on request, codes that prove whose an address is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid5

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import RequestResponder, request
from ontology.acl import Declined, Failed, Refused
from ontology.errors import NotAnAddress
from ontology.ledger import conversation_now
from ontology.notifications.acts import NOTIFICATIONS, SayText
from ontology.notifications.concepts import Channel
from ontology.people.acts import (
    PEOPLE,
    CodeIssued,
    CodeSent,
    IssueCode,
    LinkAddress,
    NoSuchAddress,
    NoSuchPerson,
    NotSetUp,
    NotTheirs,
    TooMany,
)
from ontology.people.addresses import normalised, scheme_of
from ontology.people.codes import Code, digest_of, digits_of
from ontology.people.linking import MINUTES, SAID_FROM, SENT_BY, say_code
from ontology.people.ports import Codes, People

SENT_WITHIN = 12.0


@dataclass(frozen=True, slots=True)
class Issuing:
    """What giving out codes needs. ``key`` is what they are made with."""

    people: People
    codes: Codes
    key: bytes
    voice: Voice
    acquaintances: Acquaintances

    async def serving(self, channels: Sequence[Channel]) -> tuple[Channel, str]:
        """Return the first channel that somebody serves, and who. Refuses with NotSetUp."""
        for channel in channels:
            if agents := await self.acquaintances.known(self.voice, channel.value):
                return channel, agents[0]
        raise Refused(NotSetUp(channel=channels[0].value))

    async def issue(self, code: Code) -> str:
        """Commit a code that is open, and return its digits. Refuses with TooMany."""
        digits = digits_of(code, self.key)
        if not await self.codes.issue(code, digest_of(digits, self.key)):
            raise Refused(TooMany())
        return digits


class LinkAddressOnRequest(RequestResponder[LinkAddress, CodeSent]):
    """Sends a code to an address that a person says is theirs.

    No ledger: the code follows from the conversation, so a repeat sends the same one, which
    the channel sends once; and no transaction stays open while it is sent.
    """

    vocabulary = PEOPLE
    action = LinkAddress

    def __init__(self, issuing: Issuing) -> None:
        self._issuing = issuing

    async def perform(self, action: LinkAddress, asker: str) -> CodeSent:
        """Send it, by whoever serves such addresses."""
        address = _to_be_sent_to(action.address)
        scheme = scheme_of(address)
        await self._check_owner(action.person_id, address)
        channel, agent = await self._issuing.serving(SENT_BY[scheme])
        code = Code(_id(asker), action.person_id, scheme, address)
        digits = await self._issuing.issue(code)
        saying = SayText(
            key=code.id,
            person_id=code.person_id,
            channel=channel,
            text=say_code(digits),
            address=address,
        )
        await self._send(saying, agent)
        return CodeSent(address=address, minutes=MINUTES)

    async def _check_owner(self, person_id: UUID, address: str) -> None:
        if await self._issuing.people.person(person_id) is None:
            raise Refused(NoSuchPerson())
        owner = await self._issuing.people.at(address)
        if owner is not None and owner.id != person_id:
            raise Refused(NotTheirs())

    async def _send(self, saying: SayText, agent: str) -> None:
        try:
            await request(
                self._issuing.voice,
                NOTIFICATIONS,
                saying,
                to=agent,
                conversation=str(saying.key),
                within=SENT_WITHIN,
            )
        except Declined as no:
            complaint = f"nothing can be sent to {saying.address}"
            raise Failed(NoSuchAddress(complaint=complaint)) from no


class IssueCodeOnRequest(RequestResponder[IssueCode, CodeIssued]):
    """Tells a code that is to be said from the account that is to be linked.

    No ledger: it would keep the digits, of which only a digest is to be kept.
    """

    vocabulary = PEOPLE
    action = IssueCode

    def __init__(self, issuing: Issuing) -> None:
        self._issuing = issuing

    async def perform(self, action: IssueCode, asker: str) -> CodeIssued:
        """Issue it, if somebody listens there."""
        if action.scheme not in SAID_FROM:
            complaint = f"“{action.scheme}” is no kind of account that a code is said from"
            raise Refused(NoSuchAddress(complaint=complaint))
        await self._issuing.serving((SAID_FROM[action.scheme],))
        if await self._issuing.people.person(action.person_id) is None:
            raise Refused(NoSuchPerson())
        code = Code(_id(asker), action.person_id, action.scheme)
        return CodeIssued(code=await self._issuing.issue(code), minutes=MINUTES)


def _id(asker: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"code for {asker} in {conversation_now()}")


def _to_be_sent_to(address: str) -> str:
    try:
        written = normalised(address)
    except NotAnAddress as error:
        raise Refused(NoSuchAddress(complaint=str(error))) from error
    if scheme_of(written) not in SENT_BY:
        raise Refused(NoSuchAddress(complaint=f"no code can be sent to “{address[:80]}”"))
    return written
