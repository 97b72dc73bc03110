"""What every request passes before a page sees it: host, session, form token, honest errors.

Closed by default: what is not named public needs a session, also pages that an agent adds to
its own web application later.
"""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from gateways.http.access import Access
from gateways.http.measures import PAGES, Measures
from gateways.http.rendering import VISIT, Visit, render
from gateways.http.visitors import directly_from_here, host_of

log = structlog.get_logger(__name__)

PUBLIC: Final = frozenset({"/login", "/health", "/static"})
"""Resources that need no session. Matched resources, not paths: a path can be spelt twice."""

BY_PUBLIC_NAME: Final = frozenset({"/health", "/static"})
"""Those that are served, beside webhooks, under the name of the public address, too."""

METRICS: Final = "/metrics"

FORM: Final = "application/x-www-form-urlencoded"
FORM_SECONDS: Final = 10.0
LONGEST_FORM: Final = 64 * 1024
SAFE_METHODS: Final = frozenset({"GET", "HEAD"})

HEADERS: Final = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Server": "Steward",
}

EXPLAINED: Final = {
    HTTPStatus.FORBIDDEN: "This form is not ours, or too old. Go back and try again.",
    HTTPStatus.NOT_FOUND: "There is nothing here.",
    HTTPStatus.METHOD_NOT_ALLOWED: "What changes something is done by a button, not by a link.",
    HTTPStatus.REQUEST_TIMEOUT: "The form took too long to arrive.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "That is too much for one form.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Only forms are taken here.",
    HTTPStatus.MISDIRECTED_REQUEST: "These pages are not served under that name.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Something went wrong here; the log tells what.",
}

Response = web.StreamResponse


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers that no response goes without (a signal of aiohttp)."""
    response.headers.update(HEADERS)


@dataclass(frozen=True, slots=True)
class Names:
    """The host names that this site goes by.

    Pages are served under ``own`` only; webhooks under the ``public`` one as well. With
    ``remote`` pages are for other machines, too, also by any IP address.
    """

    own: Collection[str]
    public: str | None = None
    remote: bool = False

    def are_for(self, host: str | None, *, public: bool) -> bool:
        """Whether a host name is ours, for what is ``public`` or for pages."""
        if host is None:
            return False
        if host in self.own or (host == self.public and (public or self.remote)):
            return True
        # An IP address cannot be made to point here by somebody else (DNS rebinding).
        return self.remote and _is_address(host)


class Gate:
    """The checks, outermost first. ``hooks`` are the sources of webhooks by canonical path."""

    def __init__(
        self,
        access: Access,
        names: Names,
        hooks: Mapping[str, str],
        measures: Measures,
        *,
        open_metrics: bool = False,
    ) -> None:
        self._access = access
        self._names = names
        self._hooks = hooks
        self._measures = measures
        self._open_metrics = open_metrics

    def middlewares(self) -> list[Middleware]:
        """Return the checks in the order in which a request passes them."""
        return [
            self.measure,
            self.explain_errors,
            self.know_host,
            self.know_session,
            self.know_form,
        ]

    @web.middleware
    async def measure(self, request: web.Request, handler: Handler) -> Response:
        """Count and time it."""
        began = time.perf_counter()
        try:
            response = await handler(request)
        except web.HTTPException as other:
            self._answered(request, other.status, began)
            raise
        self._answered(request, response.status, began)
        return response

    @web.middleware
    async def explain_errors(self, request: web.Request, handler: Handler) -> Response:
        """Turn what pages raise into pages."""
        try:
            return await handler(request)
        except web.HTTPException as refusal:
            if refusal.status < HTTPStatus.BAD_REQUEST:
                raise
            return _error_page(request, refusal)
        except Exception:
            self._measures.broke(PAGES)
            log.exception("page failed", method=request.method)
            return _error_page(request, web.HTTPInternalServerError())

    @web.middleware
    async def know_host(self, request: web.Request, handler: Handler) -> Response:
        """Refuse a name of somebody else's that was made to point here (DNS rebinding)."""
        resource = _resource(request)
        public = resource in self._hooks or resource in BY_PUBLIC_NAME
        public |= resource == METRICS and self._open_metrics
        if self._names.are_for(host_of(request), public=public):
            return await handler(request)
        raise web.HTTPMisdirectedRequest

    @web.middleware
    async def know_session(self, request: web.Request, handler: Handler) -> Response:
        """Lead to the sign-in form who has no session, whatever was asked for."""
        resource = _resource(request)
        if resource in self._hooks:
            return await handler(request)
        cookie = request.cookies.get(cookie_name(request), "")
        signed_in = self._access.sessions.is_open(cookie)
        cookie = cookie or secrets.token_urlsafe(32)
        request[VISIT] = Visit(signed_in, cookie, self._access.form_token(cookie))
        if signed_in or resource in PUBLIC or self._may_measure(request, resource):
            return await handler(request)
        wanted = request.rel_url.raw_path_qs if request.method in SAFE_METHODS else "/"
        raise web.HTTPSeeOther(f"/login?next={quote(wanted, safe='')}")

    @web.middleware
    async def know_form(self, request: web.Request, handler: Handler) -> Response:
        """Take only forms that were shown to the same browser (CSRF)."""
        if request.method not in SAFE_METHODS and _resource(request) not in self._hooks:
            await self._check_form(request)
        return await handler(request)

    def _may_measure(self, request: web.Request, resource: str | None) -> bool:
        if resource != METRICS:
            return False
        return self._open_metrics or directly_from_here(request, host_of(request))

    def _answered(self, request: web.Request, status: int, began: float) -> None:
        source = self._hooks.get(_resource(request) or "", PAGES)
        self._measures.answered(source, status, time.perf_counter() - began)

    async def _check_form(self, request: web.Request) -> None:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            raise web.HTTPForbidden
        if request.content_type != FORM:
            raise web.HTTPUnsupportedMediaType
        try:
            async with asyncio.timeout(FORM_SECONDS):
                form = await request.post()
        except TimeoutError:
            raise web.HTTPRequestTimeout from None
        except (ValueError, LookupError):  # no text in that charset, too many fields
            raise web.HTTPBadRequest from None
        kept = request.cookies.get(cookie_name(request))
        if not kept or not self._access.is_form_token(str(form.get("token", "")), kept):
            raise web.HTTPForbidden


def keep_cookie(request: web.Request, response: web.StreamResponse, value: str) -> None:
    """Let the browser keep a session, or what a sign-in form is checked against."""
    response.set_cookie(
        cookie_name(request),
        value,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=request.headers.get("X-Forwarded-Proto") == "https",
    )


def cookie_name(request: web.Request) -> str:
    """Return a name of our own: browsers keep cookies by host, not by port."""
    host = request.headers.get("Host", "")
    return f"steward-{urlsplit(f'//{host}').port or 80}"


def _resource(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    return None if resource is None else resource.canonical


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _error_page(request: web.Request, refusal: web.HTTPException) -> web.Response:
    status = HTTPStatus(refusal.status)
    own_words = refusal.text if refusal.text != f"{refusal.status}: {refusal.reason}" else None
    explained = EXPLAINED.get(status, own_words or status.description or status.phrase)
    page = render(
        "error.html", request, status=status.value, title=status.phrase, explained=explained
    )
    page.set_status(status.value)
    for header in ("Allow", "Retry-After"):
        if header in refusal.headers:
            page.headers[header] = refusal.headers[header]
    return page
