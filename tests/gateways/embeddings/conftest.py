"""The model, mapped once for all tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def minilm():
    from gateways.embeddings.minilm import MiniLM, installed_model

    return MiniLM(installed_model())
