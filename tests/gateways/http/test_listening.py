"""Which port: kept for the home, shared by nobody, named where it cannot be had."""

from __future__ import annotations

import socket
import subprocess
import sys
from contextlib import closing

import pytest

from ontology.errors import SettingsError
from tests.gateways.http.agents import FakeAgent


def taken():
    listener = socket.create_server(("127.0.0.1", 0))
    return closing(listener), listener.getsockname()[1]


async def test_a_home_keeps_its_port(serving):
    async with serving() as first:
        pass
    async with serving() as second:
        assert second.url == first.url


async def test_a_process_that_is_not_the_main_one_has_a_port_of_its_own(serving, home):
    elsewhere = {"main": False}
    async with (
        serving(FakeAgent("reminder"), served=elsewhere) as second,
        serving(FakeAgent("planner")) as first,
    ):
        assert first.url != second.url
        for visitor in (first, second):
            assert (await visitor.get("/health")).status == 200


async def test_a_kept_port_that_a_stranger_took_is_moved(serving, home):
    async with serving() as first:
        port = int(first.url.rpartition(":")[2])
    with socket.create_server(("127.0.0.1", port)):
        async with serving() as second:
            assert second.url != first.url


async def test_a_wanted_port_that_is_taken_is_named_with_how_to_mend_it(serving):
    listener, port = taken()
    with listener, pytest.raises(SettingsError, match=f"STEWARD_HTTP_PORT is {port}, where"):
        async with serving(http_port=port):
            pass


async def test_an_address_of_another_machine_is_named_with_how_to_mend_it(serving):
    with pytest.raises(SettingsError, match="set STEWARD_HTTP_HOST"):
        async with serving(http_host="192.0.2.1", http_port=8422):
            pass


async def test_the_address_of_all_interfaces_is_told_as_one_that_can_be_opened(serving):
    async with serving(http_host="0.0.0.0", http_allow_remote=True) as visitor:
        assert visitor.url.startswith("http://127.0.0.1:")


def test_importing_the_package_does_not_import_the_http_driver():
    check = "import sys, gateways.http; sys.exit('aiohttp' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
