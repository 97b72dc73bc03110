"""Twilio's REST API, played over the wire by a local server.

Every request is checked against Twilio's own description, where that is at hand; one that does
not fit is answered as Twilio would, with 400 and error 21200.
"""

from __future__ import annotations

import base64
import json
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from jsonschema import Draft202012Validator

SPECIFICATION = (
    Path(__file__).resolve().parents[3] / "shared/specs/twilio_voice_messages.openapi.json"
)
ACCOUNT = "AC" + "0123456789abcdef" * 2
TOKEN = "a token of nobody's"
API = "/2010-04-01/Accounts/{AccountSid}"
PATHS = {"calls": f"{API}/Calls.json", "call": f"{API}/Calls/{{Sid}}.json"}
PATHS["messages"] = f"{API}/Messages.json"


def described():
    """Return Twilio's description, or skip the test that wants it."""
    if not SPECIFICATION.exists():
        pytest.skip("Twilio's own API description is not beside this checkout (shared/specs)")
    return json.loads(SPECIFICATION.read_text())


class Described:
    """What the description says of requests and answers."""

    def __init__(self):
        self.whole = described()

    def complaints(self, path, form):
        """Return what is wrong with a form that is posted to a path."""
        content = self.whole["paths"][path]["post"]["requestBody"]["content"]
        schema = content["application/x-www-form-urlencoded"]["schema"]
        components = self.whole["components"]
        schema = {**schema, "additionalProperties": False, "components": components}
        typed = {name: _typed(schema, name, values) for name, values in form.items()}
        return [error.message for error in Draft202012Validator(schema).iter_errors(typed)]

    def fits(self, name, answer):
        """Assert that an answer of ours is one that Twilio could give."""
        schema = self.whole["components"]["schemas"][name]
        known = {
            key: {"pattern": value["pattern"]} if "pattern" in value else {}
            for key, value in schema["properties"].items()
        }
        told = {key: value for key, value in answer.items() if value is not None}
        Draft202012Validator({"properties": known, "additionalProperties": False}).validate(
            told
        )


def _typed(schema, name, values):
    kind = schema["properties"].get(name, {}).get("type")
    if kind == "array":
        return values
    value = values[-1]
    if kind == "integer" and value.lstrip("-").isdigit():
        return int(value)
    return {"true": True, "false": False}.get(value, value) if kind == "boolean" else value


class Twilio:
    """The server: what it was asked for, and what it is told to answer instead."""

    def __init__(self):
        self.description = Described()
        self.asked = []
        self.hung_up = []
        self.trouble = []
        self.url = ""

    def placed(self, what):
        """Return the forms that were taken, of calls, of texts, or of changed calls."""
        return [form for kind, form in self.asked if kind == what]

    async def answer(self, request):
        if request.headers.get("Authorization") != _basic(ACCOUNT, TOKEN):
            return web.json_response({"code": 20003, "message": "Authenticate"}, status=401)
        kind = request.match_info.route.name
        fields = await request.post()
        form = {name: [str(each) for each in fields.getall(name)] for name in fields}
        if self.trouble:
            trouble = self.trouble.pop(0)
            if isinstance(trouble, web.Response):
                return trouble
            self.asked.append((kind, form))
            return await trouble(request)
        if wrong := self.description.complaints(PATHS[kind], form):
            return web.json_response({"code": 21200, "message": wrong[0]}, status=400)
        self.asked.append((kind, form))
        return web.json_response(
            self._made(kind, request), status=200 if kind == "call" else 201
        )

    def _made(self, kind, request):
        number = f"{len(self.asked):032x}"
        if kind == "messages":
            made = {"sid": f"SM{number}", "account_sid": ACCOUNT, "status": "queued"}
            self.description.fits("api.v2010.account.message", made)
        else:
            sid = request.match_info.get("Sid", f"CA{number}")
            if kind == "call":
                self.hung_up.append(sid)
            made = {"sid": sid, "account_sid": ACCOUNT, "status": "queued"}
            self.description.fits("api.v2010.account.call", made)
        return made


async def hang_up(request):
    """Take the request and cut the connection: nobody knows what became of it."""
    request.transport.abort()
    return web.Response()


def refusal(status, code=None, **headers):
    """Return an error as Twilio words it."""
    told = {"code": code, "message": "no", "status": status}
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.json_response(told, status=status, headers=named)


@asynccontextmanager
async def twilio():
    """Serve Twilio's API on loopback."""
    server = Twilio()
    app = web.Application()
    for name, path in PATHS.items():
        app.router.add_post(path, server.answer, name=name)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()


def _basic(user, password):
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()
