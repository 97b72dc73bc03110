"""Where a request comes from, and by which address it was called."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
FORWARDED: Final = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-Ip", "Via")


@dataclass(frozen=True, slots=True)
class Public:
    """The address by which others reach this machine, if there is one."""

    url: str | None = None

    @property
    def host(self) -> str | None:
        """The name or IP address in it, in lower case."""
        return urlsplit(self.url).hostname if self.url else None

    def url_of(self, request: web.Request) -> str:
        """Return the URL that the sender called. A proxy may have taken its path away."""
        if self.url is None:
            return str(request.url)
        return f"{self.url}{_target(request)}"

    def remote_of(self, request: web.Request) -> str:
        """Return the sender's IP address.

        What a proxy says is believed of one on this machine only, where a public address is
        set: of its list the last entry, which it has added itself.
        """
        peer = peer_of(request)
        if self.url is None or not is_loopback(peer):
            return peer
        said = request.headers.getall("X-Forwarded-For", [])
        last = said[-1].rpartition(",")[2].strip() if said else ""
        return last if _is_address(last) else peer


def peer_of(request: web.Request) -> str:
    """Return the IP address at the other end of the connection; empty where there is none."""
    peer = request.transport.get_extra_info("peername") if request.transport else None
    return str(peer[0]) if isinstance(peer, tuple) else ""


def is_loopback(address: str) -> bool:
    """Whether it is this machine's own."""
    return _is_address(address) and ipaddress.ip_address(address).is_loopback


def directly_from_here(request: web.Request, host: str | None) -> bool:
    """Whether it comes from this machine and through no proxy on it, as far as can be told."""
    return (
        is_loopback(peer_of(request))
        and host in LOOPBACK
        and not any(name in request.headers for name in FORWARDED)
    )


def host_of(request: web.Request) -> str | None:
    """Return the host name that was asked for, in lower case and without port."""
    given = request.headers.getall("Host", [])
    if len(given) != 1:
        return None
    try:
        parts = urlsplit(f"//{given[0]}")
        parts.port  # noqa: B018  raises where it is no number
    except ValueError:
        return None
    return parts.hostname if parts.netloc == given[0] and not parts.username else None


def _target(request: web.Request) -> str:
    target = request.raw_path
    # A proxy may ask in the absolute form (RFC 9112, section 3.2.2).
    return target if target.startswith("/") else request.rel_url.raw_path_qs


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
