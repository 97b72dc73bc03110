"""Channels in the words of people."""

from __future__ import annotations

import re
from typing import Final

from ontology.notifications.concepts import Channel

WORDS: Final[dict[Channel, str]] = {
    Channel.WHATSAPP: r"what'?s ?app|watsapp|whatsap",
    Channel.TELEGRAM: r"tele?gr?amm?|telegarm|telgram",
    Channel.EMAIL: r"(?:my )?(?:e-?mails?|emial|mails?|inbox)",
    Channel.SMS: r"sms(?:es)?|text messages?|texts?|texting",
    Channel.CALL: (
        r"(?:a |an )?(?:(?:tele)?phone |voice )?calls?|calling|(?:my |the )?(?:tele)?phone"
        r"|my mobile|mobile|ring(?:s|ing)?|voice"
    ),
    Channel.CHAT: r"chat(?: messages?)?|xmpp|jabber|instant messages?",
}
"""How each is called. The first that fits is meant."""

ANY: Final = rf"(?:{'|'.join(WORDS.values())})"

VERBS: Final[dict[str, Channel]] = {
    "call": Channel.CALL,
    "phone": Channel.CALL,
    "ring": Channel.CALL,
    "text": Channel.SMS,
    "sms": Channel.SMS,
    "mail": Channel.EMAIL,
    "e-mail": Channel.EMAIL,
    "email": Channel.EMAIL,
    "telegram": Channel.TELEGRAM,
    "whatsapp": Channel.WHATSAPP,
}
"""What is done to somebody by a channel."""

_EACH: Final = {channel: re.compile(words) for channel, words in WORDS.items()}
_MENTION: Final = re.compile(rf"\b{ANY}\b")


def hole(name: str) -> str:
    """Return a pattern for a channel."""
    return rf"(?P<{name}>{ANY})"


def channel_of(words: str) -> Channel | None:
    """Return the channel that these words call by name."""
    folded = words.lower().strip()
    if folded in VERBS:
        return VERBS[folded]
    return next((each for each, known in _EACH.items() if known.fullmatch(folded)), None)


def all_in(words: str) -> tuple[Channel, ...]:
    """Return the channels that a text names, in its order."""
    found = (channel_of(match[0]) for match in _MENTION.finditer(words.lower()))
    return tuple(each for each in found if each is not None)
