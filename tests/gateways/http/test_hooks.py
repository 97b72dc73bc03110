"""Webhooks: what a stranger may send, and that nothing of it ends in a status of 500."""

from __future__ import annotations

import asyncio
import json
from contextlib import closing
from io import BytesIO

import pytest
from yarl import URL

from gateways.http import hooks
from gateways.http.limits import EACH
from gateways.http.webhooks import FORM, JSON, LONGEST_BODY, Answer, Webhook
from ontology.errors import NoAnswer, ServerError
from tests.gateways.http.agents import FakeAgent

PUBLIC = "https://steward.example.org/here"
HOST = {"Host": "steward.example.org"}
MOST = EACH.at_once


class Vendor:
    """A gateway of which every request is remembered; ``trouble`` is raised once."""

    def __init__(self):
        self.heard, self.trouble = [], None
        self.held = asyncio.Event()
        self.held.set()

    async def handler(self, request):
        self.heard.append(request)
        await self.held.wait()
        if self.trouble:
            raise self.trouble
        return Answer(status=201, content_type=JSON, body='{"ö": 1}', headers={"X-Own": "yes"})

    def webhooks(self):
        yield Webhook(
            method="POST",
            path="/vendor/{what}",
            handler=self.handler,
            source="vendor",
            summary="Hear.",
            takes=(FORM, JSON),
        )
        yield Webhook(
            method="GET",
            path="/vendor/{what}",
            handler=self.handler,
            source="vendor",
            summary="Show.",
        )


@pytest.fixture
def vendor():
    return Vendor()


@pytest.fixture
def served(vendor):
    return {"webhooks": tuple(vendor.webhooks())}


@pytest.fixture
async def sender(serving, served):
    async with serving(FakeAgent(), served=served) as visitor:
        yield visitor


@pytest.fixture
async def from_afar(serving, served):
    async with serving(FakeAgent(), served=served, public_url=PUBLIC) as visitor:
        yield visitor


async def test_a_handler_is_given_what_was_sent_and_its_answer_comes_back(sender, vendor):
    response = await sender.post(
        "/vendor/a%20b?x=%2F&y", data=b"{}", headers={"Content-Type": JSON, "X-Sign": "1"}
    )

    assert (response.status, response.headers["X-Own"]) == (201, "yes")
    assert response.headers["Content-Type"] == "application/json; charset=utf-8"
    assert await response.json() == {"ö": 1}
    assert response.headers["Cache-Control"] == "no-store"
    (heard,) = vendor.heard
    assert (heard.method, heard.path, heard.body) == ("POST", "/vendor/a b", b"{}")
    assert heard.parts == {"what": "a b"}
    assert heard.headers["x-sign"] == "1"
    assert heard.remote == "127.0.0.1"


async def test_the_url_is_the_public_one_as_it_was_written(from_afar, vendor):
    written = URL(f"{from_afar.url}/vendor/a?x=%2f+1&y", encoded=True)
    async with from_afar.session.get(written, headers=HOST) as response:
        assert response.status == 201

    assert vendor.heard[0].url == f"{PUBLIC}/vendor/a?x=%2f+1&y"


async def test_neither_session_nor_form_token_is_asked_for(sender, vendor):
    response = await sender.post("/vendor/a", data={"a": "b"})

    assert response.status == 201
    assert vendor.heard[0].body == b"a=b"


async def test_a_public_name_serves_webhooks_but_no_pages(from_afar):
    assert (await from_afar.get("/vendor/a", headers=HOST)).status == 201
    assert (await from_afar.get("/health", headers=HOST)).status == 200
    assert (await from_afar.get("/static/style.css", headers=HOST)).status == 200
    for page in ("/", "/login", "/agents/reminder/", "/journal", "/metrics", "/nothing"):
        assert (await from_afar.get(page, headers=HOST)).status == 421, page
    for path in ("/vendor/a", "/health", "/"):
        assert (await from_afar.get(path, headers={"Host": "evil.example"})).status == 421


async def test_without_a_public_address_its_name_is_nobodys(sender):
    assert (await sender.get("/vendor/a", headers=HOST)).status == 421


