"""Which agents an installation runs, and what --only may name."""

from __future__ import annotations

import pytest

from agents.commands.run import chosen
from agents.platform import AGENTS, REACHES, agents_of
from config import settings as module
from config.settings import Settings
from ontology.errors import SettingsError
from ontology.permissions import AgentName


@pytest.fixture
def set_to(monkeypatch, tmp_path):
    """A way to read settings of the test's own."""
    monkeypatch.setattr(module, "SECRETS", tmp_path / "no-secrets")
    for name in Settings.model_fields:
        monkeypatch.delenv(f"STEWARD_{name.upper()}", raising=False)

    def read(**given):
        for name, value in given.items():
            monkeypatch.setenv(f"STEWARD_{name.upper()}", value)
        return Settings.read()

    return read


def test_agents_of_channels_run_only_where_a_channel_is_set_up(set_to):
    assert set(agents_of(set_to())) == set(AGENTS) - set(REACHES)
    assert AgentName.TELEGRAM in agents_of(set_to(telegram_token="1:x"))
    mail = set_to(mail_from="a@example.org", smtp_url="smtp://localhost:25")
    assert AgentName.MAIL in agents_of(mail)
    twilio = set_to(twilio_account="AC1", twilio_token="x", twilio_whatsapp="+14155238886")
    assert AgentName.PHONE in agents_of(twilio)


def test_without_only_all_of_them_run_and_the_servers(set_to):
    assert chosen(None, set_to()) == ("postgres", "prosody", *agents_of(set_to()))


@pytest.mark.parametrize("name", sorted(REACHES))
def test_an_agent_without_a_channel_is_refused_with_what_is_lacking(set_to, name):
    with pytest.raises(SettingsError, match=f"--only names {name}, but .* set STEWARD_"):
        chosen(f"assistant,{name}", set_to())


def test_what_is_no_part_is_named(set_to):
    with pytest.raises(SettingsError, match="--only names nobody; choose from postgres"):
        chosen("nobody", set_to())
