"""What is served, described by OpenAPI 3.1: read off the routes, so that it cannot differ."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import Any, Final

from aiohttp import web

from gateways.http.webhooks import Webhook

PATH: Final = "/openapi.json"

REFUSALS: Final = (
    *(HTTPStatus.BAD_REQUEST, HTTPStatus.METHOD_NOT_ALLOWED, HTTPStatus.REQUEST_TIMEOUT),
    *(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNSUPPORTED_MEDIA_TYPE),
    *(HTTPStatus.MISDIRECTED_REQUEST, HTTPStatus.TOO_MANY_REQUESTS),
    *(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, HTTPStatus.SERVICE_UNAVAILABLE),
)
"""What any request may be refused with before a handler sees it."""

OF_PAGES: Final = (HTTPStatus.OK, HTTPStatus.SEE_OTHER)
FORM_REFUSALS: Final = (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND)

AGENTS: Final = "/agents/"
"""Below it each agent has its application, with routes that it may add to."""

PART: Final = re.compile(r"{(\w+)}")


def described(app: web.Application, webhooks: Sequence[Webhook]) -> dict[str, Any]:
    """Describe the routes of an application; what is special of webhooks is said by them.

    Static files and the applications of single agents are left out.
    """
    hooks: dict[tuple[str, str], Webhook] = {
        (hook.method, hook.path): hook for hook in webhooks
    }
    paths: dict[str, dict[str, Any]] = {}
    for method, path, handler in _routes(app):
        hook = hooks.get((method, path))
        operation = _page(handler) if hook is None else _webhook(hook)
        paths.setdefault(path, {})[method.lower()] = operation
    return {
        "openapi": "3.1.0",
        "info": {"title": "Steward", "version": "1"},
        "paths": dict(sorted(paths.items())),
    }


def _routes(app: web.Application) -> Iterator[tuple[str, str, Any]]:
    for route in app.router.routes():
        resource = route.resource
        if not isinstance(resource, web.PlainResource | web.DynamicResource):
            continue
        # HEAD goes with every GET, and the star only refuses what is left.
        left_out = route.method in ("HEAD", "*") or resource.canonical.startswith(AGENTS)
        if not left_out:
            yield route.method, resource.canonical, route.handler


def _webhook(hook: Webhook) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "summary": hook.summary,
        "tags": [hook.source],
        "parameters": [
            *(_parameter("path", name) for name in PART.findall(hook.path)),
            *(_parameter("header", name) for name in hook.headers),
        ],
        "responses": _responses((*hook.statuses, *REFUSALS)),
    }
    if hook.takes:
        bodies: dict[str, Any] = {media_type: {"schema": {}} for media_type in hook.takes}
        operation["requestBody"] = {"content": bodies}
    return operation


def _page(handler: Any) -> dict[str, Any]:
    summary = (handler.__doc__ or "").partition("\n")[0]
    return {
        "summary": summary,
        "tags": ["pages"],
        "responses": _responses((*OF_PAGES, *FORM_REFUSALS, *REFUSALS)),
    }


def _parameter(where: str, name: str) -> dict[str, Any]:
    schema = {"type": "string"} | ({"minLength": 1} if where == "path" else {})
    return {"in": where, "name": name, "required": where == "path", "schema": schema}


def _responses(statuses: Iterable[int]) -> dict[str, Any]:
    return {
        str(int(status)): {"description": HTTPStatus(status).phrase}
        for status in sorted(set(statuses))
    }
