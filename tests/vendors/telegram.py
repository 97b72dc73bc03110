"""Telegram's Bot API, played over the wire by a local server.

Every request is checked against Telegram's own description, where that is at hand, and so is
every answer; a request that does not fit is answered as Telegram would, with 400.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from jsonschema import Draft202012Validator

from tests.clients.waiting import eventually

SPECIFICATION = Path(__file__).resolve().parents[3] / "shared/specs/telegram_bot_api.json"
BOT = 7_000_000_001
TOKEN = f"{BOT}:AAbbccddeeffgghhiijjkkllmmnnooppqqr"
ME = {"id": BOT, "is_bot": True, "first_name": "Steward"}
PLAIN = {"Integer": "integer", "String": "string", "Boolean": "boolean", "Float": "number"}
LIMITS = {
    ("sendMessage", "text"): 4096,
    ("editMessageText", "text"): 4096,
    ("answerCallbackQuery", "text"): 200,
}
"""UTF-16 units, which the description has in prose only."""


def described():
    """Return Telegram's description, or skip the test that wants it."""
    if not SPECIFICATION.exists():
        pytest.skip("Telegram's own API description is not beside this checkout (shared/specs)")
    return json.loads(SPECIFICATION.read_text())


class Described:
    """What the description says of requests and answers, as JSON schemas."""

    def __init__(self):
        whole = described()
        self.methods = whole["methods"]
        self._defs = {name: _object(kind) for name, kind in whole["types"].items()}

    def complaints(self, method, form):
        """Return what is wrong with the fields that a method is called with."""
        if method not in self.methods:
            return [f"no method {method}"]
        fields = self.methods[method].get("fields", [])
        typed = {name: _typed(fields, name, value) for name, value in form.items()}
        found = self._complaints(_object({"fields": fields}), typed)
        for (of, name), longest in LIMITS.items():
            length = len(str(typed.get(name, "")).encode("utf-16-le")) // 2
            if of == method and name in typed and not 0 < length <= longest:
                found.append(f"{name} has {length} units")
        return found

    def answers_with(self, method, result):
        """Assert that an answer of ours is one that Telegram could give."""
        schema = {"anyOf": [_kind(kind) for kind in self.methods[method]["returns"]]}
        assert self._complaints(schema, result) == []

    def is_update(self, update):
        """Assert that an update of ours is one that Telegram could send."""
        assert self._complaints(_kind("Update"), update) == []

    def _complaints(self, schema, value):
        whole = {**schema, "$defs": self._defs}
        return [error.message for error in Draft202012Validator(whole).iter_errors(value)]


def _object(kind):
    if "subtypes" in kind:
        return {"anyOf": [_kind(name) for name in kind["subtypes"]]}
    fields = kind.get("fields", [])
    return {
        "type": "object",
        "properties": {f["name"]: {"anyOf": [_kind(t) for t in f["types"]]} for f in fields},
        "required": [f["name"] for f in fields if f["required"]],
        "additionalProperties": False,
    }


def _kind(name):
    if name.startswith("Array of "):
        return {"type": "array", "items": _kind(name.removeprefix("Array of "))}
    return {"type": PLAIN[name]} if name in PLAIN else {"$ref": f"#/$defs/{name}"}


def _typed(fields, name, value):
    """Return the value of a form's field as the description types it."""
    kinds = next((field["types"] for field in fields if field["name"] == name), ["String"])
    if "Integer" in kinds and value.lstrip("-").isdigit():
        return int(value)
    if kinds == ["String"]:
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


