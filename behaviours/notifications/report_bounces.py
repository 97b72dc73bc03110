"""Reporting to the notifier what came back from people's addresses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.duty import Duty
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.acl import Declined
from ontology.notifications.acts import NOTIFICATIONS, NoteOutcome
from ontology.notifications.concepts import Channel, Outcome
from ontology.people.ports import People

log = structlog.get_logger(__name__)

NOTED_WITHIN = 10.0


@dataclass(frozen=True, slots=True)
class Bounce:
    """A message that came back: its id, from where, and the condition (RFC 6120, 8.3.3).

    ``handled`` tells the server that it may forget it.
    """

    message_id: str
    address: str
    why: str
    handled: Callable[[], None]


class ReportBounces(Duty):
    """Has every notification that came back counted as failed, also if the notifier is away."""

    def __init__(self, people: People, voice: Voice, acquaintances: Acquaintances) -> None:
        self._people = people
        self._voice = voice
        self._acquaintances = acquaintances
        self._bounces: asyncio.Queue[Bounce] = asyncio.Queue()
        self._first: Bounce | None = None

    def take(self, bounce: Bounce) -> None:
        """Report this as soon as those before it are reported."""
        self._bounces.put_nowait(bounce)

    async def once(self) -> None:
        """Report one; one that could not be reported is the first the next time."""
        self._first = self._first or await self._bounces.get()
        await self._report(self._first)
        self._first.handled()
        self._first = None

    async def _report(self, bounce: Bounce) -> None:
        person = await self._people.at(bounce.address)
        notification = _id_in(bounce.message_id)
        if person is None or notification is None:
            return
        notifier, *_ = await self._acquaintances.offering(self._voice, "notifications")
        try:
            await request(
                self._voice,
                NOTIFICATIONS,
                NoteOutcome(
                    id=notification,
                    person_id=person.id,
                    channel=Channel.CHAT,
                    outcome=Outcome.FAILED,
                    why=bounce.why,
                ),
                to=notifier,
                conversation=uuid4().hex,
                within=NOTED_WITHIN,
            )
        except Declined:
            log.info("what came back was no notification", message_id=bounce.message_id)


def _id_in(message_id: str) -> UUID | None:
    try:
        return UUID(message_id)
    except ValueError:
        return None
