"""Commands in the documentation: cheap ones print what is written, all others parse."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from agents.cli import _parser
from config.settings import PREFIX, Settings
from tests.docs.pages import ROOT, Command, Page, pages

CHEAP = ("steward --help", "steward understand ", "make help")
"""What commands begin with that are run here; the rest start servers, or install things."""

ALL = [(page, command) for page in pages() for command in page.commands()]
TARGETS = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.M))
RUN = [(page, command) for page, command in ALL if command.line.startswith(CHEAP)]


def named(pairs: list[tuple[Page, Command]]) -> list[str]:
    return [f"{page.name}: {command.line}"[:90] for page, command in pairs]


def ran(command: Command, home: Path) -> str:
    programs = Path(sys.executable).parent
    done = subprocess.run(
        ["sh", "-c", command.line],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "HOME": str(home),
            "STEWARD_HOME": str(home / "steward"),
            "COLUMNS": "80",
            "LC_ALL": "C.UTF-8",
        },
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_some_commands_are_run():
    assert {command.parts()[0][0] for _, command in RUN} == {"steward", "make"}


@pytest.mark.parametrize(("page", "command"), RUN, ids=named(RUN))
def test_what_is_shown_is_what_is_printed(page, command, tmp_path):
    assert ran(command, tmp_path).rstrip("\n") == command.output


@pytest.mark.parametrize(("page", "command"), ALL, ids=named(ALL))
def test_commands_of_ours_are_spelt_right(page, command):
    for program, *arguments in command.parts():
        if program == "steward" and "--help" not in arguments:
            assert callable(_parser().parse_args(arguments).command)
        elif program == "make":
            assert set(arguments) <= TARGETS
        elif program.endswith("/python") and arguments[:1] == ["-m"]:
            assert find_spec(arguments[1]) is not None
        elif "/" in program and not program.startswith(("/", "~", "$", ".venv/")):
            assert (ROOT / program).exists()


@pytest.mark.parametrize(("page", "command"), ALL, ids=named(ALL))
def test_settings_given_on_a_command_line_exist(page, command):
    names = re.findall(rf"\b{PREFIX}([A-Z_]+)=", command.line)
    assert {name.lower() for name in names} <= set(Settings.model_fields)
