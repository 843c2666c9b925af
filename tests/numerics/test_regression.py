"""Kernel regression, Gaussian processes, and the jitter that a certificate chooses."""

import numpy as np
import pytest
from scipy.stats import chi2, multivariate_normal

import ntksym
from ntksym.theorems.data.cholesky import proves

RNG = np.random.default_rng(6)
X, Z, Y = RNG.normal(size=(9, 3)), RNG.normal(size=(4, 3)), RNG.normal(size=(9, 2))
RELU = ntksym.ntk("relu", depth=3, b_std=0.2)
ERF = ntksym.nngp("erf", depth=2, b_std=0.2)


@pytest.mark.parametrize("ridge", [0.0, 0.3])
@pytest.mark.parametrize("kernel", [RELU, ERF])
def test_regression_solves_the_normal_equations(kernel, ridge):
    model = ntksym.KernelRegression(kernel, ridge)
    assert model.fit(X, Y, largest=0) is model
    wanted = kernel(Z, X) @ np.linalg.solve(kernel(X) + ridge * np.eye(9), Y)
    np.testing.assert_allclose(model.predict(Z), wanted, atol=1e-11)
    np.testing.assert_allclose(
        model.fit(X, Y[:, 0], largest=0).predict(Z), wanted[:, 0], atol=1e-11
    )
    assert model.jitter == 0
    assert (model.certificate is None) == (ridge > 0)


def test_the_certificate_is_kept():
    model = ntksym.KernelRegression(RELU).fit(X, Y)
    assert model.certificate.verdict == "positive definite"
    assert model.certificate.verify()
    assert model.proved == "exact kernel"
    weaker = ntksym.KernelRegression(ERF).fit(X, Y, largest=0)
    assert weaker.certificate.verdict == "unknown"
    assert weaker.proved == "matrix as given"
    told = []
    exact = ntksym.GaussianProcess(ERF).fit(X[:3], Y[:3], progress=lambda *s: told.append(s))
    assert exact.certificate.method == "Arb"
    assert exact.proved == "exact kernel"
    assert told


@pytest.mark.parametrize(
    ("kernel", "rows", "says"),
    [
        (RELU, X[[0, 1, 2, 1]], "rows 1 and 3 are equal"),
        (
            ntksym.ntk("relu", depth=3),
            np.vstack([X[:3], 2 * X[1]]),
            "rows 1 and 3 are proportional",
        ),
        (ntksym.nngp("erf", depth=2), np.vstack([X[:3], -X[0]]), "rows 0 and 3 are opposite"),
        (ntksym.ntk("relu", depth=1), X[:5], "rows .* are dependent"),
    ],
)
def test_singular_rows_are_named(kernel, rows, says):
    y = np.arange(len(rows))
    for model in (ntksym.KernelRegression(kernel), ntksym.GaussianProcess(kernel)):
        with pytest.raises(ValueError, match=f"X: the kernel is singular on these rows .*{says}"):
            model.fit(rows, y)
    assert ntksym.KernelRegression(kernel, 0.1).fit(rows, y).jitter == 0


@pytest.mark.parametrize("kernel", [RELU, ERF])
def test_the_jitter_is_the_least_that_is_proved(kernel):
    rows = np.vstack([X, X + 1e-14, X + 2e-14, X - 1e-14])
    model = ntksym.KernelRegression(kernel).fit(rows, np.tile(Y, (4, 1)), largest=0)
    gram = kernel(rows)
    trace = np.trace(gram)
    assert 0 < model.jitter < 1e-10 * trace
    error = kernel.rounding(rows) if model.proved == "exact kernel" else 0.0

    def enough(jitter):
        return proves(gram + jitter * np.eye(len(rows)), error + 2**-51, 0.0)

    assert enough(model.jitter)
    assert not enough(model.jitter / 4)
    np.testing.assert_allclose(model.predict(X), Y, atol=1e-4)


