"""A site that really listens, and a browser's manners in a few lines."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

import aiohttp
import pytest

from config.home import Home
from gateways.http import serving as serving_http
from gateways.http.inspected import Served
from tests.gateways.http.agents import FakeAgent

TOKEN = re.compile(r'name="token" value="(\w+)"')


@dataclass(frozen=True)
class FakeSettings:
    http_host: str = "127.0.0.1"
    http_port: int | None = 0
    http_allow_remote: bool = False
    http_open_metrics: bool = False
    public_url: str | None = None
    xmpp_domain: str = "localhost"
    timezone: str = "Europe/Berlin"


class Visitor:
    """Keeps cookies, follows no redirect unasked."""

    def __init__(self, url, session):
        self.url = url.rstrip("/")
        self.session = session

    def get(self, path, **options):
        return self._ask("GET", path, **options)

    def post(self, path, **options):
        return self._ask("POST", path, **options)

    async def _ask(self, method, path, **options):
        async with self.session.request(
            method, self.url + path, allow_redirects=False, **options
        ) as response:
            await response.read()
        return response

    async def text(self, path):
        response = await self.get(path)
        assert response.status == 200, path
        return await response.text()

    async def token(self, path="/login"):
        return TOKEN.findall(await self.text(path))[0]

    async def sign_in(self, password, user="owner", **fields):
        form = {"user": user, "password": password, "token": await self.token(), **fields}
        return await self.post("/login", data=form)

    async def press(self, path, **fields):
        """Post a form as it was shown."""
        return await self.post(path, data={"token": await self.token("/"), **fields})


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


@pytest.fixture
def password(home):
    return home.secret("http-password")


@pytest.fixture
async def agent():
    return FakeAgent()


@pytest.fixture
def serving(home):
    """A way to serve with settings or a journal of the test's own."""

    @asynccontextmanager
    async def serve(*agents, journal=None, served=None, **settings):
        offered = Served(agents=agents, journal=journal, **(served or {}))
        async with (
            serving_http(replace(FakeSettings(), **settings), home, offered) as url,
            visiting(url) as visitor,
        ):
            yield visitor

    return serve


@asynccontextmanager
async def visiting(url):
    jar = aiohttp.CookieJar(unsafe=True)  # cookies of an IP address, too
    async with aiohttp.ClientSession(cookie_jar=jar) as session:
        yield Visitor(url, session)


@pytest.fixture
async def stranger(serving, agent):
    """Somebody before the sign-in form."""
    async with serving(agent) as visitor:
        yield visitor


@pytest.fixture
async def owner(stranger, password):
    """Somebody signed in."""
    assert (await stranger.sign_in(password)).status == 303
    return stranger
