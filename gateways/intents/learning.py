"""How a model is learnt from utterances; the same utterances always give the same model."""

from __future__ import annotations

from collections.abc import Sequence
from multiprocessing.pool import ThreadPool
from typing import Final, NamedTuple

import numpy as np

from gateways.embeddings.tensors import Matrix
from gateways.embeddings.vectors import Embedder, SentenceVectors
from gateways.intents.model import Model, Scale, Weights, nearness
from gateways.intents.softmax import Labels, fit, shares, surprise
from gateways.intents.utterances import Utterance, share
from ontology.dialogue.concepts import Intent

CALIBRATING: Final = 5
"""One in so many examples is first kept back, to learn how sure the others may make us."""
REFUSED: Final = 0.03
"""Share of what belongs to an intent that may be held to be foreign."""
_TEMPERATURES: Final = np.geomspace(0.3, 6, 60)


class _Rows(NamedTuple):
    wording: Matrix
    letters: Matrix
    labels: Labels

    def only(self, some: Labels) -> _Rows:
        return _Rows(self.wording[some], self.letters[some], self.labels[some])


def learn(embedder: Embedder, utterances: Sequence[Utterance]) -> Model:
    """Return what these utterances teach."""
    vectors = embedder.of([said.text for said in utterances])
    intents = tuple(sorted({said.intent for said in utterances}))
    scale = Scale.of(vectors.wording)
    labels = np.array([intents.index(said.intent) for said in utterances], np.intp)
    rows = _Rows(scale(vectors.wording), vectors.letters, labels)
    kept = np.array([share(s.text, CALIBRATING, "calibrating") == 0 for s in utterances])
    weights = _fitted(rows.only(~kept), len(intents))
    temperature = _temperature(weights, rows.only(kept))
    known = labels != intents.index(Intent.OUT_OF_SCOPE)
    line = _line(vectors, kept, known)
    weights = _fitted(rows, len(intents), weights)
    return Model(intents, scale, weights, temperature, vectors.meaning, line)


def _fitted(rows: _Rows, classes: int, start: Weights | None = None) -> Weights:
    # Its threads are daemons, unlike an executor's: a process that is to end need not wait.
    with ThreadPool(2) as threads:
        starts = (start.wording, start.letters) if start else (None, None)
        wording, letters = threads.starmap(
            lambda features, begin: fit(features, rows.labels, classes, begin),
            zip((rows.wording, rows.letters), starts, strict=True),
            chunksize=1,
        )
    return Weights(wording, letters)


def _temperature(weights: Weights, kept: _Rows) -> float:
    logits = weights.opinion(kept.wording, kept.letters)
    losses = [surprise(shares(logits, heat), kept.labels) for heat in _TEMPERATURES.tolist()]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def _line(vectors: SentenceVectors, kept: Labels, known: Labels) -> float:
    near = nearness(vectors.meaning[kept & known], vectors.meaning[~kept])
    return float(np.quantile(near, REFUSED))
