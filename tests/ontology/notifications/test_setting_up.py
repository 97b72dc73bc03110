"""What a channel lacks is said in one line, in the names of settings."""

from __future__ import annotations

import pytest

from config.settings import Settings
from ontology.notifications.concepts import Channel
from ontology.notifications.setting_up import NEEDS, lacking, say_lacking

TWILIO = {"twilio_account", "twilio_token", "twilio_number"}


@pytest.mark.parametrize(
    ("channel", "given", "lacks"),
    [
        (Channel.CHAT, set(), ""),
        (Channel.TELEGRAM, {"telegram_token"}, ""),
        (Channel.TELEGRAM, set(), "set STEWARD_TELEGRAM_TOKEN ("),
        (
            Channel.EMAIL,
            set(),
            "set STEWARD_MAIL_FROM and STEWARD_SMTP_URL or STEWARD_SENDGRID_KEY (",
        ),
        (Channel.EMAIL, {"mail_from", "sendgrid_key"}, ""),
        (Channel.EMAIL, {"smtp_url"}, "set STEWARD_MAIL_FROM ("),
        (Channel.SMS, TWILIO, ""),
        (Channel.CALL, TWILIO, "set STEWARD_PUBLIC_URL ("),
        (
            Channel.WHATSAPP,
            set(),
            "set STEWARD_TWILIO_ACCOUNT, STEWARD_TWILIO_TOKEN and STEWARD_TWILIO_WHATSAPP (",
        ),
    ],
)
def test_the_line_names_what_is_not_given(channel, given, lacks):
    line = say_lacking(channel, given)

    assert bool(line) is bool(lacking(channel, given)) is bool(lacks)
    assert lacks in line


def test_every_channel_says_what_it_needs_in_settings_that_there_are():
    assert NEEDS.keys() == set(Channel)
    named = {name for groups in NEEDS.values() for group in groups for name in group}
    assert named <= set(Settings.model_fields)
