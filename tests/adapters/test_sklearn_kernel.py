"""``NTKernel`` among scikit-learn's kernels: gradients, compositions, fits."""

import pickle

import numpy as np
import pytest
from scipy.optimize import check_grad
from sklearn.base import clone
from sklearn.datasets import load_diabetes
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor
from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel, _approx_fprime

import ntksym
from ntksym.data import digits
from ntksym.sklearn import NTKernel

pytestmark = pytest.mark.long

RNG = np.random.default_rng(1)
X = RNG.normal(size=(12, 4))
KERNELS = [
    NTKernel("relu", depth=3, w_std=1.4, b_std=0.3),
    NTKernel("erf", depth=2, w_std=1.2, b_std=0.5, kind="nngp"),
    NTKernel("relu", depth=2, b_std=0.5, bias_init="zero"),
    NTKernel("relu", depth=3, w_std=1.4),
    NTKernel("relu", depth=3, b_std=0.3, w_std_bounds="fixed"),
    NTKernel("relu", depth=3, b_std=0.3, b_std_bounds="fixed"),
    2.0 * NTKernel("relu", depth=2, b_std=0.3) + WhiteKernel(0.1),
    NTKernel("relu", depth=2, b_std=0.3) * RBF(2.0) + NTKernel("erf", depth=2),
    NTKernel("relu", depth=2, b_std=0.3) ** 2,
    NTKernel("tanh", depth=3, w_std=1.4, b_std=0.3),
]


@pytest.mark.parametrize("kernel", KERNELS, ids=str)
def test_its_gradient_is_that_of_differences(kernel) -> None:
    """Forward differences of step h are off by h/2 times the second derivative: of the size of K
    times the square of the degree in w, which is at most 10."""
    value, gradient = kernel(X, eval_gradient=True)
    assert gradient.shape == (12, 12, kernel.n_dims)
    np.testing.assert_allclose(value, kernel(X), rtol=1e-13, atol=1e-15)

    def at(theta):
        return kernel.clone_with_theta(theta)(X)

    found = _approx_fprime(kernel.theta, at, 1e-7)
    assert np.abs(gradient - found).max() <= 1e-7 * 50 * np.abs(value).max()


@pytest.mark.parametrize("kernel", KERNELS, ids=str)
def test_what_every_kernel_of_scikit_learn_does(kernel) -> None:
    np.testing.assert_allclose(kernel.diag(X), np.diag(kernel(X)), rtol=1e-15)
    again = pickle.loads(pickle.dumps(kernel))
    assert again == kernel == clone(kernel)
    moved = kernel.clone_with_theta(kernel.theta + 0.5)
    assert again != moved
    np.testing.assert_allclose(moved.theta, kernel.theta + 0.5, rtol=1e-14)
    assert not kernel.is_stationary()
    assert kernel.bounds.shape == (kernel.n_dims, 2)


def test_it_is_the_kernel_that_it_names() -> None:
    kernel = NTKernel("erf", depth=2, w_std=1.2, b_std=0.5, kind="nngp")
    other = ntksym.nngp("erf", depth=2, w_std=1.2, b_std=0.5)
    np.testing.assert_array_equal(kernel(X, X[:3]), other(X, X[:3]))
    assert str(kernel) == "NTKernel(erf, depth=2, w_std=1.2, b_std=0.5, kind='nngp')"
    assert str(NTKernel()) == "NTKernel(relu, depth=3, w_std=1, b_std=0)"


@pytest.mark.parametrize(
    ("changed", "names"),
    [
        ({}, ["b_std", "w_std"]),
        ({"b_std": 0}, ["w_std"]),
        ({"w_std": 0.0}, ["b_std"]),
        ({"b_std_bounds": "fixed"}, ["w_std"]),
        ({"b_std_bounds": "fixed", "w_std_bounds": "fixed"}, []),
    ],
)
def test_what_is_0_or_fixed_stays(changed, names) -> None:
    kernel = NTKernel(depth=2, b_std=0.5).set_params(**changed)
    assert [known.name for known in kernel.hyperparameters if not known.fixed] == names
    moved = kernel.clone_with_theta(kernel.theta + 1)
    for name in ("w_std", "b_std"):
        before, after = getattr(kernel, name), getattr(moved, name)
        assert after == pytest.approx(before * np.e if name in names else before)
    assert kernel(X, eval_gradient=True)[1].shape == (12, 12, len(names))


