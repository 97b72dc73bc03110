"""The regression finds what is there to be found, and always the same."""

from __future__ import annotations

import numpy as np
import pytest

from gateways.intents.softmax import fit, scores, shares, surprise

RANDOM = np.random.default_rng(7)
CENTRES = np.array([[3, 0], [-3, 0], [0, 3]], np.float32)
LABELS = np.repeat(np.arange(3), 40)
ROWS = (CENTRES[LABELS] + RANDOM.normal(0, 0.5, (120, 2))).astype(np.float32)


def test_groups_apart_are_told_apart():
    weights = fit(ROWS, LABELS, 3)

    assert (scores(ROWS, weights).argmax(axis=1) == LABELS).all()


def test_the_slope_is_zero_where_it_stops():
    weights = fit(ROWS, LABELS, 3)
    again = fit(ROWS, LABELS, 3, weights)
    before = surprise(shares(scores(ROWS, weights)), LABELS)

    assert surprise(shares(scores(ROWS, again)), LABELS) == pytest.approx(before, abs=2e-3)


def test_the_same_rows_give_the_very_same_weights():
    assert np.array_equal(fit(ROWS, LABELS, 3), fit(ROWS, LABELS, 3))


def test_rows_that_say_nothing_end_in_the_shares_of_the_labels():
    blank = np.zeros((120, 2), np.float32)
    labels = np.repeat(np.arange(3), (60, 40, 20))

    found = shares(scores(blank, fit(blank, labels, 3)))[0]

    assert found == pytest.approx([1 / 2, 1 / 3, 1 / 6], abs=0.01)


def test_heat_makes_less_sure_and_changes_no_order():
    logits = np.array([[2.0, 1.0, -1.0]], np.float32)

    cold, hot = shares(logits, 0.5)[0], shares(logits, 3)[0]

    assert cold[0] > hot[0]
    assert cold.argsort().tolist() == hot.argsort().tolist()
    assert hot.sum() == pytest.approx(1)
