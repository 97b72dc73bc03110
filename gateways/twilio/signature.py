"""Whether a request really comes from Twilio: its X-Twilio-Signature."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, parse_qsl

from gateways.http.webhooks import FORM, Request

HEADER: Final = "x-twilio-signature"
SETTINGS: Final = "x-twilio-webhooks-signature-settings"


class Forged(Exception):
    """The signature is missing or wrong."""


def form_of(request: Request, token: str) -> dict[str, str]:
    """Return the form that Twilio sent; of a repeated field the last value.

    It is signed by the account's token over the URL that was called and all fields, or, with
    ``bodySHA256`` in the URL, over the URL with the hash of the body in it. Raises
    :class:`Forged`.
    """
    from twilio.request_validator import RequestValidator, get_signature_algorithm

    try:
        body = request.body.decode()
        pairs = parse_qsl(
            body, keep_blank_values=True, max_num_fields=200, strict_parsing=bool(body)
        )
    except ValueError:
        raise Forged from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    signed = body if "bodySHA256" in parse_qs(request.query) else _Fields(fields)
    signature = request.headers.get(HEADER, "")
    algorithm = get_signature_algorithm(request.headers.get(SETTINGS, ""))
    validator = RequestValidator(token)
    if not signature or not validator.validate(request.url, signed, signature, algorithm):
        raise Forged
    return {name: values[-1] for name, values in fields.items()}


class _Fields(dict[str, list[str]]):
    """A form as Twilio's validator asks for it."""

    def getall(self, name: str) -> list[str]:
        return self[name]


TAKES: Final = (FORM,)
