"""Telling the notifier what nobody wants to hear of any more: only a hint, it looks itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from uuid import UUID, uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.duty import Duty
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.acl import Declined
from ontology.errors import NoAnswer
from ontology.notifications.acts import NOTIFICATIONS, WithdrawNotifications

log = structlog.get_logger(__name__)

HEARD_WITHIN = 5.0

MOST_WAITING: Final = 1_000
"""Hints kept while the notifier is away; it finds out without them."""


@dataclass(frozen=True, slots=True)
class Closed:
    """Occurrences of a person that were closed, how, and who asked for it (a bare JID).

    Without ids it is not known here which of them rang.
    """

    person_id: UUID
    asker: str
    how: str
    ids: tuple[UUID, ...] = ()


TellClosed = Callable[[Closed], None]


def nobody(_closed: Closed) -> None:
    """Tell nobody."""


class TellNotifier(Duty):
    """Passes each hint on once, and drops what cannot be passed on."""

    def __init__(self, voice: Voice, acquaintances: Acquaintances) -> None:
        self._voice = voice
        self._acquaintances = acquaintances
        self._hints: asyncio.Queue[Closed] = asyncio.Queue(MOST_WAITING)

    def take(self, closed: Closed) -> None:
        """Tell this soon."""
        if not self._hints.full():
            self._hints.put_nowait(closed)

    async def once(self) -> None:
        """Tell one. The notifier knows already what it has asked for itself."""
        closed = await self._hints.get()
        try:
            notifier, *others = await self._acquaintances.offering(self._voice, "notifications")
            if closed.asker not in (notifier, *others):
                await self._tell(closed, notifier)
        except (NoAnswer, Declined) as error:
            log.info("the notifier finds out by itself", why=str(error))

    async def _tell(self, closed: Closed, notifier: str) -> None:
        await request(
            self._voice,
            NOTIFICATIONS,
            WithdrawNotifications(person_id=closed.person_id, ids=closed.ids, words=closed.how),
            to=notifier,
            conversation=uuid4().hex,
            within=HEARD_WITHIN,
        )
