"""The short commands, against a running installation."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.acceptance.installation import AGENTS, Installation
from tests.clients.terminal import Terminal

pytestmark = pytest.mark.acceptance


def read(file: str) -> str:
    return Path(file).read_text().strip()


def test_people_are_added_linked_and_listed(installation, household):
    added = installation.call("person", "add", "Robin")
    assert added.returncode == 0, added.stderr
    listed = installation.call("person", "list")
    assert listed.returncode == 0, listed.stderr
    assert "Robin" in listed.stdout

    linked = installation.call("person", "link", "Robin", "robin@example.org")
    assert linked.returncode == 0, linked.stderr
    assert "robin@example.org" in installation.call("person", "list").stdout


def test_addresses_of_every_kind_are_linked_by_the_operators_word(installation, household):
    assert installation.call("person", "add", "sam").returncode == 0
    for said, written in (
        ("mailto:Sam@Example.org", "mailto:Sam@example.org"),
        ("tel:+34 600 111 222", "tel:+34600111222"),
        ("whatsapp:0034600111222", "whatsapp:+34600111222"),
        ("telegram:4711", "telegram:4711"),
    ):
        linked = installation.call("person", "link", "sam", said)
        assert (linked.returncode, linked.stdout) == (0, f"{written} is sam now\n")
        assert written in installation.call("person", "list").stdout
    for wrong in ("tel:600", "telegram:@sam", "mailto:sam"):
        refused = installation.call("person", "link", "sam", wrong)
        assert refused.returncode == 2
        (line,) = refused.stderr.strip().splitlines()
        assert "is no" in line
    taken = installation.call("person", "link", "owner", "telegram:4711")
    assert (taken.returncode, "somebody else" in taken.stderr) == (2, True)


async def test_a_person_who_is_added_can_log_in_and_talk(installation, household, login):
    added = installation.call("person", "add", "alex", "--zone", "Asia/Tokyo")
    assert added.returncode == 0, added.stderr
    jid, password_file = re.findall(r"alex@\S+(?=,)|/\S+", added.stdout)
    account = installation.account(jid, read(password_file))
    client = await login(account)
    assert "stretch" in await client.ask("remind me tomorrow at 9:00 to stretch")
    assert "Asia/Tokyo" in installation.call("person", "list").stdout


def test_how_a_person_is_told_is_set_shown_and_refused_in_one_line(installation, household):
    assert installation.call("person", "add", "lou").returncode == 0

    def prefer(*wish: str, name: str = "lou"):
        return installation.call("person", "prefer", name, *wish)

    quiet = prefer("quiet", "22:00-07:00", "weekdays")
    assert quiet.stdout == "Your quiet hours are now: 22:00–07:00 on weekdays.\n"
    assert prefer("channels", "chat,call").returncode == 0
    shown = prefer("show").stdout
    assert "Quiet hours: 22:00–07:00 on weekdays\n" in shown
    assert "Channels: chat, then call\n" in shown
    assert "Quiet hours: none\n" in prefer("show", name="owner").stdout

    refused = prefer("quiet", "00:00-00:00")
    assert refused.returncode == 2
    (line,) = refused.stderr.strip().splitlines()
    assert "no minute of the week" in line
    assert prefer("show").stdout == shown
    nobody = prefer("show", name="nobody")
    assert (nobody.returncode, "Nobody is called 'nobody'" in nobody.stderr) == (2, True)


def test_a_zone_that_does_not_exist_is_named_in_one_line(installation, household):
    refused = installation.call("person", "add", "kim", "--zone", "Mars/Olympus")
    assert refused.returncode == 2
    (line,) = refused.stderr.strip().splitlines()
    assert "Mars/Olympus" in line
    assert "kim" not in installation.call("person", "list").stdout


def test_an_address_belongs_to_one_person(installation, household):
    taken = household.newcomer().jid
    refused = installation.call("person", "link", "owner", taken)
    assert refused.returncode != 0
    assert "Traceback" not in refused.stderr
    assert taken in refused.stderr


async def test_a_stranger_who_is_linked_is_no_stranger_any_more(
    installation, strangers, login, person
):
    account = next(strangers)
    client = await login(account)
    refusal = await client.ask("hello")
    assert installation.call("person", "link", "owner", account.jid).returncode == 0
    assert await client.ask("hello") != refusal


def test_the_status_names_every_agent_every_channel_and_every_queue(installation, household):
    status = installation.call("status")
    assert status.returncode == 0, status.stderr
    for agent in AGENTS:
        assert agent in status.stdout
    assert re.search(r"^chat +serves$", status.stdout, re.MULTILINE)
    for setting in ("STEWARD_TELEGRAM_TOKEN", "STEWARD_MAIL_FROM", "STEWARD_TWILIO_NUMBER"):
        assert f"set {setting}" in status.stdout or f"and {setting}" in status.stdout


def test_the_doctor_finds_nothing_wrong_and_tells_what_is_not_set_up(installation, household):
    found = installation.call("doctor")
    assert found.returncode == 0, found.stdout + found.stderr
    for part in ("database", "XMPP", "own certificate"):
        assert re.search(rf"^ok +{part}: ", found.stdout, re.MULTILINE)
    assert "set STEWARD_TELEGRAM_TOKEN" in found.stdout


def test_the_doctor_names_what_is_wrong_and_how_to_mend_it(installation, household):
    nobody = {
        "STEWARD_TELEGRAM_TOKEN": "1:secret",
        "STEWARD_TELEGRAM_URL": "http://127.0.0.1:1",
    }
    found = installation.call("doctor", **nobody)
    assert found.returncode == 1
    assert "WRONG telegram: no connection" in found.stdout
    assert "→ see whether http://127.0.0.1:1 can be reached" in found.stdout
    assert "secret" not in found.stdout + found.stderr


def test_the_doctor_names_servers_that_do_not_run(tmp_path):
    home = Installation(tmp_path / "home")
    home.call("person", "list")
    found = home.call("doctor")
    home.stop()
    assert "Traceback" not in found.stderr
    assert found.stdout + found.stderr


def test_the_status_of_a_home_where_nothing_runs_is_told_without_a_traceback(tmp_path):
    home = Installation(tmp_path / "home")
    status = home.call("status")
    home.stop()
    assert "Traceback" not in status.stderr
    assert status.stdout + status.stderr


def test_a_text_is_understood_as_json(installation):
    told = installation.call(
        *("understand", "remind me every weekday at 8:30 to stretch"),
        *("--at", "2026-11-20T12:00:00+01:00", "--tz", "Europe/Berlin"),
    )
    assert told.returncode == 0, told.stderr
    reading = json.loads(told.stdout)
    assert reading["intent"] == "create-reminder"
    assert reading["text"] == "stretch"
    assert reading["start"].startswith("2026-11-23T08:30")
    assert "FREQ=" in reading["rrule"]
    assert "end" in reading


def test_lines_are_understood_one_by_one(installation):
    lines = [
        {"text": "in 5 minutes", "reference_time": "2026-11-20T12:00:00+01:00", "tz": "UTC"},
        {"text": "", "reference_time": "2026-11-20T12:00:00+01:00", "tz": "UTC"},
        {
            "text": "tomorrow at 9",
            "reference_time": "2026-11-20T12:00:00+01:00",
            "tz": "Europe/Berlin",
        },
    ]
    said = "".join(json.dumps(line) + "\n" for line in lines)
    told = installation.call("understand", "--jsonl", said=said)
    assert told.returncode == 0, told.stderr
    answers = [json.loads(line) for line in told.stdout.splitlines()]
    assert len(answers) == 3
    assert answers[0]["start"].startswith("2026-11-20T11:05")
    assert answers[2]["start"].startswith("2026-11-21T09:00")


@pytest.mark.parametrize(
    "line", ["not json", "[]", '{"text": 5}', '{"text": "x", "tz": "Mars"}']
)
def test_a_line_that_is_none_is_answered_with_an_error_and_the_next_is_read(installation, line):
    good = '{"text":"tomorrow at 9","reference_time":"2026-11-20T12:00:00+01:00","tz":"UTC"}'
    told = installation.call("understand", "--jsonl", said=f"{line}\n{good}\n")
    assert "Traceback" not in told.stderr
    answers = [json.loads(answer) for answer in told.stdout.splitlines()]
    assert len(answers) == 2
    assert answers[1]["start"].startswith("2026-11-21T09:00")


async def test_the_terminal_is_a_client_like_any_other(
    installation, household, database, tmp_path, terminals
):
    await database.go_to("Monday", 8)
    command = installation.command("chat")
    kept = {k: v for k, v in installation.environment.items() if k.startswith("STEWARD_")}
    with Terminal(command, kept, tmp_path) as prompt:
        await prompt.shows("you>")
        prompt.type("remind me in 1 minute to stretch")
        await prompt.shows("stretch", "Monday", "08:01")
        await database.advance(minutes=1)
        await prompt.shows("⏰", "stretch")
        prompt.type("done")
        await prompt.shows("Done", "stretch")
        prompt.press("C-d")
        assert await prompt.ended() == 0
