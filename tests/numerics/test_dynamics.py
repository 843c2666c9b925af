"""Gradient flow of least squares in closed form, against integration and matrix exponentials."""

from itertools import pairwise

import mpmath
import numpy as np
import pytest
from scipy.integrate import solve_ivp
from scipy.linalg import expm
from scipy.stats import chi2

import ntksym
from ntksym.numerics.dynamics.modes import Modes

RNG = np.random.default_rng(3)
X, Z = RNG.normal(size=(11, 4)), RNG.normal(size=(5, 4))
Y, Y2 = RNG.normal(size=11), RNG.normal(size=(11, 2))
KERNELS = {
    "ntk": ntksym.ntk("relu", depth=3, w_std=1.3, b_std=0.2),
    "nngp": ntksym.nngp("erf", depth=2, w_std=2, b_std=0.1),
}
TIMES = np.array([0.0, 0.3, 7.0, 200.0])


@pytest.fixture(params=KERNELS)
def kernel(request):
    return KERNELS[request.param]


def field(kernel, scale):
    """-K(., X) scale for the values at X and Z together: d(f - y)/dt = field @ (f - y)."""
    joint = np.vstack([X, Z])
    matrix = np.zeros((16, 16))
    matrix[:, :11] = -scale * kernel(joint, X)
    return matrix


@pytest.mark.parametrize(("y", "reduction"), [(Y, "mean"), (Y2, "sum")])
def test_the_closed_form_is_what_integration_gives(kernel, y, reduction):
    rng = np.random.default_rng(7)
    f, g = rng.normal(size=y.shape), rng.normal(size=(5, *y.shape[1:]))
    flow = ntksym.gradient_flow(
        kernel, X, y, TIMES, Z, reduction=reduction, initial=f, initial_test=g
    )
    matrix = field(kernel, 1 / 11 if reduction == "mean" else 1.0)
    goal = np.concatenate([y, np.zeros_like(g)])
    wanted = [np.concatenate([f, g])]
    for span in pairwise(TIMES):  # a solver's values between its steps are of a lower order
        solved = solve_ivp(
            lambda t, v: (matrix @ (v.reshape(goal.shape) - goal)).ravel(), span,
            wanted[-1].ravel(), method="DOP853", rtol=1e-12, atol=1e-12,
        )  # fmt: skip
        wanted.append(solved.y[:, -1].reshape(goal.shape))
    exact = [goal + expm(t * matrix) @ (wanted[0] - goal) for t in TIMES]
    # What the solver's steps leave adds up to 1e-10: so far it is from the exponential too.
    for truth, allowed in ((wanted, 2e-10), (exact, 1e-12)):
        train, test = np.split(np.array(truth), [11], axis=1)
        np.testing.assert_allclose(flow.train_mean, train, rtol=0, atol=allowed)
        np.testing.assert_allclose(flow.mean, test, rtol=0, atol=allowed)


def test_the_covariance_is_that_of_the_linear_dynamics(kernel):
    flow = ntksym.gradient_flow(kernel, X, Y, TIMES, Z)
    before = ntksym.nngp(kernel.network)(np.vstack([X, Z]))
    for t, train, test in zip(TIMES, flow.train.covariance, flow.covariance, strict=True):
        moved = expm(t * field(kernel, 1 / 11))
        wanted = moved @ before @ moved.T
        np.testing.assert_allclose(train, wanted[:11, :11], rtol=0, atol=1e-11)
        np.testing.assert_allclose(test, wanted[11:, 11:], rtol=0, atol=1e-11)
    for law in (flow.train, flow.test):
        variances = np.diagonal(law.covariance, axis1=1, axis2=2)
        np.testing.assert_allclose(law.std**2, variances, rtol=0, atol=1e-13)


