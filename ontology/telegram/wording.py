"""What a bot says of its own accord."""

from __future__ import annotations

import re
from typing import Final

STRANGER: Final = (
    "Hello. I am the assistant of a household and talk only with its people. If you are one of "
    "them, tell me in chat that you want to link Telegram, and send me the code here."
)
IN_GROUPS: Final = "I talk with everybody for themselves, not in groups."
ONLY_TEXT: Final = "I can read text only. Please write it to me."
LINKED: Final = (
    "✓ Linked. You can tell me here what you would tell me in chat, and I can remind you here. "
    "Try “remind me in 1 minute to stretch”."
)
WRONG_CODE: Final = (
    "This code is wrong or too old. Ask me in chat to link Telegram, and send me the new code."
)
SOMEBODY_ELSES: Final = "This Telegram account is linked to somebody else already."
OVER: Final = "That is over already."

_COMMAND: Final = re.compile(r"/([A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+|$)", re.ASCII)


def say_over(text: str, words: str) -> str:
    """Return how a notification reads once nobody needs it any more."""
    return f"⏰ {text}\n✓ {words}"


def without_slash(text: str) -> str:
    """Return a command as it would be said in words: “/help” is “help”.

    What follows “/start” is what a link to the bot hands over, or a greeting.
    """
    command = _COMMAND.match(text)
    if command is None:
        return text
    rest = text[command.end() :]
    if command[1].lower() == "start":
        return rest or "hello"
    return f"{command[1].replace('_', ' ')} {rest}".strip()
