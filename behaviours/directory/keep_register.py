"""The directory facilitator's register: services by agent, liveness by presence (SC00023)."""

from __future__ import annotations

import asyncio
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


class ServiceRegister:
    """Who offers what and is alive. In memory: agents register again with a new directory."""

    def __init__(self) -> None:
        self._providers: dict[str, Provider] = {}
        self._changed = asyncio.Event()

    def enter(self, agent: str, services: tuple[str, ...]) -> None:
        """Enter an agent; having asked, it is alive."""
        self._put(agent, services, available=True)

    def seen(self, agent: str, *, available: bool) -> None:
        """Note what presence tells of an agent that is registered; of others, nothing."""
        known = self._providers.get(agent)
        if known and known.available != available:
            self._put(agent, known.services, available=available)

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

    def _put(self, agent: str, services: tuple[str, ...], *, available: bool) -> None:
        self._providers[agent] = Provider(
            agent=agent, services=services, available=available, since=datetime.now(UTC)
        )
        self._changed.set()
        self._changed = asyncio.Event()


class RegisterOnRequest(RequestResponder[Register, Registered]):
    """Enters the one who asks, under the name the server stamped."""

    vocabulary = DIRECTORY
    action = Register

    def __init__(self, register: ServiceRegister) -> None:
        self._register = register

    async def perform(self, action: Register, asker: str) -> Registered:
        """Enter the sender."""
        self._register.enter(asker, action.services)
        return Registered()


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
