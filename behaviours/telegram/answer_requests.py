"""Saying texts on Telegram, and closing what was delivered there, on request."""

from __future__ import annotations

import asyncio

import structlog

from behaviours.fipa.request import RequestResponder
from behaviours.telegram.say_on_telegram import SayOnTelegram
from ontology.acl import Declined, Failed, Refused
from ontology.errors import NoAnswer, NotAnAddress
from ontology.notifications.acts import (
    NOTIFICATIONS,
    CannotReach,
    CloseDelivery,
    DeliveryClosed,
    SayText,
    TextSaid,
)
from ontology.notifications.concepts import Channel, Outcome
from ontology.people.addresses import TELEGRAM, normalised, scheme_of
from ontology.telegram.concepts import Place
from ontology.telegram.ports import Bot
from ontology.telegram.wording import say_over
from ontology.web.ports import Agents

log = structlog.get_logger(__name__)

KNOWN_WITHIN = 3.0
"""Seconds in which it has to be told what a message was about."""


class SayTextByTelegram(RequestResponder[SayText, TextSaid]):
    """Says a text once per key.

    No ledger: the key is written down with what became of it.
    """

    vocabulary = NOTIFICATIONS
    action = SayText

    def __init__(self, saying: SayOnTelegram) -> None:
        self._saying = saying

    async def consider(self, action: SayText) -> None:
        """Refuse what is for another channel."""
        if action.channel is not Channel.TELEGRAM:
            raise Refused(CannotReach())

    async def perform(self, action: SayText, asker: str) -> TextSaid:
        """Say it. While Telegram is away there is no answer: ask again."""
        chat = await self._chat(action)
        posted = await self._saying.say(action.key, action.person_id, chat, action.text)
        if posted.is_put_off:
            raise NoAnswer(f"Telegram does not take messages now: {posted.why}")
        if posted.outcome is not Outcome.SENT:
            raise Failed(CannotReach())
        return TextSaid()

    async def _chat(self, action: SayText) -> int:
        if action.address is None:
            chat = await self._saying.chat_of(action.person_id)
        else:
            chat = _chat_at(action.address)
        if chat is None:
            raise Failed(CannotReach())
        return chat


class CloseTelegramOnRequest(RequestResponder[CloseDelivery, DeliveryClosed]):
    """Takes the buttons away, and lets the message say what has happened since.

    A bot cannot read what it wrote: what it was about is asked of who keeps it, and where
    nobody answers, the message only loses its buttons. No ledger: edited twice, a message reads
    as if it was edited once.
    """

    vocabulary = NOTIFICATIONS
    action = CloseDelivery

    def __init__(self, bot: Bot, agents: Agents) -> None:
        self._bot = bot
        self._agents = agents

    async def perform(self, action: CloseDelivery, asker: str) -> DeliveryClosed:
        """Edit it. While Telegram is away there is no answer: ask again."""
        place = Place.of(action.reference)
        if place is not None:
            await self._bot.edit(place, await self._reads(action))
        return DeliveryClosed()

    async def _reads(self, action: CloseDelivery) -> str | None:
        try:
            async with asyncio.timeout(KNOWN_WITHIN):
                occurrence = await self._agents.occurrence(action.person_id, action.id)
        except (TimeoutError, NoAnswer, Declined) as error:
            log.warning("only the buttons are taken away", why=str(error))
            return None
        return say_over(occurrence.text, action.words)


def _chat_at(address: str) -> int | None:
    if scheme_of(address) != TELEGRAM:
        return None
    try:
        return int(normalised(address).partition(":")[2])
    except NotAnAddress:
        return None
