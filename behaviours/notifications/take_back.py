"""Taking back, on every channel, what nobody needs to be told any more."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4, uuid5

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.request import request
from ontology.acl import Action, Declined
from ontology.errors import NoAnswer
from ontology.notifications.acts import NOTIFICATIONS, CloseDelivery, SayText
from ontology.notifications.concepts import Channel, Outcome
from ontology.notifications.ports import Attempt, Deliveries

log = structlog.get_logger(__name__)

TAKEN_BACK_WITHIN = 6.0

_MAY_RING: Final = (Outcome.ATTEMPTING, Outcome.SENT, Outcome.DELIVERED, Outcome.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Over:
    """A notification nobody needs any more: what became of it, and where it was answered.

    ``line`` is said in chat where it was told there and answered elsewhere.
    """

    id: UUID
    person_id: UUID
    words: str
    by: Channel | None = None
    line: str | None = None


class TakeBack:
    """Has every channel stop ringing, and take its buttons away."""

    def __init__(
        self, deliveries: Deliveries, voice: Voice, acquaintances: Acquaintances
    ) -> None:
        self._deliveries = deliveries
        self._voice = voice
        self._acquaintances = acquaintances

    async def made(self, over: Over) -> Sequence[Attempt]:
        """Return the attempts to tell it."""
        return await self._deliveries.made(over.person_id, [over.id])

    async def everywhere(self, over: Over) -> None:
        """Ask every channel at once. Who cannot be asked is passed over: it is a courtesy."""
        made = await self.made(over)
        await asyncio.gather(*(self._ask(each) for each in _wishes(over, made)))

    async def say(self, text: SayText) -> None:
        """Have a text said. Raises NoAnswer or Declined."""
        await self._request(text, text.channel)

    async def _ask(self, wish: CloseDelivery | SayText) -> None:
        try:
            await self._request(wish, wish.channel)
        except (NoAnswer, Declined) as error:
            log.warning("not taken back", channel=wish.channel, why=str(error))

    async def _request(self, wish: Action[Any], channel: Channel) -> None:
        provider, *_ = await self._acquaintances.offering(self._voice, channel.value)
        await request(
            self._voice,
            NOTIFICATIONS,
            wish,
            to=provider,
            conversation=uuid4().hex,
            within=TAKEN_BACK_WITHIN,
        )


def answered_by(made: Sequence[Attempt]) -> Channel | None:
    """Return the channel by which it was answered, if that was a channel of ours."""
    return next((a.channel for a in made if a.outcome is Outcome.ACKNOWLEDGED), None)


def _wishes(over: Over, made: Sequence[Attempt]) -> Iterator[CloseDelivery | SayText]:
    for each in made:
        if each.outcome in _MAY_RING and each.channel is not Channel.CHAT:
            yield CloseDelivery(
                id=over.id,
                person_id=over.person_id,
                channel=each.channel,
                step=each.step,
                words=over.words,
                reference=each.reference,
            )
    in_chat = any(each.channel is Channel.CHAT and each.outcome.arrived for each in made)
    if over.line is not None and over.by is not Channel.CHAT and in_chat:
        yield SayText(
            key=uuid5(over.id, "answered elsewhere"),
            person_id=over.person_id,
            channel=Channel.CHAT,
            text=over.line,
        )
