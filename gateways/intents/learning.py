"""How a model is learnt from utterances; the same utterances always give the same model."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from gateways.embeddings.tensors import Matrix
from gateways.embeddings.vectors import Embedder, SentenceVectors
from gateways.intents.model import Model, Scale, nearness
from gateways.intents.softmax import Labels, fit, scores, shares, surprise
from gateways.intents.utterances import Utterance, share
from ontology.dialogue.concepts import Intent

CALIBRATING: Final = 5
"""One in so many examples is first kept back, to learn how sure the others may make us."""
REFUSED: Final = 0.03
"""Share of what belongs to an intent that may be held to be foreign."""
_TEMPERATURES: Final = np.geomspace(0.3, 6, 60)


def learn(embedder: Embedder, utterances: Sequence[Utterance]) -> Model:
    """Return what these utterances teach."""
    vectors = embedder.of([said.text for said in utterances])
    intents = tuple(sorted({said.intent for said in utterances}))
    labels = np.array([intents.index(said.intent) for said in utterances], np.intp)
    scale = Scale.of(vectors.wording)
    rows = scale(vectors.wording)
    kept = np.array([share(s.text, CALIBRATING, "calibrating") == 0 for s in utterances])
    weights = fit(rows[~kept], labels[~kept], len(intents))
    temperature = _temperature(scores(rows[kept], weights), labels[kept])
    known = labels != intents.index(Intent.OUT_OF_SCOPE)
    line = _line(vectors, kept, known)
    weights = fit(rows, labels, len(intents), weights)
    return Model(intents, scale, weights, temperature, vectors.meaning, line)


def _temperature(logits: Matrix, labels: Labels) -> float:
    losses = [surprise(shares(logits, heat), labels) for heat in _TEMPERATURES.tolist()]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _line(vectors: SentenceVectors, kept: Labels, known: Labels) -> float:
    near = nearness(vectors.meaning[kept & known], vectors.meaning[~kept])
    return float(np.quantile(near, REFUSED))