@pytest.mark.parametrize("length", [LONGEST_BODY + 1, 5_000_000])
async def test_what_is_too_long_is_refused_however_it_is_sent(sender, vendor, length):
    async def drops():
        for _ in range(length // 1000 + 1):
            yield b"x" * 1000

    for body in (BytesIO(b"x" * length), drops()):
        response = await sender.post("/vendor/a", data=body, headers={"Content-Type": JSON})
        assert response.status == 413
    assert vendor.heard == []


async def test_what_is_just_short_enough_is_heard(sender, vendor):
    headers = {"Content-Type": JSON}
    response = await sender.post("/vendor/a", data=b"x" * LONGEST_BODY, headers=headers)

    assert response.status == 201
    assert len(vendor.heard[0].body) == LONGEST_BODY


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "text/plain"},
        {"Content-Type": "multipart/form-data; boundary=x"},
        {"Content-Type": "nonsense"},
        {"Content-Type": JSON, "Content-Encoding": "gzip"},
    ],
)
async def test_another_media_type_is_refused(sender, vendor, headers):
    assert (await sender.post("/vendor/a", data=b"{}", headers=headers)).status in {400, 415}
    assert vendor.heard == []


async def test_a_body_where_none_is_read_is_refused(sender, vendor):
    response = await sender.get("/vendor/a", data=b"{}", headers={"Content-Type": JSON})

    assert response.status == 415
    assert vendor.heard == []


async def test_another_method_is_refused_with_those_that_are_not(sender):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        response = await sender._ask(method, "/vendor/a")
        assert response.status == 405, method
        assert response.headers["Allow"] == "POST, GET"


async def test_whoever_calls_too_often_waits_and_nobody_else_does(from_afar, vendor):
    def call(remote):
        return from_afar.get("/vendor/a", headers=HOST | {"X-Forwarded-For": remote})

    answers = [await call("192.0.2.1") for _ in range(MOST + 20)]
    refused = [answer for answer in answers if answer.status == 429]

    assert refused
    assert int(refused[-1].headers["Retry-After"]) >= 1
    assert len(vendor.heard) == len(answers) - len(refused)
    assert (await call("10.0.0.1, 192.0.2.2")).status == 201
    assert vendor.heard[-1].remote == "192.0.2.2"


async def test_a_forwarded_address_is_not_believed_without_a_public_one(sender, vendor):
    await sender.get("/vendor/a", headers={"X-Forwarded-For": "192.0.2.1"})

    assert vendor.heard[0].remote == "127.0.0.1"


@pytest.mark.parametrize("said", ["", "nonsense", "192.0.2.1, ", "1" * 1000, "<script>"])
async def test_a_forwarded_address_that_is_none_is_passed_over(from_afar, vendor, said):
    await from_afar.get("/vendor/a", headers=HOST | {"X-Forwarded-For": said})

    assert vendor.heard[0].remote == "127.0.0.1"


@pytest.mark.parametrize(
    ("trouble", "broken"),
    [
        (ZeroDivisionError("secret"), True),
        (RecursionError(), True),
        (NoAnswer("silent"), False),
        (ServerError("away"), False),
        (TimeoutError(), False),
    ],
)
async def test_what_breaks_here_is_put_off_and_counted(sender, vendor, trouble, broken):
    vendor.trouble = trouble
    response = await sender.post("/vendor/a", data={"a": "b"})

    assert response.status == 503
    assert response.headers["Retry-After"] == "5"
    assert "secret" not in await response.text()
    measures = await sender.text("/metrics")
    assert 'steward_http_requests_total{source="vendor",status="503"} 1.0' in measures
    assert ('steward_http_broken_total{source="vendor"} 1.0' in measures) is broken


async def test_a_handler_that_is_too_slow_is_put_off(sender, vendor, monkeypatch):
    monkeypatch.setattr(hooks, "HANDLER_SECONDS", 0.05)
    vendor.held = asyncio.Event()

    assert (await sender.get("/vendor/a")).status == 503


async def test_a_body_that_drips_is_given_up(sender, vendor, monkeypatch):
    monkeypatch.setattr(hooks, "BODY_SECONDS", 0.1)
    host, _, port = sender.url.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    with closing(writer):
        writer.write(
            b"POST /vendor/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: 100\r\n\r\n{"
        )
        line = await reader.readline()

    assert line.split()[1] == b"408"
    assert vendor.heard == []


async def test_pages_and_webhooks_do_not_stand_in_each_others_way(sender, password):
    assert (await sender.sign_in(password)).status == 303
    assert "Agents" in await sender.text("/")
    assert json.loads(await (await sender.get("/vendor/a")).text()) == {"ö": 1}
