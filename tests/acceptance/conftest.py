"""One installation for all tests here: servers, and every agent, in processes of their own."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio

from tests.acceptance.channels import Channels, channels_in
from tests.acceptance.database import RunningDatabase
from tests.acceptance.household import Household, settle
from tests.acceptance.installation import Installation
from tests.clients import aioxmpp_client, go_sendxmpp, profanity_client, terminal
from tests.clients.aioxmpp_client import AioxmppClient
from tests.clients.go_sendxmpp import GoSendxmpp
from tests.clients.hearing import Account
from tests.clients.profanity_client import ProfanityClient
from tests.clients.slixmpp_client import SlixmppClient

PEOPLE = 120
STRANGERS = 8
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def installation(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """Eight processes, two of them servers. Nothing of them may be left afterwards."""
    home = tmp_path_factory.mktemp("apart") / "home"
    apart = Installation(home)
    try:
        yield apart.start_apart()
    finally:
        left = apart.stop()
    assert left == [], f"had to be killed: {left}"


@pytest.fixture(scope="session")
def household(installation: Installation) -> Household:
    names = [f"person{number}" for number in range(1, PEOPLE + 1)]
    return Household(installation, settle(installation, names))


@pytest.fixture(scope="session")
def strangers(installation: Installation) -> Iterator[Account]:
    names = [f"stranger{number}" for number in range(1, STRANGERS + 1)]
    return iter(settle(installation, names, known=False))


@pytest.fixture
def newcomer(household: Household) -> Account:
    return household.newcomer()


@pytest.fixture
def stranger(strangers: Iterator[Account]) -> Account:
    return next(strangers)


@pytest_asyncio.fixture
async def database(installation: Installation) -> AsyncIterator[RunningDatabase]:
    running = await RunningDatabase.open(installation)
    yield running
    await running.close()


@pytest_asyncio.fixture
async def login(household: Household) -> AsyncIterator[Callable[..., object]]:
    """Log clients in; they leave when the test is over."""
    async with AsyncExitStack() as stack:

        async def log_in(account: Account, to: str | None = None) -> SlixmppClient:
            contact = to or household.assistant
            client = SlixmppClient(account, contact, f"client{next(_numbers)}")
            return await stack.enter_async_context(client)

        yield log_in


@pytest_asyncio.fixture
async def person(newcomer: Account, login) -> SlixmppClient:
    """Somebody new with one slixmpp client."""
    return await login(newcomer)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def household_of_channels(
    tmp_path_factory: pytest.TempPathFactory,
) -> AsyncIterator[Channels]:
    async with channels_in(tmp_path_factory.mktemp("channels")) as made:
        yield made


@pytest_asyncio.fixture(loop_scope="session")
async def channels(household_of_channels: Channels) -> Channels:
    """Every channel, set up and working, at this machine's own time."""
    await household_of_channels.real_time()
    return household_of_channels


@pytest.fixture(scope="session")
def aioxmpp_present() -> None:
    if why := aioxmpp_client.why_absent():
        pytest.skip(why)


@pytest_asyncio.fixture
async def by_aioxmpp(
    aioxmpp_present: None, newcomer: Account, household: Household
) -> AsyncIterator[AioxmppClient]:
    """Somebody new with one aioxmpp client."""
    async with AioxmppClient(newcomer, household.assistant) as client:
        yield client


@pytest_asyncio.fixture
async def by_profanity(
    newcomer: Account, household: Household, tmp_path: Path
) -> AsyncIterator[ProfanityClient]:
    """Somebody new at profanity's prompt."""
    if why := profanity_client.why_absent():
        pytest.skip(why)
    async with ProfanityClient(newcomer, household.assistant, tmp_path) as client:
        yield client


@pytest_asyncio.fixture
async def by_go_sendxmpp(
    newcomer: Account, household: Household, tmp_path: Path
) -> AsyncIterator[GoSendxmpp]:
    """Somebody new with go-sendxmpp listening."""
    if why := go_sendxmpp.why_absent():
        pytest.skip(why)
    async with GoSendxmpp(newcomer, household.assistant, tmp_path) as client:
        yield client


@pytest.fixture
def terminals() -> None:
    if why := terminal.why_absent():
        pytest.skip(why)
