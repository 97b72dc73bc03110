"""The directory facilitator's register: services by agent, liveness by presence (SC00023)."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from behaviours.fipa.query import QueryResponder
from behaviours.fipa.request import RequestResponder
from behaviours.fipa.subscribe import Publisher
from ontology.directory.acts import (
    DIRECTORY,
    Provider,
    Providers,
    Register,
    Registered,
    WhoOffers,
)
from ontology.errors import NoAnswer

PRESENCE_SECONDS = 4.0
"""How long an agent that registers may take to show its presence: less than it waits for us."""


class ServiceRegister:
    """Who offers what and is alive. In memory: agents register again with a new directory."""

    def __init__(self) -> None:
        self._providers: dict[str, Provider] = {}
        self._present: set[str] = set()
        self._changed = asyncio.Event()

    def enter(self, agent: str, services: tuple[str, ...]) -> None:
        """Enter an agent; it is alive if its presence says so."""
        self._put(agent, services)

    def seen(self, agent: str, *, available: bool) -> None:
        """Note what presence tells of an agent."""
        if available == self.sees(agent):
            return
        if available:
            self._present.add(agent)
        else:
            self._present.discard(agent)
        if known := self._providers.get(agent):
            self._put(agent, known.services)
        else:
            self._announce()

    def sees(self, agent: str) -> bool:
        """Whether the agent is alive, as far as its presence is known."""
        return agent in self._present

    def offering(self, service: str | None) -> Providers:
        """Return who offers a service (None: any), those alive first."""
        found = [
            provider
            for provider in self._providers.values()
            if service is None or service in provider.services
        ]
        found.sort(key=lambda provider: (not provider.available, provider.agent))
        return Providers(service=service, providers=tuple(found))

    async def changed(self) -> None:
        """Return at the next change."""
        await self._changed.wait()

    def _put(self, agent: str, services: tuple[str, ...]) -> None:
        self._providers[agent] = Provider(
            agent=agent,
            services=services,
            available=self.sees(agent),
            since=datetime.now(UTC),
        )
        self._announce()

    def _announce(self) -> None:
        self._changed.set()
        self._changed = asyncio.Event()


class RegisterOnRequest(RequestResponder[Register, Registered]):
    """Enters the one who asks, under the name the server stamped, once its presence is seen.

    One that was entered before, and died before it let us see its presence, would be listed as
    alive for ever. ``ask_to_see`` asks an agent, by its bare JID, for its presence.
    """

    vocabulary = DIRECTORY
    action = Register

    def __init__(self, register: ServiceRegister, ask_to_see: Callable[[str], None]) -> None:
        self._register = register
        self._ask_to_see = ask_to_see

    async def perform(self, action: Register, asker: str) -> Registered:
        """Enter the sender. Raises NoAnswer while it does not show its presence."""
        if not self._register.sees(asker):
            self._ask_to_see(asker)
            await self._is_seen(asker)
        self._register.enter(asker, action.services)
        return Registered()

    async def _is_seen(self, agent: str) -> None:
        try:
            async with asyncio.timeout(PRESENCE_SECONDS):
                while not self._register.sees(agent):
                    await self._register.changed()
        except TimeoutError:
            raise NoAnswer(f"{agent} does not show its presence") from None


class SearchOnQuery(QueryResponder[WhoOffers, Providers]):
    """Tells who offers a service."""

    vocabulary = DIRECTORY
    question = WhoOffers

    def __init__(self, register: ServiceRegister) -> None:
        self._register = register

    async def tell(self, question: WhoOffers, asker: str) -> Providers:
        """Look it up."""
        return self._register.offering(question.service)


class PublishProviders(Publisher[WhoOffers, Providers]):
    """Tells whoever subscribed when providers come, go or change."""

    vocabulary = DIRECTORY
    question = WhoOffers

    def __init__(self, register: ServiceRegister) -> None:
        self._register = register

    async def tell(self, question: WhoOffers) -> Providers:
        """Look it up."""
        return self._register.offering(question.service)

    async def changed(self) -> None:
        """Return at the register's next change."""
        await self._register.changed()
