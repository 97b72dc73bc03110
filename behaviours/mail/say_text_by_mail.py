"""Saying a text by mail, on request."""

from __future__ import annotations

from uuid import UUID

from behaviours.fipa.request import RequestResponder
from behaviours.notifications.dispatch_once import DispatchOnce
from ontology.acl import Failed, Refused
from ontology.errors import NoAnswer, NotAnAddress
from ontology.mail.ports import Composer, MailServer
from ontology.notifications.acts import NOTIFICATIONS, CannotReach, SayText, TextSaid
from ontology.notifications.concepts import Channel, Outcome
from ontology.people.addresses import MAILTO, normalised, scheme_of
from ontology.people.ports import People


class SayTextByMail(RequestResponder[SayText, TextSaid]):
    """Mails a text once per key.

    No ledger: the key is written down with what became of it.
    """

    vocabulary = NOTIFICATIONS
    action = SayText

    def __init__(
        self, people: People, composer: Composer, server: MailServer, sending: DispatchOnce
    ) -> None:
        self._people = people
        self._composer = composer
        self._server = server
        self._sending = sending

    async def consider(self, action: SayText) -> None:
        """Refuse what is for another channel."""
        if action.channel is not Channel.EMAIL:
            raise Refused(CannotReach())

    async def perform(self, action: SayText, asker: str) -> TextSaid:
        """Hand the mail over. While the server is away there is no answer: ask again."""
        mail = self._composer.text(action.key, await self._address(action), action.text)
        posted = await self._sending.dispatch(
            action.key, action.person_id, lambda: self._server.post(mail)
        )
        if posted.is_put_off:
            raise NoAnswer(f"the mail server does not take mails now: {posted.why}")
        if posted.outcome is not Outcome.SENT:
            raise Failed(CannotReach())
        return TextSaid()

    async def _address(self, action: SayText) -> str:
        address = action.address or await self._first(action.person_id)
        try:
            if address is None or scheme_of(address) != MAILTO:
                raise Failed(CannotReach())
            return normalised(address).partition(":")[2]
        except NotAnAddress:
            raise Failed(CannotReach()) from None

    async def _first(self, person_id: UUID) -> str | None:
        addresses = await self._people.addresses(person_id, MAILTO)
        return addresses[0] if addresses else None
