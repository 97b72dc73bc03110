"""SendGrid as a server that takes mails over. Its library blocks, so it works in a thread."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from http.client import HTTPException
from typing import Any, Final
from urllib.error import URLError

from gateways.sendgrid.request import request_of
from ontology.mail.concepts import Mail
from ontology.mail.ports import POSTED_WITHIN
from ontology.notifications.posted import Posted

SILENCE: Final = POSTED_WITHIN - 1.0
"""Seconds without a byte after which a connection is given up."""

NOBODY_KNOWS: Final = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.GATEWAY_TIMEOUT})
"""Answers that say only that somebody there waited in vain."""

FOR_GOOD: Final = frozenset(
    {
        HTTPStatus.BAD_REQUEST,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    }
)
"""Answers that the same mail will always get. What is wrong with the key can be mended."""

RECIPIENT: Final = "personalizations.0.to"


class SendGrid:
    """Implements :class:`ontology.mail.ports.MailServer`."""

    def __init__(
        self,
        key: str,
        url: str,
        sender: str,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        within: float = POSTED_WITHIN,
        silence: float = SILENCE,
    ) -> None:
        self._key = key
        self._url = url
        self._sender = sender
        self._clock = clock
        self._within = within
        self._silence = silence

    async def post(self, mail: Mail) -> Posted:
        request = request_of(mail, self._sender)
        try:
            async with asyncio.timeout(self._within):
                return await asyncio.to_thread(self._post, request)
        except TimeoutError:
            return Posted.unknown("no answer in time")

    def _post(self, request: dict[str, Any]) -> Posted:
        from python_http_client.exceptions import HTTPError
        from sendgrid import SendGridAPIClient

        api = SendGridAPIClient(self._key, host=self._url)
        api.client.timeout = self._silence
        try:
            response = api.send(request)
        except HTTPError as error:
            return self._declined(error.status_code, error.body, error.headers or {})
        except URLError as error:
            # Raised only while the request is being written: it was never complete there.
            return Posted.put_off(f"cannot be reached: {error.reason}"[:200])
        except (OSError, HTTPException) as error:
            return Posted.unknown(f"no answer: {type(error).__name__}")
        if response.status_code == HTTPStatus.ACCEPTED:
            return Posted.sent(response.headers.get("X-Message-Id"))
        return Posted.unknown(f"answered {response.status_code}")

    def _declined(self, status: int, body: bytes, headers: Mapping[str, str]) -> Posted:
        complaint, field = _complaint(body)
        why = f"{status} {complaint}".strip()[:200]
        if status in NOBODY_KNOWS:
            return Posted.unknown(why)
        if status in FOR_GOOD:
            return Posted.refused(why, is_bad_address=field.startswith(RECIPIENT))
        return Posted.put_off(why, again_after=self._again_after(headers))

    def _again_after(self, headers: Mapping[str, str]) -> float | None:
        """Return the seconds to wait: Retry-After (RFC 9110, 10.2.3), or the end of a limit."""
        now = self._clock()
        try:
            if after := headers.get("Retry-After"):
                if after.isdigit():
                    return float(after)
                return max(0.0, (parsedate_to_datetime(after) - now).total_seconds())
            if reset := headers.get("X-RateLimit-Reset"):
                return max(0.0, float(int(reset)) - now.timestamp())
        except (ValueError, TypeError):
            pass
        return None


def _complaint(body: bytes) -> tuple[str, str]:
    """Return what SendGrid says is wrong, and with which part of the request."""
    try:
        first = json.loads(body)["errors"][0]
        return str(first.get("message") or ""), str(first.get("field") or "")
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return "", ""
