"""What the tests of reminders may ask for."""

from __future__ import annotations

import pytest

from tests.behaviours.reminders.keeper import Keeper


@pytest.fixture
def keeper():
    return Keeper()
