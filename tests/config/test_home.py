"""The directory that holds all state: private, and safe to share between processes."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from config.hold import HeldElsewhere
from config.home import Home
from config.ports import free_port, is_free
from ontology.errors import SettingsError

LOOPBACK = "127.0.0.1"


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


def mode(path):
    return path.stat().st_mode & 0o777


def test_nobody_else_may_look_into_a_home(home):
    home.secret("key")

    assert mode(home.path) == 0o700
    assert {mode(path) for path in home.path.iterdir() if path.is_dir()} == {0o700}
    assert mode(home.secret_file("key")) == 0o600


def test_a_home_that_cannot_be_made_is_named_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")

    with pytest.raises(SettingsError, match="STEWARD_HOME is .*set it to a directory") as error:
        Home(tmp_path / "file" / "home").create()

    assert "\n" not in str(error.value)


def test_a_file_is_no_home(tmp_path):
    (tmp_path / "file").write_text("")

    for look in (Home(tmp_path / "file").create, Home(tmp_path / "file").existing):
        with pytest.raises(SettingsError, match="file is no directory"):
            look()


def test_nothing_is_made_in_a_directory_of_somebody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)

    with pytest.raises(SettingsError, match="it belongs to another user"):
        Home(tmp_path).create()
    assert list(tmp_path.iterdir()) == []


def test_where_nobody_has_begun_a_home_there_is_none_and_none_is_made(tmp_path):
    (tmp_path / "empty").mkdir()

    for path in (tmp_path / "none", tmp_path / "empty"):
        with pytest.raises(SettingsError, match="there is no home of Steward yet"):
            Home(path).existing()
    assert [path.name for path in tmp_path.iterdir()] == ["empty"]
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_home_that_somebody_has_begun_is_there(home):
    home.secret("key")

    assert Home(home.path).existing().secret("key") == home.secret("key")


def test_a_home_whose_secrets_others_may_read_is_refused(home):
    home.secrets.chmod(0o755)

    with pytest.raises(SettingsError, match="others may enter"):
        home.create()


def test_a_secret_is_made_up_once(home):
    first = home.secret("key")

    assert home.secret("key") == first
    assert home.secret("other") != first
    assert len(first) == 32


def test_a_secret_asked_for_by_many_at_once_is_one_secret(home):
    with ThreadPoolExecutor(16) as pool:
        secrets = set(pool.map(lambda _: Home(home.path).secret("key"), range(200)))

    assert len(secrets) == 1
    assert [file.name for file in home.secrets.iterdir()] == ["key"]


def test_a_secret_can_be_replaced(home):
    home.secret("key")

    home.keep_secret("key", "known")

    assert home.secret("key") == "known"
    assert mode(home.secret_file("key")) == 0o600


@pytest.mark.parametrize("name", ["../key", "a/b", "/etc/passwd", "", "."])
def test_no_name_leads_out_of_the_secrets(home, name):
    with pytest.raises(ValueError, match="not the name of a secret"):
        home.secret(name)


def test_a_port_chosen_once_stays(home):
    port = home.port("xmpp", 0, preferred=5222)

    assert port != 5222
    assert Home(home.path).port("xmpp", 0, preferred=5222) == port
    assert Home(home.path).port("xmpp", None, preferred=5222) == port


def test_two_ports_asked_for_at_once_are_the_same(home):
    with ThreadPoolExecutor(8) as pool:
        ports = set(pool.map(lambda _: home.port("xmpp", 0, preferred=1), range(50)))

    assert len(ports) == 1


def test_the_usual_port_is_taken_while_it_is_free(home):
    usual = free_port(LOOPBACK)

    assert home.port("xmpp", None, preferred=usual) == usual


def test_another_port_is_taken_where_the_usual_one_is_not_free(home):
    import socket

    with socket.create_server((LOOPBACK, 0)) as stranger:
        usual = stranger.getsockname()[1]
        assert not is_free(LOOPBACK, usual)

        assert home.port("xmpp", None, preferred=usual) != usual


def test_a_port_that_was_set_is_that_port(home):
    assert home.port("xmpp", 4711, preferred=5222) == 4711


def test_a_port_can_move(home):
    first = home.port("xmpp", 0, preferred=5222)

    moved = home.move_port("xmpp")

    assert home.port("xmpp", 0, preferred=5222) == moved
    assert is_free(LOOPBACK, moved)
    assert 20000 <= first < 32768


def test_only_one_holds_what_only_one_may_do(home):
    first, second = home.hold("postgres"), home.hold("postgres")
    assert second.holder() is None

    with first:
        assert not second.try_take()
        assert second.holder() == os.getpid()
        with pytest.raises(HeldElsewhere, match=f"already runs in process {os.getpid()}"):
            second.take()

    assert second.holder() is None
    assert second.try_take()
    second.release()


def test_what_a_killed_process_held_is_free_again(home):
    code = (
        "import sys, pathlib; from config.home import Home\n"
        f"Home(pathlib.Path({str(home.path)!r})).hold('postgres').take()\n"
        "print('held', flush=True); sys.stdin.read()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        with pytest.raises(HeldElsewhere) as held:
            home.hold("postgres").take()
        assert held.value.pid == process.pid
        process.kill()
        process.wait()

        home.hold("postgres").take()
