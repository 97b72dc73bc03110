"""The common part of every agent: an account, roles and duties, and an honest mailbox.

SPADE carries the behaviours; the stream beneath it is ours (:mod:`behaviours.xmpp`). Every
message crosses the server, also between agents of one process, and the ``from`` the server
stamped is the only identity believed.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import structlog

from behaviours.conversations import Conversations
from behaviours.directory.find_providers import Acquaintances
from behaviours.directory.names import directory_of
from behaviours.directory.register_services import RegisterServices
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.journal import WriteJournal
from behaviours.lean_spade import Agent, Message, PresenceManager
from behaviours.runtime import (
    OPENINGS,
    Carried,
    ConversationBehaviour,
    DutyBehaviour,
    NotUnderstoodBehaviour,
    RepliesBehaviour,
    RoleBehaviour,
    heard_in,
    message_in,
)
from behaviours.xmpp.acknowledgement import Ticket
from behaviours.xmpp.stanzas import (
    Heard,
    acl_metadata,
    acl_stanza,
    bounce_condition,
    metadata_of,
    sender_of,
)
from behaviours.xmpp.stream import Account, Stream
from ontology.acl import Envelope, NotAuthorised, NotUnderstood, Performative
from ontology.permissions import AgentName, agent_of_platform, may_open
from ontology.vocabularies import VOCABULARIES

log = structlog.get_logger(__name__)

RESOURCE = "steward"
"""Fixed, so that the server hands over what an earlier life of the agent had not handled."""


LAST_WORDS = 3.0
"""Seconds an agent that stops has to journal what it said."""


class BaseAgent(Agent):
    """An agent of the assistant. Subclasses name their roles, duties and services."""

    name_on_platform: AgentName
    services: tuple[str, ...] = ()

    def __init__(self, account: Account, *, journal: WriteJournal) -> None:
        super().__init__(
            f"{account.jid}/{RESOURCE}", account.password, account.port, verify_security=True
        )
        # SPADE would hand messages over within the process, past the server and its stamp.
        self.container.unregister(str(self.jid))
        self.address = account.jid
        self.domain = account.jid.partition("@")[2]
        self.stream = Stream(replace(account, jid=str(self.jid)))
        self.conversations = Conversations(account.jid, self.say)
        self.acquaintances = Acquaintances()
        self.journal = journal
        self.registration = RegisterServices(self.conversations, self.services)
        self._stopping = False
        self._tasks: set[asyncio.Task[Any]] = set()

    def roles(self) -> Iterator[Role]:
        """The roles this agent plays, in the order it takes them up."""
        yield from ()

    def duties(self) -> Iterator[Duty]:
        """What this agent does unasked."""
        yield from ()

    def prepare(self) -> None:
        """Do what must be done before presence brings what the server has kept for us."""

    async def recover(self) -> None:
        """Do what a new session needs, once presence is sent."""

    def hear_person(self, message: ET.Element, ticket: Ticket) -> None:
        """Take a plain message. Agents that do not talk to people pass over it."""
        ticket.handled()

    def hear_bounce(self, message: ET.Element, ticket: Ticket) -> None:
        """Take a message of ours that came back."""
        ticket.handled()

    async def setup(self) -> None:
        """Take up roles and duties; SPADE calls this once the stream stands."""
        roles = [RoleBehaviour(role) for role in self.roles()]
        for behaviour in (*roles, NotUnderstoodBehaviour(roles), RepliesBehaviour()):
            self.add_behaviour(behaviour, behaviour.listens_for)
        duties = [self.journal, *self.duties()]
        if self.services:
            duties.append(self.registration)
        for carried in map(DutyBehaviour, duties):
            self.add_behaviour(carried, carried.listens_for)

    async def start(self, auto_register: bool = False) -> None:
        """Connect, take up all behaviours, then – not before – tell the server we are here.

        Raises ServerError when the server is away or refuses our password.
        """
        await super().start(auto_register=False)
        self.stream.began = self._began
        self._began()
        if self.services:
            await self.registration.known.wait()

    async def stop(self) -> None:
        """Say no more, keep what is still to be journalled, and go."""
        self._stopping = True
        for task in self._tasks:
            task.cancel()
        for behaviour in list(self.behaviours):
            behaviour.kill()
            if isinstance(behaviour, ConversationBehaviour):
                behaviour.stop_conversing()
        await self.stream.close()
        await self._write_the_rest()
        self._alive.clear()

    async def _write_the_rest(self) -> None:
        try:
            async with asyncio.timeout(LAST_WORDS):
                await self.journal.flush()
        except Exception as error:
            # The database may be gone before us; there is nobody left to try again.
            log.warning("messages not journalled", agent=self.address, why=type(error).__name__)

    def revive(self, behaviour: Carried) -> None:
        """Take up a behaviour that was killed, unless we are stopping."""
        if self._stopping:
            return
        log.warning("behaviour ended, taken up anew", behaviour=str(behaviour))
        anew = behaviour.anew()
        self.add_behaviour(anew, anew.listens_for)
        # What had come in is not lost with the one that ended.
        while not behaviour.queue.empty():
            if (message := behaviour.queue.get_nowait()) is not None:
                anew.queue.put_nowait(message)

    async def say(self, envelope: Envelope[Any]) -> None:
        """Send one ACL message across the server."""
        body = VOCABULARIES[envelope.ontology].encode(envelope.content)
        self.journal.said(envelope, body)
        self._trace(envelope, body)
        self.stream.post(acl_stanza(envelope, body), envelope.message_id)

    def run_beside(self, work: Any) -> None:
        """Run a coroutine that belongs to no conversation; it ends with the agent."""
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._finished)

    def _finished(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("work of an agent died", agent=self.address, exc_info=error)

    # The seam between SPADE and the stream.

    async def _async_connect(self) -> None:
        self.client = self.stream
        self.stream.heard = self._heard
        self.presence = PresenceManager(agent=self, approve_all=False)
        self.presence.on_available = self._seen
        # Who may see whom is decided here, not by SPADE.
        for kind in ("subscribe", "subscribed", "unsubscribe", "unsubscribed"):
            self.stream.del_event_handler(f"presence_{kind}", self.presence.handle_subscription)
        self.stream.add_event_handler("presence_subscribe", self._subscription_asked)
        await self.stream.open()

    def _began(self) -> None:
        self.conversations.cut()
        self.prepare()
        self.stream.get_roster()
        self.stream.send_presence()
        if self.address != directory_of(self.address):
            self.ask_to_see(directory_of(self.address))
        self.registration.wanted()
        self.run_beside(self.recover())

    def _seen(self, jid: str, info: Any, last: Any) -> None:
        if jid.partition("/")[0] == directory_of(self.address):
            self.registration.wanted()

    def _subscription_asked(self, presence: Any) -> None:
        asker = presence["from"].bare
        if agent_of_platform(asker, self.domain):
            self.accept_subscription(asker)
        else:
            self.person_subscribes(asker)

    def person_subscribes(self, asker: str) -> None:
        """Consider whether somebody may see our presence. Only the assistant lets anybody."""
        self.decline_subscription(asker)

    def decline_subscription(self, asker: str) -> None:
        """Do not let somebody see our presence."""
        self.stream.send_presence(pto=asker, ptype="unsubscribed")

    def accept_subscription(self, asker: str) -> None:
        """Let somebody see our presence, and ask to see theirs."""
        self.stream.send_presence(pto=asker, ptype="subscribed")
        if not self.stream.client_roster[asker]["to"]:
            self.ask_to_see(asker)

    def ask_to_see(self, address: str) -> None:
        """Ask to see somebody's presence; of who lets us already, the server tells it again."""
        self.stream.send_presence(pto=address, ptype="subscribe")

    # What the stream hands over.

    def _heard(self, stanza: ET.Element, ticket: Ticket) -> None:
        metadata = metadata_of(stanza)
        if stanza.get("type") == "error":
            log.warning(
                "undeliverable",
                to=sender_of(stanza),
                message_id=stanza.get("id"),
                why=bounce_condition(stanza),
            )
            self.hear_bounce(stanza, ticket)
        elif metadata is None:
            self.hear_person(stanza, ticket)
        else:
            sender = sender_of(stanza)
            speaker = agent_of_platform(sender, self.domain)
            if speaker is None:
                log.warning("agent talk from outside, dropped", sender=sender)
            else:
                self._hear_agent(speaker, message_in(stanza, metadata))
            ticket.handled()

    def _hear_agent(self, speaker: AgentName, message: Message) -> None:
        heard = heard_in(message)
        self.journal.heard(heard)
        try:
            performative = heard.performative
        except NotUnderstood:
            log.warning("unknown performative, dropped", sender=heard.sender)
            return
        ontology = heard.metadata.get("ontology", "")
        if performative in OPENINGS and not may_open(
            speaker, self.name_on_platform, performative, ontology
        ):
            self.run_beside(self._refuse(heard))
        else:
            self.dispatch(message)

    def dispatch(self, msg: Message) -> list[Any]:
        """Put a message in the mailbox of everyone who listens for it, at once.

        SPADE does it by a task each, and a behaviour that ends before its task runs would take
        the message along.
        """
        listening = [behaviour for behaviour in self.behaviours if behaviour.match(msg)]
        for behaviour in listening:
            behaviour.queue.put_nowait(msg)
            self.traces.append(msg, category=str(behaviour))
        if not listening:
            self.traces.append(msg)
        return []

    async def _refuse(self, heard: Heard) -> None:
        log.warning("not authorised", sender=heard.sender, act=heard.metadata.get("act"))
        if heard.metadata.get("ontology") in VOCABULARIES:
            opening = heard.unread("")
            await self.say(opening.answer(Performative.REFUSE, NotAuthorised()))

    def _trace(self, envelope: Envelope[Any], body: str) -> None:
        message = Message(
            to=envelope.receiver,
            sender=envelope.sender,
            body=body,
            thread=envelope.conversation,
            metadata=acl_metadata(envelope),
        )
        message.sent = True
        self.traces.append(message, category=None)
