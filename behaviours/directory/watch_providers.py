"""Knowing who offers a service without asking each time: subscribed at the directory."""

from __future__ import annotations

from contextlib import aclosing
from uuid import uuid4

from behaviours.directory.find_providers import Acquaintances
from behaviours.directory.names import directory_of
from behaviours.duty import Duty
from behaviours.fipa.exchange import Voice
from behaviours.fipa.subscribe import subscribe
from ontology.directory.acts import DIRECTORY, WhoOffers


class WatchProviders(Duty):
    """Subscribes, passes on each change, and subscribes anew when the subscription ends."""

    def __init__(self, voice: Voice, acquaintances: Acquaintances, service: str) -> None:
        self._voice = voice
        self._acquaintances = acquaintances
        self._service = service

    async def once(self) -> None:
        """Follow one subscription to its end."""
        told = subscribe(
            self._voice,
            DIRECTORY,
            WhoOffers(service=self._service),
            to=directory_of(self._voice.name),
            conversation=uuid4().hex,
        )
        async with aclosing(told):
            async for now in told:
                alive = [provider.agent for provider in now.providers if provider.available]
                self._acquaintances.learn(self._service, tuple(alive))
