"""The inspection pages: SPADE's web interface of every agent, behind one login on loopback.

Nothing here is imported before the pages are really served: aiohttp is slow to import.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from gateways.http.inspected import Agent, Home, Settings
from ontology.journal import Journal


@asynccontextmanager
async def inspection(
    settings: Settings, home: Home, agents: Sequence[Agent], journal: Journal | None = None
) -> AsyncIterator[str]:
    """Serve the pages of these agents and yield their URL.

    The user is ``owner``; the password is the secret ``http-password`` of the home. Of several
    processes of one home the first has the home's port, the others a port of their own. Agents
    can be inspected once in their life: their web application is mounted and stays.

    Raises:
        SettingsError: nothing can listen at the configured address.
    """
    from gateways.http.listening import listening
    from gateways.http.site import site

    pages = site(settings, home, agents, journal)
    names = [agent.address.partition("@")[0] for agent in agents]
    async with listening(settings, home, pages, names) as url:
        yield url
