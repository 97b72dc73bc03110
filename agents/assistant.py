"""The assistant is the contact people add: it hears, answers and reaches them by chat.

FIPA contract

=================  ================  ==========================  ======================
protocol           asked for         answers                     declines
=================  ================  ==========================  ======================
fipa-request       SetZone           ZoneSet                     refuse NoSuchZone
fipa-request       LinkAddress       CodeSent                    refuse NoSuchAddress,
                                                                 NotTheirs, NotSetUp,
                                                                 TooMany, NoSuchPerson
fipa-request       IssueCode         CodeIssued                  the same
fipa-request       RedeemCode        AddressLinked               failure NoSuchCode,
                                                                 NoSuchAddress,
                                                                 NotTheirs
fipa-request       UnlinkAddress     AddressUnlinked             failure NoSuchAddress
fipa-request       MarkAddress       AddressMarked               failure NoSuchAddress
fipa-request       HearUtterance     UtteranceAnswered           refuse Stranger
fipa-request       SayText           TextSaid                    refuse CannotReach
fipa-contract-net  CallForDelivery   DeliveryBid, then           refuse CannotReach
                                     MessagesDelivered
=================  ================  ==========================  ======================

``HearUtterance`` is of the ontology ``dialogue``, ``SayText`` and ``CallForDelivery`` of
``notifications``, the others of ``people``. What people say is committed before the server may
forget it, or before the gateway that heard it is answered, then asked of whoever offers
``dialogue`` (AnswerUtterance). What it says in chat leaves through an outbox, each message
exactly once; what it answers to a gateway, the gateway says.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from uuid import uuid4
from xml.etree import ElementTree as ET

import structlog

from agents.base import BaseAgent
from behaviours.dialogue.answer_people import AnswerPeople
from behaviours.dialogue.hear_gateways import HearGatewaysOnRequest
from behaviours.dialogue.hear_people import HearPeople, Said
from behaviours.dialogue.send_chat import SendChat
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.notifications.deliver_by_chat import DeliverByChat
from behaviours.notifications.report_bounces import Bounce, ReportBounces
from behaviours.notifications.say_by_chat import SayByChat
from behaviours.people.issue_code import IssueCodeOnRequest, Issuing, LinkAddressOnRequest
from behaviours.people.keep_addresses import MarkAddressOnRequest, UnlinkAddressOnRequest
from behaviours.people.redeem_code import RedeemCodeOnRequest
from behaviours.people.set_zone import SetZoneOnRequest
from behaviours.people.tell_person import TellPerson
from behaviours.xmpp.acknowledgement import Ticket
from behaviours.xmpp.archive import Archive, Forgotten, NoArchive
from behaviours.xmpp.mail import ChatStream, said_before, said_in
from behaviours.xmpp.stanzas import bounce_condition, chat_stanza, sender_of
from behaviours.xmpp.stream import Account
from ontology.dialogue.ports import Inbox, Outbox
from ontology.dialogue.wording import STRANGER
from ontology.errors import ServerError
from ontology.ledger import Ledger
from ontology.people.ports import Codes, People
from ontology.permissions import AgentName

log = structlog.get_logger(__name__)


class AssistantAgent(BaseAgent):
    """The user interface, over XMPP."""

    name_on_platform = AgentName.ASSISTANT
    services = ("people", "delivery", "user-interface", "chat")

    def __init__(
        self,
        account: Account,
        *,
        journal: WriteJournal,
        people: People,
        inbox: Inbox,
        outbox: Outbox,
        ledger: Ledger,
        codes: Codes,
        code_key: bytes,
    ) -> None:
        super().__init__(account, journal=journal)
        self._people = people
        self._inbox = inbox
        self._ledger = ledger
        self._codes = codes
        self._code_key = code_key
        self._session = 0
        self._archive = Archive(self.stream)
        self._chat = SendChat(outbox, ChatStream(self.stream, self._archive))
        self._answer_people = AnswerPeople(
            inbox, self._chat, self.conversations, self.acquaintances
        )
        self._report_bounces = ReportBounces(people, self.conversations, self.acquaintances)
        self._hear_people = HearPeople(
            people, inbox, self, self._answer_people.take, self._answer_people.look
        )

    def roles(self) -> Iterator[Role]:
        """Hear what people say to gateways; reach them by chat; set their zone."""
        yield HearGatewaysOnRequest(self._people, self._inbox, self._answer_people)
        yield DeliverByChat(self._people, self._chat, self)
        yield SayByChat(self._people, self._chat, self)
        yield SetZoneOnRequest(self._people, self._ledger)
        proving = (self._people, self._codes, self._code_key)
        issuing = Issuing(*proving, self.conversations, self.acquaintances)
        yield LinkAddressOnRequest(issuing)
        yield IssueCodeOnRequest(issuing)
        telling = TellPerson(self._people, self._chat, self)
        yield RedeemCodeOnRequest(*proving, telling)
        yield UnlinkAddressOnRequest(self._people, self._ledger)
        yield MarkAddressOnRequest(self._people, telling)

    def duties(self) -> Iterator[Duty]:
        """Hear, answer, close what was sent, and tell what came back."""
        yield self._hear_people
        yield self._answer_people
        yield self._chat
        yield self._report_bounces

    def prepare(self) -> None:
        """Put off hearing: the archive, read first, tells when a message was really sent.

        It can be read only after presence: Prosody gives what it stored offline to nobody who
        has asked for the archive before.
        """
        self._hear_people.hold()
        self._session += 1

    async def recover(self) -> None:
        """Close what the last session left open, then take in what was missed meanwhile."""
        session = self._session
        await self._insist(self._keep_archive, session)
        await self._insist(self._chat.recover, session)
        await self._insist(self._catch_up, session)
        if session == self._session:
            self._hear_people.go_on()
        self._answer_people.look()

    def hear_person(self, message: ET.Element, ticket: Ticket) -> None:
        """Take in what a person said."""
        self._hear_people.hear(said_in(message, self.address, handled=ticket.handled))

    def hear_bounce(self, message: ET.Element, ticket: Ticket) -> None:
        """Tell the notifier of what came back."""
        self._report_bounces.take(
            Bounce(
                message_id=message.get("id", ""),
                address=sender_of(message),
                why=bounce_condition(message),
                handled=ticket.handled,
            )
        )

    def person_subscribes(self, asker: str) -> None:
        """Known people may see us; strangers may not."""
        self.run_beside(self._consider_subscription(asker))

    def refuse(self, address: str) -> None:
        """Tell a stranger, once, why there will be no answer."""
        key = uuid4().hex
        self.stream.post(chat_stanza(address, STRANGER, key), key)

    def is_here(self, address: str) -> bool:
        """Whether a client of this address is logged in."""
        contact = self.presence.contacts.get(address)
        return contact is not None and any(
            client.is_available() for client in contact.resources.values()
        )

    def nearness(self, address: str) -> int:
        """Score how surely an address is reached: logged in, on our server, elsewhere."""
        if self.is_here(address):
            return 2
        return int(address.endswith(f"@{self.domain}"))

    async def _keep_archive(self) -> None:
        # Agents repeat themselves; what they say needs no archive, which doubles the work.
        agents = [f"{name}@{self.domain}" for name in AgentName]
        await self._archive.keep_all_but(agents)

    async def _catch_up(self) -> None:
        try:
            await self._hear_people.catch_up(self._missed)
        except Forgotten:
            await self._hear_people.catch_up(lambda _: self._missed(None))

    async def _missed(self, position: str | None) -> AsyncIterator[Said]:
        async for entry in self._archive.after(position):
            if (said := said_before(entry, self.address)) is not None:
                yield said

    async def _consider_subscription(self, asker: str) -> None:
        if await self._people.at(asker) is None:
            self.decline_subscription(asker)
        else:
            self.accept_subscription(asker)

    async def _insist(self, step: Callable[[], Awaitable[None]], session: int) -> None:
        """Try a step of recovery until it is done, also across cuts that are resumed.

        A new session starts over.
        """
        while session == self._session:
            try:
                await step()
                return
            except NoArchive as error:
                log.error("what a crash leaves in doubt may be said twice", why=str(error))
                return
            except ServerError as error:
                log.warning("recovery goes on", why=str(error))
                await asyncio.sleep(0.5)
