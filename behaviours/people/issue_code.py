"""Giving out, on request, codes that prove whose an address is."""

from __future__ import annotations

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


class LinkAddressOnRequest(RequestResponder[LinkAddress, CodeSent]):
    """Sends a code to an address that a person says is theirs.

    No ledger: the code follows from the conversation, so a repeat sends the same one, which
    the channel sends once; and no transaction stays open while it is sent.
    """

    vocabulary = PEOPLE
    action = LinkAddress

    def __init__(
        self,
        people: People,
        codes: Codes,
        key: bytes,
        voice: Voice,
        acquaintances: Acquaintances,
    ) -> None:
        self._people = people
        self._codes = codes
        self._key = key
        self._voice = voice
        self._acquaintances = acquaintances

    async def perform(self, action: LinkAddress, asker: str) -> CodeSent:
        """Send it, by whoever serves such addresses."""
        address = _to_be_sent_to(action.address)
        await _check_owner(self._people, action.person_id, address)
        channel, agent = await self._channel(scheme_of(address))
        code = Code(_id(asker), action.person_id, scheme_of(address), address)
        digits = await _issue(self._codes, code, self._key)
        await self._send(code, channel, agent, digits)
        return CodeSent(address=address, minutes=MINUTES)

    async def _channel(self, scheme: str) -> tuple[Channel, str]:
        for channel in SENT_BY[scheme]:
            if agents := await self._acquaintances.known(self._voice, channel.value):
                return channel, agents[0]
        raise Refused(NotSetUp(channel=SENT_BY[scheme][0].value))

    async def _send(self, code: Code, channel: Channel, agent: str, digits: str) -> None:
        saying = SayText(
            key=code.id,
            person_id=code.person_id,
            channel=channel,
            text=say_code(digits),
            address=code.address,
        )
        try:
            await request(
                self._voice,
                NOTIFICATIONS,
                saying,
                to=agent,
                conversation=str(code.id),
                within=SENT_WITHIN,
            )
        except Declined as no:
            complaint = f"nothing can be sent to {code.address}"
            raise Failed(NoSuchAddress(complaint=complaint)) from no


class IssueCodeOnRequest(RequestResponder[IssueCode, CodeIssued]):
    """Tells a code that is to be said from the account that is to be linked.

    No ledger: it would keep the digits, of which only a digest is to be kept.
    """

    vocabulary = PEOPLE
    action = IssueCode

    def __init__(
        self,
        people: People,
        codes: Codes,
        key: bytes,
        voice: Voice,
        acquaintances: Acquaintances,
    ) -> None:
        self._people = people
        self._codes = codes
        self._key = key
        self._voice = voice
        self._acquaintances = acquaintances

    async def perform(self, action: IssueCode, asker: str) -> CodeIssued:
        """Issue it, if somebody listens there."""
        channel = SAID_FROM.get(action.scheme)
        if channel is None:
            complaint = f"“{action.scheme}” is no kind of account that a code is said from"
            raise Refused(NoSuchAddress(complaint=complaint))
        if not await self._acquaintances.known(self._voice, channel.value):
            raise Refused(NotSetUp(channel=channel.value))
        if await self._people.person(action.person_id) is None:
            raise Refused(NoSuchPerson())
        code = Code(_id(asker), action.person_id, action.scheme)
        digits = await _issue(self._codes, code, self._key)
        return CodeIssued(code=digits, minutes=MINUTES)


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


async def _check_owner(people: People, person_id: UUID, address: str) -> None:
    if await people.person(person_id) is None:
        raise Refused(NoSuchPerson())
    owner = await people.at(address)
    if owner is not None and owner.id != person_id:
        raise Refused(NotTheirs())


async def _issue(codes: Codes, code: Code, key: bytes) -> str:
    digits = digits_of(code, key)
    if not await codes.issue(code, digest_of(digits, key)):
        raise Refused(TooMany())
    return digits
