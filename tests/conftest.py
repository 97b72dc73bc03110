"""What tests may ask for. Real servers, started once for all of them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator

import pytest

from config.zones import use_packaged_zones
from storage.database import Database
from tests.servers import (
    PostgresForTests,
    ProsodyForTests,
    postgres_for_tests,
    prosody_for_tests,
)

use_packaged_zones()
# As gateways.embeddings.vectors does, before any test imports numpy.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresForTests]:
    with postgres_for_tests(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(scope="session")
def prosody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ProsodyForTests]:
    with prosody_for_tests(tmp_path_factory.mktemp("prosody")) as server:
        yield server


@pytest.fixture
async def database_url(postgres: PostgresForTests) -> AsyncIterator[str]:
    """An empty database of this test's own."""
    name = await postgres.create()
    yield postgres.url_of(name)
    await postgres.drop(name)


@pytest.fixture(scope="session")
def migrated(postgres: PostgresForTests) -> str:
    """The name of a database with all tables, for others to be copied from."""

    async def make() -> str:
        name = await postgres.create()
        database = await Database.open(postgres.url_of(name), migrate=True)
        await database.close()
        return name

    return asyncio.run(make())


@pytest.fixture
async def database(postgres: PostgresForTests, migrated: str) -> AsyncIterator[Database]:
    """A database of this test's own, with all tables and no rows."""
    name = await postgres.create(migrated)
    opened = await Database.open(postgres.url_of(name))
    yield opened
    await opened.close()
    await postgres.drop(name)
