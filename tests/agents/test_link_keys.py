"""The keys of links are kept in the home, and can be changed without breaking links."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from agents.platform import link_keys
from config.home import Home
from ontology.errors import ForgedLink
from ontology.links import Link, Purpose, read, signed

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LINK = Link(Purpose.DONE, uuid4(), uuid4(), NOW + timedelta(days=7))


@pytest.fixture
def home(tmp_path):
    return Home(tmp_path / "home").create()


def move_key(home):
    """Do what docs/channels.md says."""
    current, earlier = home.secret_file("links"), home.secret_file("links-earlier")
    with earlier.open("a") as lines:
        lines.write(current.read_text())
    current.unlink()


def test_processes_of_one_home_accept_each_others_links(home):
    assert read(signed(LINK, link_keys(home)), link_keys(home), NOW) == LINK
    assert home.secret_file("links").stat().st_mode & 0o077 == 0


def test_after_a_change_of_the_key_the_links_of_all_earlier_ones_are_good(home):
    tokens = []
    for _ in range(3):
        tokens.append(signed(LINK, link_keys(home)))
        move_key(home)

    assert len(set(tokens)) == 3
    assert [read(token, link_keys(home), NOW) for token in tokens] == [LINK] * 3


def test_a_key_that_is_not_kept_ends_its_links_at_once(home):
    token = signed(LINK, link_keys(home))
    home.secret_file("links").unlink()

    with pytest.raises(ForgedLink):
        read(token, link_keys(home), NOW)