def test_the_covariance_is_that_of_an_ensemble():
    """4000 networks drawn at the start and moved: false alarm 1e-9, and the seed is fixed."""
    kernel, draws, t = KERNELS["ntk"], 4000, 4.0
    flow = ntksym.gradient_flow(kernel, X, Y, [t], Z)
    root = np.linalg.cholesky(ntksym.nngp(kernel.network)(np.vstack([X, Z])))
    goal = np.r_[Y, np.zeros(5)][:, None]
    start = root @ np.random.default_rng(5).normal(size=(16, draws))
    found = goal + expm(t * field(kernel, 1 / 11)) @ (start - goal)
    for law, rows in ((flow.train, slice(11)), (flow.test, slice(11, 16))):
        away = found[rows] - law.mean[0][:, None]
        squares = np.sum(away * np.linalg.solve(law.covariance[0], away))
        low, high = chi2(draws * len(away)).ppf([5e-10, 1 - 5e-10])
        assert low < squares < high


def test_at_the_start_and_at_the_end(kernel):
    flow = ntksym.gradient_flow(kernel, X, Y2, [0, np.inf], Z)
    np.testing.assert_allclose(flow.covariance[0], ntksym.nngp(kernel.network)(Z), atol=1e-14)
    wanted = kernel(Z, X) @ np.linalg.solve(kernel(X), Y2)
    np.testing.assert_allclose(flow.mean[1], wanted, atol=1e-10)
    regression = ntksym.KernelRegression(kernel).fit(X, Y2).predict(Z)
    np.testing.assert_allclose(flow.mean[1], regression, atol=1e-10)
    np.testing.assert_allclose(flow.train_mean[1], Y2, atol=1e-12)
    assert np.abs(flow.train.covariance[1]).max() < 1e-12
    if kernel.kind == "nngp":
        process = ntksym.GaussianProcess(kernel).fit(X, Y2)
        _, posterior = process.predict(Z, return_cov=True)
        np.testing.assert_allclose(flow.covariance[1], posterior, atol=1e-11)


def test_the_expected_loss_is_the_mean_of_the_cost():
    kernel = KERNELS["ntk"]
    flow = ntksym.gradient_flow(kernel, X, Y2, TIMES)
    away = flow.train_mean - Y2
    np.testing.assert_allclose(flow.loss, (away**2).sum(axis=(1, 2)) / 22, atol=1e-14)
    random = np.trace(flow.train.covariance, axis1=1, axis2=2)
    np.testing.assert_allclose(flow.expected_loss, flow.loss + random / 11, atol=1e-14)


def test_two_equal_rows_that_disagree():
    """They share a value: their mean, at any late time; elsewhere it is as if they were one."""
    kernel, rows, y = KERNELS["ntk"], np.vstack([X, X[0]]), np.r_[Y, Y[0] + 2]
    late = [1e6, 1e12, 1e200, np.inf]
    flow = ntksym.gradient_flow(kernel, rows, y, late, Z)
    assert (flow.eigenvalues > 0).sum() == 11
    for values in flow.train_mean:
        np.testing.assert_allclose(values[[0, -1]], Y[0] + 1, atol=1e-9)
    wanted = kernel(Z, X) @ np.linalg.solve(kernel(X), np.r_[Y[0] + 1, Y[1:]])
    np.testing.assert_allclose(flow.mean[2:], np.stack([wanted] * 2), atol=1e-9)
    assert flow.early_stopping_time(0.999999) == np.inf
    assert np.isfinite(flow.covariance).all()


def test_a_gain_near_zero_is_the_time():
    modes = Modes(np.array([3.0, 1e-9, 1e-16, 0.0]), np.eye(4), 0.5, 1e-17)
    for t in (1e-3, 1.0, 1e4, 1e15):
        for found, value in zip(modes.gain(t)[:3], modes.eigenvalues, strict=False):
            with mpmath.workdps(60):
                exact = (1 - mpmath.exp(-mpmath.mpf(value) * t / 2)) / mpmath.mpf(value)
            assert abs(found - float(exact)) <= 1e-15 * float(exact)
    assert modes.gain(1e4)[3] == pytest.approx(5e3, rel=1e-12)
    np.testing.assert_allclose(modes.gain(np.inf), [1 / 3, 1e9, 1e16, 0], rtol=3e-16)
    np.testing.assert_array_equal(modes.decay(np.inf), [0, 0, 0, 1])


