"""Saying a text on Telegram, in as many messages as it takes, each once."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid5

from behaviours.notifications.dispatch_once import STARTED_WITHIN, DispatchOnce
from behaviours.people.report_bad_address import ReportBadAddress
from ontology.notifications.concepts import Outcome
from ontology.notifications.posted import Posted
from ontology.people.addresses import TELEGRAM
from ontology.people.ports import People
from ontology.telegram.concepts import Button
from ontology.telegram.ports import Bot
from ontology.telegram.splitting import split


class SayOnTelegram:
    """Writes every message down before it leaves and after it, and reports who blocks us."""

    def __init__(
        self,
        bot: Bot,
        sending: DispatchOnce,
        people: People,
        bad_addresses: ReportBadAddress,
    ) -> None:
        self._bot = bot
        self._sending = sending
        self._people = people
        self._bad_addresses = bad_addresses

    @property
    def is_shut(self) -> bool:
        """Whether Telegram wants to be left alone for longer than anybody waits."""
        return self._sending.shut_for > STARTED_WITHIN

    async def chat_of(self, person_id: UUID) -> int | None:
        """Return the chat with a person: of several accounts the first linked."""
        addresses = await self._people.addresses(person_id, TELEGRAM)
        return int(addresses[0].partition(":")[2]) if addresses else None

    async def say(
        self,
        key: UUID,
        person_id: UUID,
        chat: int,
        text: str,
        buttons: Sequence[Button] = (),
    ) -> Posted:
        """Say it; return what became of the last message, or of the first that did not leave.

        Only the last one has the buttons. The first is known by ``key``, those after it by
        names that follow from it.
        """
        *before, last = split(text)
        for number, piece in enumerate(before):
            posted = await self._post(_named(key, number), person_id, chat, piece, ())
            if posted.outcome is not Outcome.SENT:
                return posted
        return await self._post(_named(key, len(before)), person_id, chat, last, buttons)

    async def _post(
        self, key: UUID, person_id: UUID, chat: int, text: str, buttons: Sequence[Button]
    ) -> Posted:
        posted = await self._sending.dispatch(
            key, person_id, lambda: self._bot.say(chat, text, buttons)
        )
        if posted.is_bad_address:
            await self._bad_addresses.report(f"{TELEGRAM}:{chat}", posted.why or "")
        return posted


def _named(key: UUID, number: int) -> UUID:
    return uuid5(key, f"message {number}") if number else key
