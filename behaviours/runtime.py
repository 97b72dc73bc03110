"""The bridge between roles and SPADE: behaviours, templates, metadata and mailboxes.

Every role is a SPADE behaviour that listens for exactly one opening; one behaviour hears all
that is said later in conversations; one answers not-understood to what no role listens for.
None of them ends by what happens in a conversation, and one that is killed is taken up anew.
"""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from xml.etree import ElementTree as ET

import structlog

from behaviours.conversations import Conversations
from behaviours.duty import Duty
from behaviours.fipa.exchange import Role
from behaviours.lean_spade import BaseTemplate, CyclicBehaviour, Message, Template
from behaviours.xmpp.stanzas import CLIENT, METADATA, THREAD, Heard
from ontology.acl import NotUnderstood, Performative
from ontology.errors import StewardError
from ontology.protocols import PROTOCOLS
from ontology.vocabularies import VOCABULARIES

log = structlog.get_logger(__name__)

PATIENCE = 30.0
"""Seconds one receive waits: ``receive()`` without a timeout spins the event loop."""

SLOWEST_RETRY = 5.0
"""Seconds before a duty that keeps failing is taken up again."""

SKEW = timedelta(seconds=5)
"""How far the clocks of two processes may differ before a reply-by counts as passed."""

OPENINGS = frozenset(protocol.opening for protocol in PROTOCOLS.values())


