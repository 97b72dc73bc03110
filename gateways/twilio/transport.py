"""HTTP beneath Twilio's library: one try, bounded, to one server.

The library's own client repeats a POST after an error 503, which can place a call twice, and
forgets Retry-After and the time limit of its constructor.
"""

from __future__ import annotations

import logging
from typing import Any, Final

import aiohttp
from twilio.http import AsyncHttpClient
from twilio.http.response import Response

from ontology.phone.ports import PLACED_WITHIN

VENDOR: Final = "https://api.twilio.com"
LARGEST: Final = 1024 * 1024


class Undelivered(Exception):
    """The server was not reached: nothing of the request has left."""


class Unanswered(Exception):
    """The request left, and nothing that could be understood came back."""


class PutOff(Exception):
    """The server will not take the request now; ``after`` are the seconds it said, if any."""

    def __init__(self, status: int, after: float | None) -> None:
        super().__init__(f"Twilio answered {status}")
        self.after = after


class Transport(AsyncHttpClient):  # type: ignore[misc]
    """Sends requests to the server at ``url`` instead of Twilio's own."""

    def __init__(self, url: str) -> None:
        super().__init__(logging.getLogger(__name__), True, PLACED_WITHIN)
        self._url = url

    async def request(
        self,
        method: str,
        url: str,
        params: Any = None,
        data: Any = None,
        headers: Any = None,
        auth: Any = None,
        timeout: Any = None,  # noqa: ASYNC109 – the library's
        allow_redirects: bool = False,
    ) -> Response:
        del timeout, allow_redirects
        signed = {"Authorization": aiohttp.encode_basic_auth(*auth)} if auth else {}
        limit = aiohttp.ClientTimeout(total=PLACED_WITHIN)
        try:
            async with (
                aiohttp.ClientSession(timeout=limit) as session,
                session.request(
                    method,
                    self._url + url.removeprefix(VENDOR),
                    params=params,
                    data=_form(data),
                    headers={**(headers or {}), **signed},
                    allow_redirects=False,
                ) as answer,
            ):
                after = _seconds(answer.headers.get("Retry-After"))
                # A bare 503 may come from a proxy behind which the call was placed.
                if answer.status == 429 or (answer.status == 503 and after is not None):
                    raise PutOff(answer.status, after)
                body = await answer.content.read(LARGEST)
                return Response(answer.status, body.decode("utf-8", "replace"), answer.headers)
        except aiohttp.ClientConnectorError as error:
            raise Undelivered(type(error).__name__) from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(type(error).__name__) from error


def _form(data: Any) -> Any:
    """Write a list as several fields of one name, as the library's own client does."""
    if not isinstance(data, dict):
        return data
    return [
        (name, str(value))
        for name, values in data.items()
        for value in (values if isinstance(values, list) else [values])
    ]


def _seconds(header: str | None) -> float | None:
    """Read Retry-After (RFC 9110, 10.2.3); a date is as good as nothing here."""
    try:
        seconds = float(header or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds <= 86_400 else None
