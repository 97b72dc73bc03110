"""What the project promises about itself: its locks, its folders, its scripts, its words."""

from __future__ import annotations

import os
import re
import resource
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("agents", "behaviours", "ontology", "storage", "gateways", "config")
LOCKS = ("requirements.lock", "requirements-dev.lock", ".ci/uv.lock")
SCRIPTS = (
    *(f".ci/{name}" for name in ("debian-packages", "install", "link-programs", "run", "uv")),
    ".ci/test-programs",
    *(f"prosody/{name}" for name in ("obtain", "start", "make-secrets")),
)
PINNED = re.compile(r"^([a-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)


def pinned(lock):
    return dict(PINNED.findall((ROOT / lock).read_text()))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_every_package_by_hash_and_names_no_address(lock):
    text = (ROOT / lock).read_text()
    entries = re.split(r"\n(?=[a-z])", text.strip())

    assert "://" not in text
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert len(entries) == len(pinned(lock))


def test_the_development_lock_holds_all_of_the_other_one():
    assert pinned("requirements.lock").items() <= pinned("requirements-dev.lock").items()


def test_every_dependency_that_is_declared_is_locked():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {re.split(r"[^a-z0-9-]", line)[0] for line in project["dependencies"]}

    assert declared <= pinned("requirements.lock").keys()


@pytest.mark.parametrize(
    "package", ["torch", "huggingface-hub", "slixmpp-multiplatform", "pytz", "psutil"]
)
def test_what_we_took_out_stays_out(package):
    assert package not in pinned("requirements-dev.lock")


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_installed_distribution_ships_a_package_named_like_ours(room):
    assert packages_distributions().get(room, []) == []


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room):
    assert (ROOT / room / "__init__.py").read_text().startswith('"""')


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_is_executable_and_understood_by_a_shell(script):
    assert os.access(ROOT / script, os.X_OK)
    subprocess.run(["sh", "-n", ROOT / script], check=True)
    if shutil.which("shellcheck"):
        subprocess.run(["shellcheck", ROOT / script], check=True)


def test_help_comes_at_once_from_any_directory(tmp_path):
    environment = {"PATH": os.environ["PATH"], "HOME": str(tmp_path)}
    command = Path(sys.executable).with_name("steward")
    if not command.exists():
        pytest.skip("not installed by `make install`")
    before = processor_seconds_of_children()
    asked = subprocess.run(
        [command, "--help"], cwd=tmp_path, env=environment, capture_output=True, check=True
    )

    assert b"steward" in asked.stdout
    assert processor_seconds_of_children() - before < 0.5


def processor_seconds_of_children():
    """Unlike the clock on the wall, no busy neighbour adds to it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.parametrize("room", [*ROOMS, "tests"])
def test_no_module_is_named_after_nothing(room):
    vague = {"utils", "util", "helpers", "helper", "manager", "service", "common", "misc"}
    names = {path.stem for path in (ROOT / room).rglob("*.py")}

    assert names & vague == set()
