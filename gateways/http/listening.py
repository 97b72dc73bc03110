"""The socket of the pages: which address and port, also with several processes of a home."""

from __future__ import annotations

import errno
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Final

from aiohttp import web

from gateways.http.inspected import Home, Settings
from ontology.errors import PortTaken, ServerError, SettingsError, StewardError

USUAL_PORT: Final = 8422
MAIN: Final = "http"
MOVES: Final = 3
GOODBYE_SECONDS: Final = 1.0


@asynccontextmanager
async def listening(
    settings: Settings,
    home: Home,
    pages: web.Application,
    names: Sequence[str],
    *,
    main: bool = True,
) -> AsyncIterator[str]:
    """Serve these pages until left; yield the URL. Raises ServerError or SettingsError.

    One process of a home is the ``main`` one and has the home's port; the others are told
    apart by ``names``, and have one that is kept for just these agents.
    """
    # No access log: paths name people's contacts and conversations.
    runner = web.AppRunner(pages, access_log=None, shutdown_timeout=GOODBYE_SECONDS)
    await runner.setup()
    try:
        if main:
            port = await _listen(runner, settings, home, MAIN, settings.http_port)
        else:
            port = await _listen(runner, settings, home, "-".join((MAIN, *names)), 0)
        yield f"http://{_reached_at(settings.http_host)}:{port}/"
    finally:
        await runner.cleanup()


async def _listen(
    runner: web.AppRunner, settings: Settings, home: Home, name: str, wanted: int | None
) -> int:
    host = settings.http_host
    port = home.port(name, wanted, preferred=USUAL_PORT, host=host)
    for _ in range(MOVES):
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            if wanted or error.errno != errno.EADDRINUSE:
                raise _unusable(host, port, error) from None
            port = home.move_port(name, host=host)
        else:
            return port
    raise ServerError(
        f"no port of {host} could be had for the web pages: set STEWARD_HTTP_PORT to one."
    )


def _unusable(host: str, port: int, error: OSError) -> StewardError:
    if error.errno == errno.EADDRINUSE:
        return PortTaken(
            f"STEWARD_HTTP_PORT is {port}, where another program listens already: stop it, or "
            "set another port (0 for any free one)."
        )
    return SettingsError(
        f"the web pages cannot be served at {host}, port {port} ({error.strerror}): set "
        "STEWARD_HTTP_HOST and STEWARD_HTTP_PORT to an address of this machine."
    )


def _reached_at(host: str) -> str:
    """Return the host of a URL by which this machine reaches what listens at ``host``."""
    if host == "0.0.0.0":
        return "127.0.0.1"
    if host == "::":
        return "[::1]"
    return f"[{host}]" if ":" in host else host
