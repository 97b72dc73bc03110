"""Calls and texts by Twilio's REST API of 2010-04-01."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

import structlog

from ontology.notifications.concepts import Channel
from ontology.notifications.posted import Posted
from ontology.phone.concepts import About

log = structlog.get_logger(__name__)

RINGS: Final = 30
"""Seconds a phone rings: less than most voicemails wait."""

LONGEST_CALL: Final = 180

BAD_NUMBERS: Final = frozenset({21211, 21214, 21217, 21219, 21401, 21421, 21614, 63003})
"""Twilio's error codes for a number that nobody can be reached by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """An account at Twilio, where it is reached, and how it reaches us.

    ``number`` is the sender of calls and SMS, ``whatsapp`` that of WhatsApp; None where there
    is none. Without a ``public_url`` nothing is reported back, and nobody can be called.
    """

    sid: str
    token: str
    number: str | None
    whatsapp: str | None
    url: str
    public_url: str | None


class TwilioTelephone:
    """Implements :class:`ontology.phone.ports.Telephone`."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._client: Any = None

    async def call(self, to: str, language: str, about: About) -> Posted:
        """Have Twilio call; it asks our webhook what to say."""
        here = self._account.public_url

        async def place() -> Any:
            return await self._rest().calls.create_async(
                to=to,
                from_=self._account.number,
                url=f"{here}/twilio/call/{language}/{about}",
                method="POST",
                status_callback=f"{here}/twilio/status/{Channel.CALL}/{about}",
                status_callback_method="POST",
                machine_detection="Enable",
                timeout=RINGS,
                time_limit=LONGEST_CALL,
            )

        return await _posted(place)

    async def text(
        self, channel: Channel, to: str, text: str, about: About | None = None
    ) -> Posted:
        """Have Twilio send a text."""
        sender, prefix = self._account.number or "", ""
        if channel is Channel.WHATSAPP:
            sender, prefix = self._account.whatsapp or "", "whatsapp:"
        report = None
        if about is not None and self._account.public_url is not None:
            report = f"{self._account.public_url}/twilio/status/{channel}/{about}"

        async def send() -> Any:
            return await self._rest().messages.create_async(
                to=f"{prefix}{to}",
                from_=f"{prefix}{sender}",
                body=text,
                **({"status_callback": report} if report else {}),
            )

        return await _posted(send)

    async def hang_up(self, reference: str) -> None:
        """Have Twilio end a call; whatever goes wrong, the call ends by itself."""

        async def end() -> Any:
            return await self._rest().calls(reference).update_async(status="completed")

        ended = await _posted(end)
        if ended.why:
            log.info("call not ended", why=ended.why)

    def _rest(self) -> Any:
        if self._client is None:
            from twilio.rest import Client

            from gateways.twilio.transport import Transport

            self._client = Client(
                self._account.sid,
                self._account.token,
                http_client=Transport(self._account.url),
                # Else the library looks for credentials of its own in the environment.
                environment={"-": ""},
            )
        return self._client


async def _posted(request: Callable[[], Awaitable[Any]]) -> Posted:
    """Make one request and say what came of it."""
    from twilio.base.exceptions import TwilioException, TwilioRestException

    from gateways.twilio.transport import PutOff, Unanswered, Undelivered

    try:
        made = await request()
    except Undelivered as error:
        return Posted.put_off(f"Twilio was not reached ({error})")
    except PutOff as error:
        return Posted.put_off(str(error), again_after=error.after)
    except Unanswered as error:
        return Posted.unknown(f"Twilio did not answer ({error})")
    except TwilioRestException as error:
        if not 400 <= error.status < 500:
            return Posted.unknown(f"Twilio answered {error.status}")
        bad = error.code in BAD_NUMBERS
        return Posted.refused(f"Twilio refused: error {error.code}", is_bad_address=bad)
    except (TwilioException, ValueError, KeyError, TypeError, AttributeError) as error:
        # An answer nobody can read: it may have done what was asked.
        return Posted.unknown(f"Twilio's answer made no sense ({type(error).__name__})")
    if not made.sid:
        return Posted.unknown("Twilio's answer named nothing")
    return Posted.sent(str(made.sid))
