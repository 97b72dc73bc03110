"""One login: what is public, what a wrong password costs, what the cookie is like."""

from __future__ import annotations

import stat

import pytest

from gateways.http.access import FREE_ATTEMPTS
from tests.gateways.http.conftest import visiting


def cookie_of(response):
    return next(iter(response.cookies.values()))


async def test_health_is_public_and_says_nothing_else_to_others(stranger):
    response = await stranger.get("/health", headers={"X-Forwarded-For": "192.0.2.1"})
    assert (response.status, await response.json()) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/journal", "/agents/reminder/", "/agents/reminder/messages/", "/nothing"),
        *("/static/../journal", "/health/", "//health", "/login/x", "/agents/reminder/login"),
    ],
)
async def test_everything_else_leads_a_stranger_to_the_sign_in_form(stranger, path):
    response = await stranger.get(path)
    assert response.status == 303
    assert response.headers["Location"].startswith("/login?next=/")


async def test_actions_do_nothing_for_a_stranger(stranger, agent):
    response = await stranger.post(
        "/agents/reminder/stop/", data={"token": await stranger.token()}
    )
    assert response.status == 303
    assert agent.alive


async def test_the_password_of_the_home_lets_in_and_sign_out_ends_it(stranger, password):
    response = await stranger.sign_in(password)
    assert (response.status, response.headers["Location"]) == (303, "/")
    assert (await stranger.get("/")).status == 200
    await stranger.press("/logout")
    assert (await stranger.get("/")).status == 303


async def test_the_password_is_for_its_owner_to_read_only(home, owner):
    assert stat.S_IMODE(home.secret_file("http-password").stat().st_mode) == 0o600


async def test_the_cookie_is_kept_from_scripts_and_other_sites_and_new_at_sign_in(
    stranger, password
):
    before = cookie_of(await stranger.get("/login"))
    after = cookie_of(await stranger.sign_in(password))
    assert after["httponly"]
    assert after["samesite"] == "Strict"
    assert after["path"] == "/"
    assert not after["domain"]
    assert after.value != before.value
    assert len(after.value) >= 43


async def test_a_session_of_another_browser_is_not_ended_by_signing_out(
    stranger, owner, password
):
    async with visiting(owner.url) as other:
        await other.sign_in(password)
        await other.press("/logout")
    assert (await owner.get("/")).status == 200


async def test_ten_wrong_passwords_shut_the_door_even_to_the_right_one(stranger, password):
    statuses = [(await stranger.sign_in("wrong")).status for _ in range(10)]
    assert statuses[:FREE_ATTEMPTS] == [401] * FREE_ATTEMPTS
    assert statuses[-1] == 429
    refused = await stranger.sign_in(password)
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) >= 1
    assert (await stranger.get("/")).status == 303


@pytest.mark.parametrize("missing", ["", "0" * 64, None])
async def test_a_sign_in_form_of_somebody_elses_is_refused(stranger, password, missing):
    await stranger.get("/login")
    form = {"user": "owner", "password": password}
    if missing is not None:
        form["token"] = missing
    assert (await stranger.post("/login", data=form)).status == 403


async def test_a_token_without_its_cookie_is_refused(stranger, password):
    token = await stranger.token()
    async with visiting(stranger.url) as other:
        form = {"user": "owner", "password": password, "token": token}
        assert (await other.post("/login", data=form)).status == 403


async def test_sign_in_leads_to_what_was_asked_for(stranger, password):
    asked = await stranger.get("/agents/reminder/messages/?conversation=1%262")
    form = await stranger.text(asked.headers["Location"])
    assert 'value="/agents/reminder/messages/?conversation=1%262"' in form
    response = await stranger.sign_in(password, next="/agents/reminder/")
    assert response.headers["Location"] == "/agents/reminder/"


@pytest.mark.parametrize(
    "elsewhere",
    [
        "//evil.example/",
        "https://evil.example/",
        "/\\evil.example",
        "evil",
        "/\nx",
        "/\t/evil",
        "",
    ],
)
async def test_sign_in_never_leads_away(stranger, password, elsewhere):
    response = await stranger.sign_in(password, next=elsewhere)
    assert response.headers["Location"] == "/"


async def test_who_is_signed_in_is_not_asked_again(owner):
    response = await owner.get("/login")
    assert (response.status, response.headers["Location"]) == (303, "/")
