"""How each kind of address is linked, and what is said of it."""

from __future__ import annotations

from typing import Final

from ontology.notifications.concepts import Channel
from ontology.people.addresses import MAILTO, TEL, TELEGRAM, WHATSAPP, XMPP
from ontology.people.codes import GOOD_FOR

SENT_BY: Final[dict[str, tuple[Channel, ...]]] = {
    MAILTO: (Channel.EMAIL,),
    TEL: (Channel.SMS, Channel.CALL),
    WHATSAPP: (Channel.WHATSAPP,),
}
"""By which channel a code is sent to an address of this scheme, the preferred first."""

SAID_FROM: Final[dict[str, Channel]] = {TELEGRAM: Channel.TELEGRAM}
"""Accounts that are known only once they speak: a code is said from there."""

MINUTES: Final = int(GOOD_FOR.total_seconds() // 60)

_NAMES: Final[dict[str, str]] = {
    XMPP: "The chat address",
    MAILTO: "The mail address",
    TEL: "The number",
    WHATSAPP: "The WhatsApp number",
    TELEGRAM: "The Telegram account",
}


def say_code(digits: str) -> str:
    """Return what is sent to an address together with its code."""
    return (
        f"{digits} is your code for Steward. Tell it to your assistant within {MINUTES} "
        "minutes. If you did not ask for it, do nothing."
    )


def say_linked(address: str) -> str:
    """Return what the person hears once an address is theirs."""
    return f"✓ {_named(address)} is linked: reminders can reach you there now."


def say_bad(address: str, why: str) -> str:
    """Return what the person hears elsewhere when an address takes nothing any more."""
    reason = f" ({why})" if why else ""
    return (
        f"{_named(address)} takes nothing any more{reason}. I send nothing there until you "
        "link it again."
    )


def _named(address: str) -> str:
    scheme, _, rest = address.partition(":")
    if scheme == TELEGRAM:
        return _NAMES[TELEGRAM]
    name = _NAMES.get(scheme, _NAMES[XMPP])
    return f"{name} {rest or address}"
