"""A kept model is the one that was learnt; a damaged one is learnt again."""

from __future__ import annotations

import numpy as np
import pytest
from structlog.testing import capture_logs

from gateways.intents.classifier import FILE, LearntClassifier
from gateways.intents.keeping import key, read, write
from gateways.intents.learning import learn

TEXTS = ["remind me to call mum", "what's on my calendar", "thx", "", "grmpf"]


def events(said):
    return [line["event"] for line in said]


def test_learning_twice_gives_the_very_same_model(lesson, embedder):
    one, other = learn(embedder, lesson), learn(embedder, lesson)

    assert np.array_equal(one.weights.wording, other.weights.wording)
    assert np.array_equal(one.weights.letters, other.weights.letters)
    assert (one.temperature, one.line) == (other.temperature, other.line)


def test_a_kept_model_answers_as_the_learnt_one_and_is_not_learnt_again(
    kept, tmp_path, embedder
):
    with capture_logs() as said:
        again = LearntClassifier(tmp_path, embedder)
        answers = again.classify(TEXTS)

    assert answers == kept.classify(TEXTS)
    assert events(said) == []


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"",
        lambda content: content[: len(content) // 2],
        lambda content: content[:-1_000] + bytes(1_000),
        lambda content: b"not a model at all",
        lambda content: content.replace(b"wording", b"wreckss"),
    ],
    ids=["empty", "cut off", "no end", "text", "renamed"],
)
def test_a_damaged_model_is_learnt_again(kept, tmp_path, embedder, damage):
    file = tmp_path / FILE
    file.write_bytes(damage(file.read_bytes()))

    with capture_logs() as said:
        answer = LearntClassifier(tmp_path, embedder).classify(TEXTS[:1])

    assert events(said) == ["intents learnt"]
    assert answer == kept.classify(TEXTS[:1])
    assert read(file, key(embedder.fingerprint, _taught())) is not None


def test_flipped_numbers_are_noticed(kept, tmp_path, embedder):
    file = tmp_path / FILE
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(bytes(content))

    assert read(file, key(embedder.fingerprint, _taught())) is None


def test_other_vectors_or_utterances_need_another_model(lesson):
    own = key("vectors", lesson)

    assert own != key("other vectors", lesson)
    assert own != key("vectors", lesson[1:])
    assert own == key("vectors", lesson)


def test_a_model_replaces_another_whole_and_leaves_nothing_lying_about(
    tmp_path, lesson, embedder
):
    model = learn(embedder, lesson)
    for wanted in ("first", "second"):
        write(tmp_path / FILE, wanted, model)

    assert [file.name for file in tmp_path.iterdir()] == [FILE]
    assert read(tmp_path / FILE, "first") is None
    assert read(tmp_path / FILE, "second") is not None


def test_a_directory_that_cannot_be_written_costs_only_the_learning(
    tmp_path, short_lesson, embedder
):
    with capture_logs() as said:
        answer = LearntClassifier(tmp_path / "absent", embedder).classify(TEXTS[:1])

    assert events(said) == ["intents learnt", "intents not kept"]
    assert answer


def _taught():
    from gateways.intents import utterances

    return utterances.taught(utterances.all_utterances())
