"""A PostgreSQL of a test's own, which it may kill."""

from __future__ import annotations

import pytest

from storage.database import Database
from tests.storage.dying import DyingPostgres


@pytest.fixture
async def dying(tmp_path):
    server = await DyingPostgres.made_in(tmp_path)
    yield server
    server.kill()


@pytest.fixture
async def shaken(dying):
    """The migrated database of a server that will die."""
    database = await Database.open(dying.url, migrate=True)
    yield database
    await database.close()