def test_rounding_below_zero_is_zero_and_more_is_refused():
    turn = np.linalg.qr(RNG.normal(size=(4, 4)))[0]
    modes = Modes.of(turn @ np.diag([1, 0.5, 1e-18, -1e-17]) @ turn.T, 1.0)
    assert (modes.eigenvalues[2:] == 0).all()
    with pytest.raises(ValueError, match="kernel: expected no eigenvalue below 0"):
        Modes.of(np.diag([1.0, -1e-9]), 1.0)


def test_the_time_at_which_a_share_is_fitted(kernel):
    flow = ntksym.gradient_flow(kernel, X, Y2, 0.0)
    for fit in (1e-6, 0.5, 0.99, 1 - 1e-12):
        t = flow.early_stopping_time(fit)
        at = ntksym.gradient_flow(kernel, X, Y2, [0.0, t]).loss
        assert at[1] / at[0] == pytest.approx(1 - fit, rel=1e-6)
    assert flow.early_stopping_time(0) == 0
    assert flow.early_stopping_time(1) == np.inf
    with pytest.raises(ValueError, match="fit: expected a share between 0 and 1"):
        flow.early_stopping_time(1.5)


def test_gradient_descent_is_stable_up_to_the_largest_rate(kernel):
    flow, gram = ntksym.gradient_flow(kernel, X, Y, 0.0), kernel(X)
    for share, converges in ((0.99, True), (1.01, False)):
        f = np.zeros(11)
        for _ in range(2000):
            f -= share * flow.largest_stable_rate * gram @ (f - Y) / 11
        assert (np.abs(f - Y).max() < 10) == converges


def test_what_is_left_in_each_direction(kernel):
    flow = ntksym.gradient_flow(kernel, X, Y2, TIMES)
    assert flow.weights(TIMES).shape == (4, 11)
    left = np.einsum("in,tnk->tik", flow.modes.vectors.T, Y2 - flow.train_mean)
    np.testing.assert_allclose(flow.residuals(TIMES), left, atol=1e-12)
    np.testing.assert_allclose(flow.residuals(7.0), left[2], atol=1e-12)
    np.testing.assert_allclose(flow.rates * 11, np.linalg.eigvalsh(kernel(X))[::-1], atol=1e-12)


@pytest.mark.parametrize(
    ("changed", "error", "says"),
    [
        ({"kernel": "relu"}, TypeError, "kernel: expected a Kernel, got str"),
        ({"X": np.zeros((0, 4))}, ValueError, "X: expected at least one row"),
        ({"y": Y[:4]}, ValueError, r"y: expected shape \(11,\) or \(11, k\), got shape \(4,\)"),
        ({"y": Y * np.nan}, ValueError, "y: expected finite numbers, got nan"),
        ({"times": [-1.0]}, ValueError, "times: expected numbers t >= 0"),
        ({"times": [np.nan]}, ValueError, "times: expected numbers t >= 0"),
        ({"X_test": Z[:, :2]}, ValueError, "X_test: expected 4 columns as in X"),
        ({"reduction": "max"}, ValueError, "reduction: expected 'mean' or 'sum', got 'max'"),
        ({"initial": Y2}, ValueError, r"initial: expected shape \(11,\), got shape \(11, 2\)"),
        ({"initial_test": Y}, ValueError, "initial_test: expected X_test with it"),
    ],
)
def test_bad_arguments(changed, error, says):
    arguments = {"kernel": KERNELS["ntk"], "X": X, "y": Y, "times": [1.0], **changed}
    with pytest.raises(error, match=says):
        ntksym.gradient_flow(**arguments)
