"""The table is believed, so what it says of aims and ratios is checked."""

from __future__ import annotations

import json

from tests.benchmarks.figures import Figure, percentile, save, table


def test_an_aim_of_the_ratio_is_met_by_the_ratio():
    figure = Figure("p50", 24.0, "ms", baseline=2.0, against="echo", aim=12.0, of_ratio=True)
    assert figure.ratio == 12.0
    assert figure.is_met is True
    assert Figure("p50", 25.0, "ms", baseline=2.0, aim=12.0, of_ratio=True).is_met is False


def test_an_aim_of_the_value_is_met_by_the_value_whatever_the_baseline():
    assert Figure("memory", 249.0, "MB", baseline=1.0, aim=250.0).is_met is True


def test_a_figure_without_an_aim_meets_and_misses_nothing():
    assert Figure("lateness", 1.0, "s").is_met is None


def test_a_missed_aim_is_plain_to_see():
    assert "MISSED" in table("(x)", [Figure("memory", 251.0, "MB", aim=250.0)])


def test_the_percentile_of_few_values_is_one_of_them():
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2.0
    assert percentile([3.0, 1.0, 2.0], 0.99) == 3.0


def test_saving_one_bench_keeps_the_others(tmp_path):
    file = tmp_path / "results" / "benchmarks.json"
    save(file, {"a": [Figure("p50", 1.0, "ms")]})
    save(file, {"b": [Figure("all", 2.0, "s")]})
    assert set(json.loads(file.read_text())["figures"]) == {"a", "b"}
