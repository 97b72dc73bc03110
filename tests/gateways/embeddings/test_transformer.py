"""Attention, normalisation and the error function, each against its definition."""

from __future__ import annotations

import math

import numpy as np

from gateways.embeddings.transformer import gelu, softmax


def test_gelu_is_x_times_the_normal_distribution():
    xs = np.linspace(-9, 9, 4_001, dtype=np.float32)
    exact = [x * 0.5 * math.erfc(-x / math.sqrt(2)) for x in xs.tolist()]

    assert np.abs(gelu(xs, *np.empty((2, *xs.shape), np.float32)) - exact).max() < 1e-6


def test_softmax_gives_shares_of_one_also_for_large_scores():
    shares = softmax(np.array([[1e4, 1e4, -1e4], [0, 0, 0]], np.float32))

    assert np.allclose(shares, [[0.5, 0.5, 0], [1 / 3, 1 / 3, 1 / 3]])
