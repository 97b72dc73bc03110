"""Multinomial logistic regression, fitted by L-BFGS (Liu and Nocedal 1989)."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from gateways.embeddings.tensors import Matrix

Labels = NDArray[np.intp]

PENALTY: Final = 1e-5
"""Of the squared weights; chosen by cross-validation inside the nine tenths."""
_STEPS: Final = 120
_REMEMBERED: Final = 10
_ENOUGH: Final = 1e-4
"""A step that betters the loss by no larger share is the last; a smaller one does no better
in cross-validation (ADR 25)."""
_DESCENT: Final = 1e-4
_SHORTEST: Final = 1e-6


class _Point(NamedTuple):
    weights: Matrix
    loss: float
    slope: Matrix


def fit(rows: Matrix, labels: Labels, classes: int, start: Matrix | None = None) -> Matrix:
    """Return weights: a line for each feature and the last for the bias, a column a class."""

    def at(weights: Matrix) -> _Point:
        return _Point(weights, *_loss(weights, rows, labels))

    zeros = np.zeros((rows.shape[1] + 1, classes), np.float32)
    return _descended(at, at(zeros if start is None else start)).weights


def scores(rows: Matrix, weights: Matrix) -> Matrix:
    """Return what speaks for each class, as logarithms of odds."""
    summed: Matrix = rows @ weights[:-1]
    summed += weights[-1]
    return summed


def shares(logits: Matrix, temperature: float = 1.0) -> Matrix:
    """Return probabilities (Guo et al. 2017, arXiv:1706.04599, for the temperature)."""
    risen = logits / temperature
    odds: Matrix = np.exp(risen - risen.max(axis=1, keepdims=True))
    odds /= odds.sum(axis=1, keepdims=True)
    return odds


def log_shares(logits: Matrix) -> Matrix:
    """Return the logarithms of probabilities, none below one in a million."""
    logarithms: Matrix = np.log(shares(logits) + np.float32(1e-6))
    return logarithms


def surprise(probabilities: Matrix, labels: Labels) -> float:
    """Return the mean negative log-likelihood of what is right."""
    right = probabilities[np.arange(len(labels)), labels]
    return float(-np.log(right + np.finfo(np.float32).tiny).mean())


def _loss(weights: Matrix, rows: Matrix, labels: Labels) -> tuple[float, Matrix]:
    probabilities = shares(scores(rows, weights))
    loss = surprise(probabilities, labels) + PENALTY / 2 * float(np.square(weights[:-1]).sum())
    probabilities[np.arange(len(labels)), labels] -= 1
    probabilities /= len(labels)
    slope = np.vstack([rows.T @ probabilities, probabilities.sum(axis=0, keepdims=True)])
    slope[:-1] += np.float32(PENALTY) * weights[:-1]
    return loss, slope


def _descended(at: Callable[[Matrix], _Point], point: _Point) -> _Point:
    steps: deque[tuple[Matrix, Matrix]] = deque(maxlen=_REMEMBERED)
    for _ in range(_STEPS):
        ahead = _step(at, point, _direction(point.slope, steps), first=not steps)
        moved, turned = ahead.weights - point.weights, ahead.slope - point.slope
        gained = point.loss - ahead.loss
        point = ahead
        if gained <= _ENOUGH * point.loss:
            break
        if _dot(moved, turned) > 0:
            steps.append((moved, turned))
    return point


def _step(
    at: Callable[[Matrix], _Point], point: _Point, direction: Matrix, *, first: bool
) -> _Point:
    length = 10 / float(np.abs(direction).sum() + 1e-12) if first else 1.0
    fall = _dot(point.slope, direction)
    while length > _SHORTEST:
        ahead = at(point.weights - np.float32(length) * direction)
        if ahead.loss <= point.loss - _DESCENT * length * fall:
            return ahead
        length /= 2
    return point


def _direction(slope: Matrix, steps: deque[tuple[Matrix, Matrix]]) -> Matrix:
    direction = slope.copy()
    along = []
    for moved, turned in reversed(steps):
        along.append(_dot(moved, direction) / _dot(moved, turned))
        direction -= np.float32(along[-1]) * turned
    if steps:
        moved, turned = steps[-1]
        direction *= np.float32(_dot(moved, turned) / _dot(turned, turned))
    for (moved, turned), share in zip(steps, reversed(along), strict=True):
        back = _dot(turned, direction) / _dot(moved, turned)
        direction += np.float32(share - back) * moved
    return direction


def _dot(one: Matrix, other: Matrix) -> float:
    return float(np.vdot(one, other))