class Telegram:
    """The server, and the people who use it."""

    def __init__(self, now=time.time):
        self.description = Described()
        self.now = now
        self.url = ""
        self.updates = []
        self.calls = []
        self.complaints = []
        self.confirmed = 0
        self.screens = {}
        self.shown = {}
        self.blocked = set()
        self.webhook = None
        self.trouble = {}
        self._ids = itertools.count(500)
        self._messages = itertools.count(1)
        self._callbacks = itertools.count(1)
        self._something = asyncio.Event()

    # What people do.

    def writes(self, user, text, **more):
        """Somebody writes to the bot; return the message."""
        message = {**self._message(user), "from": _human(user), **more}
        if text is not None:
            message["text"] = text
        self.reports({"message": message})
        return message

    def edits(self, message, text):
        """Somebody edits what they wrote."""
        edited = {**message, "text": text, "edit_date": int(self.now())}
        self.reports({"edited_message": edited})

    def writes_in_group(self, user, text, group=-100200300):
        chat = {"id": group, "type": "supergroup", "title": "A group"}
        self.writes(user, text, chat=chat)

    def presses(self, user, label, number=-1, data=None):
        """Somebody presses a button under one of the messages they see."""
        message_id, (text, keyboard) = list(self.screens[user].items())[number]
        pressed = [b for row in keyboard for b in row if label in b["text"]]
        message = {**self._message(user, message_id), "text": text, "from": ME}
        query = {
            "id": f"callback {next(self._callbacks)}",
            "from": _human(user),
            "chat_instance": "1",
            "message": message,
            "data": data or pressed[0]["callback_data"],
        }
        self.reports({"callback_query": query})
        return query

    def reports(self, what, id_=None):
        """Let something happen that the bot is told of."""
        update = {"update_id": next(self._ids) if id_ is None else id_, **what}
        self.description.is_update(update)
        self.updates.append(update)
        self._something.set()
        return update

    # What the bot has done.

    def sees(self, user):
        """Return the texts of the bot's messages as they read now, the oldest first."""
        return [text for text, _ in self.screens.get(user, {}).values()]

    def buttons(self, user, number=-1):
        _, keyboard = list(self.screens[user].values())[number]
        return [button["text"] for row in keyboard for button in row]

    def called(self, method):
        return [form for name, form in self.calls if name == method]

    async def until(self, is_so, within=20.0):
        """Wait until something is so."""
        await eventually(lambda: is_so() or None, lambda: str(self.screens), within)

    # The server.

    async def answer(self, request):
        method = request.match_info["method"]
        form = dict(await request.post())
        if request.match_info["token"] != TOKEN:
            return _error(401, "Unauthorized")
        if found := self.description.complaints(method, form):
            self.complaints.append((method, found))
            return _error(400, f"Bad Request: {found[0]}")
        if method != "getUpdates":
            self.calls.append((method, form))
        if troubles := self.trouble.get(method):
            answer = await troubles.pop(0)(self, form)
            if answer is not None:
                return answer
        return await self.does(method, form)

    async def does(self, method, form):
        """Do what was asked, and answer it."""
        result = await getattr(self, f"_{method}")(form)
        if isinstance(result, web.Response):
            return result
        self.description.answers_with(method, result)
        return web.json_response({"ok": True, "result": result})

    async def _deleteWebhook(self, form):
        self.webhook = None
        return True

    async def _getUpdates(self, form):
        if self.webhook:
            return _error(409, "Conflict: can't use getUpdates method while webhook is active")
        offset = int(form.get("offset", 0))
        self.updates = [each for each in self.updates if each["update_id"] >= offset]
        self.confirmed = max(self.confirmed, offset)
        if not self.updates:
            self._something.clear()
            try:
                await asyncio.wait_for(self._something.wait(), int(form.get("timeout", 0)))
            except TimeoutError:
                return []
        return self.updates[: int(form.get("limit", 100))]

    async def _sendMessage(self, form):
        chat = int(form["chat_id"])
        if chat in self.blocked:
            return _error(403, "Forbidden: bot was blocked by the user")
        message = self._message(chat)
        keyboard = json.loads(form.get("reply_markup", "{}")).get("inline_keyboard", [])
        for button in itertools.chain(*keyboard):
            assert 0 < len(button["callback_data"].encode()) <= 64
        self.screens.setdefault(chat, {})[message["message_id"]] = (form["text"], keyboard)
        return {**message, "from": ME, "text": form["text"]}

    async def _editMessageText(self, form):
        return self._edit(form, form["text"])

    async def _editMessageReplyMarkup(self, form):
        return self._edit(form, None)

    def _edit(self, form, text):
        chat, id_ = int(form["chat_id"]), int(form["message_id"])
        if id_ not in self.screens.get(chat, {}):
            return _error(400, "Bad Request: message to edit not found")
        before = self.screens[chat][id_]
        reads = text or before[0]
        if before == (reads, []):
            return _error(400, "Bad Request: message is not modified")
        self.screens[chat][id_] = (reads, [])
        return {**self._message(chat, id_), "from": ME, "text": reads}

    async def _answerCallbackQuery(self, form):
        self.shown[form["callback_query_id"]] = form.get("text", "")
        return True

    async def _sendChatAction(self, form):
        return True

    def _message(self, chat, id_=None):
        return {
            "message_id": next(self._messages) if id_ is None else id_,
            "date": int(self.now()),
            "chat": {"id": chat, "type": "private", "first_name": "Somebody"},
        }


def _human(user):
    return {"id": user, "is_bot": False, "first_name": "Somebody"}


def _error(status, description, **parameters):
    told = {"ok": False, "error_code": status, "description": description}
    if parameters:
        told["parameters"] = parameters
    return web.json_response(told, status=status)


# Troubles: what the server does instead, once.


def too_many(seconds):
    async def trouble(server, form):
        return _error(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)

    return trouble


def fails(status=500, description="Internal Server Error"):
    async def trouble(server, form):
        return _error(status, description)

    return trouble


def done_but(answer):
    """Do it, and then answer something else than that it is done."""

    def trouble_for(method):
        async def trouble(server, form):
            await server.does(method, form)
            return await answer(server, form)

        return trouble

    return trouble_for


async def garbage(server, form):
    return web.Response(text="<html>Bad Gateway</html>", content_type="text/html", status=200)


async def silence(server, form):
    await asyncio.sleep(3600)


async def huge(server, form):
    return web.Response(body=b'{"ok": true, "result": "' + b"x" * 5_000_000 + b'"}')


@asynccontextmanager
async def telegram(now=time.time):
    """Run the server for as long as the block lasts."""
    server = Telegram(now)
    app = web.Application()
    app.router.add_post("/bot{token}/{method}", server.answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    host, port = runner.addresses[0]
    server.url = f"http://{host}:{port}"
    try:
        yield server
    finally:
        await runner.cleanup()
