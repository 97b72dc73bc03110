"""An agent of ours on a real server, inspected: what the fakes of the other tests stand for."""

from __future__ import annotations

from pathlib import Path

import pytest

from agents.directory import DirectoryAgent
from behaviours.journal import WriteJournal
from behaviours.xmpp.stream import Account
from tests.clients.waiting import eventually
from tests.fakes.journal import FakeJournal

pytestmark = pytest.mark.filterwarnings(
    # SPADE 4.1.4 reaches slixmpp's plugins in the old way.
    "ignore:Accessing plugins through the XMPP object:DeprecationWarning"
)

ROLE = "/agents/directory/behaviour/fipa-query/SearchOnQuery/"
SECONDS = 20


@pytest.fixture
def journal():
    return FakeJournal()


@pytest.fixture
async def directory(prosody, journal):
    account = await prosody.account("directory")
    login = Account(
        account.jid, account.password, account.host, account.port, Path(account.ca_file)
    )
    agent = DirectoryAgent(login, journal=WriteJournal(journal))
    await agent.start()
    yield agent
    await agent.stop()


@pytest.fixture
async def owner(serving, directory, journal, password):
    async with serving(directory, journal=journal) as visitor:
        await visitor.sign_in(password)
        yield visitor


def named(agent, name):
    return [behaviour for behaviour in agent.behaviours if str(behaviour) == name]


async def test_its_roles_and_duties_are_listed_under_their_own_names(owner):
    page = await owner.text("/agents/directory/")
    for name in ("RegisterOnRequest", "SearchOnQuery", "PublishProviders", "WriteJournal"):
        assert f">{name}</a>" in page
    assert "FIPA contract, ontology" in page
    assert '<span class="state online">online</span>' in page


async def test_what_it_says_and_hears_is_shown_and_journalled(owner, directory, journal):
    page = await owner.text("/agents/directory/messages/")
    assert "heard by <bdi>fipa-request/RegisterOnRequest</bdi>" in page
    assert '<b class="act">registered</b>' in page
    await directory.journal.flush()
    assert '<b class="act">register</b>' in await owner.text("/journal")


async def test_a_role_that_is_killed_by_its_button_is_taken_up_anew(owner, directory):
    [before] = named(directory, "fipa-query/SearchOnQuery")
    assert (await owner.press(f"{ROLE}kill/")).status == 303
    await eventually(lambda: before not in directory.behaviours, "the role ends", SECONDS)
    [after] = named(directory, "fipa-query/SearchOnQuery")
    assert not after.is_killed()
    assert "ending" not in await owner.text("/agents/directory/")


async def test_an_agent_is_stopped_by_its_button(owner, directory):
    assert (await owner.press("/agents/directory/stop/")).status == 303
    assert not directory.stream.online
    assert '<span class="state stopped">stopped</span>' in await owner.text("/")
