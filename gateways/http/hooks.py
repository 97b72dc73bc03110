"""Mounting webhooks: what a request passes before a handler sees it, and what comes back.

Nothing that a stranger sends, and nothing that breaks here, ends in a status of 500: a sender
would repeat what it sent, or count us as down.
"""

from __future__ import annotations

import asyncio
import math
from collections import defaultdict
from collections.abc import Sequence
from http import HTTPStatus
from typing import Final

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from gateways.http.limits import Limits
from gateways.http.measures import Measures
from gateways.http.visitors import Public
from gateways.http.webhooks import Answer, Request, Webhook
from ontology.errors import NoAnswer, ServerError

log = structlog.get_logger(__name__)

BODY_SECONDS: Final = 10.0
"""In which a body has to arrive."""

HANDLER_SECONDS: Final = 14.0
"""In which a handler has to answer: Twilio gives up after 15."""

AGAIN_SECONDS: Final = 5
"""After which a sender may try again where we could not keep what it sent."""

S = HTTPStatus
SAID: Final = {
    S.METHOD_NOT_ALLOWED: "Not with this method.",
    S.REQUEST_TIMEOUT: "The request took too long to arrive.",
    S.REQUEST_ENTITY_TOO_LARGE: "That is too much for one request.",
    S.UNSUPPORTED_MEDIA_TYPE: "Not in this media type.",
    S.TOO_MANY_REQUESTS: "Too many requests.",
    S.SERVICE_UNAVAILABLE: "Not now; please try again.",
}
"""What is said in our own name, before or in place of a handler's answer."""


class Refusal(Exception):
    """A request that no handler will see. Never leaves this module."""

    def __init__(self, status: HTTPStatus, **headers: str) -> None:
        super().__init__(status)
        self.answer = Answer(
            status=status,
            body=SAID[status],
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


class Hooks:
    """Serves webhooks beside the pages."""

    def __init__(
        self, webhooks: Sequence[Webhook], public: Public, limits: Limits, measures: Measures
    ) -> None:
        self._routes: dict[str, list[Webhook]] = defaultdict(list)
        for webhook in webhooks:
            self._routes[webhook.path].append(webhook)
        self._public = public
        self._limits = limits
        self._measures = measures

    @property
    def paths(self) -> dict[str, str]:
        """The canonical path of every route, with the source it belongs to."""
        return {path: routes[0].source for path, routes in self._routes.items()}

    def add_to(self, app: web.Application) -> None:
        """Add the routes; any other method of such a path is refused in plain words."""
        for path, routes in self._routes.items():
            resource = app.router.add_resource(path)
            for webhook in routes:
                resource.add_route(webhook.method, self._serving(webhook))
                if webhook.method == "GET":
                    resource.add_route("HEAD", self._serving(webhook))
            allowed = ", ".join(route.method for route in routes)
            resource.add_route("*", _refusing(allowed))

    def _serving(self, webhook: Webhook) -> Handler:
        async def serve(request: web.Request) -> web.StreamResponse:
            try:
                answer = await self._answer(webhook, request)
            except Refusal as no:
                answer = no.answer
            return web.Response(
                status=answer.status,
                body=answer.body.encode(errors="replace"),
                content_type=answer.content_type,
                charset="utf-8",
                headers=answer.headers,
            )

        return serve

    async def _answer(self, webhook: Webhook, request: web.Request) -> Answer:
        remote = self._public.remote_of(request)
        if wait := self._limits.wait(remote):
            raise Refusal(S.TOO_MANY_REQUESTS, Retry_After=str(math.ceil(wait)))
        body = await _body(webhook, request)
        asked = Request(
            method=request.method,
            url=self._public.url_of(request),
            path=request.path,
            query=request.rel_url.raw_query_string,
            parts=dict(request.match_info),
            headers={name.lower(): value for name, value in request.headers.items()},
            body=body,
            remote=remote,
        )
        try:
            async with asyncio.timeout(HANDLER_SECONDS):
                return await webhook.handler(asked)
        except (NoAnswer, ServerError, TimeoutError) as error:
            log.warning("webhook put off", source=webhook.source, why=str(error))
        except Exception:
            self._measures.broke(webhook.source)
            log.exception("webhook broke", source=webhook.source, path=webhook.path)
        raise Refusal(S.SERVICE_UNAVAILABLE, Retry_After=str(AGAIN_SECONDS))


def _refusing(allowed: str) -> Handler:
    async def refuse(_request: web.Request) -> web.StreamResponse:
        said = SAID[S.METHOD_NOT_ALLOWED]
        return web.Response(status=S.METHOD_NOT_ALLOWED, text=said, headers={"Allow": allowed})

    return refuse


async def _body(webhook: Webhook, request: web.Request) -> bytes:
    """Return the body. Raises Refusal for one that is too long, too slow or of a wrong type."""
    if not request.body_exists:
        return b""
    if (request.content_length or 0) > webhook.longest_body:
        raise Refusal(S.REQUEST_ENTITY_TOO_LARGE)
    if request.content_type not in webhook.takes or "Content-Encoding" in request.headers:
        raise Refusal(S.UNSUPPORTED_MEDIA_TYPE)
    body = bytearray()
    try:
        async with asyncio.timeout(BODY_SECONDS):
            async for chunk in request.content.iter_any():
                body += chunk
                if len(body) > webhook.longest_body:
                    raise Refusal(S.REQUEST_ENTITY_TOO_LARGE)
    except TimeoutError:
        raise Refusal(S.REQUEST_TIMEOUT) from None
    return bytes(body)
