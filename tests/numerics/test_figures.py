"""The figures: their numbers against definitions, their pictures against their numbers."""

import numpy as np
import pytest
from scipy import stats
from scipy.linalg import eigvalsh, expm

import ntksym
from ntksym.data import digits
from ntksym.numerics.figures import (
    circle_kernels,
    learned_component,
    trained_bands,
    width_rates,
)
from ntksym.plots import paper
from ntksym.plots.album import ALBUM
from ntksym.plots.style import small_png

OPTIONS = {"depth": 4, "b_std": 0.1}
KERNEL = ntksym.ntk("relu", **OPTIONS)


@pytest.fixture(scope="module")
def kernels():
    return circle_kernels({32: 3, 512: 2}, steps=20, angles=9, seed=1)


@pytest.fixture(scope="module")
def bands():
    return trained_bands({128: 40}, steps=60, angles=9, seed=1)


@pytest.fixture(scope="module")
def components():
    return learned_component({20: 2, 512: 1}, points=40, lives=0.5)


def test_kernels_on_the_circle(kernels):
    for gamma, value in zip(kernels.angles, kernels.limit, strict=True):
        exact = KERNEL.evaluate([1.0, 0.0], [np.cos(gamma), np.sin(gamma)])
        assert value == pytest.approx(float(exact), rel=1e-13)
    narrow, wide = (kernels.spread(k) for k in (0, 1))
    assert wide[0] < 0.5 * narrow[0]
    assert wide[1] < 0.5 * narrow[1]
    assert abs(kernels.inflation(1)) < 0.5 * abs(kernels.inflation(0))
    assert (kernels.kernels[0][:, 0] != kernels.kernels[0][:, 1]).all()
    assert kernels.time == 20


def test_bands_hold_the_law_of_the_flow(bands):
    """The flow by a matrix exponential; networks, whose kernels differ by 1/√128, about it."""
    there = np.stack([np.cos(bands.angles), np.sin(bands.angles)], axis=1)
    x = np.stack([np.cos(bands.data), np.sin(bands.data)], axis=1)
    assert bands.targets == pytest.approx(np.sin(2 * bands.data) / 2)
    both = np.vstack([x, there])
    field = np.zeros((13, 13))
    field[:, :4] = -KERNEL(both, x) / 4
    moved = expm(60 * field)
    mean = (moved @ np.r_[-bands.targets, np.zeros(9)])[4:]
    law = (moved @ ntksym.nngp("relu", **OPTIONS)(both) @ moved.T)[4:, 4:]
    assert bands.mean == pytest.approx(mean, abs=1e-9)
    assert bands.std == pytest.approx(np.sqrt(law.diagonal()), abs=1e-7)
    low, _, high = bands.limit
    inside = stats.norm(bands.mean, bands.std)
    assert inside.cdf(high) - inside.cdf(low) == pytest.approx(0.8)
    assert bands.bands(0)[1] == pytest.approx(np.median(bands.outputs[0], axis=0))
    away, wider = bands.spread(0)
    assert away < 0.5
    assert abs(wider) < 0.4


def test_components_are_those_of_the_kernel(components):
    images, labels = digits()
    f = components.functions
    assert f @ f.T / 40 == pytest.approx(np.eye(3), abs=1e-10)
    rows = [np.flatnonzero(labels == label) for label in components.labels]
    assert all(len(row) for row in rows)
    rng = np.random.default_rng(np.random.SeedSequence(0, spawn_key=(0,)))
    x = images[rng.permutation(len(images))[:40]] / 16
    gram = KERNEL(x) / 40
    assert components.values == pytest.approx(eigvalsh(gram)[:-4:-1])
    assert gram @ f.T == pytest.approx(f.T * components.values)
    narrow = np.random.SeedSequence(0, spawn_key=(1, 0, 0))
    net = ntksym.finite_width("relu", 20, seed=narrow, dtype="float32", **OPTIONS)
    goal = net(x)[:, 0] + f[1] / 2
    rate, steps = components.times[1], len(components.times) - 1
    left = goal - net.train(x, goal, steps, rate=rate).outputs[:, :, 0]
    along, aside = components.paths[0][0]
    assert along == pytest.approx(left @ f[1] / 40, abs=1e-5)
    assert along**2 + aside**2 == pytest.approx(np.mean(left**2, axis=1), abs=1e-5)
    for along, aside in components.paths[1]:
        assert along[0] == pytest.approx(0.5)
        assert aside[0] == 0
    assert components.deviation(1) < 0.5 * components.deviation(0)
    assert components.delay(1) < 0.05


def test_pictures_hold_the_numbers(kernels, bands, components):
    left, right = paper.circle_kernels(kernels).axes
    for moment, axes in enumerate((left, right)):
        drawn = [line.get_ydata() for line in axes.lines]
        wanted = [*kernels.kernels[0][:, moment], *kernels.kernels[1][:, moment], kernels.limit]
        assert np.array_equal(drawn, wanted)
    (axes,) = paper.trained_bands(bands).axes
    lines = [line.get_ydata() for line in axes.lines]
    assert np.array_equal(lines[0], bands.bands(0)[1])
    assert np.array_equal(lines[1:4], bands.limit)
    cloud, along, aside = paper.components(components).axes
    assert [int(text.get_text()) for text in cloud.texts] == components.labels.tolist()
    assert np.array_equal(along.lines[0].get_ydata(), components.paths[0][0, 0])
    assert np.array_equal(along.lines[-1].get_ydata(), components.limit)
    assert np.array_equal(aside.lines[2].get_ydata(), components.paths[1][0, 1])
    page = small_png(paper.circle_kernels(kernels))
    assert page.startswith(b"\x89PNG")
    assert len(page) < 60_000


def test_every_step_is_told_and_the_seed_counts():
    seen = []
    first, again, other = (
        circle_kernels(
            {8: 2, 4: 1}, steps=3, angles=3, seed=seed, progress=lambda *a: seen.append(a)
        )
        for seed in (0, 0, 1)
    )
    assert seen[:9] == [*(("width 4", k, 3) for k in (1, 2, 3)),
                        *(("width 8", k, 6) for k in range(1, 7))]  # fmt: skip
    assert np.array_equal(first.kernels[1], again.kernels[1])
    assert not np.array_equal(first.kernels[1], other.kernels[1])


def test_the_wrong_limit_is_the_one_that_fails():
    found = width_rates((32, 256), 6)
    assert not found.rates["relu, limit of w = 1.1"].passes
    assert found.rates["erf"].slope < -0.4
    (axes,) = ALBUM["widths"].draw(found).axes
    assert "slope" in axes.get_legend().get_texts()[0].get_text()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: circle_kernels({}), "widths: expected {width: networks"),
        (lambda: trained_bands({8: 0}), "widths: expected {width: networks"),
        (lambda: circle_kernels({8: 1}, angles=2), "angles: expected an integer of at least 3"),
        (lambda: learned_component({8: 1}, points=2), "points: expected from 3 to 1797, got 2"),
    ],
)
def test_bad_arguments(call, message):
    with pytest.raises(ValueError, match=message):
        call()
