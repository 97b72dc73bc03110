"""``steward understand --prepare`` learns once, and no installation fails by it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A short lesson over hashed n-grams, which a second is enough for.
QUICKLY = """
from agents.cli import main
from gateways.embeddings.hashed import HashedGrams
from gateways.intents import classifier, utterances
few = utterances.all_utterances()[::10]
utterances.all_utterances = lambda: few
classifier._best = HashedGrams
raise SystemExit(main(["understand", "--prepare"]))
"""


@pytest.fixture
def prepare(tmp_path):
    def run(cache=tmp_path, **settings):
        done = subprocess.run(
            [sys.executable, "-c", QUICKLY],
            cwd=ROOT,
            env=os.environ | {"XDG_CACHE_HOME": str(cache)} | settings,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert done.stdout == ""
        return [json.loads(line)["event"] for line in done.stderr.splitlines()]

    return run


def test_what_is_learnt_is_kept_and_the_second_time_nothing_is_done_or_said(prepare, tmp_path):
    assert prepare() == ["intents learnt"]
    assert [file.name for file in tmp_path.rglob("*.npz")] == ["intents.npz"]
    assert prepare() == []


def test_a_cache_that_cannot_be_written_to_is_one_line_and_no_failure(prepare, tmp_path):
    occupied = tmp_path / "occupied"
    occupied.write_text("")

    assert prepare(occupied) == ["intents learnt", "intents not kept"]


def test_a_wrong_setting_does_not_spoil_it(prepare):
    assert prepare(STEWARD_TIMEZONE="Nowhere/At all") == ["intents learnt"]
