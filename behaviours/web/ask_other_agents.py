"""Asking the other agents for the sake of what came in over HTTP."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, TypeVar
from uuid import UUID, uuid4, uuid5

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.query import query
from behaviours.fipa.request import request
from ontology.acl import Action, Content, Question
from ontology.dialogue.acts import DIALOGUE, HearUtterance, UtteranceAnswered
from ontology.notifications.acts import (
    NOTIFICATIONS,
    AcknowledgeNotification,
    NoteOutcome,
    NotificationAcknowledged,
    SayText,
)
from ontology.people.acts import PEOPLE, AddressLinked, MarkAddress, RedeemCode
from ontology.policy.acts import POLICY, ChangePreferences, PreferencesChanged
from ontology.reminders.acts import REMINDERS, WhichOccurrence, WhichReminders
from ontology.reminders.concepts import Occurrence
from ontology.vocabulary import Vocabulary
from ontology.web.wording import say_next

WITHIN: Final = 15.0
"""Seconds an agent has to act; said again meanwhile while it is silent."""

KEYS: Final = UUID("6a0c3f0e-65c5-5d6c-9f5b-0b6a8a2e6c11")
"""The namespace in which keys of askings become conversation ids."""

R = TypeVar("R", bound=Content)


class AskOtherAgents:
    """Implements :class:`ontology.web.ports.Agents` by conversations across the server."""

    def __init__(
        self,
        voice: Voice,
        known: Acquaintances,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._voice = voice
        self._known = known
        self._clock = clock

    async def acknowledge(
        self, action: AcknowledgeNotification, key: str
    ) -> NotificationAcknowledged:
        """Request it of the notifier."""
        return await self._request(
            "notifications", NOTIFICATIONS, action, str(uuid5(KEYS, key))
        )

    async def note(self, action: NoteOutcome) -> None:
        """Request it of the notifier; noting it twice is noting it once."""
        await self._request("notifications", NOTIFICATIONS, action, uuid4().hex)

    async def hear(self, action: HearUtterance) -> UtteranceAnswered:
        """Request it of the assistant."""
        return await self._request("user-interface", DIALOGUE, action, str(action.utterance_id))

    async def mark_bad(self, address: str, why: str) -> None:
        """Request it of the assistant; marking it twice is marking it once."""
        await self._request(
            "people", PEOPLE, MarkAddress(address=address, why=why), uuid4().hex
        )

    async def redeem(self, action: RedeemCode, key: str) -> AddressLinked:
        """Request it of the assistant."""
        return await self._request("people", PEOPLE, action, str(uuid5(KEYS, key)))

    async def say(self, action: SayText, key: str) -> None:
        """Request it of whoever serves the channel; its name is the service."""
        conversation = str(uuid5(KEYS, key))
        await self._request(action.channel.value, NOTIFICATIONS, action, conversation)

    async def change(self, action: ChangePreferences, key: str) -> PreferencesChanged:
        """Request it of the policy agent."""
        return await self._request("policy", POLICY, action, str(uuid5(KEYS, key)))

    async def next_up(self, person_id: UUID) -> str:
        """Query the reminder agent."""
        found = await self._query(
            "reminders", REMINDERS, WhichReminders(person_id=person_id, limit=1)
        )
        return say_next(found, self._clock())

    async def occurrence(self, person_id: UUID, id_: UUID) -> Occurrence:
        """Query the reminder agent."""
        question = WhichOccurrence(person_id=person_id, id=id_)
        return (await self._query("reminders", REMINDERS, question)).occurrence

    async def _request(
        self, service: str, vocabulary: Vocabulary, action: Action[R], conversation: str
    ) -> R:
        provider, *_ = await self._known.offering(self._voice, service)
        return await request(
            self._voice,
            vocabulary,
            action,
            to=provider,
            conversation=conversation,
            within=WITHIN,
        )

    async def _query(self, service: str, vocabulary: Vocabulary, question: Question[R]) -> R:
        provider, *_ = await self._known.offering(self._voice, service)
        return await query(
            self._voice,
            vocabulary,
            question,
            to=provider,
            conversation=uuid4().hex,
            within=WITHIN,
        )
