"""Settings are judged at the start: a wrong one is named in one line, with how to mend it."""

from __future__ import annotations

import re
import zoneinfo
from pathlib import Path

import pytest

from config import settings as module
from config.settings import OF_PROSODY, Settings
from ontology.errors import SettingsError

CONFIGURATION = Path(module.__file__).parents[1] / "prosody" / "prosody.cfg.lua"


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STEWARD_{name.upper()}", raising=False)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setattr(module, "SECRETS", tmp_path / "no-secrets")


def test_without_any_variable_everything_is_embedded_and_local(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/somewhere")

    settings = Settings.read()

    assert settings.home == Path("/somewhere/steward")
    assert settings.embedded_xmpp
    assert settings.database_url is None
    assert settings.xmpp_domain == "localhost"
    assert settings.http_host == "127.0.0.1"


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("STEWARD_MAIL_FROM", "Ada <ada@example.org>", "such as steward@example.org"),
        ("STEWARD_MAIL_FROM", "ädä@example.org", "such as steward@example.org"),
        ("STEWARD_XMPP_PORT", "abc", "a port from 1024 to 65535, or 0 for any free one"),
        ("STEWARD_XMPP_PORT", "22", "a port from 1024 to 65535"),
        ("STEWARD_XMPP_PORT", "70000", "a port from 1024 to 65535"),
        ("STEWARD_HTTP_PORT", "-1", "a port from 1024 to 65535"),
        ("STEWARD_TIMEZONE", "Mars/Olympus", "IANA time zone database"),
        ("STEWARD_TIMEZONE", "../../etc/passwd", "IANA time zone database"),
        ("STEWARD_XMPP_SERVER", "chat.example.org", "host:port"),
        ("STEWARD_XMPP_SERVER", "chat.example.org:5222/x", "host:port"),
        ("STEWARD_XMPP_DOMAIN", "-not a domain-", "a domain name"),
        ("STEWARD_XMPP_HOST", "example.org", "IP address"),
        ("STEWARD_LOG_LEVEL", "loud", "debug, info, warning or error"),
        ("STEWARD_FEDERATION", "perhaps", "true to talk to other XMPP servers, or false"),
        ("STEWARD_ARCHIVE_POLICY", "everything", "'none' or 'roster'"),
        ("STEWARD_HTTP_HOST", "0.0.0.0", "STEWARD_HTTP_ALLOW_REMOTE=true"),
    ],
)
def test_a_wrong_setting_is_named_in_one_line(monkeypatch, variable, value, says):
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsError) as complaint:
        Settings.read()

    text = str(complaint.value)
    assert text.startswith(variable)
    assert says in text
    assert "\n" not in text


@pytest.mark.parametrize(
    "url",
    [
        "http://user:hunter2@mail.example.org",
        "smtp://user:hunter2@",
        "smtps://user:hunter2@mail.example.org:many",
        "smtp://[user:hunter2@mail.example.org",
    ],
)
def test_a_wrong_mail_server_is_named_without_its_password(monkeypatch, url):
    monkeypatch.setenv("STEWARD_SMTP_URL", url)

    with pytest.raises(SettingsError, match=r"^STEWARD_SMTP_URL is wrong: .*smtps://") as wrong:
        Settings.read()
    assert "hunter2" not in str(wrong.value)


@pytest.mark.parametrize("variable", ["DATABASE_URL", "STEWARD_DATABASE_URL"])
@pytest.mark.parametrize(
    "url",
    [
        "mysql://me:hunter2@db/x",
        "postgresql://me:hunter2@db:port/x",
        "postgresql://me:hunter2@db:70000/x",
        "postgresql://me:hunter2@[db/x",
    ],
)
def test_a_wrong_database_url_is_named_without_its_password(monkeypatch, variable, url):
    monkeypatch.setenv(variable, url)

    with pytest.raises(SettingsError) as complaint:
        Settings.read()

    assert str(complaint.value).startswith(f"{variable} is wrong")
    assert "hunter2" not in str(complaint.value)


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("postgres://u:p@h:5/x", "postgresql+asyncpg://u:p@h:5/x"),
        ("postgresql://u:p@h/x?sslmode=require", "postgresql+asyncpg://u:p@h/x?ssl=require"),
        ("postgresql+asyncpg://u:p%40@h/x", "postgresql+asyncpg://u:p%40@h/x"),
        ("postgresql:///x?host=/run/pg", "postgresql+asyncpg:///x?host=%2Frun%2Fpg"),
    ],
)
def test_every_usual_spelling_of_a_database_url_is_read(monkeypatch, given, read):
    monkeypatch.setenv("DATABASE_URL", given)

    url = Settings.read().database_url

    assert url is not None
    assert url.get_secret_value() == read
    assert "p%40" not in repr(url)


def test_our_own_variable_goes_before_the_common_one(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://common/x")
    monkeypatch.setenv("STEWARD_DATABASE_URL", "postgresql://ours/x")

    url = Settings.read().database_url

    assert url is not None
    assert "ours" in url.get_secret_value()


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("STEWARD_HOMEE", "STEWARD_HOME"),
        ("STEWARD_TIME_ZONE", "STEWARD_TIMEZONE"),
        ("STEWARD_PORT", "STEWARD_XMPP_PORT"),
        ("STEWARD_LOGLEVEL", "STEWARD_LOG_LEVEL"),
        ("STEWARD_", "STEWARD_HOME"),
    ],
)
def test_a_variable_that_is_no_setting_is_named_with_the_nearest_one(monkeypatch, slip, meant):
    monkeypatch.setenv(slip, "x")

    with pytest.raises(SettingsError) as complaint:
        Settings.read()

    text = str(complaint.value)
    assert text.startswith(f"{slip} is no setting of Steward; the nearest is {meant}:")
    assert "\n" not in text


def test_what_the_configuration_of_prosody_reads_is_no_slip(monkeypatch):
    for name in OF_PROSODY:
        monkeypatch.setenv(name, "/somewhere")

    Settings.read()


def test_every_variable_that_prosody_is_configured_by_is_known():
    read = re.findall(r"ENV_(STEWARD_\w+)", CONFIGURATION.read_text())
    ours = {f"STEWARD_{name.upper()}" for name in Settings.model_fields}

    assert set(read) - ours == OF_PROSODY


def test_an_empty_variable_means_the_default(monkeypatch):
    monkeypatch.setenv("STEWARD_XMPP_PORT", "")

    assert Settings.read().xmpp_port is None


def test_a_mounted_secret_serves_like_a_variable(monkeypatch, tmp_path):
    (tmp_path / "steward_database_url").write_text("postgresql://u:p@h/x\n")
    monkeypatch.setattr(module, "SECRETS", tmp_path)

    assert Settings.read().database_url is not None


def test_remote_pages_may_be_allowed(monkeypatch):
    monkeypatch.setenv("STEWARD_HTTP_HOST", "0.0.0.0")
    monkeypatch.setenv("STEWARD_HTTP_ALLOW_REMOTE", "true")

    assert Settings.read().http_host == "0.0.0.0"


def test_a_home_may_be_written_with_a_tilde(monkeypatch):
    monkeypatch.setenv("HOME", "/home/me")
    monkeypatch.setenv("STEWARD_HOME", "~/steward")

    assert Settings.read().home == Path("/home/me/steward")


def test_reading_settings_turns_the_process_to_the_packaged_zones():
    zoneinfo.reset_tzpath()

    Settings.read()

    assert zoneinfo.TZPATH == ()


def test_settings_cannot_be_changed():
    with pytest.raises(ValueError, match="frozen"):
        Settings.read().xmpp_domain = "elsewhere"
