"""One question over HTTPS, with bounded time and size."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Final

SECONDS: Final = 8.0
LARGEST: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Told:
    """What came back: a status of HTTP with what could be read as JSON; or no status at all.

    ``why`` says why nothing came back.
    """

    status: int = 0
    said: Any = None
    text: str = ""
    why: str = ""


async def ask(
    url: str,
    *,
    token: str | None = None,
    basic: tuple[str, str] | None = None,
    query: dict[str, str] | None = None,
) -> Told:
    """GET a URL. Never raises: what went wrong is an answer, too."""
    import aiohttp

    headers = {"User-Agent": "Steward"}
    if token is not None:
        headers["Authorization"] = f"Bearer {token}"
    if basic is not None:
        headers["Authorization"] = aiohttp.encode_basic_auth(*basic)
    limit = aiohttp.ClientTimeout(total=SECONDS)
    try:
        async with (
            aiohttp.ClientSession(timeout=limit, headers=headers) as session,
            session.get(url, params=query, allow_redirects=False) as answer,
        ):
            body = await answer.content.read(LARGEST)
            return Told(answer.status, _json(body), body.decode(errors="replace"))
    except TimeoutError:
        return Told(why=f"no answer in {SECONDS:g} s")
    except (aiohttp.ClientError, OSError, ValueError) as error:
        # Its own words may repeat the URL, and with it a token.
        return Told(why=_plainly(error))


def part(said: Any, *path: str | int) -> Any:
    """Return what stands at a path in JSON, None where there is nothing."""
    for key in path:
        try:
            said = said[key]
        except (KeyError, IndexError, TypeError):
            return None
    return said


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _plainly(error: Exception) -> str:
    import aiohttp

    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return "its certificate is not trusted here"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "its name is not known"
    if isinstance(error, aiohttp.ClientConnectorError):
        return f"no connection ({error.os_error.strerror or type(error.os_error).__name__})"
    return type(error).__name__
