"""Saying texts on Telegram, and closing what was delivered there, on request."""

from __future__ import annotations

from behaviours.fipa.request import RequestResponder
from behaviours.telegram.say_on_telegram import SayOnTelegram
from ontology.acl import Failed, Refused
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
    """Takes the buttons away, and lets the message read what has happened since.

    No ledger: edited twice, a message reads as if it was edited once.
    """

    vocabulary = NOTIFICATIONS
    action = CloseDelivery

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def perform(self, action: CloseDelivery, asker: str) -> DeliveryClosed:
        """Edit it. While Telegram is away there is no answer: ask again."""
        place = Place.of(action.reference)
        if place is not None:
            await self._bot.edit(place, action.words)
        return DeliveryClosed()


def _chat_at(address: str) -> int | None:
    if scheme_of(address) != TELEGRAM:
        return None
    try:
        return int(normalised(address).partition(":")[2])
    except NotAnAddress:
        return None