class ConversationBehaviour(CyclicBehaviour):
    """Reads mail and opens one task per message; outlives whatever happens in them."""

    listens_for: BaseTemplate

    def __init__(self) -> None:
        super().__init__()
        self._held: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Read one message."""
        message = await self.receive(timeout=PATIENCE)
        if message is None:
            return
        task = asyncio.create_task(self.hold(heard_in(message)))
        self._held.add(task)
        task.add_done_callback(self._forget)

    async def on_end(self) -> None:
        """Come back unless the agent is stopping; conversations under way go on."""
        self.agent.revive(self)

    def kill(self, exit_code: Any = None) -> None:
        """End, at once: the mailbox is woken."""
        super().kill(exit_code)
        if self.queue is not None:
            self.queue.put_nowait(None)

    def stop_conversing(self) -> None:
        """Break off the conversations under way: the agent goes."""
        for task in self._held:
            task.cancel()

    @abstractmethod
    async def hold(self, heard: Heard) -> None:
        """Carry on the conversation this message belongs to."""

    @abstractmethod
    def anew(self) -> ConversationBehaviour:
        """Return a fresh behaviour that does the same."""

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._held.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("conversation died", behaviour=str(self), exc_info=error)


class RoleBehaviour(ConversationBehaviour):
    """Plays one role."""

    def __init__(self, role: Role) -> None:
        super().__init__()
        self.role = role
        self.listens_for = Template(
            metadata={
                "performative": role.protocol.opening.value,
                "protocol": role.protocol.name,
                "ontology": role.vocabulary.name,
                "act": role.opens.model_fields["act"].default,
            }
        )

    def __str__(self) -> str:
        return f"{self.role.protocol.name}/{type(self.role).__name__}"

    def anew(self) -> RoleBehaviour:
        """Play the same role again."""
        return RoleBehaviour(self.role)

    async def hold(self, heard: Heard) -> None:
        """Converse, unless this opening was heard before: then say again what was said."""
        conversations: Conversations = self.agent.conversations
        key = (heard.sender, heard.conversation)
        if known := conversations.joined(*key):
            await known.say_again()
            return
        with conversations.respond(*key) as exchange:
            try:
                opening = heard.envelope(self.role.vocabulary)
            except NotUnderstood as no:
                await exchange.say(heard.unread("").answer(no.performative, no.reason))
                return
            if opening.reply_by is not None and datetime.now(UTC) > opening.reply_by + SKEW:
                # Nobody waits for it; who asked has asked again, or changed their mind.
                log.info("too late", act=opening.content.act, conversation=heard.conversation)
                return
            await self.role.converse(opening, exchange)


class RepliesBehaviour(ConversationBehaviour):
    """Hears everything that is said after an opening, and hands it to its conversation."""

    def __init__(self) -> None:
        super().__init__()
        self.listens_for = ~_any_opening()

    def __str__(self) -> str:
        return "conversation/Replies"

    def anew(self) -> RepliesBehaviour:
        """Hear again."""
        return RepliesBehaviour()

    async def run(self) -> None:
        """Hand over one message, in order: no task of its own."""
        message = await self.receive(timeout=PATIENCE)
        if message is not None:
            await self.hold(heard_in(message))

    async def hold(self, heard: Heard) -> None:
        """Hand a message to its conversation, if that stands open."""
        vocabulary = VOCABULARIES.get(heard.metadata.get("ontology", ""))
        if vocabulary is None:
            log.debug("unknown ontology", conversation=heard.conversation)
            return
        try:
            if not self.agent.conversations.deliver(heard.envelope(vocabulary)):
                log.debug("late or out of place", conversation=heard.conversation)
        except NotUnderstood as no:
            log.warning("unreadable answer", sender=heard.sender, complaint=repr(no.reason))


class NotUnderstoodBehaviour(ConversationBehaviour):
    """Says not-understood to openings no role listens for, so that nobody waits in vain."""

    def __init__(self, roles: Iterable[RoleBehaviour]) -> None:
        super().__init__()
        self._roles = tuple(roles)
        self.listens_for = _any_opening()
        if self._roles:
            heard = reduce(or_, (behaviour.listens_for for behaviour in self._roles))
            self.listens_for = self.listens_for & ~heard

    def __str__(self) -> str:
        return "conversation/NotUnderstood"

    def anew(self) -> NotUnderstoodBehaviour:
        """Keep watch again."""
        return NotUnderstoodBehaviour(self._roles)

    async def hold(self, heard: Heard) -> None:
        """Say not-understood."""
        puzzle = heard.unread(f"nobody here knows {heard.metadata.get('act')!r}")
        with self.agent.conversations.respond(heard.sender, heard.conversation) as exchange:
            await exchange.say(puzzle.answer(Performative.NOT_UNDERSTOOD, puzzle.content))


class DutyBehaviour(CyclicBehaviour):
    """Carries out one duty; a failure is logged and tried again, less and less hastily."""

    def __init__(self, duty: Duty) -> None:
        super().__init__()
        self.duty = duty
        # Without a template SPADE would hand it every message there is.
        self.listens_for = ~Template()
        self._delay = 0.1

    def __str__(self) -> str:
        return f"duty/{type(self.duty).__name__}"

    def anew(self) -> DutyBehaviour:
        """Take the duty up again."""
        return DutyBehaviour(self.duty)

    async def run(self) -> None:
        """Do it once."""
        try:
            await self.duty.once()
        except StewardError as error:
            await self._pause(str(error), expected=True)
        except Exception as error:
            await self._pause(repr(error), expected=False)
        else:
            self._delay = 0.1

    async def on_end(self) -> None:
        """Come back unless the agent is stopping."""
        self.agent.revive(self)

    async def _pause(self, why: str, *, expected: bool) -> None:
        tell: Callable[..., Any] = log.warning if expected else log.exception
        tell("duty failed, trying again", duty=str(self), why=why, seconds=self._delay)
        await asyncio.sleep(self._delay)
        self._delay = min(self._delay * 2, SLOWEST_RETRY)


Carried = ConversationBehaviour | DutyBehaviour
"""What an agent carries."""


def _any_opening() -> BaseTemplate:
    return reduce(
        or_, (Template(metadata={"performative": opening.value}) for opening in OPENINGS)
    )


def message_in(stanza: ET.Element, metadata: dict[str, str]) -> Message:
    """Return a stanza as SPADE's message; the sender is the one the server stamped."""
    return Message(
        to=stanza.get("to"),
        sender=stanza.get("from"),
        body=stanza.findtext(f"{CLIENT}body"),
        thread=metadata.pop(THREAD, None),
        metadata=metadata,
    )


def heard_in(message: Message) -> Heard:
    """Return what a SPADE message says; the sender is the one the server stamped."""
    metadata = {key: value for key in METADATA if (value := message.get_metadata(key))}
    if message.thread:
        metadata.setdefault("conversation-id", message.thread)
    return Heard(
        sender=message.sender.bare,
        receiver=message.to.bare,
        body=message.body or "",
        metadata=metadata,
    )
