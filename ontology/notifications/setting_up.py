"""What each channel needs before it can be used, in the names of settings."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from ontology.notifications.concepts import Channel

_TWILIO: Final = (("twilio_account",), ("twilio_token",))

NEEDS: Final[dict[Channel, tuple[tuple[str, ...], ...]]] = {
    Channel.CHAT: (),
    Channel.TELEGRAM: (("telegram_token",),),
    Channel.EMAIL: (("mail_from",), ("smtp_url", "sendgrid_key")),
    Channel.SMS: (*_TWILIO, ("twilio_number",)),
    Channel.WHATSAPP: (*_TWILIO, ("twilio_whatsapp",)),
    Channel.CALL: (*_TWILIO, ("twilio_number",), ("public_url",)),
}
"""The settings of each channel: one of every group has to be set."""


def lacking(channel: Channel, given: Collection[str]) -> tuple[tuple[str, ...], ...]:
    """Return the groups of settings of which none is ``given``; nothing where all is there."""
    return tuple(group for group in NEEDS[channel] if not set(group) & set(given))


def say_lacking(channel: Channel, given: Collection[str] = ()) -> str:
    """Return the one line that configures a channel; empty where nothing is lacking."""
    groups = [
        " or ".join(f"STEWARD_{name.upper()}" for name in group)
        for group in lacking(channel, given)
    ]
    if not groups:
        return ""
    *first, last = groups
    named = f"{', '.join(first)} and {last}" if first else last
    return f"{channel.value} is not set up here: set {named} (docs/channels.md says how)."
