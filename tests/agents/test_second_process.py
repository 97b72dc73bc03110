"""Work is shared with a second process, in order, and whatever becomes of it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from agents.second_process import SecondProcess

ROOT = Path(__file__).resolve().parents[2]
# Prints who works, then dies without a word while the second one waits.
DYING = """
import os, signal
from agents.second_process import SecondProcess
print(*SecondProcess(lambda _: os.getpid()).share([1, 2]), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.fixture
def who():
    """A second process whose work is to say which process worked."""
    return SecondProcess(lambda piece: os.getpid())


@pytest.mark.parametrize("count", range(6))
def test_results_come_in_the_order_of_the_pieces(count):
    pieces = [f"piece {number}" for number in range(count)]

    assert list(SecondProcess(str.upper).share(pieces)) == [piece.upper() for piece in pieces]


def test_every_second_piece_is_worked_on_by_one_other_process(who):
    first, again = list(who.share("ab")), list(who.share("cd"))

    assert first == again
    assert first[0] == os.getpid() != first[1]


def test_a_single_piece_needs_no_other_process(who):
    assert list(who.share("a")) == [os.getpid()]


def test_when_the_other_is_killed_all_is_worked_on_here(who):
    _, other = who.share("ab")
    os.kill(other, signal.SIGKILL)

    assert list(who.share("cd")) == [os.getpid()] * 2


def test_the_other_ends_with_us_even_when_we_are_killed():
    # It holds our standard output: reading that to its end means that both are gone.
    done = subprocess.run(
        [sys.executable, "-c", DYING], cwd=ROOT, capture_output=True, text=True, timeout=30
    )

    assert done.returncode == -signal.SIGKILL
    assert len(set(done.stdout.split())) == 2


def test_an_interrupt_is_for_us_alone(who):
    _, other = who.share("ab")
    os.kill(other, signal.SIGINT)

    assert [*who.share("cd")][1] == other
