"""Telling a person something in chat, once, outside of any conversation."""

from __future__ import annotations

from uuid import UUID

from behaviours.dialogue.send_chat import SendChat
from behaviours.notifications.deliver_by_chat import Presence, nearest_address
from ontology.dialogue.concepts import ChatMessage
from ontology.people.ports import People


class TellPerson:
    """Says it where the person is reached most surely, through the outbox."""

    def __init__(self, people: People, chat: SendChat, presence: Presence) -> None:
        self._people = people
        self._chat = chat
        self._presence = presence

    async def tell(self, person_id: UUID, text: str, key: UUID) -> None:
        """Say a text, known by ``key`` however often it is said. Raises ServerError."""
        address = await nearest_address(self._people, self._presence, person_id)
        message = ChatMessage(key=key, person_id=person_id, address=address, body=text)
        await self._chat.deliver([message])
