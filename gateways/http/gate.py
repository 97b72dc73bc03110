"""What every request passes before a page sees it: host, session, form token, honest errors.

Closed by default: what is not named public needs a session, also pages that an agent adds to
its own web application later.
"""

from __future__ import annotations

import asyncio
import ipaddress
import secrets
from collections.abc import Collection
from http import HTTPStatus
from typing import Final
from urllib.parse import quote, urlsplit

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from gateways.http.access import Access
from gateways.http.rendering import VISIT, Visit, render

log = structlog.get_logger(__name__)

PUBLIC: Final = frozenset({"/login", "/health", "/static"})
"""Resources that need no session. Matched resources, not paths: a path can be spelt twice."""

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


class Gate:
    """The checks, outermost first. ``names`` are the host names that these pages go by."""

    def __init__(self, access: Access, names: Collection[str], *, remote: bool) -> None:
        self._access = access
        self._names = names
        self._remote = remote

    def middlewares(self) -> list[Middleware]:
        """Return the checks in the order in which a request passes them."""
        return [self.explain_errors, self.know_host, self.know_session, self.know_form]

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
            log.exception("page failed", method=request.method)
            return _error_page(request, web.HTTPInternalServerError())

    @web.middleware
    async def know_host(self, request: web.Request, handler: Handler) -> Response:
        """Refuse a name of somebody else's that was made to point here (DNS rebinding).

        An IP address cannot be made to; from afar these pages may be reached by any of ours.
        """
        host = _host(request)
        if host in self._names or (self._remote and host and _is_address(host)):
            return await handler(request)
        raise web.HTTPMisdirectedRequest

    @web.middleware
    async def know_session(self, request: web.Request, handler: Handler) -> Response:
        """Lead to the sign-in form who has no session, whatever was asked for."""
        cookie = request.cookies.get(cookie_name(request), "")
        signed_in = self._access.sessions.is_open(cookie)
        cookie = cookie or secrets.token_urlsafe(32)
        request[VISIT] = Visit(signed_in, cookie, self._access.form_token(cookie))
        resource = request.match_info.route.resource
        if signed_in or (resource is not None and resource.canonical in PUBLIC):
            return await handler(request)
        wanted = request.rel_url.raw_path_qs if request.method in SAFE_METHODS else "/"
        raise web.HTTPSeeOther(f"/login?next={quote(wanted, safe='')}")

    @web.middleware
    async def know_form(self, request: web.Request, handler: Handler) -> Response:
        """Take only forms that were shown to the same browser (CSRF)."""
        if request.method not in SAFE_METHODS:
            await self._check_form(request)
        return await handler(request)

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
    response.set_cookie(cookie_name(request), value, path="/", httponly=True, samesite="Strict")


def cookie_name(request: web.Request) -> str:
    """Return a name of our own: browsers keep cookies by host, not by port."""
    host = request.headers.get("Host", "")
    return f"steward-{urlsplit(f'//{host}').port or 80}"


def _host(request: web.Request) -> str | None:
    """Return the host name that was asked for, in lower case and without port."""
    given = request.headers.getall("Host", [])
    if len(given) != 1:
        return None
    try:
        parts = urlsplit(f"//{given[0]}")
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return None
    return parts.hostname if parts.netloc == given[0] and not parts.username else None


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
