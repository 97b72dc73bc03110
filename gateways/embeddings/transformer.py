"""The forward pass of a BERT encoder (Devlin et al. 2018, arXiv:1810.04805) in numpy.

Sentences of one batch stand below one another without padding: only attention needs to know
where each of them ends, so that a sentence costs what its own words cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

import numpy as np

from gateways.embeddings.tensors import Matrix

_EPSILON: Final = 1e-12
"""``layer_norm_eps`` of the model."""

_NORMAL: Final = (
    *(1.80624789e-09, -1.33472075e-07, 3.96948754e-06, -5.5242674e-05, -3.31223476e-05),
    *(0.0363342742, 0.797884219),
)
"""The polynomial P, highest power first, for which (1 + tanh(x P(x²))) / 2 is Φ(x), the normal
distribution, so well that x Φ(x) is right to 6e-7. Fitted by weighted least squares: the
formula that is usual has two terms and is right to 5e-4."""


class _Run(NamedTuple):
    """Neighbouring sentences of the same length, and the rows of their tokens."""

    rows: slice
    sentences: int
    length: int


class Encoder:
    """Turns the ids of tokens into the vectors that their sentence gives them."""

    def __init__(self, weights: Mapping[str, Matrix], *, layers: int, heads: int) -> None:
        self._weights = weights
        self._layers = layers
        self._heads = heads

    def means(self, sentences: Sequence[Sequence[int]]) -> Iterator[Matrix]:
        """Yield what each layer makes of the sentences, the embedding first.

        A sentence is a row, the mean of the vectors of its tokens. What is not asked for is not
        computed. Neighbours of the same length are attended to at once: sorted sentences are
        the quickest.
        """
        runs = list(_runs(sentences))
        states = self._embedded(sentences)
        room = self._room(len(states))
        yield _means(states, runs)
        for layer in range(self._layers):
            states = self._transformed(states, f"encoder.layer.{layer}", runs, room)
            yield _means(states, runs)

    def _room(self, rows: int) -> Matrix:
        """Return memory for what is widest; asked for anew, it would be cleared each time."""
        width = len(self._weights["encoder.layer.0.intermediate.dense.bias"])
        return np.empty((3, rows, width), np.float32)

    def _embedded(self, sentences: Sequence[Sequence[int]]) -> Matrix:
        tokens = [token for sentence in sentences for token in sentence]
        places = [place for sentence in sentences for place in range(len(sentence))]
        states = self._weights["embeddings.word_embeddings.weight"][tokens]
        states += self._weights["embeddings.position_embeddings.weight"][places]
        states += self._weights["embeddings.token_type_embeddings.weight"][0]
        return self._normalised(states, "embeddings.LayerNorm")

    def _transformed(
        self, states: Matrix, layer: str, runs: Sequence[_Run], room: Matrix
    ) -> Matrix:
        attended = self._attended(states, f"{layer}.attention.self", runs)
        attended = self._linear(attended, f"{layer}.attention.output.dense")
        attended += states
        states = self._normalised(attended, f"{layer}.attention.output.LayerNorm")
        wide, *beside = room
        wide = gelu(self._linear(states, f"{layer}.intermediate.dense", wide), *beside)
        narrow = self._linear(wide, f"{layer}.output.dense")
        narrow += states
        return self._normalised(narrow, f"{layer}.output.LayerNorm")

    def _attended(self, states: Matrix, name: str, runs: Sequence[_Run]) -> Matrix:
        queries, keys, values = (
            self._linear(states, f"{name}.{part}") for part in ("query", "key", "value")
        )
        queries *= np.float32(np.sqrt(self._heads / queries.shape[-1]))
        mixed = np.empty_like(states)
        for run in runs:
            query, key, value, result = (
                self._by_head(each, run) for each in (queries, keys, values, mixed)
            )
            shares = softmax(query @ key.transpose(0, 1, 3, 2))
            np.matmul(shares, value, out=result)
        return mixed

    def _by_head(self, states: Matrix, run: _Run) -> Matrix:
        """Return a view by sentence, head, token and number."""
        split = states[run.rows].reshape(run.sentences, run.length, self._heads, -1)
        return split.transpose(0, 2, 1, 3)

    def _linear(self, states: Matrix, name: str, into: Matrix | None = None) -> Matrix:
        product: Matrix = np.matmul(states, self._weights[f"{name}.weight"].T, out=into)
        product += self._weights[f"{name}.bias"]
        return product

    def _normalised(self, states: Matrix, name: str) -> Matrix:
        """Return rows of mean 0 and variance 1, scaled; overwrites them."""
        states -= states.mean(axis=-1, keepdims=True)
        variance = np.einsum("ij,ij->i", states, states) / np.float32(states.shape[-1])
        states /= np.sqrt(variance + np.float32(_EPSILON))[:, np.newaxis]
        states *= self._weights[f"{name}.weight"]
        states += self._weights[f"{name}.bias"]
        return states


def _runs(sentences: Sequence[Sequence[int]]) -> Iterator[_Run]:
    begin = 0
    for length, alike in groupby(map(len, sentences)):
        count = len(list(alike))
        yield _Run(slice(begin, begin + count * length), count, length)
        begin += count * length


def _means(states: Matrix, runs: Sequence[_Run]) -> Matrix:
    return np.concatenate(
        [states[rows].reshape(count, length, -1).mean(axis=1) for rows, count, length in runs]
    )


def softmax(scores: Matrix) -> Matrix:
    """Return scores as shares of one along the last axis; overwrites them."""
    scores -= scores.max(axis=-1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=-1, keepdims=True)
    return scores


def gelu(states: Matrix, square: Matrix, share: Matrix) -> Matrix:
    """Return x Φ(x), Φ being the normal distribution (Hendrycks, Gimpel, arXiv:1606.08415).

    It is written into ``share``; that and ``square`` are memory of the shape of the states.
    """
    np.square(states, out=square)
    share[...] = _NORMAL[0]
    for factor in _NORMAL[1:]:
        share *= square
        share += np.float32(factor)
    share *= states
    np.tanh(share, out=share)
    half = np.multiply(states, np.float32(0.5), out=square)
    share *= half
    share += half
    return share
