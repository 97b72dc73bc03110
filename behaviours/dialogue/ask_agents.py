"""Asking the agents that can, for the sake of one utterance."""

from __future__ import annotations

import asyncio
from typing import TypeVar
from uuid import UUID, uuid4

import structlog

from behaviours.directory.find_providers import Acquaintances
from behaviours.fipa.exchange import Voice
from behaviours.fipa.query import query
from behaviours.fipa.request import request
from ontology.acl import Action, Content, Declined, Question
from ontology.errors import NoAnswer
from ontology.vocabulary import Vocabulary

log = structlog.get_logger(__name__)

R = TypeVar("R", bound=Content)

WITHIN = 15.0
"""Seconds an agent has to act; said again meanwhile while it is silent."""

ASIDE_WITHIN = 1.0
"""Seconds for what is nice to know."""


class AskAgents:
    """Conversations that are named after an utterance, in the order in which they are held.

    Holding them again after a crash repeats answers instead of effects.
    """

    def __init__(self, utterance_id: UUID, voice: Voice, known: Acquaintances) -> None:
        self._utterance_id = utterance_id
        self._voice = voice
        self._known = known
        self._held = 0

    async def request(self, service: str, vocabulary: Vocabulary, act: Action[R]) -> R:
        """Have it done by whoever offers the service. Raises Declined and NoAnswer."""
        provider, *_ = await self._known.offering(self._voice, service)
        return await request(
            self._voice,
            vocabulary,
            act,
            to=provider,
            conversation=self._next_conversation(),
            within=WITHIN,
        )

    async def query(self, service: str, vocabulary: Vocabulary, question: Question[R]) -> R:
        """Have it told by whoever offers the service. Raises Declined and NoAnswer."""
        provider, *_ = await self._known.offering(self._voice, service)
        return await query(
            self._voice,
            vocabulary,
            question,
            to=provider,
            conversation=self._next_conversation(),
            within=WITHIN,
        )

    async def aside(
        self, service: str, vocabulary: Vocabulary, question: Question[R]
    ) -> R | None:
        """Ask for what the answer may go without: None where nobody tells within a second.

        It has no place in the order of conversations, which silence would change.
        """
        try:
            async with asyncio.timeout(ASIDE_WITHIN):
                provider, *_ = await self._known.offering(self._voice, service)
                return await query(
                    self._voice,
                    vocabulary,
                    question,
                    to=provider,
                    conversation=uuid4().hex,
                    within=ASIDE_WITHIN,
                )
        except (Declined, NoAnswer, TimeoutError) as error:
            log.info("not told in time", service=service, why=str(error))
            return None

    async def offers(self, service: str) -> bool:
        """Tell whether anybody offers a service, as far as the directory tells."""
        try:
            return bool(await self._known.known(self._voice, service))
        except NoAnswer:
            return False

    def _next_conversation(self) -> str:
        self._held += 1
        return f"{self._utterance_id}:{self._held}"
