"""The forward pass of a BERT encoder (Devlin et al. 2018, arXiv:1810.04805) in numpy.

Sentences of one batch stand below one another without padding: only attention needs to know
where each of them ends, so that a sentence costs what its own words cost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np

from gateways.embeddings.tensors import Matrix

_EPSILON: Final = 1e-12
"""``layer_norm_eps`` of the model."""

# Abramowitz and Stegun 7.1.26: erf to 1.5e-7, which is the precision of the weights.
_P: Final = 0.3275911
_SERIES: Final = (1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592)


class Encoder:
    """Turns the ids of tokens into the vectors that their sentence gives them."""

    def __init__(self, weights: Mapping[str, Matrix], *, layers: int, heads: int) -> None:
        self._weights = weights
        self._layers = layers
        self._heads = heads

    def means(self, sentences: Sequence[Sequence[int]]) -> Iterator[Matrix]:
        """Yield what each layer makes of the sentences, the embedding first.

        A sentence is a row, the mean of the vectors of its tokens. What is not asked for is not
        computed.
        """
        ends = np.cumsum([0, *map(len, sentences)]).tolist()
        states = self._embedded(sentences)
        yield self._means(states, ends)
        for layer in range(self._layers):
            states = self._transformed(states, f"encoder.layer.{layer}", ends)
            yield self._means(states, ends)

    def _means(self, states: Matrix, ends: Sequence[int]) -> Matrix:
        return np.stack([states[begin:end].mean(axis=0) for begin, end in pairwise(ends)])

    def _embedded(self, sentences: Sequence[Sequence[int]]) -> Matrix:
        tokens = [token for sentence in sentences for token in sentence]
        places = [place for sentence in sentences for place in range(len(sentence))]
        states: Matrix = (
            self._weights["embeddings.word_embeddings.weight"][tokens]
            + self._weights["embeddings.position_embeddings.weight"][places]
            + self._weights["embeddings.token_type_embeddings.weight"][0]
        )
        return self._normalised(states, "embeddings.LayerNorm")

    def _transformed(self, states: Matrix, layer: str, ends: Sequence[int]) -> Matrix:
        attended = self._attended(states, f"{layer}.attention.self", ends)
        attended = self._linear(attended, f"{layer}.attention.output.dense")
        states = self._normalised(states + attended, f"{layer}.attention.output.LayerNorm")
        wide = gelu(self._linear(states, f"{layer}.intermediate.dense"))
        narrow = self._linear(wide, f"{layer}.output.dense")
        return self._normalised(states + narrow, f"{layer}.output.LayerNorm")

    def _attended(self, states: Matrix, name: str, ends: Sequence[int]) -> Matrix:
        queries, keys, values = (
            self._by_head(self._linear(states, f"{name}.{part}"))
            for part in ("query", "key", "value")
        )
        queries /= np.float32(np.sqrt(queries.shape[-1]))
        mixed = np.empty_like(queries)
        for begin, end in pairwise(ends):
            scores = queries[:, begin:end] @ keys[:, begin:end].transpose(0, 2, 1)
            mixed[:, begin:end] = softmax(scores) @ values[:, begin:end]
        return np.ascontiguousarray(mixed.transpose(1, 0, 2)).reshape(states.shape)

    def _by_head(self, states: Matrix) -> Matrix:
        rows, width = states.shape
        split = states.reshape(rows, self._heads, width // self._heads)
        return np.ascontiguousarray(split.transpose(1, 0, 2))

    def _linear(self, states: Matrix, name: str) -> Matrix:
        product: Matrix = states @ self._weights[f"{name}.weight"].T
        product += self._weights[f"{name}.bias"]
        return product

    def _normalised(self, states: Matrix, name: str) -> Matrix:
        centred: Matrix = states - states.mean(axis=-1, keepdims=True)
        variance = np.square(centred).mean(axis=-1, keepdims=True)
        centred /= np.sqrt(variance + np.float32(_EPSILON))
        centred *= self._weights[f"{name}.weight"]
        centred += self._weights[f"{name}.bias"]
        return centred


def softmax(scores: Matrix) -> Matrix:
    """Return scores as shares of one along the last axis."""
    shares: Matrix = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


def gelu(states: Matrix) -> Matrix:
    """Return x Φ(x), Φ being the normal distribution (Hendrycks, Gimpel, arXiv:1606.08415)."""
    size = np.abs(states)
    size *= np.float32(np.sqrt(0.5))
    fraction = 1 / (1 + np.float32(_P) * size)
    series = np.full_like(fraction, _SERIES[0])
    for factor in _SERIES[1:]:
        series *= fraction
        series += np.float32(factor)
    series *= fraction
    np.square(size, out=size)
    series *= np.exp(-size)
    # x Φ(x) = max(x, 0) - |x| (1 - Φ(|x|)), and 1 - erf(z) is the series.
    series *= np.abs(states)
    series *= np.float32(0.5)
    rectified: Matrix = np.maximum(states, np.float32(0))
    rectified -= series
    return rectified
