"""Without the model there are still vectors, and the log says so once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from structlog.testing import capture_logs

from gateways.embeddings import minilm as module
from gateways.embeddings.hashed import HashedGrams
from gateways.embeddings.minilm import MiniLM
from gateways.embeddings.vectors import best_embedder

ROOT = Path(__file__).resolve().parents[3]


def test_the_model_is_used_where_it_is_installed():
    with capture_logs() as said:
        vectors = best_embedder()

    assert isinstance(vectors, MiniLM)
    assert said == []


def test_an_absent_wheel_leaves_hashed_vectors_and_one_line_in_the_log(monkeypatch):
    monkeypatch.setattr(module, "PACKAGE", "a_wheel_that_nobody_installed")

    with capture_logs() as said:
        vectors = best_embedder()
        vectors.of(["one", "two"])

    assert isinstance(vectors, HashedGrams)
    assert [line["event"] for line in said] == ["vectors without a model"]
    assert "make install" in said[0]["reason"]


def test_absent_tokenizers_leave_hashed_vectors_as_well():
    work = (
        "import sys; sys.modules['tokenizers'] = None\n"
        "from gateways.embeddings.vectors import best_embedder\n"
        "print(type(best_embedder()).__name__)"
    )

    done = subprocess.run(
        [sys.executable, "-c", work], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert done.stdout.endswith("HashedGrams\n")


def test_hashed_vectors_have_length_one_and_are_the_same_each_time():
    texts = ["remind me to call mum", "REMIND ME!", "ünï çödé", "\ud800", "x" * 100_000]

    vectors = HashedGrams().of(texts).meaning

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert np.array_equal(vectors, HashedGrams().of(texts).meaning)


def test_hashed_vectors_bring_together_what_is_written_alike():
    own, typo, other = (
        HashedGrams()
        .of(["cancel the reminder", "cancl the remindr", "any milk on our list?"])
        .meaning
    )

    assert own @ typo > own @ other + 0.2


@pytest.mark.parametrize("text", ["", "   "])
def test_a_text_without_a_sign_still_has_a_finite_hashed_vector(text):
    assert np.isfinite(HashedGrams().of([text]).meaning).all()
