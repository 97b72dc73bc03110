"""What every request passes: host, form token, size; and what every answer carries."""

from __future__ import annotations

import asyncio

import pytest

from gateways.http.gate import LONGEST_FORM
from gateways.http.rendering import STATIC
from tests.gateways.http.agents import FakeAgent

KILL = "/agents/reminder/behaviour/fipa-request/RemindOnRequest/kill/"


async def exchange(visitor, request):
    """Say something in raw bytes and return the first line of the answer."""
    host, port = visitor.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(request)
    line = await asyncio.wait_for(reader.readline(), 5)
    writer.close()
    await writer.wait_closed()
    return line.decode()


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/static/style.css", "/nothing"])
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example:80", "localhost@evil.example", "192.0.2.1"]
)
async def test_no_page_is_served_under_a_foreign_name(owner, path, host):
    assert (await owner.get(path, headers={"Host": host})).status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:9999", "[::1]:80"])
async def test_loopback_names_are_ours_at_any_port(stranger, host):
    assert (await stranger.get("/health", headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "hosts",
    [b"", b"Host: localhost\r\nHost: evil\r\n", b"Host: localhost:port\r\n", b"Host: [\r\n"],
)
async def test_a_request_without_one_clear_host_is_refused(stranger, hosts):
    line = await exchange(stranger, b"GET / HTTP/1.1\r\n" + hosts + b"\r\n")
    assert line.split()[1] in {"400", "421"}


async def test_pages_for_afar_go_by_addresses_and_the_domain_but_no_other_name(serving):
    async with serving(
        FakeAgent(), http_allow_remote=True, xmpp_domain="chat.example.org"
    ) as far:
        for host, status in (
            ("192.0.2.1", 200),
            ("chat.example.org", 200),
            ("evil.example", 421),
        ):
            assert (await far.get("/health", headers={"Host": host})).status == status


@pytest.mark.parametrize("path", ["/", "/login", "/health", "/static/style.css", "/nothing"])
async def test_every_answer_carries_the_headers_that_keep_it_to_itself(owner, path):
    headers = (await owner.get(path)).headers
    assert headers["Content-Security-Policy"].startswith(
        "default-src 'self'; script-src 'none'"
    )
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Server"] == "Steward"


@pytest.mark.parametrize("form", [{}, {"token": ""}, {"token": "0" * 64}])
async def test_an_action_without_the_token_of_its_form_is_refused(owner, agent, form):
    assert (await owner.post(KILL, data=form)).status == 403
    assert not agent.role.is_killed()


async def test_an_action_asked_for_by_another_site_is_refused(owner, agent):
    form = {"token": await owner.token("/")}
    headers = {"Sec-Fetch-Site": "cross-site"}
    assert (await owner.post(KILL, data=form, headers=headers)).status == 403
    assert not agent.role.is_killed()


async def test_only_forms_are_taken(owner, agent):
    token = await owner.token("/")
    assert (await owner.post(KILL, json={"token": token})).status == 415
    assert not agent.role.is_killed()


@pytest.mark.parametrize("charset", ["no-such-charset", "utf-16"])
async def test_a_form_in_a_strange_charset_is_refused(owner, agent, charset):
    headers = {"Content-Type": f"application/x-www-form-urlencoded; charset={charset}"}
    response = await owner.post(KILL, data=b"token=\xff\xfe1", headers=headers)
    assert response.status in {400, 403}


async def test_a_form_too_large_is_refused(owner):
    form = {"token": await owner.token("/"), "message": "x" * LONGEST_FORM}
    assert (await owner.post(KILL, data=form)).status == 413


async def test_a_large_form_is_refused_before_sign_in_as_well(stranger):
    form = {"token": await stranger.token(), "password": "x" * LONGEST_FORM}
    assert (await stranger.post("/login", data=form)).status == 413


@pytest.mark.parametrize(
    "path",
    [
        *("/static/../site.py", "/static/..%2fsite.py", "/static/%2e%2e/site.py"),
        *("/static/..%5csite.py", "/static//etc/passwd", "/static/%2fetc/passwd"),
        *("/static/....//site.py", "/static/style.css/../../site.py", "/static/", "/static"),
    ],
)
async def test_nothing_beside_the_static_files_can_be_read(owner, path):
    line = await exchange(owner, f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    assert line.split()[1] in {"303", "400", "403", "404"}


async def test_static_files_are_what_is_in_the_folder_and_need_no_session(stranger):
    for file in STATIC.iterdir():
        assert await stranger.text(f"/static/{file.name}") == file.read_text()


async def test_what_does_not_exist_says_so_on_a_plain_page(owner):
    response = await owner.get("/<script>")
    assert response.status == 404
    assert "There is nothing here." in await response.text()
    assert "<script>" not in await response.text()


async def test_a_page_that_fails_gives_nothing_away(owner, agent, monkeypatch):
    monkeypatch.setattr(agent, "conversations", None)
    response = await owner.get("/")
    text = await response.text()
    assert response.status == 500
    assert "the log tells what" in text
    assert "TypeError" not in text
    assert "Traceback" not in text
