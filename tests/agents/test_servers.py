"""The servers of a home, in processes of their own: shared, taken over, never two of one."""

from __future__ import annotations

import contextlib
import json
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from agents import confinement as confinement_module
from agents.confinement import Confinement, confinement
from agents.servers import servers
from config.home import Home
from config.settings import Settings
from ontology.errors import ServerError
from storage.postgres_programs import find_programs
from tests.clients.hearing import Account
from tests.clients.slixmpp_client import SlixmppClient
from tests.clients.waiting import eventually
from tests.servers import plain

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 30.0
ANOTHER_USER = "nobody"


class Holder:
    """One process that runs, or uses, the servers of a home."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        assert process.stdout is not None
        line = process.stdout.readline()
        if not line:
            assert process.stderr is not None
            raise AssertionError(process.stderr.read()[-3000:])
        self.ready = json.loads(line)

    @property
    def account(self) -> Account:
        ready = self.ready
        return Account(
            ready["jid"], ready["password"], "127.0.0.1", ready["port"], ready["ca_file"]
        )

    async def answers(self) -> bool:
        """Whether the database does, and lets us in."""
        try:
            connection = await asyncpg.connect(plain(self.ready["database_url"]), timeout=5)
        except (OSError, asyncpg.PostgresError):
            return False
        await connection.close()
        return True

    def end(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(PATIENCE)


@contextlib.contextmanager
def begun(
    home: Path, *parts: str, command: tuple[str, ...] = (sys.executable,), **settings: str
) -> Iterator[subprocess.Popen[str]]:
    """Start such a process, without waiting for it."""
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "STEWARD_HOME": str(home),
        "STEWARD_XMPP_PORT": "0",
        **settings,
    }
    with subprocess.Popen(
        [*command, "-m", "tests.agents.holding", *parts],
        env=environment,
        cwd=ROOT,
        text=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


@contextlib.contextmanager
def holding(
    home: Path, *parts: str, command: tuple[str, ...] = (sys.executable,), **settings: str
) -> Iterator[Holder]:
    """Start such a process and let it end in the end."""
    with begun(home, *parts, command=command, **settings) as process:
        holder = Holder(process)
        yield holder
        if process.poll() is None:
            holder.end()


def pid_of(home: Path, server: str) -> int:
    file = {"postgres": "postgres/data/postmaster.pid", "prosody": "prosody/prosody.pid"}[
        server
    ]
    return int((home / file).read_text().split("\n")[0])


def is_alive(pid: int) -> bool:
    try:
        return "Z" not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False


async def happens(look, what):
    await eventually(look, what, PATIENCE)


async def can_log_in(holder: Holder) -> bool:
    async with SlixmppClient(holder.account, "nobody@localhost") as client:
        return client.is_live


@pytest.fixture
def home(tmp_path):
    return tmp_path / "home"


async def test_one_process_has_both_servers_and_takes_them_down_with_it(home):
    with holding(home) as holder:
        pids = [pid_of(home, "postgres"), pid_of(home, "prosody")]
        assert await holder.answers()
        assert await can_log_in(holder)

    assert holder.process.returncode == 0
    assert not any(is_alive(pid) for pid in pids)


async def test_two_homes_run_side_by_side(tmp_path):
    with holding(tmp_path / "one") as one, holding(tmp_path / "two") as two:
        assert one.ready["port"] != two.ready["port"]
        assert one.ready["password"] != two.ready["password"]
        for holder in (one, two):
            assert await holder.answers()
            assert await can_log_in(holder)


async def test_a_second_process_uses_the_servers_of_the_first_and_takes_them_over(home):
    with holding(home) as first, holding(home) as second:
        assert second.ready == first.ready
        before = pid_of(home, "postgres")

        first.process.kill()
        first.process.wait()

        await eventually(
            lambda: not is_alive(before), "the end of the first database", PATIENCE
        )
        await happens(second.answers, "the second process's database")
        await happens(lambda: can_log_in(second), "the second process's Prosody")


async def test_many_processes_that_start_at_once_share_one_set_of_servers(home):
    with contextlib.ExitStack() as started:
        crowd = [started.enter_context(begun(home)) for _ in range(4)]
        holders = [Holder(process) for process in crowd]

        assert {json.dumps(holder.ready) for holder in holders} == {
            json.dumps(holders[0].ready)
        }
        assert await can_log_in(holders[-1])
        for holder in holders:
            holder.end()


@pytest.mark.parametrize("server", ["postgres", "prosody"])
async def test_a_killed_server_is_started_again(home, server):
    with holding(home) as holder:
        before = pid_of(home, server)
        os.kill(before, signal.SIGKILL)

        def is_another() -> bool:
            # While it starts, there is no such file, or nothing in it.
            with contextlib.suppress(FileNotFoundError, ValueError):
                return pid_of(home, server) != before
            return False

        await happens(is_another, "another process")
        await happens(holder.answers, "the database")
        assert await can_log_in(holder)


async def test_a_home_whose_process_was_killed_starts_again(home):
    with holding(home) as killed:
        killed.process.kill()
        killed.process.wait()

        with holding(home) as again:
            assert again.ready == killed.ready
            assert await again.answers()


async def test_servers_can_be_split_between_processes(home):
    with holding(home, "postgres", "prosody"), holding(home, "none of them") as user:
        assert await user.answers()


def settings_of(home: Path, monkeypatch: pytest.MonkeyPatch, **variables: str) -> Settings:
    for name in ("DATABASE_URL", "STEWARD_DATABASE_URL", "STEWARD_XMPP_SERVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("STEWARD_HOME", str(home))
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return Settings.read()


async def test_who_may_not_run_a_server_that_nobody_runs_is_told_so(home, monkeypatch):
    monkeypatch.setattr("agents.sharing.NOBODY_SECONDS", 0.1)
    settings = settings_of(home, monkeypatch, STEWARD_XMPP_PORT="0")

    with pytest.raises(
        ServerError, match="Nobody runs postgres .*`steward run --only postgres`"
    ):
        async with servers(settings, Home(home).create(), parts=()):
            raise AssertionError("there is no database")


async def test_a_port_that_was_set_and_is_taken_is_named(home, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as stranger:
        port = stranger.getsockname()[1]
        settings = settings_of(home, monkeypatch, STEWARD_XMPP_PORT=str(port))

        with pytest.raises(
            ServerError, match=f"port {port}: stop it, or set STEWARD_XMPP_PORT"
        ):
            async with servers(settings, Home(home).create()):
                raise AssertionError("the port is taken")


async def test_a_port_that_was_only_kept_and_is_taken_is_changed(home):
    with holding(home) as before:
        port = before.ready["port"]

    with socket.create_server(("127.0.0.1", port)), holding(home) as after:
        assert after.ready["port"] != port
        assert await can_log_in(after)


async def test_servers_that_run_elsewhere_are_only_named(home, monkeypatch):
    settings = settings_of(
        home,
        monkeypatch,
        DATABASE_URL="postgresql://u:p@db.example/x",
        STEWARD_XMPP_SERVER="chat.example.org:5223",
        STEWARD_XMPP_DOMAIN="example.org",
    )
    kept = Home(home).create()
    kept.keep_secret("account-assistant", "known")

    async with servers(settings, kept) as addresses:
        assert addresses.database_url == "postgresql+asyncpg://u:p@db.example/x"
        assert (addresses.xmpp_host, addresses.xmpp_port) == ("chat.example.org", 5223)
        assert addresses.ca_file is None
        assert (await addresses.account("assistant")).password == "known"
        with pytest.raises(ServerError, match="password of owner@example.org is not known"):
            await addresses.account("owner")

    assert not any(kept.postgres.iterdir())


async def test_a_mounted_password_serves_like_one_of_the_home(home, monkeypatch, tmp_path):
    mounted = tmp_path / "account-assistant"
    mounted.write_text("mounted\n")
    monkeypatch.setattr("agents.servers.SECRETS", tmp_path)
    settings = settings_of(
        home, monkeypatch, DATABASE_URL="postgresql://h/x", STEWARD_XMPP_SERVER="chat:5222"
    )

    async with servers(settings, Home(home).create()) as addresses:
        account = await addresses.account("assistant")

    assert (account.password, account.password_file) == ("mounted", mounted)


def test_an_account_does_not_show_its_password():
    from agents.servers import Account as Ours

    assert "hunter2" not in repr(Ours("a@b", "hunter2", Path("file")))


# -- as root, and as an ordinary user ----------------------------------------------------------


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run servers as somebody else")
async def test_where_namespaces_are_forbidden_root_runs_servers_as_another_user(
    home, monkeypatch, tmp_path
):
    # Programs, too, may be where only root gets to, such as in a checkout below /root.
    programs = (await find_programs(home)).directory.parent
    wheel, copy = programs.parent, tmp_path / "programs"
    shutil.copytree(programs, copy / wheel.name / programs.name, symlinks=True)
    if (libraries := wheel.with_name(f"{wheel.name}.libs")).exists():
        shutil.copytree(libraries, copy / libraries.name)
    monkeypatch.setattr("storage.postgres_programs.WHEEL", "no_such_wheel")
    monkeypatch.setattr("storage.postgres_programs.DEBIAN", copy / wheel.name)
    tmp_path.chmod(0o700)
    monkeypatch.setattr(
        confinement_module, "_own_namespace", lambda _: Confinement(("false",), 0)
    )
    settings = settings_of(home, monkeypatch, STEWARD_XMPP_PORT="0")

    async with servers(settings, Home(home).create()) as addresses:
        owner = Path(f"/proc/{pid_of(home, 'postgres')}").stat().st_uid
        connection = await asyncpg.connect(plain(addresses.database_url))
        await connection.close()
        await addresses.account("owner")

    assert owner == (await confinement()).owner != 0


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has to run servers as somebody else")
async def test_the_same_home_serves_both_ways(home, monkeypatch):
    with holding(home) as before:
        password = before.ready["password"]
    with monkeypatch.context() as forbidden:
        forbidden.setattr(
            confinement_module, "_own_namespace", lambda _: Confinement(("false",), 0)
        )
        settings = settings_of(home, monkeypatch, STEWARD_XMPP_PORT="0")
        async with servers(settings, Home(home).create()) as addresses:
            assert (await addresses.account("owner")).password == password

    with holding(home) as again:
        assert await again.answers()
        assert await can_log_in(again)


def python_for_everybody() -> str | None:
    """A Python of our version that other users may run."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    return shutil.which(version, path="/usr/bin:/usr/local/bin")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become an ordinary user")
async def test_an_ordinary_user_runs_them_as_himself(tmp_path_factory):
    python = python_for_everybody()
    if python is None:
        pytest.skip(f"no Python {sys.version_info.major}.{sys.version_info.minor} in /usr/bin")
    user = pwd.getpwnam(ANOTHER_USER)
    home = Path("/tmp", f"steward-{os.getpid()}-of-{ANOTHER_USER}")
    home.mkdir(mode=0o700)
    os.chown(home, user.pw_uid, user.pw_gid)
    become = ("setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups")
    site = sysconfig.get_path("purelib")
    try:
        with holding(
            home, command=(*become, python), PYTHONPATH=f"{ROOT}:{site}", HOME=str(home)
        ) as holder:
            assert Path(f"/proc/{pid_of(home, 'prosody')}").stat().st_uid == user.pw_uid
            assert await can_log_in(holder)
    finally:
        shutil.rmtree(home)
