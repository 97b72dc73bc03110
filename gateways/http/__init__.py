"""One listener: inspection pages behind a login, webhooks beside them, health and measures.

Nothing here is imported before something is really served: aiohttp is slow to import.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gateways.http.inspected import Home, Served, Settings
    from gateways.http.limits import Limits


@asynccontextmanager
async def serving(
    settings: Settings, home: Home, served: Served, limits: Limits | None = None
) -> AsyncIterator[str]:
    """Serve all this and yield the URL of the pages. ``limits`` hold whoever sends webhooks.

    The user is ``owner``; the password is the secret ``http-password`` of the home. Agents can
    be inspected once in their life: their web application is mounted and stays.

    Raises:
        SettingsError: nothing can listen at the configured address.
    """
    from gateways.http.listening import listening
    from gateways.http.site import site

    names = [agent.address.partition("@")[0] for agent in served.agents]
    pages = site(settings, home, served, limits)
    async with listening(settings, home, pages, names, main=served.main) as url:
        yield url
