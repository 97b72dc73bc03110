"""Saying a text in chat on request, once however often it is asked."""

from __future__ import annotations

from behaviours.dialogue.send_chat import SendChat
from behaviours.fipa.request import RequestResponder
from behaviours.notifications.deliver_by_chat import Presence, nearest_address
from ontology.acl import Refused
from ontology.dialogue.concepts import ChatMessage
from ontology.notifications.acts import NOTIFICATIONS, CannotReach, SayText, TextSaid
from ontology.notifications.concepts import Channel
from ontology.people.ports import People


class SayByChat(RequestResponder[SayText, TextSaid]):
    """Says it through the outbox, under its own key: no ledger is needed."""

    vocabulary = NOTIFICATIONS
    action = SayText

    def __init__(self, people: People, chat: SendChat, presence: Presence) -> None:
        self._people = people
        self._chat = chat
        self._presence = presence

    async def consider(self, action: SayText) -> None:
        """Refuse what is for another channel."""
        if action.channel is not Channel.CHAT:
            raise Refused(CannotReach())

    async def perform(self, action: SayText, asker: str) -> TextSaid:
        """Say it, and return once the server has it."""
        address = action.address or await nearest_address(
            self._people, self._presence, action.person_id
        )
        message = ChatMessage(
            key=action.key,
            person_id=action.person_id,
            address=address,
            body=action.text,
        )
        await self._chat.deliver([message])
        return TextSaid()