def test_a_noise_below_rounding_has_a_jitter_too():
    rows = X[[0, 0, 1]]
    process = ntksym.GaussianProcess(ERF, 1e-30).fit(rows, [1.0, 1.0, 2.0])
    assert 0 < process.jitter < 1e-12
    np.testing.assert_allclose(process.predict(rows), [1, 1, 2], atol=1e-9)


def test_the_posterior_is_the_conditional_law():
    noise = 0.05
    process = ntksym.GaussianProcess(RELU, noise).fit(X, Y)
    joint = RELU(np.vstack([X, Z])) + np.diag([noise] * 9 + [0] * 4)
    precision = np.linalg.inv(joint)[9:, 9:]
    wanted = -np.linalg.solve(precision, np.linalg.inv(joint)[9:, :9] @ Y)
    mean, covariance = process.predict(Z, return_cov=True)
    np.testing.assert_allclose(mean, wanted, atol=1e-11)
    np.testing.assert_allclose(covariance, np.linalg.inv(precision), atol=1e-11)
    again, std = process.predict(Z, return_std=True)
    np.testing.assert_allclose(again, mean, atol=1e-13)
    np.testing.assert_allclose(std, np.sqrt(np.diag(covariance)), atol=1e-12)
    np.testing.assert_allclose(process.predict(Z), mean, atol=1e-12)
    law = multivariate_normal(np.zeros(9), joint[:9, :9])
    density = law.logpdf(Y.T).sum()
    assert process.log_marginal_likelihood == pytest.approx(density, rel=1e-11)


@pytest.mark.parametrize("fitted", [False, True])
def test_samples_have_the_law(fitted):
    """Σ (f - m)' C^{-1} (f - m) is χ²: false alarm 1e-9, and the seed is fixed."""
    process = ntksym.GaussianProcess(RELU, 0.1)
    mean, covariance = np.zeros((4, 1)), RELU(Z)
    if fitted:
        mean, covariance = process.fit(X, Y).predict(Z, return_cov=True)
    drawn = process.sample(Z, 3000, seed=1)
    assert drawn.shape == ((3000, 4, 2) if fitted else (3000, 4))
    away = drawn.reshape(3000, 4, -1) - mean
    squares = np.einsum("sik,ij,sjk->", away, np.linalg.inv(covariance), away)
    low, high = chi2(away.size).ppf([5e-10, 1 - 5e-10])
    assert low < squares < high
    assert np.abs(away.mean(axis=0)).max() < 6.5 * np.sqrt(covariance.diagonal().max() / 3000)


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        (lambda: ntksym.KernelRegression("relu").fit(X, Y), TypeError, "kernel: expected a Kernel"),
        (lambda: ntksym.KernelRegression(RELU, -1).fit(X, Y), ValueError, "ridge: expected"),
        (lambda: ntksym.KernelRegression(RELU, "a").fit(X, Y), TypeError, "ridge: expected a num"),
        (lambda: ntksym.GaussianProcess(RELU, np.nan).fit(X, Y), ValueError, "noise: expected"),
        (lambda: ntksym.KernelRegression(RELU).fit(X, Y[:3]), ValueError, "y: expected shape"),
        (lambda: ntksym.KernelRegression(RELU).predict(X), ValueError, r"expected fit\(X, y\)"),
        (lambda: ntksym.GaussianProcess(RELU).predict(X), ValueError, r"expected fit\(X, y\)"),
        (lambda: ntksym.GaussianProcess(RELU).sample(X, 0), ValueError, "count: expected at least"),
        (
            lambda: ntksym.KernelRegression(RELU).fit(X, Y).predict(Z[:, :2]),
            ValueError,
            "X: expected 3 columns",
        ),
        (
            lambda: ntksym.GaussianProcess(RELU).fit(X, Y).predict(
                Z, return_std=True, return_cov=True
            ),
            ValueError,
            "return_std, return_cov: expected at most one",
        ),
    ],
)  # fmt: skip
def test_bad_arguments(change, error, says):
    with pytest.raises(error, match=says):
        change()
