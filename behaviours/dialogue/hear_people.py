"""Hearing people: what they said is committed before the server may forget it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import NAMESPACE_URL, UUID, uuid5

import structlog

from behaviours.duty import Duty
from ontology.dialogue.concepts import Utterance
from ontology.dialogue.ports import Inbox
from ontology.dialogue.wording import LONGEST_UTTERANCE
from ontology.errors import ServerError
from ontology.people.concepts import Person
from ontology.people.ports import People

log = structlog.get_logger(__name__)

UNIQUE_NAME = 10
"""Characters from which on a client's name for a message is taken to be unique, no counter."""

KNOWN_FOR = 10.0
"""Seconds for which it is not asked again whose address this is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A plain message as it came. ``handled`` tells the server that it may forget it.

    ``replaces`` is the ``message_id`` of the one that it corrects. The body of an
    ``encrypted`` one is for those who cannot read it, and not what was said.
    """

    address: str
    body: str
    message_id: str
    archived_as: str | None
    said_at: datetime | None
    handled: Callable[[], None]
    encrypted: bool = False
    replaces: str | None = None

    @property
    def utterance_id(self) -> UUID:
        """The same for the same stanza, however often it comes (XEP-0359)."""
        name = self.archived_as or f"{self.address}/{self.message_id}"
        return uuid5(NAMESPACE_URL, f"xmpp:{name}")


class Strangers(Protocol):
    """Says the one polite thing strangers hear."""

    def refuse(self, address: str) -> None: ...


class HearPeople(Duty):
    """Takes in what was said, one after the other, and passes on what is new."""

    def __init__(
        self,
        people: People,
        inbox: Inbox,
        strangers: Strangers,
        pass_on: Callable[[Utterance], None],
        look: Callable[[], None],
    ) -> None:
        self._people = people
        self._inbox = inbox
        self._strangers = strangers
        self._pass_on = pass_on
        self._look = look
        self._said: asyncio.Queue[Said] = asyncio.Queue()
        self._held: list[Said] | None = None
        self._known: dict[str, tuple[float, Person]] = {}

    def hear(self, said: Said) -> None:
        """Take in a message as soon as those before it are safe."""
        if self._held is None:
            self._said.put_nowait(said)
        else:
            self._held.append(said)

    def hold(self) -> None:
        """Put messages aside until :meth:`go_on`: the archive has older ones."""
        self._held = self._held or []

    def go_on(self) -> None:
        """Take in what was put aside, and what comes."""
        held, self._held = self._held or [], None
        for said in held:
            self.hear(said)

    async def once(self) -> None:
        """Take in one message; one that cannot be kept yet is tried again, not acknowledged."""
        said = await self._said.get()
        delay, in_doubt = 0.1, False
        while True:
            try:
                await self.take_in(said)
            except ServerError as error:
                log.warning("not kept yet, trying again", why=str(error))
                in_doubt = True
                await asyncio.sleep(delay)
                delay = min(delay * 2, 5.0)
            except Exception:
                # One that can never be kept must not hold up all that comes after it.
                log.exception("message dropped")
                break
            else:
                break
        if in_doubt:
            # The first try may have kept it after all, and then nobody was told.
            self._look()
        said.handled()

    async def take_in(self, said: Said) -> None:
        """Commit one message of a known person; refuse a stranger once."""
        person = await self._who(said.address)
        if person is None:
            if await self._people.refuse_once(said.address):
                self._strangers.refuse(said.address)
            return
        utterance = Utterance(
            id=said.utterance_id,
            sent_as=said.message_id if len(said.message_id) >= UNIQUE_NAME else None,
            person_id=person.id,
            address=said.address,
            text="" if said.encrypted else said.body[: LONGEST_UTTERANCE + 1],
            encrypted=said.encrypted,
            replaces=said.replaces,
            said_at=said.said_at,
        )
        kept = await self._inbox.accept(utterance, archived_as=said.archived_as)
        if kept is not None:
            self._pass_on(kept)

    async def _who(self, address: str) -> Person | None:
        until, person = self._known.get(address, (0.0, None))
        if person is None or time.monotonic() > until:
            person = await self._people.at(address)
            if person is not None:
                self._known[address] = (time.monotonic() + KNOWN_FOR, person)
        return person

    async def catch_up(self, archive: Callable[[str | None], AsyncIterator[Said]]) -> None:
        """Take in what our archive holds since the last message that was kept, or at all."""
        async for said in archive(await self._inbox.caught_up_to()):
            self._said.put_nowait(said)
