"""Which ports are free, and addresses at which nothing can listen."""

from __future__ import annotations

import socket

import pytest

from config import ports
from config.ports import free_port, is_free
from ontology.errors import SettingsError

NOT_OURS = "192.0.2.1"
"""An address for documentation (RFC 5737), which no machine has."""


def test_a_port_is_free_until_somebody_listens_there():
    port = free_port("127.0.0.1")
    assert is_free("127.0.0.1", port)
    with socket.create_server(("127.0.0.1", port)):
        assert not is_free("127.0.0.1", port)


def test_an_address_that_this_machine_has_not_is_named_and_not_searched_for_ever():
    for look in (lambda: free_port(NOT_OURS), lambda: is_free(NOT_OURS, 28765)):
        with pytest.raises(SettingsError, match=f"{NOT_OURS}, port .*set STEWARD_XMPP_HOST"):
            look()


def test_where_no_port_is_free_the_search_ends(monkeypatch):
    port = free_port("127.0.0.1")
    monkeypatch.setattr(ports, "LASTING", range(port, port + 1))
    with (
        socket.create_server(("127.0.0.1", port)),
        pytest.raises(SettingsError, match="No port of 127.0.0.1"),
    ):
        free_port("127.0.0.1")
