"""Gradient flow of other losses: their derivatives, the integration, stopping."""

from functools import cache

import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.special import expit

import ntksym
from ntksym.numerics.dynamics.losses import LOSSES, huber
from ntksym.numerics.dynamics.trajectory import Problem

RNG = np.random.default_rng(4)
X, Z = RNG.normal(size=(8, 3)), RNG.normal(size=(4, 3))
KERNEL = ntksym.ntk("relu", depth=2, b_std=0.3)
SIGNS = np.sign(RNG.normal(size=8))
GRADIENTS = {
    "logistic": (SIGNS, lambda f: -SIGNS * expit(-SIGNS * f)),
    "huber": (3 * SIGNS, lambda f: np.clip(f - 3 * SIGNS, -1, 1)),
}


@pytest.mark.parametrize("name", [*LOSSES, "narrow"])
def test_gradients_and_curvatures_are_differences_of_values(name):
    loss = huber(0.4) if name == "narrow" else LOSSES[name]
    f, raw = RNG.normal(size=(6, 3)), RNG.normal(size=(6, 3))
    y = {"logistic": np.sign(raw), "cross_entropy": np.abs(raw)}.get(name, raw)
    y = y / y.sum(axis=1, keepdims=True) if name == "cross_entropy" else y
    h = 1e-6
    for c, step in enumerate(h * np.eye(3)):
        slope = (loss.value(f + step, y) - loss.value(f - step, y)) / (2 * h)
        np.testing.assert_allclose(loss.gradient(f, y)[:, c], slope, atol=1e-8)
        curve = (loss.gradient(f + step, y) - loss.gradient(f - step, y)) / (2 * h)
        np.testing.assert_allclose(loss.curvature(f, y)[:, c], curve, atol=1e-8)


START, AHEAD = RNG.normal(size=8), RNG.normal(size=4)
TIMES = np.array([0.0, 2.0, 60.0])


@cache
def integrated(name):
    """The functions themselves, at X and Z."""
    matrix = KERNEL(np.vstack([X, Z]), X) / 8
    solved = solve_ivp(
        lambda t, f: -matrix @ GRADIENTS[name][1](f[:8]), (0, 60), np.r_[START, AHEAD],
        method="Radau", rtol=1e-8, atol=1e-9, t_eval=TIMES,
    )  # fmt: skip
    return solved.y.T


@pytest.mark.parametrize("name", GRADIENTS)
@pytest.mark.parametrize("method", ["LSODA", "BDF", "DOP853"])
def test_the_trajectory_is_that_of_the_functions_themselves(name, method):
    y, _ = GRADIENTS[name]
    found = ntksym.gradient_flow(
        KERNEL, X, y, TIMES, Z, loss=name, method=method, initial=START, initial_test=AHEAD,
        rtol=1e-7, atol=1e-8,
    )  # fmt: skip
    np.testing.assert_allclose(found.train_mean, integrated(name)[:, :8], atol=1e-5)
    np.testing.assert_allclose(found.mean, integrated(name)[:, 8:], atol=1e-5)
    costs = [LOSSES[name].value(f[:, None], y[:, None]).mean() for f in found.train_mean]
    np.testing.assert_allclose(found.loss, costs, rtol=1e-10)
    assert not found.stopped


@pytest.mark.parametrize("name", LOSSES)
def test_the_jacobian_is_the_difference_of_slopes(name):
    f, raw = RNG.normal(size=(8, 2)), RNG.normal(size=(8, 2))
    y = {"logistic": np.sign(raw), "cross_entropy": np.eye(2)[[0, 1] * 4]}.get(name, raw)
    problem = Problem(KERNEL(X), f, y, LOSSES[name], 0.5, (8, 2))
    a, h = 0.1 * RNG.normal(size=16), 1e-6
    found = [(problem.slope(0, a + e) - problem.slope(0, a - e)) / (2 * h) for e in h * np.eye(16)]
    np.testing.assert_allclose(problem.jacobian(0, a), np.transpose(found), atol=1e-7)


def test_a_gradient_of_the_user_is_the_closed_form_for_squares():
    y = RNG.normal(size=(8, 2))
    shapes = set()

    def squares(f, y):
        shapes.add((f.shape, y.shape))
        return f - y

    found = ntksym.gradient_flow(KERNEL, X, y, [1.0, 30.0], Z, loss=squares, reduction="sum")
    wanted = ntksym.gradient_flow(KERNEL, X, y, [1.0, 30.0], Z, reduction="sum")
    np.testing.assert_allclose(found.train_mean, wanted.train_mean, atol=1e-6)
    np.testing.assert_allclose(found.mean, wanted.mean, atol=1e-6)
    assert shapes == {((8, 2), (8, 2))}
    assert np.isnan(found.loss).all()


def test_the_cross_entropy_learns_its_labels():
    labels = np.array([0, 1, 2, 0, 1, 2, 0, 1])
    found = ntksym.gradient_flow(KERNEL, X, labels, [0.0, 1e4], loss="cross_entropy")
    assert (found.train_mean[-1].argmax(axis=1) == labels).all()
    assert found.loss[0] == pytest.approx(np.log(3))
    again = ntksym.gradient_flow(KERNEL, X, np.eye(3)[labels], 1e4, loss="cross_entropy")
    np.testing.assert_allclose(again.mean[0], found.mean[1], atol=1e-4)


def test_it_can_be_stopped_and_tells_how_far_it_is():
    told = []
    found = ntksym.gradient_flow(
        KERNEL, X, SIGNS, np.arange(1.0, 101), Z, loss="logistic",
        stop=lambda t, f: bool((SIGNS * f > 0.5).all()) or t > 50,
        progress=lambda *state: told.append(state),
    )  # fmt: skip
    assert found.stopped
    count = len(found.times)
    assert 0 < count < 100
    assert found.train_mean.shape == (count, 8)
    assert found.mean.shape == (count, 4)
    assert told[-1] == ("gradient flow", count, 100)
    at_once = ntksym.gradient_flow(KERNEL, X, SIGNS, [5.0], loss="logistic", stop=lambda t, f: True)
    assert at_once.stopped
    assert len(at_once.mean) == 0


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"loss": "hinge"}, ValueError, "loss: expected .*squared.*logistic"),
        ({"loss": 3}, TypeError, "loss: expected a name, a Loss or a gradient, got int"),
        ({"method": "Euler"}, ValueError, "method: expected .*LSODA"),
        ({"times": [np.inf]}, ValueError, "times: expected increasing finite numbers"),
        ({"times": [2.0, 1.0]}, ValueError, "times: expected increasing finite numbers"),
        ({"y": 2 * SIGNS}, ValueError, "y: expected -1 and 1 for the logistic loss, got"),
        ({"loss": "cross_entropy"}, ValueError, "y: expected labels 0, 1, 2, ..., got -1"),
        ({"loss": lambda f, y: f[:2]}, ValueError, "loss: expected a finite gradient of shape"),
        ({"loss": lambda f, y: f / 0}, ValueError, "loss: expected a finite gradient of shape"),
    ],
)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_bad_arguments(changed, error, says):
    arguments = {"X": X, "y": SIGNS, "times": [1.0], "loss": "logistic", **changed}
    with pytest.raises(error, match=says):
        ntksym.gradient_flow(KERNEL, **arguments)
