"""The command line, started as people start it, with bad settings and broken streams."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
STEWARD = (sys.executable, "-P", "-m", "agents")


def steward(*arguments, said="", shell="", **environment):
    """Run one command to its end; ``shell`` is put behind it, such as a redirection."""
    ours = {k: v for k, v in os.environ.items() if not k.startswith("STEWARD_")}
    command = ["sh", "-c", f'exec "$@" {shell}', "sh", *STEWARD, *arguments]
    return subprocess.run(
        command if shell else [*STEWARD, *arguments],
        input=said.encode() if isinstance(said, str) else said,
        capture_output=True,
        timeout=60,
        cwd=ROOT,
        env={**ours, **environment},
        check=False,
    )


def complaint(done, code=2):
    """The one line on standard error, after checking that it is one."""
    (line,) = done.stderr.decode().splitlines()
    assert line.startswith("steward: ")
    assert done.returncode == code
    return line


def test_a_slip_in_the_name_of_a_setting_ends_every_command(tmp_path):
    done = steward("understand", "tomorrow", STEWARD_HOMEE=str(tmp_path))

    assert "STEWARD_HOMEE is no setting of Steward; the nearest is STEWARD_HOME" in complaint(
        done
    )


@pytest.mark.parametrize("setting", ["STEWARD_XMPP_PORT", "STEWARD_HTTP_PORT"])
def test_a_port_that_is_taken_is_a_wrong_setting(tmp_path, setting):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ours = {"STEWARD_XMPP_PORT": "0", "STEWARD_HTTP_PORT": "0", setting: port}
        done = steward("run", "--headless", STEWARD_HOME=str(tmp_path / "home"), **ours)

    *_, line = done.stderr.decode().splitlines()
    assert (done.returncode, done.stdout) == (2, b"")
    assert port in line
    assert setting in line


@pytest.mark.parametrize(
    "command",
    [("person", "list"), ("person", "link", "a", "a@b.example"), ("status",), ("chat",)],
)
def test_where_there_is_no_home_none_is_made_to_look_into(tmp_path, command):
    done = steward(*command, STEWARD_HOME=str(tmp_path / "home"))

    assert "there is no home of Steward yet" in complaint(done)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("at", "says"),
    [
        ("garbage", "'garbage' is no time by ISO 8601"),
        ("9999-12-31T23:59:00", "not in the years 1900 to 2999"),
        ("0001-01-01T00:00:00+14:00", "not in the years 1900 to 2999"),
    ],
)
def test_a_time_that_cannot_be_reckoned_with_is_named(at, says):
    assert says in complaint(steward("understand", "in 5 days", "--at", at))


OBJECT = 'it has to be an object with a text, like {"text": "in 5 minutes"}'


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("[]", OBJECT),
        ("3", OBJECT),
        ("null", OBJECT),
        ("{}", OBJECT),
        ('{"text": 5}', OBJECT),
        ("nonsense", "it is not JSON"),
        ("[" * 100_000, "it is not JSON"),
        ('{"text": "x", "tz": 5}', '"tz" has to be a text'),
        ('{"text": "x", "tz": "Mars"}', "'Mars' is not a time zone I know"),
        ('{"text": "x", "reference_time": "z"}', "'z' is no time by ISO 8601"),
    ],
)
def test_a_line_that_is_none_is_answered_with_what_it_has_to_be(line, says):
    done = steward("understand", "--jsonl", said=f'{line}\n{{"text": "tomorrow"}}\n')

    wrong, right = map(json.loads, done.stdout.decode().splitlines())
    assert wrong["error"].startswith("the line cannot be read: ")
    assert says in wrong["error"]
    assert "error" not in right
    assert done.stderr == b""


def test_json_is_utf8_whatever_the_locale_says():
    line = (
        '{"text": "remind me to drink ☕ at 5"}\n'.encode()
        + b'{"text": "remind me to \xff at 5"}\n'
    )
    done = steward("understand", "--jsonl", said=line, PYTHONIOENCODING="ascii", LC_ALL="C")

    good, bad = map(json.loads, done.stdout.decode().splitlines())
    assert good["text"] == "drink ☕"
    assert bad["text"] == "\ufffd"


@pytest.mark.parametrize("shell", [">&-", "2>&-", "<&-"])
def test_a_closed_stream_is_no_reason_to_fail(shell):
    for command in (("understand", "tomorrow"), ("understand", "--jsonl"), ("--help",)):
        done = steward(*command, shell=shell)
        assert done.returncode == 0
        assert b"Traceback" not in done.stderr


def test_what_cannot_be_written_is_told_in_one_line():
    done = steward("understand", "tomorrow", shell=">/dev/full")

    assert "No space left on device" in complaint(done, code=1)


def test_who_has_read_enough_hears_nothing_more():
    line = '{"text": "tomorrow"}\n'
    done = steward("understand", "--jsonl", said=line * 5000, shell="| head -n 1")

    assert len(done.stdout.splitlines()) == 1
    assert done.stderr == b""


def test_an_interruption_leaves_no_traceback():
    # Whoever runs the tests in the background of a shell has them ignore interruptions.
    heeding = ["env", "--default-signal=INT"]
    with subprocess.Popen(
        [*heeding, *STEWARD, "understand", "--jsonl"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(b'{"text": "tomorrow"}\n')
        process.stdin.flush()
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr is not None
        assert process.stderr.read() == b""


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 101, "\udcff"])
def test_a_name_that_cannot_be_shown_in_a_list_is_refused(tmp_path, name):
    home = str(tmp_path / "home")
    done = steward("person", "add", name, "--jid", "a@b.example", STEWARD_HOME=home)

    assert "is no name" in complaint(done)