def test_marginal_likelihood_of_diabetes() -> None:
    """A fit climbs, to where the derivative is 0, and predicts better for it."""
    points, y = load_diabetes(return_X_y=True)
    points, y = points / points.std(axis=0), (y - y.mean()) / y.std()
    train, test = slice(0, 80), slice(80, 400)
    start = NTKernel("relu", depth=2, w_std=0.5, b_std=1.0) + WhiteKernel(1.0)
    before = GaussianProcessRegressor(start, optimizer=None).fit(points[train], y[train])
    after = GaussianProcessRegressor(start, n_restarts_optimizer=1, random_state=0)
    after.fit(points[train], y[train])
    best = after.kernel_.theta
    found, slope = after.log_marginal_likelihood(best, eval_gradient=True)
    assert found > before.log_marginal_likelihood_value_ + 5
    assert np.abs(slope).max() < 1e-2
    assert all(after.log_marginal_likelihood(best + step) < found for step in 0.3 * np.eye(3))
    assert all(after.log_marginal_likelihood(best - step) < found for step in 0.3 * np.eye(3))
    assert after.score(points[test], y[test]) > before.score(points[test], y[test]) + 0.1


def test_the_slope_of_the_likelihood() -> None:
    """scikit-learn's likelihood with our gradient against its differences."""
    process = GaussianProcessRegressor(KERNELS[0] * ConstantKernel(2.0) + WhiteKernel(0.1),
                                       optimizer=None).fit(X, np.sin(X[:, 0]))  # fmt: skip

    def value(theta):
        return process.log_marginal_likelihood(theta)

    def slope(theta):
        return process.log_marginal_likelihood(theta, eval_gradient=True)[1]

    theta = process.kernel_.theta
    assert check_grad(value, slope, theta, epsilon=1e-6) < 1e-4 * np.linalg.norm(slope(theta))


def test_a_classifier_takes_it_too() -> None:
    points, labels = digits()
    points, labels = points[labels < 2][:60] / 16, labels[labels < 2][:60]
    kernel = NTKernel("relu", depth=2, b_std=0.1, b_std_bounds="fixed", w_std_bounds=(0.1, 1e3))
    model = GaussianProcessClassifier(kernel).fit(points[:40], labels[:40])
    assert model.score(points[40:], labels[40:]) > 0.9


def test_without_derivatives_there_is_a_way_out() -> None:
    """There are only values of ELU; what is fixed needs no more."""
    y = X[:, 0]
    with pytest.raises(
        ValueError, match=r"elu.*: expected .* elementary .* optimizer=None, or w_std"
    ):
        GaussianProcessRegressor(NTKernel("elu", depth=2)).fit(X, y)
    fixed = NTKernel("elu", depth=2, w_std_bounds="fixed") + WhiteKernel(0.1, "fixed")
    for process in (
        GaussianProcessRegressor(NTKernel("elu", depth=2), alpha=0.1, optimizer=None),
        GaussianProcessRegressor(fixed),
    ):
        assert process.fit(X, y).score(X, y) > 0.5


def test_bad_arguments() -> None:
    with pytest.raises(ValueError, match="Y: expected None with eval_gradient=True"):
        NTKernel()(X, X, eval_gradient=True)
    with pytest.raises(ValueError, match="X: expected finite numbers"):
        NTKernel()([[np.nan]], eval_gradient=True)
    with pytest.raises(ValueError, match="did you mean 'relu'"):
        NTKernel("rleu")(X)
