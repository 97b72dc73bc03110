"""The grammar against public expressions, judged by a scorer that is not ours."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest

from tests.ontology.time import public_expressions

SHARED = Path(__file__).resolve().parents[4] / "shared"
SCORER = SHARED / "tools" / "score_time.py"
CASES = SHARED / "data" / "time" / "dev.jsonl"
VARIANTS = ("bare", "carrier1", "carrier2")
RECURRING = ("ms_set", "recurrent", "rrulejs")
Row = dict[str, object]

pytestmark = pytest.mark.skipif(
    not (SCORER.exists() and CASES.exists()),
    reason="the public expressions and their scorer are not in ../shared",
)


def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_time", SCORER)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def rows(tmp_path_factory) -> list[Row]:
    out = tmp_path_factory.mktemp("scores")
    found, _ = scorer().run("ours", public_expressions, [str(CASES)], VARIANTS, str(out))
    return list(found)


def share(rows: Iterable[Row]) -> float:
    judged = [bool(row["ok"]) for row in rows]
    assert judged
    return sum(judged) / len(judged)


@pytest.mark.parametrize("variant", VARIANTS)
def test_core_expressions_are_read_alone_and_inside_of_wishes(rows, variant):
    assert share(row for row in rows if row["core"] and row["variant"] == variant) >= 0.97


@pytest.mark.parametrize("variant", VARIANTS)
def test_repetitions_are_read_alone_and_inside_of_wishes(rows, variant):
    recurring = [row for row in rows if row["core"] and row["set"] in RECURRING]
    assert share(row for row in recurring if row["variant"] == variant) >= 0.97


def test_what_is_no_time_is_left_alone(rows):
    assert share(row for row in rows if row["set"] == "negative") >= 0.95
