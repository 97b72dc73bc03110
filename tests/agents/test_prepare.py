"""``steward understand --prepare`` learns once, and no installation fails by it."""

from __future__ import annotations

import os
import re
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


LEARNT = r"intents learnt \(utterances \d+, seconds \d+\.\d\)"
NOT_KEPT = r"warning: intents not kept \(reason .+, file .+\)"
WITHOUT_A_MODEL = r"warning: vectors without a model \(reason .+, instead hashed n-grams\)"


@pytest.fixture
def start(tmp_path):
    """Start the command; another cache or settings may be given."""

    def started(script=QUICKLY, cache=tmp_path, **settings):
        return subprocess.Popen(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"XDG_CACHE_HOME": str(cache)} | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return started


@pytest.fixture
def prepare(start):
    """Return what the command says, line by line, when it has ended well."""

    def said(*args, **settings):
        return ended(start(*args, **settings))

    return said


def ended(command):
    out, err = command.communicate(timeout=60)
    assert (command.returncode, out) == (0, "")
    return err.splitlines()


def matches(lines, *patterns):
    return len(lines) == len(patterns) and all(map(re.fullmatch, patterns, lines))


def test_what_is_learnt_is_one_plain_line_and_the_second_time_nothing_is_done_or_said(
    prepare, tmp_path
):
    assert matches(prepare(), LEARNT)
    assert [file.name for file in tmp_path.rglob("*.npz")] == ["intents.npz"]
    assert prepare() == []


def test_two_that_learn_at_once_leave_one_whole_model(start, prepare, tmp_path):
    for command in [start(), start()]:
        assert all(re.fullmatch(LEARNT, line) for line in ended(command))

    assert [file.name for file in (tmp_path / "steward").iterdir()] == ["intents.npz"]
    assert prepare() == []


@pytest.mark.parametrize("cache", ["a file", "read-only"])
def test_a_cache_that_cannot_be_written_to_is_one_line_and_no_failure(prepare, tmp_path, cache):
    occupied = tmp_path / "occupied"
    occupied.write_text("")
    # Nobody, not even root, makes a directory there.
    places = {"a file": occupied, "read-only": Path("/proc")}

    assert matches(prepare(cache=places[cache]), LEARNT, NOT_KEPT)


def test_a_model_that_is_kept_already_is_read_where_nothing_can_be_written(prepare, tmp_path):
    prepare()
    (tmp_path / "steward").chmod(0o500)
    (tmp_path / "steward" / "intents.npz").chmod(0o400)

    assert prepare() == []


def test_an_absent_wheel_is_one_line_and_what_is_learnt_is_kept_all_the_same(prepare):
    script = QUICKLY.replace(
        "classifier._best = HashedGrams\n",
        "from gateways.embeddings import minilm\nminilm.PACKAGE = 'nothing_of_that_name'\n",
    )

    assert matches(prepare(script), WITHOUT_A_MODEL, LEARNT)
    assert matches(prepare(script), WITHOUT_A_MODEL)


def test_a_wrong_setting_does_not_spoil_it(prepare):
    assert matches(prepare(STEWARD_TIMEZONE="Nowhere/At all"), LEARNT)
