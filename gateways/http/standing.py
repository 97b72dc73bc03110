"""How this process stands: whether it works, its measures, and what it serves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, Final, TypeVar

import structlog
from aiohttp import web

from gateways.http.description import PATH as DESCRIPTION
from gateways.http.description import described
from gateways.http.gate import METRICS
from gateways.http.inspected import Agent, Served
from gateways.http.measures import CONTENT_TYPE, Measures
from gateways.http.rendering import VISIT
from gateways.http.views import name_of
from gateways.http.visitors import directly_from_here, host_of
from ontology.errors import StewardError
from ontology.figures import Figures

log = structlog.get_logger(__name__)

DATABASE_SECONDS: Final = 2.0
"""In which the database has to answer who asks whether all is well."""

T = TypeVar("T")

OK: Final = "ok"
FAILING: Final = "failing"


class Standing:
    """Serves /health, /metrics and /openapi.json."""

    def __init__(self, served: Served, measures: Measures) -> None:
        self._served = served
        self._measures = measures

    def add_to(self, app: web.Application) -> None:
        """Add the routes."""
        app.router.add_get("/health", self.health)
        app.router.add_get(METRICS, self.metrics)
        app.router.add_get(DESCRIPTION, self.description)

    async def health(self, request: web.Request) -> web.Response:
        """Say whether every part works, by status 200 or 503.

        Which part does not, is told to this machine and to who is signed in.
        """
        parts = await self._parts()
        works = all(state == OK for state in parts.values())
        told: dict[str, Any] = {"status": OK if works else FAILING}
        if request[VISIT].signed_in or directly_from_here(request, host_of(request)):
            told |= {"parts": parts, "channels": self._channels()}
        return web.json_response(told, status=200 if works else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        """Show the measures, for Prometheus; those of the database only while it answers."""
        text = self._measures.text(await self._figures())
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE})

    async def description(self, request: web.Request) -> web.Response:
        """Show what is served, by OpenAPI."""
        return web.json_response(described(request.app, self._served.webhooks))

    async def _parts(self) -> dict[str, str]:
        agents = self._served.agents
        parts = {name_of(agent): _said(_works(agent)) for agent in agents}
        if agents:
            parts["xmpp"] = _said(any(agent.stream.online for agent in agents))
        if self._served.figures is not None:
            parts["database"] = _said(await _within(self._served.figures.now()) is not None)
        return parts

    def _channels(self) -> dict[str, str]:
        return {name: lacking or "set up" for name, lacking in self._served.channels.items()}

    async def _figures(self) -> Figures | None:
        if self._served.figures is None:
            return None
        return await _within(self._served.figures.figures())


async def _within(asked: Awaitable[T]) -> T | None:
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            return await asked
    except (StewardError, TimeoutError) as error:
        log.warning("the database does not answer", why=str(error))
        return None


def _works(agent: Agent) -> bool:
    return agent.is_alive() and agent.stream.online


def _said(works: bool) -> str:
    return OK if works else FAILING
