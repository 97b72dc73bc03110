"""What tests may ask for. Real servers, started once for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from config.zones import use_packaged_zones
from tests.servers import (
    PostgresForTests,
    ProsodyForTests,
    postgres_for_tests,
    prosody_for_tests,
)

use_packaged_zones()


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
