"""How the values of settings are written. What is written otherwise raises ValueError."""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import AfterValidator, Field, SecretStr

from config.zones import is_zone

EMBEDDED = "embedded"
FIRST_PORT = 1024
HOSTNAME = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*")


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _zone(name: str) -> str:
    if not is_zone(name):
        raise ValueError
    return name


def _domain(name: str) -> str:
    name = name.lower()
    if not HOSTNAME.fullmatch(name):
        raise ValueError
    return name


def _address(host: str) -> str:
    return str(ipaddress.ip_address("127.0.0.1" if host == "localhost" else host))


def _server(text: str) -> str:
    if text == EMBEDDED:
        return text
    parts = urlsplit(f"//{text}")
    if not parts.hostname or not parts.port or parts.path:
        raise ValueError
    return text


def _database(url: SecretStr) -> SecretStr:
    """Accept the usual spellings of a PostgreSQL URL, write them as SQLAlchemy reads them."""
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in {"postgres", "postgresql", "postgresql+asyncpg"}:
        raise ValueError
    _ = parts.port  # raises ValueError where it is none
    query = [
        ("ssl" if key == "sslmode" else key, value) for key, value in parse_qsl(parts.query)
    ]
    written = urlunsplit(("postgresql+asyncpg", parts.netloc, parts.path, urlencode(query), ""))
    # urlunsplit drops the empty host of a URL that names a socket in its query.
    return SecretStr(re.sub(r"^(postgresql\+asyncpg:)/(?!/)", r"\1///", written))


def _http(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError
    _ = parts.port  # raises ValueError where it is none
    return url.rstrip("/")


def _smtp(url: SecretStr) -> SecretStr:
    parts = urlsplit(url.get_secret_value())
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ValueError
    _ = parts.port  # raises ValueError where it is none
    return url


def _public(url: str) -> str:
    """Accept https, and http to this machine only: others would read what passes."""
    url = _http(url)
    parts = urlsplit(url)
    if parts.query or parts.fragment or parts.username:
        raise ValueError
    if parts.scheme == "http" and parts.hostname not in {"localhost", "127.0.0.1", "::1"}:
        raise ValueError
    return url


def _number(text: str) -> str:
    """Accept a number as E.164 writes it, with blanks, dashes, dots and brackets between."""
    bare = re.sub(r"[\s().-]", "", text)
    if not re.fullmatch(r"\+[1-9]\d{6,14}", bare):
        raise ValueError
    return bare


def _mailbox(text: str) -> str:
    if not re.fullmatch(r"[\w.!#$%&'*+/=?^`{|}~-]+@[\w.-]+", text, re.ASCII):
        raise ValueError
    return text


def _port(number: int) -> int:
    # Ports below belong to root, and no server of ours runs as root.
    if 0 < number < FIRST_PORT:
        raise ValueError("too low")
    return number


Directory = Annotated[Path, AfterValidator(_absolute)]
Zone = Annotated[str, AfterValidator(_zone)]
Domain = Annotated[str, AfterValidator(_domain)]
IPAddress = Annotated[str, AfterValidator(_address)]
Server = Annotated[str, AfterValidator(_server)]
DatabaseURL = Annotated[SecretStr, AfterValidator(_database)]
WebURL = Annotated[str, AfterValidator(_http)]
SmtpURL = Annotated[SecretStr, AfterValidator(_smtp)]
PublicURL = Annotated[str, AfterValidator(_public)]
PhoneNumber = Annotated[str, AfterValidator(_number)]
Mailbox = Annotated[str, AfterValidator(_mailbox)]
Port = Annotated[int, Field(ge=0, le=65535), AfterValidator(_port)]
Level = Literal["debug", "info", "warning", "error"]
