"""How long and how hard: the run of `make chaos`, and the short one of `make test`."""

from __future__ import annotations

from typing import Final

from tests.chaos.run import Plan
from tests.chaos.talking import Load

LONG: Final = Plan(
    seed=1,
    faults=210,
    mean_pause=4.2,
    load=Load(reminders=2_150, over=930.0, due_in=(20, 180)),
    patience=420.0,
    longest=1_500.0,
)
SHORT: Final = Plan(
    seed=1,
    faults=22,
    mean_pause=1.6,
    load=Load(reminders=120, over=34.0, due_in=(3, 20), answered=0.0),
    patience=40.0,
    longest=120.0,
)
