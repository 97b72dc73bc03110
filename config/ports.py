"""TCP ports: which are free."""

from __future__ import annotations

import errno
import random
import socket

from ontology.errors import SettingsError

LASTING = range(20000, 32768)
ATTEMPTS = 1000


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now.

    Raises:
        SettingsError: not on any port, for this machine has no such address.
    """
    try:
        _probe(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            return False
        raise SettingsError(
            f"Nothing can listen at {host}, port {port} ({error.strerror}): set "
            "STEWARD_XMPP_HOST and STEWARD_HTTP_HOST to addresses of this machine."
        ) from None
    return True


def free_port(host: str) -> int:
    """Return a free port, below those that Linux lends to outgoing connections.

    A port from there might be on loan just when the server wants it back.

    Raises:
        SettingsError: none is free, or this machine has no such address.
    """
    for _ in range(ATTEMPTS):
        if is_free(host, port := random.choice(LASTING)):
            return port
    raise SettingsError(
        f"No port of {host} from {LASTING.start} to {LASTING.stop - 1} could be had: set "
        "STEWARD_XMPP_PORT and STEWARD_HTTP_PORT to free ones."
    )


def _probe(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: connections that linger in TIME_WAIT do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
