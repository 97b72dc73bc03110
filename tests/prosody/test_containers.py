"""docker-compose.yml without Docker: what can be known about it without an engine."""

from __future__ import annotations

import os
import shutil
import ssl
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.gateways.test_certificates import handshake

ROOT = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES = sorted(COMPOSE["services"])


class Made:
    """The certificate files that prosody/make-secrets wrote."""

    def __init__(self, directory):
        self.directory = directory
        self.ca_file = directory / "ca.pem"
        self.server_file = directory / "server.pem"
        self.server_key_file = directory / "server.key"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    checkout = tmp_path_factory.mktemp("checkout")
    (checkout / "prosody").mkdir()
    script = shutil.copy(ROOT / "prosody/make-secrets", checkout / "prosody")
    if shutil.which("openssl") is None:
        pytest.skip("prosody/make-secrets needs the program openssl")
    subprocess.run([script, "chat.example.org"], check=True, stdout=subprocess.DEVNULL)
    return Made(checkout / "secrets")


def compose_command():
    """A client of Docker Compose 2, which understands the file without an engine."""
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) is None:
            continue
        asked = subprocess.run(
            [*command, "version"], capture_output=True, text=True, check=False
        )
        if asked.returncode == 0 and " 1." not in asked.stdout.splitlines()[0]:
            return command
    return None


def test_compose_itself_accepts_the_file():
    command = compose_command()
    if command is None:
        pytest.skip("no Docker Compose 2 on this machine")

    checked = subprocess.run(
        [*command, "--file", ROOT / "docker-compose.yml", "config", "--quiet"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr


def test_it_has_the_four_parts():
    assert SERVICES == ["assistant", "postgres", "prosody", "qdrant"]


@pytest.mark.parametrize("service", SERVICES)
def test_no_part_is_root_and_every_part_tells_how_it_is(service):
    described = COMPOSE["services"][service]

    assert described["user"].partition(":")[0] not in {"", "0", "root"}
    assert described["healthcheck"]["test"]
    assert described["cap_drop"] == ["ALL"]


def test_no_secret_stands_in_the_file():
    environments = [part.get("environment", {}) for part in COMPOSE["services"].values()]
    names = [name for environment in environments for name in environment]

    assert [name for name in names if "PASSWORD" in name] == ["POSTGRES_PASSWORD_FILE"]
    assert "STEWARD_DATABASE_URL" not in names


def test_every_secret_that_is_mounted_is_one_that_is_made(made):
    files = {secret["file"] for secret in COMPOSE["secrets"].values()}

    assert files == {f"secrets/{file.name}" for file in made.directory.iterdir()}


def test_every_agent_finds_its_password_on_both_sides():
    accounts = {name for name in COMPOSE["secrets"] if name.startswith("account-")}

    for service in ("assistant", "prosody"):
        assert accounts <= set(COMPOSE["services"][service]["secrets"])


def test_secrets_are_the_owner_s_and_stay_what_they_are(made):
    before = {file: file.read_bytes() for file in made.directory.iterdir()}

    subprocess.run(
        [made.directory.parent / "prosody/make-secrets"], check=True, stdout=subprocess.DEVNULL
    )

    assert {file: file.read_bytes() for file in made.directory.iterdir()} == before
    assert made.directory.stat().st_mode & 0o777 == 0o700


def test_a_strict_client_accepts_the_certificate_for_its_domain_only(made):
    assert handshake(made, "chat.example.org")
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(made, "bank.example.org")


def test_the_scripts_are_executable():
    for script in ("obtain", "start", "make-secrets"):
        assert os.access(ROOT / "prosody" / script, os.X_OK)
