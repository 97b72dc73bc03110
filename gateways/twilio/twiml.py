"""What Twilio is told to do: TwiML, made by its own library, which escapes what is said."""

from __future__ import annotations

import re
from typing import Final

SECONDS_TO_PRESS: Final = 8
TIMES_SAID: Final = 2

_ILLEGAL: Final = re.compile("[^\\t\\n\\r\\x20-\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
"""What XML 1.0 does not allow (2.2), even escaped."""


def speak_and_end(words: str, language: str) -> str:
    """Say something and hang up."""
    from twilio.twiml.voice_response import VoiceResponse

    response = VoiceResponse()
    response.say(_legal(words), language=language)
    response.hangup()
    return str(response)


def speak_and_ask(words: str, language: str, action: str, otherwise: str) -> str:
    """Say something, wait for one key, and have ``action`` told which; then ``otherwise``."""
    from twilio.twiml.voice_response import VoiceResponse

    response = VoiceResponse()
    for _ in range(TIMES_SAID):
        gather = response.gather(
            input="dtmf",
            num_digits=1,
            timeout=SECONDS_TO_PRESS,
            action=action,
            method="POST",
        )
        gather.say(_legal(words), language=language)
    response.say(_legal(otherwise), language=language)
    response.hangup()
    return str(response)


def hang_up() -> str:
    """Say nothing, and end the call."""
    from twilio.twiml.voice_response import VoiceResponse

    response = VoiceResponse()
    response.hangup()
    return str(response)


def nothing() -> str:
    """Answer a message with nothing: what there is to say is sent by itself."""
    from twilio.twiml.messaging_response import MessagingResponse

    return str(MessagingResponse())


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
