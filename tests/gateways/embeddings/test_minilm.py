"""MiniLM in numpy says what the reference implementation says."""

from __future__ import annotations

import hashlib
import shutil
from multiprocessing.pool import ThreadPool

import numpy as np
import pytest

from gateways.embeddings import minilm as module
from gateways.embeddings.minilm import MiniLM, installed_model

# The first six numbers as sentence-transformers computes them with torch from the same weights.
REFERENCE = {
    "remind me to call mum": (-0.01428, -0.00003, 0.01506, -0.00505, -0.04028, -0.01418),
    "snooze": (0.01185, 0.00309, 0.01543, 0.0766, 0.04694, 0.1056),
    "What does my lease say about pets?": (
        *(0.04922, 0.02696, 0.0507, 0.00511, -0.0509, 0.00413),
    ),
    "Ärger im Büro 你好 😀": (-0.01184, 0.00377, 0.00005, 0.01094, 0.03786, 0.02557),
    "": (-0.11884, 0.0483, -0.00255, -0.01101, 0.05195, 0.01029),
}


@pytest.mark.parametrize("text", REFERENCE)
def test_a_vector_is_that_of_the_reference_implementation(minilm, text):
    assert np.allclose(minilm.of([text]).meaning[0, :6], REFERENCE[text], atol=6e-6)


def test_a_vector_has_length_one(minilm):
    vectors = minilm.of([*REFERENCE, "a " * 5_000, "\x00\ufffd\u202e", "😀" * 300]).meaning

    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_text_has_the_same_vector_alone_and_among_others(minilm):
    texts = [*REFERENCE, *(f"number {n} " * n for n in range(0, 80, 5))]

    together = minilm.of(texts)

    for number, text in enumerate(texts):
        alone = minilm.of([text])
        assert np.allclose(alone.meaning[0], together.meaning[number], atol=1e-6)
        assert np.allclose(alone.wording[0], together.wording[number], atol=1e-5)


def test_the_same_text_has_the_very_same_vector_each_time(minilm):
    text = ["wake me up before you go"]

    first, again = minilm.of(text), minilm.of(text)

    assert np.array_equal(first.meaning, again.meaning)
    assert np.array_equal(first.wording, again.wording)


def test_threads_that_ask_at_once_get_what_each_would_get_alone(minilm):
    texts = [f"remind me of matter {n} " + "again " * n for n in range(12)]
    alone = [minilm.of([text]).wording for text in texts]

    with ThreadPool(4) as threads:
        found = threads.map(lambda text: minilm.of([text]).wording, texts * 3, chunksize=1)

    assert all(map(np.array_equal, found, alone * 3))


@pytest.mark.parametrize(
    ("text", "near", "far"),
    [
        ("cancel my appointment", "call off the meeting", "what a lovely song"),
        ("what did I miss?", "which reminders went unanswered", "buy oat milk"),
        ("I parked on level 3", "where is my car", "the boiler needs a service"),
        ("good morning", "hello there", "delete all my data"),
    ],
)
def test_a_paraphrase_is_nearer_than_another_matter(minilm, text, near, far):
    own, close, other = minilm.of([text, near, far]).meaning

    assert own @ close > own @ other + 0.1


def test_what_no_encoding_can_carry_is_read_all_the_same(minilm):
    assert np.isfinite(minilm.of(["\ud800 remind me"]).meaning).all()


def test_no_texts_have_no_vectors(minilm):
    assert len(minilm.of([]).meaning) == 0


def test_the_weights_are_those_that_the_design_names():
    weights = (installed_model() / "model.safetensors").read_bytes()

    assert hashlib.sha256(weights).hexdigest() == module.WEIGHTS_SHA256


def test_other_weights_are_refused(tmp_path):
    shutil.copytree(installed_model(), tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as stream:
        stream.seek(-1, 2)
        stream.write(b"\x01")

    with pytest.raises(ValueError, match="not those that were released"):
        MiniLM(tmp_path / "model")
