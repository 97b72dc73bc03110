"""SendGrid's Mail Send API, played over the wire by a local server.

Every request is checked against SendGrid's own description, where that is at hand; one that
does not fit is answered as SendGrid would, with 400 and what is wrong.
"""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from jsonschema import Draft202012Validator, FormatChecker

SPECIFICATION = (
    Path(__file__).resolve().parents[3] / "shared/specs/sendgrid_mail_v3.openapi.json"
)
KEY = "SG.a key of nobody's"
PATH = "/v3/mail/send"


class Described:
    """What the description says of requests and answers; skips the test where it is absent."""

    def __init__(self) -> None:
        if not SPECIFICATION.exists():
            pytest.skip("SendGrid's own API description is not beside this checkout")
        self.whole = json.loads(SPECIFICATION.read_text())
        body = self.whole["components"]["requestBodies"]["PostMailSend"]
        self._mail = _strict(body["content"]["application/json"]["schema"])

    def complaints(self, request: Any) -> list[tuple[str, str]]:
        """Return what is wrong with a request to send a mail: the field, and why."""
        schema = {**self._mail, "components": _strict(self.whole["components"])}
        validator = Draft202012Validator(schema, format_checker=FormatChecker())
        return [
            (".".join(map(str, error.absolute_path)), error.message)
            for error in validator.iter_errors(request)
        ]

    def fits(self, answer: Any) -> None:
        """Assert that an answer with errors is one that SendGrid could give."""
        components = self.whole["components"]
        schema = {**components["schemas"]["ErrorResponse"], "components": components}
        Draft202012Validator(schema).validate(answer)


def _strict(schema: Any) -> Any:
    """Let no property pass that is not described, at any depth where some are."""
    if isinstance(schema, list):
        return [_strict(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    strict = {key: _strict(value) for key, value in schema.items()}
    if isinstance(strict.get("properties"), dict) and strict.get("type") == "object":
        strict.setdefault("additionalProperties", False)
    return strict


@dataclass
class SendGridForTests:
    """Keeps what it accepts, in ``sent``. ``answers`` are given first, in order.

    An answer is a status and headers; None cuts the connection, ``"silence"`` says nothing.
    """

    described: Described
    url: str = ""
    answers: list[Any] = field(default_factory=list)
    sent: list[dict[str, Any]] = field(default_factory=list)
    asked_at: list[float] = field(default_factory=list)

    async def send(self, request: web.Request) -> web.StreamResponse:
        self.asked_at.append(asyncio.get_running_loop().time())
        if request.headers.get("Authorization") != f"Bearer {KEY}":
            return self.says(401, "authorization required", None)
        if self.answers:
            return await self._scripted(request)
        mail = await request.json()
        wrong = self.described.complaints(mail)
        if wrong:
            where, why = wrong[0]
            return self.says(400, why, where)
        self.sent.append(mail)
        headers = {"X-Message-Id": f"message-{len(self.sent)}"}
        return web.Response(status=202, headers=headers)

    async def _scripted(self, request: web.Request) -> web.StreamResponse:
        answer = self.answers.pop(0)
        if answer is None:
            assert request.transport is not None
            request.transport.close()
            return web.Response()
        if answer == "silence":
            await asyncio.sleep(3600)
        status, headers = answer
        return self.says(status, "as scripted", None, headers)

    def says(
        self,
        status: int,
        why: str,
        where: str | None,
        headers: dict[str, str] | None = None,
    ) -> web.Response:
        answer = {"errors": [{"message": why} | ({"field": where} if where else {})]}
        self.described.fits(answer)
        return web.json_response(answer, status=status, headers=headers)


@asynccontextmanager
async def sendgrid():
    """Run one on a free port of this machine."""
    made = SendGridForTests(Described())
    app = web.Application()
    app.router.add_post(PATH, made.send)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0][:2]
    made.url = f"http://{host}:{port}"
    try:
        yield made
    finally:
        await runner.cleanup()
