"""Experiments pass where a claim is true, fail where it is not, and false alarms are rare."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

import ntksym
from ntksym.numerics.experiments import (
    Rate,
    closed_form_error,
    gaussian_outputs,
    independent_outputs,
    kernel_convergence,
    kernel_movement,
    linearisation_error,
    trained_outputs,
)
from ntksym.numerics.experiments.rate import AT_LEAST, TWO_SIDED
from ntksym.numerics.experiments.tests import independent, normal
from ntksym.plots import quantiles, rates

X = np.random.default_rng(0).normal(size=(5, 3))
Y = np.sin(2 * X[:, 0])
WIDTHS = (32, 128, 512)
DEEP, SHALLOW = ({"depth": depth, "b_std": 0.3} for depth in (3, 2))


def mean_field(width):
    """1/width before the sum over neurons: the kernel moves however wide the network is."""
    ntk = ntksym.Dense(1, 0.3), ntksym.Elementwise("erf"), ntksym.Dense(width**-0.5)
    return ntksym.serial(*ntk)


@pytest.mark.parametrize("name", ["relu", "erf"])
def test_the_kernel_converges_as_the_root_of_the_width(name):
    found = kernel_convergence(name, X, (64, 128, 256, 512), 24, **DEEP)
    assert found.passes
    low, high = found.interval
    assert -0.6 < low < -0.5 < high < -0.4
    assert high - low < 0.15
    assert found.errors.shape == (4, 24)


def test_the_kernel_does_not_converge_to_another():
    """18 % off, hidden behind the blocks of 16 outputs: the slope tells."""
    wrong = ntksym.ntk("erf", depth=3, b_std=0.3, w_std=1.05)
    found = kernel_convergence("erf", X, WIDTHS, 24, limit=wrong, **DEEP)
    assert not found.passes


def test_one_output_passes_only_with_many_networks():
    found = kernel_convergence("relu", X, WIDTHS, 8, outputs=1, **DEEP)
    assert found.p_value > 1e-3
    assert not found.passes


def test_normalised_twice_it_does_not_converge():
    """Weights of variance 1/width beside the factor 1/√width."""
    limit = ntksym.ntk("relu", **DEEP)
    found = kernel_convergence(
        lambda width: ntksym.mlp("relu", 3, width**-0.5, 0.3), X, WIDTHS, 16, limit=limit
    )
    assert not found.passes
    assert found.p_value < 1e-6


@pytest.mark.parametrize("experiment", [kernel_movement, linearisation_error, closed_form_error])
def test_training_becomes_linear_with_the_width(experiment):
    seen = []
    found = experiment(
        "erf", X, Y, WIDTHS, 12, steps=20, progress=lambda *at: seen.append(at), **SHALLOW
    )
    assert found.passes
    assert seen == [(k, 36) for k in range(1, 37)]


@pytest.mark.parametrize("experiment", [kernel_movement, linearisation_error, closed_form_error])
def test_it_does_not_in_the_mean_field_scaling_nor_where_narrow(experiment):
    assert not experiment(mean_field, X, Y, WIDTHS, 12, steps=20).passes
    narrow = experiment("erf", X, Y, (2, 3, 4), 12, steps=20, **SHALLOW)
    assert not narrow.passes
    assert narrow.typical[-1] > 0.05


def test_outputs_are_gaussian_where_wide():
    options = {"count": 600, "seed": 1}
    found = gaussian_outputs("relu", X, 256, **options, **SHALLOW)
    assert found.passes
    assert found.samples.shape == (600, 5)
    narrow = gaussian_outputs("relu", X, 3, **options, **SHALLOW)
    assert not narrow.passes
    assert narrow.p_values["kurtosis"] < 1e-10
    other = ntksym.nngp("relu", depth=2, b_std=0.4)
    wrong = gaussian_outputs("relu", X, 256, **options, limit=other, **SHALLOW)
    assert wrong.p_values["covariance"] < 1e-4
    assert not wrong.passes


def test_outputs_are_independent_where_wide():
    options = {"count": 600, "outputs": 3, "seed": 1}
    assert independent_outputs("relu", X, 256, **options, **SHALLOW).passes
    narrow = independent_outputs("relu", X, 2, **options, **SHALLOW)
    assert not narrow.passes
    assert narrow.p_values["sizes"] < 1e-6


def test_trained_networks_have_the_law_of_the_flow():
    """A false alarm in a hundred seeds; the seed is fixed."""
    there = 0.1 * np.random.default_rng(1).normal(size=(2, 3))

    def found(width, **limit):
        return trained_outputs("erf", X, Y, there, width, 250, steps=30, **limit, **SHALLOW)

    assert found(256).passes
    wrong = found(256, limit=ntksym.ntk("erf", depth=2, b_std=1.0))
    assert not wrong.passes
    assert wrong.p_values["covariance"] < 1e-4
    assert not found(3).passes
    with pytest.raises(ValueError, match="test: expected points on which the covariance"):
        trained_outputs("erf", X, Y, X[[0, 0]], 8, 50, **SHALLOW)


def test_p_values_of_true_laws_are_uniform():
    """Of 150 samples each: no test may have more small p-values than its level says."""
    rng = np.random.default_rng(5)
    found = [normal(rng.normal(size=(400, 3))) for _ in range(150)]
    found_pairs = [independent(rng.normal(size=(400, 3, 2))) for _ in range(150)]
    for sample in (found, found_pairs):
        for name in sample[0]:
            values = np.array([p[name] for p in sample])
            assert stats.kstest(values, "uniform").pvalue > 1e-3, name
            assert np.sum(values < 0.01) <= stats.binom.ppf(0.999, 150, 0.01), name


def sampled(slope, seeds, count, scatter=0.3):
    """Rates of errors that are exactly width**slope times log-normal scatter."""
    rng, widths = np.random.default_rng(3), np.array([32, 64, 128, 256])
    noise = np.exp(scatter * rng.normal(size=(count, 4, seeds)))
    return [
        Rate("", tuple(widths.tolist()), widths[:, None] ** slope * each, TWO_SIDED, level=0.05)
        for each in noise
    ]


def test_false_alarms_and_intervals_of_a_slope():
    """At the border of the band false alarms are as rare as stated; intervals hold the slope.

    Strictly, a slope at the border passes as rarely as stated, and one in the middle always.
    """
    found = sampled(-0.4, 16, 400)
    assert sum(rate.p_value < 0.05 for rate in found) <= stats.binom.ppf(0.999, 400, 0.05)
    missed = sum(not rate.interval[0] <= -0.4 <= rate.interval[1] for rate in found)
    low, high = stats.binom.ppf((0.001, 0.999), 400, 0.05)
    assert low <= missed <= high
    passed = sum(replace(rate, strict=True).passes for rate in found)
    assert passed <= stats.binom.ppf(0.999, 400, 0.025)
    assert all(replace(rate, strict=True).passes for rate in sampled(-0.5, 64, 50))
    assert not any(rate.passes for rate in sampled(0.0, 16, 50))
    assert not any(rate.passes for rate in sampled(-0.5, 3, 50, scatter=5.0))


def test_a_tolerance_and_dead_networks():
    (found,) = sampled(-0.5, 16, 1, scatter=0.1)
    late = Rate("", found.widths, found.errors, AT_LEAST, tolerance=0.01)
    assert found.passes
    assert not late.passes
    assert np.isfinite(Rate("", (2, 4), np.array([[0, 1, 2.0]] * 2), AT_LEAST).slope)
    assert "slope" in str(found)


def test_pictures(tmp_path):
    (found,) = sampled(-0.5, 16, 1)
    figure = rates({"relu": found})
    figure.savefig(tmp_path / "rates.png")
    marks = next(line for line in figure.axes[0].lines if line.get_marker() == "o")
    assert np.allclose(marks.get_ydata(), found.typical)
    tests = gaussian_outputs("relu", X, 64, 100, **SHALLOW)
    sizes = quantiles([("wide", tests)]).axes[0].lines[0].get_ydata()
    assert np.allclose(sizes, np.sort((tests.samples**2).sum(1)))
    with pytest.raises(ValueError, match="results: expected at least one pair"):
        rates({})
    with pytest.raises(TypeError, match="results: expected a Rate, got Tests"):
        rates({"wide": tests})


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: kernel_convergence("relu", X, (8,), depth=2), "widths: expected at least two"),
        (lambda: kernel_convergence("relu", X, (8, 9), 2, depth=2), "seeds: expected at least 3"),
        (lambda: kernel_convergence(mean_field, X, (8, 9), depth=2), "network: a function of"),
        (lambda: gaussian_outputs("relu", X, 8, 50, depth=2), "count: expected more than ten"),
        (lambda: independent_outputs("relu", X, 8, outputs=1, depth=2), "outputs: expected at"),
        (
            lambda: gaussian_outputs("relu", np.vstack([X, X]), 8, 500, depth=2),
            "X: expected points on which the covariance is not singular",
        ),
    ],
)
def test_bad_arguments(call, message):
    with pytest.raises((ValueError, TypeError), match=message):
        call()
