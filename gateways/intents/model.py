"""What was learnt: how to rank the intents of a text, and how far from all examples it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from gateways.embeddings.tensors import Matrix
from gateways.embeddings.vectors import SentenceVectors
from gateways.intents.softmax import log_shares, scores, shares
from ontology.dialogue.concepts import Intent, RankedIntent

LETTERS: Final = 0.5
"""Weight of what the letters say beside what the wording says; by cross-validation."""
NEIGHBOURS: Final = 3
"""Examples whose mean distance counts; why three, and why by meaning: ADR 25."""
SOFTNESS: Final = 0.02
"""Cosine by which a text has to pass the line for the odds to change by e."""


@dataclass(frozen=True)
class Scale:
    """What makes the features of a text comparable."""

    centre: Matrix
    spread: Matrix

    @classmethod
    def of(cls, rows: Matrix) -> Scale:
        """Return the scale on which these rows have mean 0 and, in total, variance 1."""
        spread = rows.std(axis=0) + np.float32(1e-6)
        return cls(rows.mean(axis=0), spread * np.float32(np.sqrt(rows.shape[1])))

    def __call__(self, rows: Matrix) -> Matrix:
        """Return rows on this scale."""
        return (rows - self.centre) / self.spread


@dataclass(frozen=True)
class Weights:
    """What speaks for each intent, in the wording and in the letters."""

    wording: Matrix
    letters: Matrix

    def opinion(self, wording: Matrix, letters: Matrix) -> Matrix:
        """Return the logarithms of odds on which both agree, from rows on their scales.

        Two regressions of which each knows its own probabilities do better together than one
        over all features (a product of experts; Hinton 2002).
        """
        return log_shares(scores(wording, self.wording)) + np.float32(LETTERS) * log_shares(
            scores(letters, self.letters)
        )


@dataclass(frozen=True)
class Model:
    """``line`` is the cosine below which a text is foreign rather than known."""

    intents: tuple[Intent, ...]
    scale: Scale
    weights: Weights
    temperature: float
    examples: Matrix
    line: float

    def rank(self, vectors: SentenceVectors) -> list[tuple[RankedIntent, ...]]:
        """Return the intents of each text, likeliest first."""
        logits = self.weights.opinion(self.scale(vectors.wording), vectors.letters)
        known = shares(logits, self.temperature)
        gone = (self.line - nearness(vectors.meaning, self.examples)) / SOFTNESS
        foreign = 1 / (1 + np.exp(-np.clip(gone, -50, 50)))
        return [
            self._ranked(row.tolist(), apart)
            for row, apart in zip(known, foreign.tolist(), strict=True)
        ]

    def _ranked(self, known: list[float], foreign: float) -> tuple[RankedIntent, ...]:
        ranked = [
            RankedIntent(intent, probability * (1 - foreign))
            for intent, probability in zip(self.intents, known, strict=True)
        ]
        ranked.append(RankedIntent(Intent.UNKNOWN, foreign))
        return tuple(sorted(ranked, key=lambda one: -one.probability))


def nearness(rows: Matrix, examples: Matrix) -> Matrix:
    """Return the mean cosine between each row and the examples nearest to it."""
    cosines = rows @ examples.T
    nearest: Matrix = np.partition(cosines, -NEIGHBOURS, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    return nearest
