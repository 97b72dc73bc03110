"""The address by which others reach this machine, and the certificates shown there and here."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from gateways.checking.asking import SECONDS, ask, part
from gateways.checking.finding import Finding

RUNS_OUT: Final = timedelta(days=14)
"""Before a certificate expires it is time to do something about it."""


async def public_address(url: str, expired_link: str) -> Sequence[Finding]:
    """Look whether this very Steward answers there, and shows nothing it should not.

    ``expired_link`` is the token of a link of ours whose time is over: only we know that.
    """
    what = "public address"
    told = await ask(f"{url}/health")
    if part(told.said, "status") not in ("ok", "failing"):
        said = (
            told.why or f"{url}/health answers with status {told.status}, not as Steward does"
        )
        mend = (
            "have the proxy pass requests on to the address of the pages, with the Host header "
            "as it came (docs/channels.md has the lines), or correct STEWARD_PUBLIC_URL"
        )
        return [Finding(what, said, mend)]
    link = await ask(f"{url}/a/{expired_link}")
    if link.status != 410:
        mend = "let the proxy point to this home, or set STEWARD_PUBLIC_URL to where it does"
        return [Finding(what, "another Steward answers there", mend)]
    reached = Finding(what, "Steward is reached there")
    if urlsplit(url).scheme == "http":
        # An address of this machine, which may see everything.
        return [reached]
    return [reached, await _closed(url)]


async def _closed(url: str) -> Finding:
    what = "public pages"
    details = await ask(f"{url}/health")
    if part(details.said, "parts") is not None:
        mend = (
            "have the proxy pass on the Host header as it came and add X-Forwarded-For "
            "(docs/channels.md has the lines): who comes from outside looks like this machine"
        )
        return Finding(what, "others see what only this machine may", mend)
    return Finding(what, "closed to who is not signed in")


async def served_certificate(url: str) -> Sequence[Finding]:
    """Look how long the certificate shown at an https address is still good."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        return []
    trusting = await asyncio.to_thread(ssl.create_default_context)
    try:
        async with asyncio.timeout(SECONDS):
            _, writer = await asyncio.open_connection(
                parts.hostname, parts.port or 443, ssl=trusting
            )
    except (OSError, TimeoutError):
        # Why it cannot be reached is told where it is asked for.
        return []
    expires = writer.get_extra_info("peercert")["notAfter"]
    writer.close()
    until = datetime.fromtimestamp(ssl.cert_time_to_seconds(expires), UTC)
    return [
        _lasting("public certificate", until, "renew it (Caddy and certbot do by themselves)")
    ]


def kept_certificate(file: Path) -> Sequence[Finding]:
    """Look how long the certificate in a file is still good; nothing where there is none."""
    from cryptography.x509 import load_pem_x509_certificate

    try:
        certificate = load_pem_x509_certificate(file.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError):
        mend = f"delete {file}: a new one is made at the next start"
        return [Finding("own certificate", "it cannot be read", mend)]
    mend = "start Steward anew: it is renewed then"
    return [_lasting("own certificate", certificate.not_valid_after_utc, mend)]


def _lasting(what: str, until: datetime, mend: str) -> Finding:
    left = until - datetime.now(UTC)
    said = f"good until {until:%Y-%m-%d}"
    return Finding(what, said, mend if left < RUNS_OUT else "")
