"""Where the mail server is, and how to speak to it, as a URL says it."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from enum import Enum
from typing import Final
from urllib.parse import unquote, urlsplit

from ontology.errors import SettingsError

SUBMISSION: Final = 587
SUBMISSIONS: Final = 465
PLAIN: Final = 25

_WRONG: Final = (
    "STEWARD_SMTP_URL is wrong: it has to be a URL such as smtp://user:password@host:587 or "
    "smtps://user:password@host, with what is special in user and password written as %40."
)


class Security(Enum):
    """How what is said is kept from others."""

    FROM_THE_START = "smtps"
    BY_STARTTLS = "starttls"
    THIS_MACHINE = "none"


@dataclass(frozen=True, slots=True)
class SmtpAddress:
    """A mail server. The name that its certificate must have is ``host``."""

    host: str
    port: int
    security: Security
    username: str | None = None
    password: str | None = field(default=None, repr=False)

    @classmethod
    def of(cls, url: str) -> SmtpAddress:
        """Read a URL. What leaves this machine is always encrypted (RFC 8314, 3).

        Raises SettingsError without repeating the URL, which holds a password.
        """
        try:
            parts = urlsplit(url)
            host, port = parts.hostname, parts.port
        except ValueError:
            raise SettingsError(_WRONG) from None
        extra = parts.path.strip("/") or parts.query or parts.fragment
        if parts.scheme not in {"smtp", "smtps"} or not host or extra:
            raise SettingsError(_WRONG)
        if (parts.username is None) != (parts.password is None):
            raise SettingsError(_WRONG)
        security = _security(parts.scheme, host)
        return cls(
            host,
            port or _USUAL_PORTS[security],
            security,
            parts.username and unquote(parts.username),
            parts.password and unquote(parts.password),
        )


_USUAL_PORTS: Final = {
    Security.FROM_THE_START: SUBMISSIONS,
    Security.BY_STARTTLS: SUBMISSION,
    Security.THIS_MACHINE: PLAIN,
}


def _security(scheme: str, host: str) -> Security:
    if scheme == "smtps":
        return Security.FROM_THE_START
    return Security.THIS_MACHINE if _is_this_machine(host) else Security.BY_STARTTLS


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
