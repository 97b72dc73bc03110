"""TCP ports: which are free."""

from __future__ import annotations

import random
import socket

LASTING = range(20000, 32768)


def is_free(host: str, port: int) -> bool:
    """Whether a server could listen there now."""
    try:
        _probe(host, port)
    except OSError:
        return False
    return True


def free_port(host: str) -> int:
    """Return a free port, below those that Linux lends to outgoing connections.

    A port from there might be on loan just when the server wants it back.
    """
    while not is_free(host, port := random.choice(LASTING)):
        pass
    return port


def _probe(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        # As servers do: connections that linger in TIME_WAIT do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
