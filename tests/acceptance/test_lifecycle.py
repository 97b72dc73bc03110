"""Starting, stopping and starting again: what a person at the terminal relies on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.database import RunningDatabase
from tests.acceptance.installation import AGENTS, Installation
from tests.acceptance.processes import processes_of
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually

pytestmark = pytest.mark.acceptance
STOPS_WITHIN = 10.0

Home = Callable[..., Installation]


@pytest.fixture
def homes(tmp_path: Path) -> Iterator[Home]:
    """Throw-away homes; whatever still runs on them afterwards is ended."""
    made: list[Installation] = []

    def new(**settings: str) -> Installation:
        made.append(Installation(tmp_path / f"home{len(made)}", **settings))
        return made[-1]

    yield new
    for home in made:
        home.stop()


@pytest.fixture
def home(homes: Home) -> Installation:
    """A home with everything in one process, as `steward run` has it."""
    started = homes()
    started.start().ready()
    return started


def owner(installation: Installation, resource: str = "slixmpp") -> SlixmppClient:
    return SlixmppClient(installation.owner(), installation.assistant, resource)


def is_private(path: Path) -> bool:
    return path.stat().st_mode & 0o077 == 0


async def test_a_headless_start_prints_one_json_line_that_tells_how_to_connect(home):
    ready = home.ready
    assert ready["event"] == "ready"
    assert len(ready["agents"]) == len(AGENTS)
    assert is_private(Path(ready["owner"]["password_file"]))
    assert ready["http"].startswith("http://127.0.0.1:")
    async with owner(home) as person:
        assert "stretch" in await person.ask("remind me in 1 hour to stretch")
    assert home.running["everything"].later_lines() == []


async def test_an_interrupt_stops_everything_within_ten_seconds(home):
    assert len(processes_of(home.home)) >= 3
    began = time.monotonic()
    home.running["everything"].interrupt()
    assert home.running["everything"].ended(STOPS_WITHIN) == 0
    assert time.monotonic() - began < STOPS_WITHIN
    assert processes_of(home.home) == []


async def test_an_interrupt_does_not_wait_for_what_is_being_learnt(homes, tmp_path):
    home = homes(XDG_CACHE_HOME=str(tmp_path / "nothing-learnt-yet"))
    everything = home.start(name="everything")
    everything.ready()
    began = time.monotonic()
    everything.interrupt()
    assert everything.ended(STOPS_WITHIN) == 0
    assert time.monotonic() - began < STOPS_WITHIN
    assert not list((tmp_path / "nothing-learnt-yet" / "steward").iterdir())


async def test_a_killed_assistant_takes_its_servers_with_it(home):
    home.running["everything"].kill()
    await eventually(lambda: not processes_of(home.home), "no process left", STOPS_WITHIN)


async def test_what_fell_due_while_nothing_ran_arrives_at_once_and_is_marked_late(homes):
    home = homes()
    home.start_servers()
    home.start(*AGENTS, name="everything").ready()
    database = await RunningDatabase.open(home)
    await database.advance(days=-1)
    async with owner(home) as person:
        await person.ask("remind me in 1 minute to stretch")
        await person.ask("remind me in 3 days to pay the rent")
    home.running["everything"].interrupt()
    home.running["everything"].ended()
    await database.advance(days=1)
    await database.close()

    home.start(*AGENTS, name="everything").ready()
    async with owner(home) as person:
        rung = await person.hears("⏰", "stretch")
        assert "late" in rung.body
        assert "stretch" in await person.ask("done")
        assert "pay the rent" in await person.ask("list")
        assert person.count("⏰", "stretch") == 1


async def test_what_was_said_while_the_agents_were_away_is_answered_when_they_are_back(homes):
    home = homes()
    home.start_apart()
    async with owner(home) as person:
        await person.ask("hello")
        for name in ("assistant", "planner", "reminder"):
            home.running[name].kill()
        person.say("remind me tomorrow at 9:00 to stretch")
        await person.sent()
        assert person.count("stretch") == 0
        home.start_agents(("assistant", "planner", "reminder"))
        await person.hears("stretch", "09:00")
        await person.nothing_under_way()
        assert person.count("stretch") == 1


async def test_a_killed_assistant_loses_nothing_and_says_nothing_twice(homes):
    home = homes()
    home.start().ready()
    async with owner(home) as person:
        await person.ask("hello")
        for number in range(10):
            person.say(f"remind me tomorrow at 9:00 to do thing {number}")
        home.running["everything"].kill()
        home.start().ready()
        for number in range(10):
            await person.hears(f"do thing {number}")
        assert "10 reminders" in await person.ask("list")
        for number in range(10):
            assert person.count("will remind you", f"do thing {number}”") <= 1


async def test_a_second_start_on_a_home_names_the_process_that_holds_it(home):
    second = home.call("run", "--headless", within=20)
    assert second.returncode == 2
    assert second.stdout == ""
    (line,) = second.stderr.strip().splitlines()
    assert str(home.running["everything"].pid) in line


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("STEWARD_TIMEZONE", "Mars/Olympus"),
        ("STEWARD_XMPP_PORT", "99999"),
        ("STEWARD_HTTP_HOST", "0.0.0.0"),
        ("DATABASE_URL", "mysql://localhost/steward"),
        ("STEWARD_LOG_LEVEL", "loud"),
        ("STEWARD_XMPP_SERVER", "nowhere"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(homes, name, value):
    told = homes(**{name: value}).call("run", "--headless", within=20)
    assert told.returncode == 2
    assert told.stdout == ""
    (line,) = told.stderr.strip().splitlines()
    assert name in line


def test_a_part_that_does_not_exist_is_named_in_one_line(homes):
    told = homes().call("run", "--headless", "--only", "remindr", within=20)
    assert told.returncode == 2
    assert "remindr" in told.stderr
    assert "Traceback" not in told.stderr


def test_a_home_that_cannot_be_written_is_named_in_one_line(homes, tmp_path):
    (tmp_path / "file").write_text("")
    told = homes(STEWARD_HOME=str(tmp_path / "file")).call("run", "--headless", within=20)
    assert told.returncode == 2
    (line,) = told.stderr.strip().splitlines()
    assert str(tmp_path / "file") in line


async def test_two_homes_run_side_by_side_and_know_nothing_of_each_other(homes):
    one, other = homes(), homes()
    one.start()
    other.start()
    for home in (one, other):
        home.running["everything"].ready()
    async with owner(one) as person, owner(other) as neighbour:
        assert "stretch" in await person.ask("remind me tomorrow at 9:00 to stretch")
        assert "stretch" not in await neighbour.ask("list my reminders")
        assert "stretch" in await person.ask("list my reminders")
    assert one.ready["xmpp"] != other.ready["xmpp"]
    assert one.ready["http"] != other.ready["http"]


async def test_a_home_keeps_its_ports_and_passwords(home):
    before = json.dumps(home.ready, sort_keys=True)
    home.running["everything"].interrupt()
    home.running["everything"].ended()
    home.start().ready()
    assert json.dumps(home.ready, sort_keys=True) == before


async def test_secrets_are_readable_by_their_owner_only(home):
    secrets = list((home.home / "secrets").iterdir())
    assert secrets
    assert all(map(is_private, [home.home, *secrets]))


async def test_no_log_holds_what_people_said_or_a_password(home):
    async with owner(home) as person:
        await person.ask("remind me tomorrow at 9:00 to hide-the-treasure")
        await person.ask("list")
    home.running["everything"].interrupt()
    home.running["everything"].ended()
    logs = [*home.logs.iterdir(), *(home.home / "logs").iterdir()]
    text = "".join(log.read_text(errors="replace") for log in logs if log.is_file())
    assert "hide-the-treasure" not in text
    for secret in (home.home / "secrets").iterdir():
        assert secret.read_text().strip() not in text
