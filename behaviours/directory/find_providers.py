"""Finding who offers a service: asked of the directory, remembered for when it is away."""

from __future__ import annotations

import time
from uuid import uuid4

import structlog

from behaviours.directory.names import directory_of
from behaviours.fipa.exchange import Voice
from behaviours.fipa.query import query
from ontology.acl import Declined
from ontology.directory.acts import DIRECTORY, WhoOffers
from ontology.errors import NoAnswer

log = structlog.get_logger(__name__)

FRESH = 10.0
"""Seconds for which what the directory said is not asked again."""


class Acquaintances:
    """Knows who offers which service. What it learned last stays good while nobody answers."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}

    async def offering(self, voice: Voice, service: str) -> tuple[str, ...]:
        """Return the bare JIDs of the providers, those alive first.

        Raises :class:`NoAnswer` when nobody is known to offer the service.
        """
        providers = await self.known(voice, service)
        if not providers:
            raise NoAnswer(f"nobody offers {service!r} at the moment")
        return providers

    async def known(self, voice: Voice, service: str) -> tuple[str, ...]:
        """Return the same, or nobody where the directory says that nobody does.

        Raises :class:`NoAnswer` when the directory does not answer and nobody is remembered.
        """
        learned, providers = self._known.get(service, (float("-inf"), ()))
        if time.monotonic() - learned <= FRESH:
            return providers
        told = await self._ask(voice, service)
        if told is None and not providers:
            raise NoAnswer(f"nobody offers {service!r}; the directory is silent")
        return told or providers

    def learn(self, service: str, providers: tuple[str, ...]) -> None:
        """Remember what the directory told."""
        if providers:
            self._known[service] = (time.monotonic(), providers)

    async def _ask(self, voice: Voice, service: str) -> tuple[str, ...] | None:
        try:
            told = await query(
                voice,
                DIRECTORY,
                WhoOffers(service=service),
                to=directory_of(voice.name),
                conversation=uuid4().hex,
                within=2.0,
            )
        except (NoAnswer, Declined) as error:
            log.warning("the directory does not answer", why=str(error))
            return None
        providers = tuple(provider.agent for provider in told.providers)
        self.learn(service, providers)
        return providers
